// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "detector.h"

#include "hiaiengine/ai_memory.h"
#include "hiaiengine/status.h"

#include <cstdio>

namespace {
/** As often as this, a frame shows a calibration target, which has no edges worth finding. */
const uint32_t CALIBRATION_INTERVAL = 25;
const uint32_t WAIT_MILLIS = 500;
} // namespace

HIAI_IMPL_ENGINE_PROCESS("Detector", Detector, 1) {
	std::shared_ptr<Frame> frame = std::static_pointer_cast<Frame>(arg0);
	Image image{frame->head.format, frame->pixels.get()};
	return sendResult(frame->head.number, image, edges(frame->head.number, image));
}

uint32_t Detector::edges(uint32_t number, const Image& image) {
	const Format size = image.format.scaled(2);
	void* half = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(size.pixels(), half, WAIT_MILLIS, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE) != HIAI_OK) {
		std::fprintf(stderr, "frame %u: no room to look for edges in\n", number);
		return 0;
	}
	image.scale(2, static_cast<uint8_t*>(half));
	if (number % CALIBRATION_INTERVAL == 0) {
		hiai::HIAIMemory::HIAI_DFree(half);
		return 0;
	}
	uint32_t found = Image{size, static_cast<uint8_t*>(half)}.edges();
	hiai::HIAIMemory::HIAI_DFree(half);
	return found;
}

HIAI_StatusT Detector::sendResult(uint32_t number, const Image& image, uint32_t edges) {
	const Format size = image.format.scaled(4);
	std::shared_ptr<Result> result = std::make_shared<Result>();
	// Without a thumbnail, the host is told that the frame is lost.
	result->head = {number, edges, {0, 0}};
	void* thumbnail = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(size.pixels(), thumbnail, WAIT_MILLIS, hiai::HIAI_MEMORY_ATTR_ATUO_FREE) == HIAI_OK) {
		image.scale(4, static_cast<uint8_t*>(thumbnail));
		result->head.format = size;
		result->thumbnail.reset(static_cast<uint8_t*>(thumbnail), [](uint8_t*) {});
	}
	HIAI_StatusT status = SendData(0, "Result", std::static_pointer_cast<void>(result));
	if (status != HIAI_OK) {
		std::fprintf(stderr, "frame %u: result not sent\n", number);
		hiai::HIAIMemory::HIAI_DFree(thumbnail);
	}
	return status;
}
