// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "archive.h"

#include "run.h"

#include "hiaiengine/ai_memory.h"
#include "hiaiengine/status.h"

#include <cstring>
#include <stdexcept>

namespace {
const uint32_t WAIT_MILLIS = 500;
} // namespace

HIAI_IMPL_ENGINE_PROCESS("Archive", Archive, 1) {
	std::shared_ptr<Result> result = std::static_pointer_cast<Result>(arg0);
	if (!result->thumbnail) {
		Run::current->progress.lost(result->head.number, "no room for a thumbnail on the device");
		return HIAI_OK;
	}
	return store(*result, Image{result->head.format, result->thumbnail.get()});
}

/** Keeps a strip of the thumbnails; a picture that fails its check is not stored. */
HIAI_StatusT Archive::store(const Result& result, const Image& thumbnail) {
	Progress& progress = Run::current->progress;
	const uint32_t size = thumbnail.format.pixels() * 4;
	void* strip = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(size, strip, WAIT_MILLIS, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE) != HIAI_OK) {
		progress.lost(result.head.number, "no room for a strip on the host");
		return HIAI_ERROR;
	}
	std::memcpy(strip, thumbnail.pixels, thumbnail.format.pixels());
	try {
		int32_t sum = check(result, thumbnail);
		progress.arrived(result.head.number, result.head.edges, sum);
		hiai::HIAIMemory::HIAI_DFree(strip);
	} catch (const std::runtime_error&) {
		progress.refused();
	}
	return HIAI_OK;
}

/** The thumbnail's checksum. */
int32_t Archive::check(const Result& result, const Image& thumbnail) {
	if (result.head.number % 20 == 7) {
		throw std::runtime_error("out of focus");
	}
	return thumbnail.checksum();
}
