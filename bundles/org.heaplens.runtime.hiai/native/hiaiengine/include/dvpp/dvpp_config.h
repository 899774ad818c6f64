// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_DVPP_CONFIG_H
#define DVPP_DVPP_CONFIG_H

/** What DVPP is asked for, what it answers, and how its images are aligned. */

#define DVPP_SUCCESS 0
#define DVPP_FAIL (-1)

/** Pixels, of the release that calls its formats VPC_*. */
#define DVPP_STRIDE_WIDTH 16
#define DVPP_STRIDE_HEIGHT 2
#define DVPP_SUPPORT_MAX_WIDTH 4096
#define DVPP_SUPPORT_MIN_WIDTH 16
#define DVPP_SUPPORT_MAX_HEIGHT 4096
#define DVPP_SUPPORT_MIN_HEIGHT 16

enum DvppApiCtlCmd {
	DVPP_CTL_VPC_PROC = 0,
	DVPP_CTL_PNGD_PROC,
	DVPP_CTL_JPEGE_PROC,
	DVPP_CTL_JPEGD_PROC,
	DVPP_CTL_VENC_PROC,
	DVPP_CTL_VDEC_PROC,
	DVPP_CTL_DVPP_CAPABILITY,
	DVPP_CTL_CMDLIST_PROC,
	DVPP_CTL_TOOL_CASE_GET_RESIZE_PARAM
};

#endif
