// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "segment_encoder.h"

#include <algorithm>
#include <numeric>

namespace heaplens {
namespace {

enum Column { TABLES, THREADS, SHAPES, TIMES, FREES, REFERENCES, PLACES, SIZES, ARGUMENTS, OTHERS, COLUMNS };
enum Form : uint64_t { FORM_NONE, FORM_BLOCK, FORM_BLOCK_EMPTY, FORM_NEW, FORM_OTHER };

/** In the column of threads: thread, engine and stack are those of the event that made the block. Threads are counted from 1. */
constexpr uint32_t THREAD_OF_BLOCK = 0;
constexpr unsigned PLACE_OTHER = 0;
/** Plus a token: where the block of an earlier event of the segment ends. */
constexpr unsigned PLACE_BEHIND = 32;
constexpr unsigned SIZE_ROUNDED = SizePairs::KEPT;
constexpr unsigned SIZE_OTHER = SizePairs::KEPT + 1;
constexpr unsigned SHAPE_WIDTH = 7;
/** Kinds whose arguments are foretold; others are written in full. */
constexpr unsigned KINDS = 16;

uint64_t rounded(uint32_t requested, uint32_t overhead, unsigned shift) {
	return (uint64_t(requested) + overhead + (1ULL << shift) - 1) >> shift << shift;
}

} // namespace

void SegmentSummary::begin(const LiveBlocks& live, layout::PieceHeader& header) {
	header.totals = live.totals();
	before_ = live.totals();
	least_ = before_.live;
	most_ = before_.live;
	mostWaiting_ = waiting_;
}

void SegmentSummary::add(const LiveBlocks& live, const Event& event) {
	least_ = std::min(least_, live.totals().live);
	most_ = std::max(most_, live.totals().live);
	auto kind = EventKind(event.kind);
	if (kind == EventKind::WaitBegin) {
		waitingOf_[event.thread]++;
		waiting_++;
		mostWaiting_ = std::max(mostWaiting_, waiting_);
	} else if (kind == EventKind::WaitEnd || kind == EventKind::TimeOut) {
		// A request that may not wait times out without having waited.
		auto found = waitingOf_.find(event.thread);
		if (found != waitingOf_.end() && found->second > 0) {
			found->second--;
			waiting_--;
		}
	}
}

void SegmentSummary::end(const LiveBlocks& live, layout::PieceHeader& header) const {
	const auto& now = live.totals();
	header.leastLive = least_;
	header.mostLive = most_;
	header.live = now.live;
	header.blocks = uint32_t(now.blocks);
	header.waiting = mostWaiting_;
	header.allocations = uint32_t(now.allocations - before_.allocations);
	header.frees = uint32_t(now.frees - before_.frees);
	header.misuses = uint32_t(now.misuses - before_.misuses);
	header.timeouts = uint32_t(now.timeouts - before_.timeouts);
}

SegmentEncoder::SegmentEncoder()
	: writer_(COLUMNS), shapes_(SHAPE_WIDTH), threadOf_(layout::RECORDS_IN_CHUNK), shapeOf_(layout::RECORDS_IN_CHUNK) {}

const std::vector<uint8_t>& SegmentEncoder::encode(LiveBlocks& live, SegmentSummary& summary, const Event* events, size_t count) {
	begin(live, events, count);
	uint64_t time = events[0].time;
	for (uint32_t number = 0; number < count; number++) {
		const Event& event = events[number];
		writer_.putNumber(TIMES, event.time - time);
		time = event.time;
		putBlock(live, event, number);
		live.apply(event);
		summary.add(live, event);
	}
	writeTables(count);
	return writer_.pack();
}

/** What all offsets are multiples of, and how whole sizes follow from requested ones. */
void SegmentEncoder::begin(const LiveBlocks& live, const Event* events, size_t count) {
	writer_.clear();
	shapes_.clear();
	pairs_.clear(count);
	threads_.clear();
	threadNumbers_.clear();
	freed_.clear();
	ends_.clear();
	std::fill_n(lastArguments_, KINDS, 0);
	uint64_t offsets = 0;
	uint32_t sizes = 0;
	int64_t least = INT32_MAX;
	for (size_t number = 0; number < count; number++) {
		const Event& event = events[number];
		if (live.makes(event)) {
			offsets |= event.offset;
			sizes |= event.size;
			least = std::min(least, int64_t(event.size) - int64_t(event.requested));
		}
	}
	offsetShift_ = offsets == 0 ? 0 : unsigned(__builtin_ctzll(offsets));
	sizeShift_ = sizes == 0 ? 0 : unsigned(__builtin_ctz(sizes));
	overhead_ = uint32_t(std::max<int64_t>(0, least));
}

uint32_t SegmentEncoder::thread(uint32_t number) {
	int32_t known = threads_.get(number);
	if (known < 0) {
		known = int32_t(threads_.size());
		threads_.put(number, known);
		threadNumbers_.putVarint(number);
	}
	return uint32_t(known) + 1;
}

/** Finds thread and shape, and writes what the event says of a block, and its argument. */
void SegmentEncoder::putBlock(const LiveBlocks& live, const Event& event, uint32_t number) {
	auto kind = EventKind(event.kind);
	bool isNew = live.makes(event);
	const LiveBlocks::Block* block = isNew ? nullptr : live.at(event.offset);
	Form form = isNew ? FORM_NEW : FORM_OTHER;
	if (block != nullptr && event.requested == block->requested && (event.size == block->size || event.size == 0)) {
		form = event.size == block->size ? FORM_BLOCK : FORM_BLOCK_EMPTY;
	} else if (!isNew && event.offset == 0 && event.size == 0 && event.requested == 0) {
		form = FORM_NONE;
	}
	bool known = form == FORM_BLOCK || form == FORM_BLOCK_EMPTY;
	// Mostly it is the same call that makes a block and frees it; then the event has what is known of the block.
	bool byMaker = known && event.thread == block->thread && event.engine == block->engine && event.stack == block->stack;
	const uint64_t shape[SHAPE_WIDTH] = {
		event.kind, form, event.flag, event.reason, event.status, byMaker ? 0 : event.engine, byMaker ? 0 : event.stack};
	uint32_t result = shapes_.number(shape);
	shapeOf_[number] = result;
	threadOf_[number] = byMaker ? THREAD_OF_BLOCK : thread(event.thread);
	if (known) {
		writer_.putNumber(kind == EventKind::Free ? FREES : REFERENCES, event.sequence - block->sequence);
	} else if (form == FORM_NEW) {
		putPlace(event, number);
		putSize(event, result);
	} else if (form == FORM_OTHER) {
		writer_.putNumber(OTHERS, event.offset);
		writer_.putNumber(OTHERS, event.size);
		writer_.putNumber(OTHERS, event.requested);
	}
	putArgument(event, known ? block->transfer : ~0ULL);
	if (known && (kind == EventKind::Free || kind == EventKind::AutoFree)) {
		freed_.put(event.offset, int32_t(number));
	}
}

/** A hole begins where a block was freed, or behind one that was made; both were mostly not long ago. */
void SegmentEncoder::putPlace(const Event& event, uint32_t number) {
	int32_t hole = freed_.get(event.offset);
	int32_t behind = ends_.get(event.offset);
	if (hole < 0 && behind < 0) {
		writer_.columns[PLACES].put(PLACE_OTHER);
		writer_.putNumber(OTHERS, event.offset >> offsetShift_);
	} else if (hole > behind) {
		writer_.putNumber(PLACES, number - uint32_t(hole));
	} else {
		writer_.columns[PLACES].put(PLACE_BEHIND + writer_.bits.putNumber(number - uint32_t(behind)));
	}
	ends_.put(event.offset + event.size, int32_t(number));
}

void SegmentEncoder::putSize(const Event& event, uint32_t place) {
	unsigned known = pairs_.use(place, SizePairs::pair(event.requested, event.size));
	if (known < SizePairs::KEPT) {
		writer_.columns[SIZES].put(known);
		return;
	}
	bool isRounded = rounded(event.requested, overhead_, sizeShift_) == event.size;
	writer_.columns[SIZES].put(isRounded ? SIZE_ROUNDED : SIZE_OTHER);
	writer_.putNumber(OTHERS, event.requested);
	if (!isRounded) {
		writer_.putNumber(OTHERS, event.size);
	}
}

void SegmentEncoder::putArgument(const Event& event, uint64_t transfer) {
	auto kind = EventKind(event.kind);
	uint64_t foretold = 0;
	if (kind == EventKind::SendEnd || kind == EventKind::AutoFree) {
		foretold = transfer;
	} else if (event.kind < KINDS) {
		foretold = lastArguments_[event.kind] + (kind == EventKind::SendBegin || kind == EventKind::Receive ? 1 : 0);
	}
	writer_.putNumber(ARGUMENTS, BitColumn::zigzag(event.argument - foretold));
	if (event.kind < KINDS) {
		lastArguments_[event.kind] = event.argument;
	}
}

/** The shapes stand thread by thread: a thread that does the same again and again shows only then. */
void SegmentEncoder::writeTables(size_t count) {
	ByteColumn& tables = writer_.columns[TABLES];
	tables.put(offsetShift_);
	tables.put(sizeShift_);
	tables.putVarint(overhead_);
	tables.putVarint(threads_.size());
	tables.put(threadNumbers_);
	std::vector<uint32_t> places = shapes_.write(tables);
	std::vector<uint32_t> order(count);
	std::vector<uint64_t> keys(count);
	std::iota(order.begin(), order.end(), 0);
	for (size_t number = 0; number < count; number++) {
		writer_.columns[THREADS].putVarint(threadOf_[number]);
		keys[number] = threadOf_[number];
	}
	sortByKey(order, keys);
	for (uint32_t number : order) {
		writer_.columns[SHAPES].putVarint(places[shapeOf_[number]]);
	}
}

} // namespace heaplens
