// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_DVPP_CONFIG_H
#define DVPP_DVPP_CONFIG_H

/** What DVPP is asked for, what it answers, and how its images are aligned. Limits are the application's own to name. */

#define DVPP_SUCCESS 0
#define DVPP_FAIL (-1)

/** Pixels to which the output of VPC is aligned in the release before strides of 16 and 2. */
#define VPC_OUT_WIDTH_STRIDE 128
#define VPC_OUT_HIGH_STRIDE 16

#ifndef ALIGN_UP
#define ALIGN_UP(value, to) ((((value) + (to)-1) / (to)) * (to))
#endif

/** Bytes; the buffers of JPEGE are multiples of it. */
#ifndef PAGE_SIZE
#define PAGE_SIZE 4096
#endif

/** Bytes of a huge page. */
#ifndef MAP_2M
#define MAP_2M 0x200000
#endif

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

/** Whose output is asked for with DvppGetOutParameter. */
enum DvppOutParameter { GET_JPEGD_OUT_PARAMETER = 0, GET_PNGD_OUT_PARAMETER };

// Many include no more than this and Vpc.h.
#include "dvpp/Jpeg.h"

#endif
