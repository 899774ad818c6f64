// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_VENC_H
#define DVPP_VENC_H

/** Encoding of video. */

#include <stdint.h>

struct VencOutMsg {
	/** Valid within the call back. */
	void* outputData = nullptr;
	uint32_t outputDataSize = 0;
	uint32_t timeStamp = 0;
};

struct VencConfig {
	uint32_t width = 0;
	uint32_t height = 0;
	/** 0: H.265 main; 1 to 3: H.264 baseline, main, high. */
	uint32_t codingType = 0;
	/** 0: NV12; 1: NV21. */
	uint32_t yuvStoreType = 0;
	uint32_t keyFrameInterval = 1;
	void (*vencOutMsgCallBack)(struct VencOutMsg* vencOutMsg, void* userData) = nullptr;
	void* userData = nullptr;
};

struct VencInMsg {
	void* inputData = nullptr;
	uint32_t inputDataSize = 0;
	uint32_t keyFrameInterval = 1;
	uint32_t forceIFrame = 0;
	uint32_t eos = 0;
};

/** @return a handle; -1 if it cannot be */
__attribute__((visibility("default"))) int32_t CreateVenc(struct VencConfig* vencConfig);
/** @return 0; -1 if there is no such encoder */
__attribute__((visibility("default"))) int32_t RunVenc(int32_t vencHandle, struct VencInMsg* vencInMsg);
__attribute__((visibility("default"))) int32_t DestroyVenc(int32_t vencHandle);

#endif
