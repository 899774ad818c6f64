// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "columns.h"
#include "live_blocks.h"

namespace heaplens {

/** Packs all live blocks of a heap; see docs/trace-format.md, "Compressed pieces". One thread. */
class CheckpointEncoder {
public:
	CheckpointEncoder();

	/** The next call changes the result. */
	const std::vector<uint8_t>& encode(const LiveBlocks& live);

private:
	void putGaps(const std::vector<const LiveBlocks::Block*>& byAddress);

	ColumnsWriter writer_;
	RowTable rows_;
	SizePairs pairs_;
};

} // namespace heaplens
