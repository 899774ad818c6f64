// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "layout.h"
#include "store.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <pthread.h>

namespace heaplens {

class Archive;

/** A chunk for events. One thread at a time. */
class Slot {
public:
	explicit Slot(uint8_t* bytes) : bytes_(bytes) {}

	uint8_t* bytes() const { return bytes_; }
	layout::PieceHeader& header() const { return *reinterpret_cast<layout::PieceHeader*>(bytes_); }
	const Event* events() const { return reinterpret_cast<const Event*>(bytes_ + sizeof(layout::PieceHeader)); }
	uint32_t heap() const { return heap_; }
	uint64_t first() const { return first_; }
	/** Events in it once it is full, or its lane has ended. */
	size_t count() const { return count_; }
	void fill(size_t events) { count_ = events; }

	/** Makes it the next slot of a lane; no record in it may be taken for one that is to come. */
	void begin(uint32_t heap, uint64_t ordinal, uint64_t firstSequence, const layout::PieceHeader::Totals& totals);
	/** Forgets its events. */
	void clear();

private:
	uint64_t changeBegins();
	void changeEnds(uint64_t generation);

	uint8_t* bytes_;
	uint32_t heap_ = 0;
	uint64_t first_ = 0;
	size_t count_ = 0;
};

/** Where lanes get the chunks for their events, and what becomes of full ones. Threads share it. */
class Slots {
public:
	virtual ~Slots() = default;
	/** The next slot for a lane. @param full the slot that it has filled; null at its beginning. @return null if there is no room */
	virtual Slot* next(Slot* full, uint32_t heap) = 0;
	/** A lane has ended with this slot. */
	virtual void last(Slot* slot) = 0;
	/** All lanes have ended: does the work that is left. */
	virtual void finish() = 0;
	/** Around a fork: waits until nobody is inside. */
	virtual void freeze() = 0;
	virtual void thaw() = 0;
};

/**
 * Hands out slots, has a thread in the background move their events into segments, and hands them out again. A lane never waits for that:
 * when it is behind, another slot is made.
 */
class ArchivedSlots final : public Slots {
public:
	ArchivedSlots(Store& store, Archive& archive) : store_(store), archive_(archive) {}

	Slot* next(Slot* full, uint32_t heap) override;
	void last(Slot* slot) override;
	void finish() override;
	void freeze() override;
	void thaw() override;

private:
	static void* run(void* self);
	void work();
	void startThread();
	bool archiveFirst();

	Store& store_;
	Archive& archive_;
	/** Held while a slot is archived, so that a fork finds nothing half done. */
	std::mutex working_;
	std::mutex lock_;
	std::condition_variable changed_;
	std::deque<std::unique_ptr<Slot>> slots_;
	std::deque<Slot*> full_;
	std::deque<Slot*> free_;
	bool started_ = false;
	bool closing_ = false;
	pthread_t thread_{};
};

/** The flight recorder's: a lane that needs a slot overwrites the one with the oldest events, never one that is being written. */
class SlotRing final : public Slots {
public:
	SlotRing(Store& store, size_t size) : store_(store), size_(size) {}

	Slot* next(Slot* full, uint32_t heap) override;
	void last(Slot* slot) override;
	void finish() override;
	void freeze() override { lock_.lock(); }
	void thaw() override { lock_.unlock(); }

private:
	Store& store_;
	const size_t size_;
	std::mutex lock_;
	std::deque<std::unique_ptr<Slot>> slots_;
	std::deque<Slot*> oldestFirst_;
	size_t lanes_ = 0;
	bool storeIsFull_ = false;
};

} // namespace heaplens
