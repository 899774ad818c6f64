// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "camera.h"

#include "messages.h"
#include "run.h"

#include "hiaiengine/ai_memory.h"
#include "hiaiengine/status.h"

namespace {
/** As often as this, the shutter is closed and there is no picture to send. */
const uint32_t SHUTTER_INTERVAL = 30;
const uint32_t WAIT_MILLIS = 500;
} // namespace

HIAI_IMPL_ENGINE_PROCESS("Camera", Camera, 1) {
	const uint32_t number = std::static_pointer_cast<Shot>(arg0)->number;
	Progress& progress = Run::current->progress;
	const Format format = Scene::format(number);
	void* pixels = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(format.bytes(), pixels, WAIT_MILLIS, hiai::HIAI_MEMORY_ATTR_ATUO_FREE) != HIAI_OK) {
		progress.lost(number, "no room for a frame on the host");
		return HIAI_ERROR;
	}
	if (number % SHUTTER_INTERVAL == SHUTTER_INTERVAL - 1) {
		progress.skipped();
		return HIAI_OK;
	}
	Run::current->scene.draw(number, static_cast<uint8_t*>(pixels));
	std::shared_ptr<Frame> frame = std::make_shared<Frame>();
	frame->head = {number, format};
	// The framework frees an AUTO_FREE block once it has arrived: the pointer must not.
	frame->pixels.reset(static_cast<uint8_t*>(pixels), [](uint8_t*) {});
	HIAI_StatusT status = SendData(0, "Frame", std::static_pointer_cast<void>(frame));
	if (status != HIAI_OK) {
		progress.lost(number, "frame not sent");
		hiai::HIAIMemory::HIAI_DFree(pixels);
	}
	return status;
}
