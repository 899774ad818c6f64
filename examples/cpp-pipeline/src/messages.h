// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_MESSAGES_H
#define PIPELINE_MESSAGES_H

#include "format.h"

#include "hiaiengine/data_type_reg.h"
#include "hiaiengine/graph.h"

#include <cstring>
#include <memory>
#include <string>

/** Asks the camera for a frame. Stays on the host, so it needs no registration. */
struct Shot {
	uint32_t number;
};

/** A frame on its way to the device. Whoever receives it owns its pixels. */
struct Frame {
	/** What travels as bytes; the pixels go as they are. */
	struct Head {
		uint32_t number;
		Format format;
	} head;
	/** YUV 4:2:0, brightness first. */
	std::shared_ptr<uint8_t> pixels;
};

/** What the device found in a frame. Whoever receives it owns its thumbnail. */
struct Result {
	struct Head {
		uint32_t number;
		/** Pixels on an edge. */
		uint32_t edges;
		/** Of the thumbnail; nothing if there is none. */
		Format format;
	} head;
	/** Brightness. */
	std::shared_ptr<uint8_t> thumbnail;
};

inline void serializeFrame(void* message, std::string& control, uint8_t*& data, uint32_t& size) {
	Frame* frame = static_cast<Frame*>(message);
	control.assign(reinterpret_cast<const char*>(&frame->head), sizeof frame->head);
	data = frame->pixels.get();
	size = frame->head.format.bytes();
}

inline std::shared_ptr<void> deserializeFrame(const char* control, const uint32_t& controlSize, const uint8_t* data, const uint32_t& size) {
	std::shared_ptr<Frame> frame = std::make_shared<Frame>();
	if (controlSize != sizeof frame->head || size == 0) {
		return nullptr;
	}
	std::memcpy(&frame->head, control, sizeof frame->head);
	frame->pixels.reset(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	return frame;
}

inline void serializeResult(void* message, std::string& control, uint8_t*& data, uint32_t& size) {
	Result* result = static_cast<Result*>(message);
	control.assign(reinterpret_cast<const char*>(&result->head), sizeof result->head);
	data = result->thumbnail.get();
	size = result->head.format.pixels();
}

inline std::shared_ptr<void> deserializeResult(const char* control, const uint32_t& controlSize, const uint8_t* data, const uint32_t& size) {
	std::shared_ptr<Result> result = std::make_shared<Result>();
	if (controlSize != sizeof result->head) {
		return nullptr;
	}
	std::memcpy(&result->head, control, sizeof result->head);
	if (size != 0) {
		result->thumbnail.reset(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	}
	return result;
}

HIAI_REGISTER_SERIALIZE_FUNC("Frame", Frame, serializeFrame, deserializeFrame);
HIAI_REGISTER_SERIALIZE_FUNC("Result", Result, serializeResult, deserializeResult);

#endif
