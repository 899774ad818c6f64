/* SPDX-FileCopyrightText: 2026 HeapLens contributors */
/* SPDX-License-Identifier: EPL-2.0 */
#include "c_api.h"

#include "hiaiengine/c_graph.h"

#include <string.h>

uint32_t memoryFromC(void) {
	void* block = HIAI_DMalloc(1000, 0, MEMORY_ATTR_MANUAL_FREE);
	void* other = HIAI_DMalloc(1000, 0, HIAI_MEMORY_ATTR_ATUO_FREE);
	if (block == NULL || other == NULL || block == other) {
		return 0;
	}
	memset(block, 1, 1000);
	if (HIAI_DFree(other) != HIAI_OK) {
		return 0;
	}
	return HIAI_DFree(block);
}
