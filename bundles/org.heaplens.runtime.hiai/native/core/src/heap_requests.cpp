// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heap_marks.h"
#include "heaplens/heap.h"
#include "heaplens/inside.h"

namespace heaplens {
namespace {

constexpr int64_t NANOS_IN_MILLI = 1000000;

} // namespace

/** A request that waits for room; it stands on the stack of its thread. The heap's lock guards the list, the gate what became of it. */
struct Heap::Waiter {
	Waiter* before;
	Waiter* behind;
	Call call;
	EventKind kind;
	uint32_t size;
	uint32_t extentSize;
	Flag flag;
	uint64_t argument;
	bool forDvpp;
	int64_t begun;
	int64_t deadline;
	std::mutex gate;
	std::condition_variable changed;
	bool decided;
	Answer answer;

	void settle(Answer what) {
		std::lock_guard<std::mutex> guard(gate);
		answer = what;
		decided = true;
		changed.notify_one();
	}
};

Answer Heap::request(EventKind kind, uint32_t size, uint32_t timeOutMillis, Flag flag, uint64_t argument, bool forDvpp) {
	Inside inside;
	Call who = call();
	std::unique_lock<HeapLock> locked(lock_);
	Reason misuse = rules_.misuseOfSize(size);
	if (misuse != Reason::None) {
		return refused(who, size, flag, misuse == Reason::SizeZero ? Status::InvalidValue : Status::MallocLarger, misuse);
	}
	uint32_t extentSize = rules_.extentSize(size, flag);
	// Whoever waits came first: a newcomer may not take what they wait for.
	int32_t handle = isNobodyWaiting() ? take(extentSize) : Extents::NONE;
	if (handle != Extents::NONE) {
		return {Status::Ok, make(who, kind, size, flag, argument, forDvpp, handle)};
	}
	if (timeOutMillis == 0) {
		timedOut(who, size, extentSize, flag);
		return {Status::NoMemory, nullptr};
	}
	int64_t now = clock_.now();
	record(who, EventKind::WaitBegin, recorded_ ? space_.largestFree() : 0, extentSize, size, timeOutMillis, flag, Status::Ok,
	       Reason::None);
	Waiter waiter{lastWaiter_,
	              nullptr,
	              who,
	              kind,
	              size,
	              extentSize,
	              flag,
	              argument,
	              forDvpp,
	              now,
	              now + timeOutMillis * NANOS_IN_MILLI,
	              {},
	              {},
	              false,
	              {Status::NoMemory, nullptr}};
	(lastWaiter_ == nullptr ? firstWaiter_ : lastWaiter_->behind) = &waiter;
	lastWaiter_ = &waiter;
	locked.unlock();
	return await(waiter);
}

Answer Heap::await(Waiter& waiter) {
	{
		std::unique_lock<std::mutex> gate(waiter.gate);
		while (!waiter.decided && clock_.now() < waiter.deadline) {
			clock_.await(gate, waiter.changed, waiter.deadline);
		}
	}
	// Room that was made in the very last moment is still room.
	Locked locked(lock_);
	if (!waiter.decided) {
		advance(clock_.now());
	}
	if (!waiter.decided) {
		giveUp(waiter, clock_.now());
	}
	return waiter.answer;
}

/** Whether nobody waits any more. */
bool Heap::endWaits() {
	advance(clock_.now());
	return firstWaiter_ == nullptr;
}

/** Serves those that now fit, from the front, up to the first that does not. */
void Heap::serve(int64_t now) {
	for (Waiter* first = firstWaiter_; first != nullptr; first = firstWaiter_) {
		int32_t handle = take(first->extentSize);
		if (handle == Extents::NONE) {
			return;
		}
		firstWaiter_ = first->behind;
		(firstWaiter_ == nullptr ? lastWaiter_ : firstWaiter_->before) = nullptr;
		record(first->call, EventKind::WaitEnd, recorded_ ? space_.largestFree() : 0, first->extentSize, first->size,
		       uint64_t(now - first->begun), first->flag, Status::Ok, Reason::None);
		first->settle({Status::Ok, make(first->call, first->kind, first->size, first->flag, first->argument, first->forDvpp, handle)});
	}
}

/** Ends the wait of those whose time is over, in the order of their deadlines; each may so make way for others. */
void Heap::advance(int64_t now) {
	while (true) {
		Waiter* next = nullptr;
		for (Waiter* waiter = firstWaiter_; waiter != nullptr; waiter = waiter->behind) {
			if (waiter->deadline <= now && (next == nullptr || waiter->deadline < next->deadline)) {
				next = waiter;
			}
		}
		if (next == nullptr) {
			return;
		}
		giveUp(*next, next->deadline);
	}
}

void Heap::giveUp(Waiter& waiter, int64_t now) {
	(waiter.before == nullptr ? firstWaiter_ : waiter.before->behind) = waiter.behind;
	(waiter.behind == nullptr ? lastWaiter_ : waiter.behind->before) = waiter.before;
	timedOut(waiter.call, waiter.size, waiter.extentSize, waiter.flag);
	waiter.settle({Status::NoMemory, nullptr});
	serve(now);
}

void Heap::timedOut(const Call& call, uint32_t size, uint32_t extentSize, Flag flag) {
	uint64_t largest = recorded_ ? space_.largestFree() : 0;
	record(call, EventKind::TimeOut, largest, extentSize, size, largest, flag, Status::NoMemory, Reason::None);
}

Answer Heap::refused(const Call& call, uint32_t size, Flag flag, Status status, Reason reason) {
	record(call, EventKind::Misuse, 0, 0, size, 0, flag, status, reason);
	failIfStrict(status, reason, 0, size, flag, false);
	return {status, nullptr};
}

void* Heap::make(const Call& call, EventKind kind, uint32_t size, Flag flag, uint64_t argument, bool forDvpp, int32_t handle) {
	Extent& extent = space_[handle];
	extent.requested = size;
	uint64_t offset = begin(handle);
	extent.meta = uint32_t(flag) | (forDvpp ? FOR_DVPP : 0);
	extent.era = pool_.era() & 0x7FFFFFFF;
	extent.entry = Lane::NO_ENTRY;
	mark(offset) = uint64_t(handle) + 1;
	if (kind == EventKind::Receive) {
		numbers_[offset] = argument;
		extent.meta |= NUMBERED;
	}
	if (recorded_) {
		recordBlock(call, kind, handle, argument, Status::Ok, Reason::None);
	}
	if (__builtin_expect(watched_, 0)) {
		watch(call, handle);
	}
	if (rules_.strict) {
		histories_[offset].clear();
		remember(offset, kind == EventKind::Receive ? "received" : "allocated");
	}
	return memory_.data() + offset;
}

Status Heap::refuse(uint32_t size, Flag flag, Status status, Reason reason) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	return refused(who, size, flag, status, reason).status;
}

size_t Heap::waiting() {
	Locked locked(lock_);
	size_t count = 0;
	for (Waiter* waiter = firstWaiter_; waiter != nullptr; waiter = waiter->behind) {
		count++;
	}
	return count;
}

} // namespace heaplens
