// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "block_table.h"
#include "heaplens/trace.h"
#include "slots.h"
#include "ticks.h"

#include <algorithm>

namespace heaplens {

Lane::Lane(TraceWriter& writer, Slots& slots, std::unique_ptr<BlockTable> table, const HeapInfo& heap)
	: ticks_(std::make_unique<Ticks>()), begun_(writer.begun_), heap_(uint16_t(heap.number)), table_(std::move(table)), slots_(slots),
	  writer_(writer) {}

Lane::~Lane() = default;

uint32_t Lane::made(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
                    Status status) {
	if (!hasRoom() || !table_->hasRoom()) {
		drop();
		return NO_ENTRY;
	}
	uint64_t time = put(call, kind, offset, size, requested, argument, flag, status, Reason::None);
	// The table follows the event: a reader applies the newest events to what it finds there.
	uint32_t entry = table_->add(
		{sequence_, offset, time, size, requested, call.thread, call.stack, call.engine, layout::STATE_LIVE, uint16_t(flag), {}});
	totals_.allocations++;
	totals_.liveBytes += size;
	totals_.peakBytes = std::max(totals_.peakBytes, totals_.liveBytes);
	return entry;
}

void Lane::append(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
                  Status status, Reason reason, uint32_t entry) {
	if (!hasRoom()) {
		drop();
		return;
	}
	put(call, kind, offset, size, requested, argument, flag, status, reason);
	switch (kind) {
	case EventKind::Free:
	case EventKind::AutoFree:
		if (entry != NO_ENTRY) {
			totals_.liveBytes -= table_->remove(entry);
			totals_.frees++;
			totals_.autoFrees += kind == EventKind::AutoFree;
		}
		break;
	case EventKind::SendBegin:
	case EventKind::SendEnd:
		if (entry != NO_ENTRY) {
			table_->state(entry, layout::stateAfter(kind, size));
		}
		break;
	case EventKind::Misuse:
		totals_.misuses++;
		break;
	case EventKind::TimeOut:
		totals_.timeouts++;
		break;
	default:
		break;
	}
}

uint64_t Lane::put(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
                   Status status, Reason reason) {
	auto& event = *reinterpret_cast<Event*>(position_);
	uint64_t time = ticks_->nanos() - begun_;
	event.time = time;
	event.offset = offset;
	event.argument = argument;
	event.size = size;
	event.requested = requested;
	event.thread = call.thread;
	event.stack = call.stack;
	event.engine = call.engine;
	event.status = uint32_t(status);
	event.kind = uint16_t(kind);
	event.heap = heap_;
	event.flag = uint16_t(flag);
	event.reason = uint16_t(reason);
	layout::release(event.sequence, ++sequence_);
	position_ += sizeof(Event);
	return time;
}

void Lane::end() {
	if (ended_) {
		return;
	}
	append({}, EventKind::ProcessEnded, 0, 0, 0, 0, Flag::None, Status(0), Reason::None, NO_ENTRY);
	ended_ = true;
	if (slot_ != nullptr) {
		slot_->fill(size_t(position_ - slot_->bytes() - sizeof(layout::PieceHeader)) / sizeof(Event));
		slots_.last(slot_);
	}
	slot_ = nullptr;
	position_ = nullptr;
	end_ = nullptr;
}

/** False if there is none, now and for ever. */
bool Lane::nextSlot() {
	if (full_ || ended_) {
		return false;
	}
	if (slot_ != nullptr) {
		slot_->fill(layout::RECORDS_IN_CHUNK);
	}
	slot_ = slots_.next(slot_, heap_);
	if (slot_ == nullptr) {
		position_ = nullptr;
		end_ = nullptr;
		full_ = true;
		return false;
	}
	slot_->begin(heap_, ordinal_++, sequence_ + 1,
	             {totals_.liveBytes, table_->blocks(), totals_.peakBytes, totals_.allocations, totals_.frees, totals_.autoFrees,
	              totals_.misuses, totals_.timeouts});
	position_ = slot_->bytes() + sizeof(layout::PieceHeader);
	end_ = position_ + layout::RECORDS_IN_CHUNK * sizeof(Event);
	return true;
}

void Lane::drop() {
	if (ended_) {
		return;
	}
	// There is no room for the block: what follows could not be understood without it.
	full_ = true;
	if (slot_ != nullptr) {
		slot_->fill(size_t(position_ - slot_->bytes() - sizeof(layout::PieceHeader)) / sizeof(Event));
		slots_.last(slot_);
		slot_ = nullptr;
	}
	position_ = nullptr;
	end_ = nullptr;
	sequence_++;
	writer_.drop();
}

} // namespace heaplens
