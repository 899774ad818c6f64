// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "checkpoint_encoder.h"

#include <algorithm>

namespace heaplens {
namespace {

enum Column { TABLE, ROWS, SEQUENCES, TIMES, SIZES, TRANSFERS, GAPS, OTHERS, COLUMNS };
/** State, flag, thread, engine, stack. */
constexpr size_t ROW_WIDTH = 5;

/** As many bits as the largest rank has. */
unsigned rankWidth(size_t count) {
	return count <= 1 ? 0 : 64 - unsigned(__builtin_clzll(count - 1));
}

} // namespace

CheckpointEncoder::CheckpointEncoder() : writer_(COLUMNS), rows_(ROW_WIDTH) {}

const std::vector<uint8_t>& CheckpointEncoder::encode(const LiveBlocks& live) {
	writer_.clear();
	rows_.clear();
	std::vector<const LiveBlocks::Block*> byAddress = live.all();
	std::sort(byAddress.begin(), byAddress.end(), [](auto left, auto right) { return left->offset < right->offset; });
	std::vector<uint32_t> bySequence(byAddress.size());
	std::vector<uint64_t> sequences(byAddress.size());
	std::vector<uint32_t> rowOf(byAddress.size());
	for (uint32_t rank = 0; rank < byAddress.size(); rank++) {
		const LiveBlocks::Block& block = *byAddress[rank];
		const uint64_t row[ROW_WIDTH] = {block.state, block.flag, block.thread, block.engine, block.stack};
		rowOf[rank] = rows_.number(row);
		bySequence[rank] = rank;
		sequences[rank] = block.sequence;
	}
	sortByKey(bySequence, sequences);
	std::vector<uint32_t> places = rows_.write(writer_.columns[TABLE]);
	pairs_.clear(rows_.count());
	unsigned width = rankWidth(byAddress.size());
	uint64_t sequence = 0;
	uint64_t time = 0;
	uint64_t transfer = 0;
	for (uint32_t rank : bySequence) {
		const LiveBlocks::Block& block = *byAddress[rank];
		uint32_t place = places[rowOf[rank]];
		writer_.columns[ROWS].putVarint(place);
		writer_.putNumber(SEQUENCES, block.sequence - sequence);
		writer_.putNumber(TIMES, block.time - time);
		writer_.bits.put(rank, width);
		unsigned known = pairs_.use(place, SizePairs::pair(block.requested, block.size));
		writer_.columns[SIZES].put(known);
		if (known == SizePairs::KEPT) {
			writer_.putNumber(OTHERS, block.requested);
			writer_.putNumber(OTHERS, block.size);
		}
		writer_.putNumber(TRANSFERS, BitColumn::zigzag(block.transfer - transfer));
		sequence = block.sequence;
		time = block.time;
		transfer = block.transfer;
	}
	putGaps(byAddress);
	return writer_.pack();
}

void CheckpointEncoder::putGaps(const std::vector<const LiveBlocks::Block*>& byAddress) {
	uint64_t all = 0;
	uint64_t end = 0;
	for (const LiveBlocks::Block* block : byAddress) {
		all |= block->offset - end;
		end = block->offset + block->size;
	}
	unsigned shift = all == 0 ? 0 : unsigned(__builtin_ctzll(all));
	writer_.columns[TABLE].put(shift);
	end = 0;
	for (const LiveBlocks::Block* block : byAddress) {
		writer_.putNumber(GAPS, BitColumn::zigzag(uint64_t(int64_t(block->offset - end) >> shift)));
		end = block->offset + block->size;
	}
}

} // namespace heaplens
