// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_IDVPPAPI_H
#define DVPP_IDVPPAPI_H

/**
 * The device's unit for images, simulated: sizes, memory and its owners are as on a board, but no picture is decoded, scaled or encoded;
 * results are zero. The first use says so on standard error. Only on a device.
 */

#include <stdint.h>

#include <functional>
#include <memory>
#include <string>

#include "dvpp/Jpeg.h"
#include "dvpp/Vdec.h"
#include "dvpp/Venc.h"
#include "dvpp/Vpc.h"
#include "dvpp/dvpp_config.h"

/** What is handed over: a structure of the command as input, and as output if it has one. */
typedef struct dvppapi_ctl_msg {
	int32_t in_size = 0;
	int32_t out_size = 0;
	void* in = nullptr;
	void* out = nullptr;
} dvppapi_ctl_msg;

/** One DVPP; made by CreateDvppApi or CreateVdecApi. */
class __attribute__((visibility("default"))) IDVPPAPI {
public:
	virtual ~IDVPPAPI() {}
};

/** @return 0; -1 if it cannot be, with `api` null */
__attribute__((visibility("default"))) int32_t CreateDvppApi(IDVPPAPI*& api);
__attribute__((visibility("default"))) int32_t DestroyDvppApi(IDVPPAPI*& api);
/** @param command a DvppApiCtlCmd. @return 0; -1 if the message is wrong, or there is no memory; the log says which */
__attribute__((visibility("default"))) int32_t DvppCtl(IDVPPAPI*& api, int32_t command, dvppapi_ctl_msg* message);

/** Fills in the sizes of an output, so that the caller can allocate it. @param command a DvppOutParameter */
__attribute__((visibility("default"))) int32_t DvppGetOutParameter(void* in, void* out, int32_t command);

__attribute__((visibility("default"))) int32_t CreateVdecApi(IDVPPAPI*& api, int32_t singleton);
__attribute__((visibility("default"))) int32_t DestroyVdecApi(IDVPPAPI*& api, int32_t singleton);
__attribute__((visibility("default"))) int32_t VdecCtl(IDVPPAPI*& api, int32_t command, dvppapi_ctl_msg* message, int32_t singleton);

#endif
