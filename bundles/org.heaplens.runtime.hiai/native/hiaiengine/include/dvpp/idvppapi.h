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
