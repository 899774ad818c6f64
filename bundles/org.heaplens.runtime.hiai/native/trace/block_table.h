// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "store.h"

#include <vector>

namespace heaplens {

/**
 * The live blocks of one heap in the file, for readers that come late. Changes follow the events, in single words, so that a reader at any
 * moment finds each block whole or not at all. The heap's lock guards it.
 */
class BlockTable {
public:
	BlockTable(Store& store, uint32_t heap) : store_(store), heap_(heap) {}

	size_t blocks() const { return blocks_; }
	/** Sees to it that a block can be added; false if there is no room in the file. */
	bool hasRoom() { return !free_.empty() || grow(); }
	/** Adds a block for which there is room; returns its entry. */
	uint32_t add(const layout::TableEntry& block);
	/** Removes a block; returns its size. */
	uint32_t remove(uint32_t entry);
	void state(uint32_t entry, uint32_t state) { layout::release(at(entry).state, state); }

private:
	/** An entry's number is its chunk's, shifted by this, and its place in the chunk. */
	static constexpr unsigned CHUNK_SHIFT = 12;

	bool grow();
	layout::TableEntry& at(uint32_t entry) const { return chunks_[entry >> CHUNK_SHIFT][entry & ((1U << CHUNK_SHIFT) - 1)]; }

	Store& store_;
	const uint32_t heap_;
	std::vector<layout::TableEntry*> chunks_;
	/** The last one freed is used next, for it is in the cache. */
	std::vector<uint32_t> free_;
	size_t blocks_ = 0;
};

} // namespace heaplens
