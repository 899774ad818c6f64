// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "columns.h"
#include "layout.h"
#include "live_blocks.h"

#include <unordered_map>

namespace heaplens {

/** What a segment's header says about its events, so that who wants to know no more need not decode them. One thread. */
class SegmentSummary {
public:
	void begin(const LiveBlocks& live, layout::PieceHeader& header);
	/** An event that the heap has been brought forward by. */
	void add(const LiveBlocks& live, const Event& event);
	void end(const LiveBlocks& live, layout::PieceHeader& header) const;

private:
	/** For each thread, how many of its requests wait: threads of one name share a number. */
	std::unordered_map<uint32_t, uint32_t> waitingOf_;
	uint32_t waiting_ = 0;
	uint64_t least_ = 0;
	uint64_t most_ = 0;
	uint32_t mostWaiting_ = 0;
	layout::PieceHeader::Totals before_{};
};

/** Makes columns of events; see docs/trace-format.md, "Compressed pieces". It has to see all events of a heap in their order. One thread.
 */
class SegmentEncoder {
public:
	SegmentEncoder();

	/** Packs events of one heap, at most as many as a chunk has; brings the heap forward. The next call changes the result. */
	const std::vector<uint8_t>& encode(LiveBlocks& live, SegmentSummary& summary, const Event* events, size_t count);

private:
	void begin(const LiveBlocks& live, const Event* events, size_t count);
	uint32_t thread(uint32_t number);
	void putBlock(const LiveBlocks& live, const Event& event, uint32_t number);
	void putPlace(const Event& event, uint32_t number);
	void putSize(const Event& event, uint32_t place);
	void putArgument(const Event& event, uint64_t transfer);
	void writeTables(size_t count);

	ColumnsWriter writer_;
	RowTable shapes_;
	SizePairs pairs_;
	LongMap threads_;
	ByteColumn threadNumbers_;
	/** Where blocks were freed, and where new ones end: offsets, and the event of this segment that did. */
	LongMap freed_;
	LongMap ends_;
	uint64_t lastArguments_[16];
	std::vector<uint32_t> threadOf_;
	std::vector<uint32_t> shapeOf_;
	unsigned offsetShift_ = 0;
	unsigned sizeShift_ = 0;
	uint32_t overhead_ = 0;
};

} // namespace heaplens
