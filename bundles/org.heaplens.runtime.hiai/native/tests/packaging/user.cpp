// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/status.h"

#include <memory>

/** One block, used and given back. */
int main() {
	void* block = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(1 << 20, block, 500, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE) != HIAI_OK) {
		return 1;
	}
	std::shared_ptr<uint8_t> owner(static_cast<uint8_t*>(block), hiai::HIAIMemory::HIAI_DFree);
	owner.get()[0] = 1;
	return 0;
}
