// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "columns.h"
#include "layout.h"

namespace heaplens {

/**
 * The live blocks of one heap, and what was counted until now, brought forward event by event, by the rules of the format: a block that is
 * made where one begins takes its place; an event that does not fit what came before changes nothing. One thread.
 */
class LiveBlocks {
public:
	struct Block {
		uint64_t sequence;
		uint64_t time;
		uint64_t offset;
		/** Of the transfer that the block is or was last in. */
		uint64_t transfer;
		uint32_t size;
		uint32_t requested;
		uint32_t thread;
		uint32_t stack;
		uint32_t engine;
		uint32_t state;
		uint32_t flag;
	};

	/** @param capacity of the heap, in bytes: a block beyond it is none */
	explicit LiveBlocks(uint64_t capacity) : capacity_(capacity) {}

	size_t count() const { return byOffset_.size(); }
	/** The block that begins there; null if there is none. */
	const Block* at(uint64_t offset) const {
		int32_t index = byOffset_.get(offset);
		return index < 0 ? nullptr : &blocks_[size_t(index)];
	}
	bool fits(uint64_t offset, uint32_t size) const {
		return size > 0 && size <= INT32_MAX && size <= capacity_ && offset <= capacity_ - size;
	}
	/** Whether the event makes a block. */
	bool makes(const Event& event) const {
		return (event.kind == uint16_t(EventKind::Allocate) || event.kind == uint16_t(EventKind::Receive)) &&
		       fits(event.offset, event.size);
	}
	void apply(const Event& event);
	/** In no order. */
	std::vector<const Block*> all() const;
	const layout::PieceHeader::Totals& totals() const { return totals_; }

private:
	void remove(int32_t index);

	const uint64_t capacity_;
	LongMap byOffset_;
	/** A sequence of 0: not in use. */
	std::vector<Block> blocks_;
	std::vector<int32_t> unused_;
	layout::PieceHeader::Totals totals_{};
};

} // namespace heaplens
