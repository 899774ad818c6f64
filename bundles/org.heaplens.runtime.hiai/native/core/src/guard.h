// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/heap_lock.h"
#include "heaplens/memory.h"
#include "heaplens/types.h"
#include "witness.h"

#include <atomic>
#include <deque>
#include <map>

namespace heaplens {

/**
 * Lets the processor watch over a heap: only the pages of blocks are accessible. Behind each block is a page that never is, and what was
 * given back stays inaccessible until others need its place. Who uses such memory is told the block's story and dies. The heap's lock
 * guards it.
 *
 *     extent   pages                                | guard page
 *              slack | block, ends on an alignment  | inaccessible
 */
class Guard {
public:
	/** What became of a block. */
	enum class Fate : uint8_t { Lives, Freed, FreedByFramework, Sent };
	/** A block, or what was one as long as nobody else has its place. */
	struct Story {
		uint64_t extentSize;
		uint64_t begin;
		uint32_t size;
		Flag flag;
		Fate fate;
		const Witness* made;
		const Witness* sent;
		const Witness* gone;
	};

	Guard(const Memory& memory, Place place, HeapLock& lock);
	Guard(const Guard&) = delete;
	Guard& operator=(const Guard&) = delete;
	~Guard();

	static uint32_t pageSize();

	/** A block was handed out. @param story without what is not known yet */
	void made(uint64_t extent, const Story& story);
	/** Somebody begins to send the block of that extent. */
	void sent(uint64_t extent, const Witness* by);
	/** The block of that extent is not to be used any more. */
	void gone(uint64_t extent, Fate fate, const Witness* by);

	/** Keeps a place from being used again at once. @param handle of its extent */
	void keep(int32_t handle, uint64_t size);
	/** Whether more is kept than should be. */
	bool keepsTooMuch() const { return keptBytes_ > memory_.size() / KEPT_SHARE; }
	/** Whether anything is kept. */
	bool keeps() const { return !kept_.empty(); }
	/** The extent that has been kept longest, from now on for everybody. */
	int32_t release();

	/** The heap is of another process from now on: who uses it here has no block of his own in mind. */
	void withdraw();

	/** Whether the address is of this heap. */
	bool contains(uintptr_t address) const { return memory_.contains(reinterpret_cast<const void*>(address)); }

private:
	friend class GuardReport;
	using Stories = std::map<uint64_t, Story>;
	struct Kept {
		int32_t handle;
		uint64_t size;
	};

	/** Of the heap: more would make it too small for programs that need most of it. */
	static constexpr uint64_t KEPT_SHARE = 4;

	void forget(uint64_t from, uint64_t to);
	void giveUp();

	const Memory& memory_;
	const Place place_;
	HeapLock& lock_;
	/** By the begin of the extent; they do not overlap. */
	Stories stories_;
	std::deque<Kept> kept_;
	uint64_t keptBytes_ = 0;
	/** Whether there were too many pieces for the system: then nothing is watched any more. */
	bool gaveUp_ = false;
};

} // namespace heaplens
