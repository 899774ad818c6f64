// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_VDEC_H
#define DVPP_VDEC_H

/** Decoding of video: each packet goes in, each frame comes out through a call back on a thread of DVPP's. */

#include <stdint.h>

#include <functional>
#include <memory>
#include <string>

/** A decoded frame; its memory is DVPP's, and only valid within the call back. */
struct FRAME {
	int32_t height = 0;
	int32_t width = 0;
	int32_t realHeight = 0;
	int32_t realWidth = 0;
	unsigned char* buffer = nullptr;
	int32_t buffer_size = 0;
	uint32_t offset_payload_y = 0;
	uint32_t offset_payload_c = 0;
	uint32_t offset_head_y = 0;
	uint32_t offset_head_c = 0;
	uint32_t stride_payload = 0;
	uint32_t stride_head = 0;
	uint16_t bitdepth = 8;
	char video_format[10] = {};
	char image_format[10] = {};
	int32_t frame_index = 0;
};

struct VDECERR {
	int32_t errType = 0;
	int32_t channelId = 0;
};

/** What an application derives its own data of a call back from. */
class __attribute__((visibility("default"))) HIAI_DATA_SP {
public:
	virtual ~HIAI_DATA_SP() {}
	void setIndex(unsigned long long index) { index_ = index; }
	unsigned long long getIndex() const { return index_; }
	void setFrameIndex(unsigned long long index) { frame_index_ = index; }
	unsigned long long getFrameIndex() const { return frame_index_; }
	void setFrameBuffer(void* buffer) { frame_buffer_ = buffer; }
	void* getFrameBuffer() const { return frame_buffer_; }
	void setFrameSize(unsigned int size) { frame_size_ = size; }
	unsigned int getFrameSize() const { return frame_size_; }

protected:
	unsigned long long index_ = 0;
	unsigned long long frame_index_ = 0;
	void* frame_buffer_ = nullptr;
	unsigned int frame_size_ = 0;
};

struct vdec_in_msg {
	/** Of the stream; 0 to 15. */
	int32_t channelId = 0;
	/** `h264` or `h265`. */
	char video_format[10] = {};
	/** `nv12` or `nv21`. */
	char image_format[10] = {};
	char* in_buffer = nullptr;
	int32_t in_buffer_size = 0;
	void (*call_back)(FRAME* frame, void* hiai_data) = nullptr;
	void* hiai_data = nullptr;
	std::shared_ptr<HIAI_DATA_SP> hiai_data_sp;
	void (*err_report)(VDECERR* vdecErr) = nullptr;
	bool isEOS = false;
	int32_t isOneInOneOutMode = 0;
};

#endif
