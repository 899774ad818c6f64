// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_VPC_H
#define DVPP_VPC_H

/** Cropping, scaling and converting of images. Sizes are bytes, areas are pixels from 0, both ends included. */

#include <stdint.h>

enum VpcInputFormat {
	INPUT_YUV400,
	INPUT_YUV420_SEMI_PLANNER_UV,
	INPUT_YUV420_SEMI_PLANNER_VU,
	INPUT_YUV422_SEMI_PLANNER_UV,
	INPUT_YUV422_SEMI_PLANNER_VU,
	INPUT_YUV444_SEMI_PLANNER_UV,
	INPUT_YUV444_SEMI_PLANNER_VU,
	INPUT_YUV422_PACKED_YUYV,
	INPUT_YUV422_PACKED_UYVY,
	INPUT_YUV422_PACKED_YVYU,
	INPUT_YUV422_PACKED_VYUY,
	INPUT_YUV444_PACKED_YUV,
	INPUT_RGB,
	INPUT_BGR,
	INPUT_ARGB,
	INPUT_ABGR,
	INPUT_RGBA,
	INPUT_BGRA,
	INPUT_YUV420_SEMI_PLANNER_UV_10BIT,
	INPUT_YUV420_SEMI_PLANNER_VU_10BIT
};

enum VpcOutputFormat { OUTPUT_YUV420SP_UV, OUTPUT_YUV420SP_VU };

struct VpcUserCropConfigure {
	uint32_t leftOffset = 0;
	uint32_t rightOffset = 0;
	uint32_t upOffset = 0;
	uint32_t downOffset = 0;
	uint64_t reserve1 = 0;
};

struct VpcUserRoiInputConfigure {
	VpcUserCropConfigure cropArea;
	uint64_t reserve1 = 0;
};

struct VpcUserRoiOutputConfigure {
	/** The caller's, of HIAI_DVPP_DMalloc. */
	uint8_t* addr = nullptr;
	uint32_t bufferSize = 0;
	uint32_t widthStride = 0;
	uint32_t heightStride = 0;
	VpcUserCropConfigure outputArea;
	uint64_t reserve1 = 0;
};

/** One of a chain: each reads a part of the image and writes an image of its own. */
struct VpcUserRoiConfigure {
	VpcUserRoiInputConfigure inputConfigure;
	VpcUserRoiOutputConfigure outputConfigure;
	VpcUserRoiConfigure* next = nullptr;
	uint64_t reserve1 = 0;
};

struct VpcUserYuvSum {
	uint32_t ySum = 0;
	uint32_t uSum = 0;
	uint32_t vSum = 0;
	uint64_t reserve1 = 0;
};

/** Where the parts of a compressed frame of the video decoder lie. */
struct VpcCompressDataConfigure {
	uint64_t lumaHeadAddr = 0;
	uint64_t chromaHeadAddr = 0;
	uint32_t lumaHeadStride = 0;
	uint32_t chromaHeadStride = 0;
	uint64_t lumaPayloadAddr = 0;
	uint64_t chromaPayloadAddr = 0;
	uint32_t lumaPayloadStride = 0;
	uint32_t chromaPayloadStride = 0;
};

struct VpcUserPerformanceTuningParameter {
	uint64_t reserve1 = 0;
	uint64_t reserve2 = 0;
	uint64_t reserve3 = 0;
	uint64_t reserve4 = 0;
	uint64_t reserve5 = 0;
};

struct VpcUserImageConfigure {
	uint8_t* bareDataAddr = nullptr;
	uint32_t bareDataBufferSize = 0;
	uint32_t widthStride = 0;
	uint32_t heightStride = 0;
	VpcInputFormat inputFormat = INPUT_YUV420_SEMI_PLANNER_UV;
	VpcOutputFormat outputFormat = OUTPUT_YUV420SP_UV;
	VpcUserRoiConfigure* roiConfigure = nullptr;
	bool isCompressData = false;
	VpcCompressDataConfigure compressDataConfigure;
	bool yuvSumEnable = false;
	VpcUserYuvSum yuvSum;
	VpcUserPerformanceTuningParameter tuningParameter;
	uint32_t* cmdListBufferAddr = nullptr;
	uint32_t cmdListBufferSize = 0;
	uint64_t yuvScalerParaSetAddr = 0;
	uint16_t yuvScalerParaSetSize = 1;
	uint16_t yuvScalerParaSetIndex = 0;
	uint8_t isUseMultiCoreAccelerate = 0;
	uint8_t reserve1 = 0;
	uint16_t reserve2 = 0;
};

#endif
