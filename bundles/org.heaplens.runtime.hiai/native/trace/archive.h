// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "checkpoint_encoder.h"
#include "segment_encoder.h"
#include "slots.h"
#include "store.h"

#include <map>
#include <memory>

namespace heaplens {

/**
 * Writes segments, checkpoints and indexes. One thread at a time, but heaps may be added at any time. It is as far behind the lanes as the
 * slots that wait for it, so it keeps the live blocks once more.
 */
class Archive {
public:
	explicit Archive(Store& store) : store_(store) {}

	void add(const HeapInfo& heap);
	/** Writes the events of a slot, after which it may be emptied; false if there is no room now. The same slot comes again then. */
	bool write(const Slot& slot);
	/** Writes what makes opening the whole trace fast. */
	void finish();

private:
	struct OneHeap {
		explicit OneHeap(uint64_t capacity) : live(capacity) {}

		LiveBlocks live;
		SegmentSummary summary;
		uint64_t last = 0;
		uint64_t lastTime = 0;
		uint64_t checkpoint = 0;
		uint64_t checkpoints = 0;

		bool wantsCheckpoint() const;
	};

	void pack(const Slot& slot, OneHeap& heap);
	void writeCheckpoint(uint32_t number, OneHeap& heap);

	Store& store_;
	SegmentEncoder encoder_;
	CheckpointEncoder checkpoints_;
	std::mutex lock_;
	std::map<uint32_t, std::unique_ptr<OneHeap>> heaps_;
	layout::PieceHeader header_{};
	const std::vector<uint8_t>* packed_ = nullptr;
	/** A segment is packed that has not been written yet, because there was no room. */
	bool pending_ = false;
};

} // namespace heaplens
