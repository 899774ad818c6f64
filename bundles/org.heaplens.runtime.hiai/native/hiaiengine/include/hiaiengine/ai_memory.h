// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_MEMORY_H
#define HIAIENGINE_AI_MEMORY_H

#include <stdint.h>

#include "hiaiengine/memory_attr.h"
#include "hiaiengine/profile.h"
#include "hiaiengine/status.h"

namespace hiai {

/** Milliseconds. The documents say 500, a header of the vendor 100000: HEAPLENS_SIMULATOR_MALLOC_TIME_OUT decides what this stands for. */
static const uint32_t MALLOC_DEFAULT_TIME_OUT = 500;

/** Memory of host and devices, with statuses. A block may be freed by these functions or by those of `c_graph.h`. */
class HIAIMemory {
public:
	HIAIMemory() = default;
	HIAIMemory(const HIAIMemory&) = delete;
	HIAIMemory(HIAIMemory&&) = delete;
	HIAIMemory& operator=(const HIAIMemory&) = delete;
	HIAIMemory& operator=(HIAIMemory&&) = delete;

	/**
	 * A block of the heap where the caller runs.
	 *
	 * @param dataSize   bytes; 1 to 268,435,456 on the host, 96 less on a device
	 * @param dataBuffer the block; null if there is none
	 * @param timeOut    ms to wait for room; 0 not at all
	 * @param flag       a HIAI_MEMORY_ATTR
	 * @return HIAI_OK; HIAI_GRAPH_MALLOC_LARGER, HIAI_GRAPH_INVALID_VALUE, HIAI_GRAPH_NO_MEMORY, HIAI_GRAPH_NOT_EXIST,
	 *         HIAI_GRAPH_MEMORY_POOL_STOPPED
	 */
	HIAI_COMMON_LIB_EXPORT static HIAI_StatusT HIAI_DMalloc(const uint32_t dataSize, void*& dataBuffer,
	                                                        const uint32_t timeOut = MALLOC_DEFAULT_TIME_OUT,
	                                                        uint32_t flag = HIAI_MEMORY_ATTR_AUTO_FREE);

	/** Gives a block back. @return HIAI_OK; HIAI_GRAPH_INVALID_VALUE for null; HIAI_GRAPH_NOT_FIND_MEMORY for what is no live block */
	HIAI_COMMON_LIB_EXPORT static HIAI_StatusT HIAI_DFree(void* dataBuffer);

	/** Whether `dataSize` bytes from there lie in one live block of HIAI_DMalloc. */
	HIAI_COMMON_LIB_EXPORT static bool IsDMalloc(const void* dataBuffer, const uint32_t& dataSize);

	/** A block that DVPP can use; only on a device. */
	HIAI_DEVICE_LIB_EXPORT static HIAI_StatusT HIAI_DVPP_DMalloc(const uint32_t dataSize, void*& dataBuffer);

	HIAI_DEVICE_LIB_EXPORT static HIAI_StatusT HIAI_DVPP_DFree(void* dataBuffer);
};

} // namespace hiai

#endif
