// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "live_blocks.h"

#include <algorithm>

namespace heaplens {

void LiveBlocks::apply(const Event& event) {
	auto kind = EventKind(event.kind);
	if (kind == EventKind::Allocate || kind == EventKind::Receive) {
		if (!fits(event.offset, event.size)) {
			return;
		}
		int32_t old = byOffset_.get(event.offset);
		if (old >= 0) {
			remove(old);
		}
		int32_t index;
		if (unused_.empty()) {
			index = int32_t(blocks_.size());
			blocks_.emplace_back();
		} else {
			index = unused_.back();
			unused_.pop_back();
		}
		blocks_[size_t(index)] = {event.sequence, event.time,  event.offset, event.argument,     event.size, event.requested,
		                          event.thread,   event.stack, event.engine, layout::STATE_LIVE, event.flag};
		byOffset_.put(event.offset, index);
		totals_.live += event.size;
		totals_.peak = std::max(totals_.peak, totals_.live);
		totals_.blocks = byOffset_.size();
		totals_.allocations++;
	} else if (kind == EventKind::Free || kind == EventKind::AutoFree) {
		int32_t index = byOffset_.get(event.offset);
		if (index >= 0) {
			remove(index);
			totals_.frees++;
			totals_.autoFrees += kind == EventKind::AutoFree;
		}
	} else if (kind == EventKind::SendBegin || kind == EventKind::SendEnd) {
		int32_t index = byOffset_.get(event.offset);
		if (index >= 0) {
			blocks_[size_t(index)].state = layout::stateAfter(kind, event.size);
			blocks_[size_t(index)].transfer = event.argument;
		}
	} else if (kind == EventKind::Misuse) {
		totals_.misuses++;
	} else if (kind == EventKind::TimeOut) {
		totals_.timeouts++;
	}
}

std::vector<const LiveBlocks::Block*> LiveBlocks::all() const {
	std::vector<const Block*> result;
	for (const Block& block : blocks_) {
		if (block.sequence != 0) {
			result.push_back(&block);
		}
	}
	return result;
}

void LiveBlocks::remove(int32_t index) {
	Block& block = blocks_[size_t(index)];
	byOffset_.remove(block.offset);
	totals_.live -= block.size;
	totals_.blocks = byOffset_.size();
	block.sequence = 0;
	unused_.push_back(index);
}

} // namespace heaplens
