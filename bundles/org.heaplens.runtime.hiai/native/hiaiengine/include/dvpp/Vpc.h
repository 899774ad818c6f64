// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_VPC_H
#define DVPP_VPC_H

/** Cropping, scaling and converting of images. Sizes are bytes, areas are pixels from 0, both ends included. */

#include <stdint.h>

#include <memory>

// Theirs does, and applications are written on it.
using std::shared_ptr;

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

/** Where the parts of a compressed frame lie, in the earlier release. */
struct rdma_channel {
	uint64_t luma_head_addr = 0;
	uint64_t chroma_head_addr = 0;
	uint32_t luma_head_stride = 0;
	uint32_t chroma_head_stride = 0;
	uint64_t luma_payload_addr = 0;
	uint64_t chroma_payload_addr = 0;
	uint32_t luma_payload_stride = 0;
	uint32_t chroma_payload_stride = 0;
};
typedef rdma_channel RDMACHANNEL;

/** The result of the earlier VPC, if it makes it itself. */
class AutoBuffer {
public:
	AutoBuffer() {}
	AutoBuffer(const AutoBuffer&) = delete;
	AutoBuffer& operator=(const AutoBuffer&) = delete;
	~AutoBuffer() { Reset(); }
	__attribute__((visibility("default"))) char* allocBuffer(int size);
	__attribute__((visibility("default"))) void Reset();
	char* getBuffer() const { return buffer_; }
	int getBufferSize() const { return size_; }

private:
	char* buffer_ = nullptr;
	int size_ = 0;
};

/** VPC of the earlier release. */
struct vpc_in_msg {
	int32_t format = 0;
	int32_t cvdr_or_rdma = 1;
	int32_t bitwidth = 8;
	int32_t rank = 0;
	int32_t width = 0;
	int32_t high = 0;
	int32_t stride = 0;
	double hmax = 0;
	double hmin = 0;
	double vmax = 0;
	double vmin = 0;
	double hinc = 1;
	double vinc = 1;
	char* in_buffer = nullptr;
	int32_t in_buffer_size = 0;
	char* out_buffer = nullptr;
	uint32_t out_buffer_1_size = 0;
	std::shared_ptr<AutoBuffer> auto_out_buffer_1;
	int32_t out_width = 0;
	int32_t out_high = 0;
	int32_t use_flag = 0;
	rdma_channel rdma;
};

#endif
