// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "archive.h"

#include <algorithm>

namespace heaplens {
namespace {

constexpr uint64_t CHECKPOINT_EVENTS = 1 << 16;
/** A checkpoint costs some 7 bytes a block; so it adds less than a byte to each event. */
constexpr uint64_t CHECKPOINT_BLOCKS = 8;
constexpr size_t PIECES_IN_INDEX = 64;
/** Readers keep no more: a checkpoint with more blocks would be useless to them. */
constexpr size_t MOST_BLOCKS = 1 << 22;

} // namespace

bool Archive::OneHeap::wantsCheckpoint() const {
	return last - checkpoint >= std::max(CHECKPOINT_EVENTS, CHECKPOINT_BLOCKS * live.count()) && live.count() <= MOST_BLOCKS;
}

void Archive::add(const HeapInfo& heap) {
	std::lock_guard<std::mutex> guard(lock_);
	heaps_.emplace(heap.number, std::make_unique<OneHeap>(heap.capacity));
}

bool Archive::write(const Slot& slot) {
	OneHeap* heap;
	{
		std::lock_guard<std::mutex> guard(lock_);
		heap = heaps_.at(slot.heap()).get();
	}
	if (slot.count() == 0) {
		return true;
	}
	if (!pending_) {
		pack(slot, *heap);
		pending_ = true;
	}
	if (!store_.append(header_, packed_->data(), packed_->size())) {
		return false;
	}
	pending_ = false;
	if (heap->wantsCheckpoint()) {
		writeCheckpoint(slot.heap(), *heap);
	}
	// What it would list is listed by the next if there is no room now.
	store_.index(PIECES_IN_INDEX);
	return true;
}

void Archive::finish() {
	store_.index(1);
}

void Archive::pack(const Slot& slot, OneHeap& heap) {
	const Event* events = slot.events();
	size_t count = slot.count();
	header_ = {};
	header_.kind = layout::EVENTS;
	header_.heap = slot.heap();
	header_.ordinal = slot.header().ordinal;
	header_.codec = layout::CODEC_COLUMNS;
	header_.raw = uint32_t(count * sizeof(Event));
	header_.first = slot.first();
	header_.last = slot.first() + count - 1;
	header_.firstTime = events[0].time;
	header_.lastTime = events[count - 1].time;
	heap.summary.begin(heap.live, header_);
	packed_ = &encoder_.encode(heap.live, heap.summary, events, count);
	heap.summary.end(heap.live, header_);
	heap.last = header_.last;
	heap.lastTime = header_.lastTime;
}

void Archive::writeCheckpoint(uint32_t number, OneHeap& heap) {
	const std::vector<uint8_t>& blocks = checkpoints_.encode(heap.live);
	layout::PieceHeader header{};
	header.kind = layout::CHECKPOINT;
	header.heap = number;
	header.ordinal = heap.checkpoints;
	header.codec = layout::CODEC_COLUMNS;
	header.raw = uint32_t(heap.live.count() * sizeof(Event));
	header.first = heap.last;
	header.last = heap.last;
	header.firstTime = heap.lastTime;
	header.lastTime = heap.lastTime;
	header.totals = heap.live.totals();
	// Without room now the next segment asks again.
	if (store_.append(header, blocks.data(), blocks.size())) {
		heap.checkpoint = heap.last;
		heap.checkpoints++;
	}
}

} // namespace heaplens
