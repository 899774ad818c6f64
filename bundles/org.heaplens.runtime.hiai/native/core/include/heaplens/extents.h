// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace heaplens {

/**
 * A run of quanta in a space, free or handed out. What it has of a block belongs to the heap.
 *
 *     0 offset   4 size     quanta; a size of 0: the entry is not in use
 *     8 before  12 behind   the extents below and above it; NONE at the ends
 *    16 previous 20 next    of a free one: its list
 *       requested   meta    of a block: bytes; flag, state and marks
 *    24 free, era           28 entry of the block in the trace's table
 */
struct Extent {
	uint32_t offset;
	uint32_t size;
	int32_t before;
	int32_t behind;
	union {
		int32_t previous;
		uint32_t requested;
	};
	union {
		int32_t next;
		uint32_t meta;
	};
	uint32_t isFree : 1;
	uint32_t era : 31;
	uint32_t entry;
};
static_assert(sizeof(Extent) == 32, "two extents in a cache line");

/**
 * Two-level segregated fit over a space of offsets: constant time, close to the packing of best fit, and the same decisions as the Java
 * runtime's. Not thread-safe: its heap's lock guards it. Nothing is stored in the space itself.
 *
 *     size in quanta   1 ... 31 | 32 ... 63 | 64 ... 127 | ...        with 32 sub-classes
 *     class            one per  | 32 sub-classes for each power of two
 *                      size     |
 *
 * A request looks at some extents of its own class, which may or may not be large enough, then takes the first of the next class that
 * has any, which certainly is. Lists are last in, first out.
 */
class Extents {
public:
	/** Everything is a multiple of this many bytes. */
	static constexpr uint32_t QUANTUM = 64;
	static constexpr int32_t NONE = -1;

	/** How the place of a block is chosen. All but the first are for comparison. */
	enum class Policy {
		/** With 32 sub-classes and 8 probes. */
		Tlsf,
		/** With 8 sub-classes and none. */
		Tlsf8,
		/** The smallest that is large enough, of several the lowest: looks at all. */
		BestFit,
		/** The lowest that is large enough: looks at all below it. */
		FirstFit,
		/** Powers of two at multiples of their size, which join only with the other half of what they were split from. */
		Buddy,
	};

	/** @param capacity bytes; rounded down to whole quanta, of which there are 1 to 2^31 - 1 */
	explicit Extents(uint64_t capacity, Policy policy = Policy::Tlsf);
	Extents(const Extents&) = delete;
	Extents& operator=(const Extents&) = delete;
	~Extents();

	uint64_t capacity() const { return uint64_t(quanta_) * QUANTUM; }
	/** Bytes handed out. */
	uint64_t used() const { return usedQuanta_ * QUANTUM; }
	/** Bytes of the largest free extent. */
	uint64_t largestFree() const;

	/** Takes an extent of that many bytes, rounded up to whole quanta; its handle, or NONE. */
	int32_t allocate(uint64_t bytes);
	/** Gives back what `allocate` gave, and joins it with what is free beside it. */
	void free(int32_t handle);

	/** Valid until the next call of `allocate` or `free`. */
	Extent& operator[](int32_t handle) { return extents_[handle]; }
	const Extent& operator[](int32_t handle) const { return extents_[handle]; }
	uint64_t offset(int32_t handle) const { return uint64_t(extents_[handle].offset) * QUANTUM; }
	uint32_t size(int32_t handle) const { return extents_[handle].size * QUANTUM; }

	/** The lowest extent; the others follow by `behind`. */
	int32_t first() const { return first_; }

	/** What is wrong with the bookkeeping; null if nothing is. For tests. */
	const char* damage() const;

private:
	int32_t find(uint32_t quanta) const;
	int32_t findInOrder(uint32_t quanta) const;
	void link(int32_t extent);
	void unlink(int32_t extent);
	int32_t split(int32_t extent, uint32_t quanta);
	int32_t join(int32_t left, int32_t right);
	int32_t entry(uint32_t at, uint32_t quanta, int32_t left, int32_t right);
	bool hasEntries(uint32_t count);
	int32_t buddy(int32_t extent) const;
	unsigned level(uint32_t quanta) const;
	unsigned index(uint32_t quanta) const;

	Extent* extents_ = nullptr;
	uint32_t quanta_;
	uint32_t entries_ = 0;
	uint32_t room_ = 0;
	int32_t unused_ = NONE;
	int32_t first_ = NONE;
	uint64_t usedQuanta_ = 0;
	Policy policy_;
	/** Each power of two has 2^subBits sub-classes. */
	unsigned subBits_;
	/** Extents of a request's own class that are looked at. */
	unsigned probes_;
	uint32_t levelMap_ = 0;
	uint32_t subMaps_[32] = {};
	std::unique_ptr<int32_t[]> heads_;
	unsigned lists_;
};

} // namespace heaplens
