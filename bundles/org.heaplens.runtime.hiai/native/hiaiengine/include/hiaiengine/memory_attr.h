// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_MEMORY_ATTR_H
#define HIAIENGINE_MEMORY_ATTR_H

/**
 * How a block goes back, in every spelling that documents, headers and applications have for it; the misspelt ones are real.
 * AUTO_FREE: the framework frees the block once it was sent to the other side. MANUAL_FREE: the program frees it, always.
 */

#ifdef __cplusplus

namespace hiai {

enum HIAI_MEMORY_ATTR {
	HIAI_MEMORY_ATTR_NONE = 0,
	/** The first generation's only flag. Bit 0 is kept free for it. */
	HIAI_MEMORY_HUGE_PAGE = 0x1 << 0,
	HIAI_MEMORY_ATTR_ATUO_FREE = 0x1 << 1,
	HIAI_MEMORY_ATTR_AUTO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	HIAI_MEMORY_ATTR_MANUAL_FREE = 0x1 << 2,
	IAI_MEMORY_ATTR_MAX = 5,
	HIAI_MEMORY_ATTR_MAX = IAI_MEMORY_ATTR_MAX,
	MEMORY_ATTR_NONE = HIAI_MEMORY_ATTR_NONE,
	MEMORY_ATTR_ATUO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	MEMORY_ATTR_AUTO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	MEMORY_ATTR_MANUAL_FREE = HIAI_MEMORY_ATTR_MANUAL_FREE,
	MEMORY_ATTR_MAX = IAI_MEMORY_ATTR_MAX,
	/** Of the old call that took flags of page tables. */
	HIAI_ALIBUF_MAP_VA32BIT = 0x200
};

} // namespace hiai

// The guide's C++ examples name them without the namespace.
using hiai::HIAI_MEMORY_ATTR;
using hiai::MEMORY_ATTR_ATUO_FREE;
using hiai::MEMORY_ATTR_AUTO_FREE;
using hiai::MEMORY_ATTR_MANUAL_FREE;
using hiai::MEMORY_ATTR_MAX;
using hiai::MEMORY_ATTR_NONE;

#else

typedef enum HIAI_MEMORY_ATTR {
	HIAI_MEMORY_ATTR_NONE = 0,
	HIAI_MEMORY_HUGE_PAGE = 0x1 << 0,
	HIAI_MEMORY_ATTR_ATUO_FREE = 0x1 << 1,
	HIAI_MEMORY_ATTR_AUTO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	HIAI_MEMORY_ATTR_MANUAL_FREE = 0x1 << 2,
	IAI_MEMORY_ATTR_MAX = 5,
	HIAI_MEMORY_ATTR_MAX = IAI_MEMORY_ATTR_MAX,
	MEMORY_ATTR_NONE = HIAI_MEMORY_ATTR_NONE,
	MEMORY_ATTR_ATUO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	MEMORY_ATTR_AUTO_FREE = HIAI_MEMORY_ATTR_ATUO_FREE,
	MEMORY_ATTR_MANUAL_FREE = HIAI_MEMORY_ATTR_MANUAL_FREE,
	MEMORY_ATTR_MAX = IAI_MEMORY_ATTR_MAX,
	HIAI_ALIBUF_MAP_VA32BIT = 0x200
} HIAI_MEMORY_ATTR;

#endif

#endif
