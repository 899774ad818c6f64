// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "block_table.h"

namespace heaplens {

uint32_t BlockTable::add(const layout::TableEntry& block) {
	uint32_t number = free_.back();
	free_.pop_back();
	layout::TableEntry& entry = at(number);
	// The entry was free before any of its fields changes: a reader compares its sequence again after them.
	layout::release(entry.offset, block.offset);
	layout::release(entry.time, block.time);
	layout::release(entry.size, block.size);
	layout::release(entry.requested, block.requested);
	layout::release(entry.thread, block.thread);
	layout::release(entry.stack, block.stack);
	layout::release(entry.engine, block.engine);
	layout::release(entry.state, layout::STATE_LIVE);
	layout::release(entry.flag, block.flag);
	layout::release(entry.sequence, block.sequence);
	blocks_++;
	return number;
}

uint32_t BlockTable::remove(uint32_t number) {
	layout::TableEntry& entry = at(number);
	uint32_t size = entry.size;
	layout::release<uint64_t>(entry.sequence, 0);
	free_.push_back(number);
	blocks_--;
	return size;
}

bool BlockTable::grow() {
	uint8_t* chunk = store_.chunk(layout::TABLE, heap_, chunks_.size());
	if (chunk == nullptr) {
		return false;
	}
	chunks_.push_back(reinterpret_cast<layout::TableEntry*>(chunk + sizeof(layout::PieceHeader)));
	free_.reserve(chunks_.size() * layout::RECORDS_IN_CHUNK);
	for (size_t place = layout::RECORDS_IN_CHUNK; place > 0; place--) {
		free_.push_back(uint32_t((chunks_.size() - 1) << CHUNK_SHIFT | (place - 1)));
	}
	return true;
}

} // namespace heaplens
