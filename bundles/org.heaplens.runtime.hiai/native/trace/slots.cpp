// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "slots.h"
#include "archive.h"

#include <algorithm>
#include <csignal>
#include <cstring>

namespace heaplens {
namespace {

/** Each heap keeps some past, however many heaps there are. */
constexpr size_t LEAST_OF_LANE = 2;

} // namespace

void Slot::begin(uint32_t heap, uint64_t ordinal, uint64_t firstSequence, const layout::PieceHeader::Totals& totals) {
	uint64_t generation = changeBegins();
	heap_ = heap;
	first_ = firstSequence;
	count_ = 0;
	header().kind = layout::EVENTS;
	header().heap = heap;
	header().ordinal = ordinal;
	header().first = firstSequence;
	header().totals = totals;
	changeEnds(generation);
}

void Slot::clear() {
	uint64_t generation = changeBegins();
	header().kind = layout::UNUSED;
	std::memset(bytes_ + sizeof(layout::PieceHeader), 0, layout::CHUNK_SIZE - sizeof(layout::PieceHeader));
	changeEnds(generation);
}

/** From now on readers pass it over. */
uint64_t Slot::changeBegins() {
	uint64_t generation = header().generation + 1;
	// The exchange keeps what is written next from being seen before it.
	__atomic_exchange_n(&header().generation, generation, __ATOMIC_SEQ_CST);
	return generation;
}

void Slot::changeEnds(uint64_t generation) {
	layout::release(header().generation, generation + 1);
}

Slot* ArchivedSlots::next(Slot* full, uint32_t) {
	{
		std::lock_guard<std::mutex> guard(lock_);
		if (full != nullptr) {
			full_.push_back(full);
			changed_.notify_all();
			startThread();
		}
		if (!free_.empty()) {
			Slot* reused = free_.front();
			free_.pop_front();
			return reused;
		}
	}
	uint8_t* chunk = store_.chunk(layout::UNUSED, 0, 0);
	if (chunk == nullptr) {
		return nullptr;
	}
	std::lock_guard<std::mutex> guard(lock_);
	slots_.push_back(std::make_unique<Slot>(chunk));
	return slots_.back().get();
}

void ArchivedSlots::last(Slot* slot) {
	std::lock_guard<std::mutex> guard(lock_);
	full_.push_back(slot);
	changed_.notify_all();
}

void ArchivedSlots::finish() {
	bool running;
	{
		std::lock_guard<std::mutex> guard(lock_);
		closing_ = true;
		running = started_;
		changed_.notify_all();
	}
	if (running) {
		pthread_join(thread_, nullptr);
	}
	while (!full_.empty()) {
		if (!archiveFirst()) {
			return;
		}
	}
	archive_.finish();
}

void ArchivedSlots::freeze() {
	working_.lock();
	lock_.lock();
}

void ArchivedSlots::thaw() {
	lock_.unlock();
	working_.unlock();
}

/** Lazily: most programs that record little need no thread. The lock is held. */
void ArchivedSlots::startThread() {
	if (started_) {
		return;
	}
	// The program's signals are for the program's threads.
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	// Without a thread the next full slot tries again, and closing does what is left.
	started_ = pthread_create(&thread_, nullptr, run, this) == 0;
	pthread_sigmask(SIG_SETMASK, &before, nullptr);
	if (started_) {
		pthread_setname_np(thread_, "heaplens-trace");
	}
}

void* ArchivedSlots::run(void* self) {
	static_cast<ArchivedSlots*>(self)->work();
	return nullptr;
}

/** Goes on when there are more full slots than could not be written the last time. */
void ArchivedSlots::work() {
	size_t tried = 0;
	while (true) {
		{
			std::unique_lock<std::mutex> guard(lock_);
			changed_.wait(guard, [&] { return closing_ || full_.size() > tried; });
			if (closing_) {
				return;
			}
		}
		if (archiveFirst()) {
			tried = 0;
		} else {
			std::lock_guard<std::mutex> guard(lock_);
			tried = full_.size();
		}
	}
}

/** Moves the events of the oldest full slot into a segment; false if there is no room for it now. */
bool ArchivedSlots::archiveFirst() {
	std::lock_guard<std::mutex> working(working_);
	Slot* slot;
	{
		std::lock_guard<std::mutex> guard(lock_);
		slot = full_.front();
	}
	if (!archive_.write(*slot)) {
		return false;
	}
	slot->clear();
	std::lock_guard<std::mutex> guard(lock_);
	full_.pop_front();
	free_.push_front(slot);
	return true;
}

Slot* SlotRing::next(Slot* full, uint32_t heap) {
	std::lock_guard<std::mutex> guard(lock_);
	if (full == nullptr) {
		lanes_++;
	} else {
		oldestFirst_.push_back(full);
	}
	if (!storeIsFull_ && slots_.size() < std::max(size_, LEAST_OF_LANE * lanes_)) {
		uint8_t* chunk = store_.chunk(layout::UNUSED, 0, 0);
		if (chunk != nullptr) {
			slots_.push_back(std::make_unique<Slot>(chunk));
			return slots_.back().get();
		}
		storeIsFull_ = true;
	}
	if (oldestFirst_.empty()) {
		return nullptr;
	}
	Slot* oldest = oldestFirst_.front();
	oldestFirst_.pop_front();
	__atomic_fetch_add(&store_.header().overwritten, oldest->count(), __ATOMIC_RELAXED);
	// What is in it has smaller numbers than all that is to come, if it is the same heap's.
	if (oldest->heap() != heap) {
		oldest->clear();
	}
	return oldest;
}

void SlotRing::last(Slot* slot) {
	std::lock_guard<std::mutex> guard(lock_);
	oldestFirst_.push_back(slot);
}

/** Nothing is compressed: the ring is what there is. */
void SlotRing::finish() {}

} // namespace heaplens
