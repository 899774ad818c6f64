// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heap_marks.h"
#include "heaplens/heap.h"
#include "heaplens/inside.h"

namespace heaplens {

Status Heap::free(void* pointer, FreeCall with) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (__builtin_expect(handle == Extents::NONE, 0)) {
		std::optional<Dead> dead = deadAt(offset);
		if (dead) {
			return freeDead(who, offset, *dead, with);
		}
		int32_t over = blockOver(offset);
		Reason reason = over == Extents::NONE ? Reason::NotABlock : Reason::InteriorPointer;
		if (over == Extents::NONE) {
			record(who, EventKind::Misuse, offset, 0, 0, 0, Flag::None, Status::NotFindMemory, reason);
			failIfStrict(Status::NotFindMemory, reason, offset, 0, Flag::None, false);
		} else {
			recordBlock(who, EventKind::Misuse, over, 0, Status::NotFindMemory, reason);
			failIfStrict(Status::NotFindMemory, reason, begin(over), space_[over].requested, flag(over), true);
		}
		return Status::NotFindMemory;
	}
	bool received = flag(handle) == Flag::Received;
	bool wrong = with == FreeCall::DFree ? rules_.receivedAreReleased && received
	                                     : with == FreeCall::ReleaseDataBuffer && (rules_.receivedAreFreed || !received);
	if (wrong) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::NotFindMemory, Reason::WrongFamily);
		failIfStrict(Status::NotFindMemory, Reason::WrongFamily, offset, space_[handle].requested, flag(handle), true);
		return Status::NotFindMemory;
	}
	uint32_t era = space_[handle].era;
	bool gone = era != (pool_.era() & 0x7FFFFFFF) && pool_.isGone(era);
	if (gone) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::GraphNotExist, Reason::NoGraph);
		failIfStrict(Status::GraphNotExist, Reason::NoGraph, offset, space_[handle].requested, flag(handle), true);
		if (!pool_.reclaims()) {
			return Status::GraphNotExist;
		}
	}
	Reason misuse = misuseOfFree(handle, with == FreeCall::DvppDFree && !isForDvpp(handle));
	if (misuse != Reason::None) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::NotFindMemory, misuse);
		failIfStrict(Status::NotFindMemory, misuse, offset, space_[handle].requested, flag(handle), true);
		return Status::NotFindMemory;
	}
	giveBackOnceSent(who, handle);
	return gone ? Status::GraphNotExist : Status::Ok;
}

Status Heap::freeDead(const Call& call, uint64_t offset, const Dead& dead, FreeCall with) {
	bool received = dead.flag == Flag::Received;
	bool wrong = with == FreeCall::DFree ? rules_.receivedAreReleased && received
	                                     : with == FreeCall::ReleaseDataBuffer && (rules_.receivedAreFreed || !received);
	if (!wrong && dead.byFramework && rules_.acceptsFree) {
		mark(offset) = (mark(offset) & ~FREED_BY_FRAMEWORK) | FREED;
		return Status::Ok;
	}
	Reason reason = wrong ? Reason::WrongFamily : dead.byFramework ? Reason::AutoFreeDeleter : Reason::DoubleFree;
	record(call, EventKind::Misuse, offset, dead.size, dead.requested, 0, dead.flag, Status::NotFindMemory, reason);
	failIfStrict(Status::NotFindMemory, reason, offset, dead.requested, dead.flag, true);
	return Status::NotFindMemory;
}

Reason Heap::misuseOfFree(int32_t handle, bool asDvpp) const {
	Reason frameworks = rules_.acceptsFree ? Reason::None : Reason::AutoFreeDeleter;
	State now = state(handle);
	if (now == State::FreedWhileSending) {
		return Reason::DoubleFree;
	}
	if (now == State::Sent) {
		return frameworks;
	}
	if (asDvpp != (flag(handle) == Flag::Dvpp)) {
		return Reason::WrongFamily;
	}
	return now == State::Sending && rules_.frameworkFrees(flag(handle)) ? frameworks : Reason::None;
}

void Heap::close(void* pointer, uint64_t transfer) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), transfer);
	if (handle != Extents::NONE && (state(handle) == State::Live || state(handle) == State::Sending)) {
		giveBackOnceSent(who, handle);
	}
}

bool Heap::isThere(void* pointer, uint64_t transfer) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), transfer);
	return handle != Extents::NONE && (state(handle) == State::Live || state(handle) == State::Sending);
}

bool Heap::claim(void* pointer, uint64_t number) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer));
	if (handle == Extents::NONE || flag(handle) != Flag::AutoFree) {
		return false;
	}
	numbers_[offsetOf(pointer)] = number;
	space_[handle].meta |= NUMBERED;
	return true;
}

void Heap::freeByFramework(void* pointer, uint64_t number) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), number);
	if (handle != Extents::NONE && state(handle) == State::Live) {
		giveBack(who, EventKind::AutoFree, handle, 0, true);
	}
}

void Heap::giveBackOnceSent(const Call& call, int32_t handle) {
	if (state(handle) == State::Sending) {
		// The transfer still reads it: it goes back when that is over, and nobody gets its extent before.
		enter(handle, State::FreedWhileSending);
		return;
	}
	giveBack(call, EventKind::Free, handle, 0, false);
}

void Heap::giveBack(const Call& call, EventKind kind, int32_t handle, uint64_t argument, bool byFramework) {
	bool waited = !isNobodyWaiting();
	const Extent& extent = space_[handle];
	uint64_t offset = begin(handle);
	mark(offset) = (byFramework ? FREED_BY_FRAMEWORK : FREED) | uint64_t(flag(handle)) << 52 |
	               uint64_t(size(handle) / Extents::QUANTUM) << 29 | extent.requested;
	if (recorded_) {
		recordBlock(call, kind, handle, argument, Status::Ok, Reason::None);
	}
	if ((extent.meta & NUMBERED) != 0) {
		numbers_.erase(offset);
	}
	if (rules_.strict) {
		remember(offset, kind == EventKind::AutoFree ? "freed by the framework" : "freed");
	}
	if (__builtin_expect(watched_, 0)) {
		hide(call, handle, kind == EventKind::AutoFree && argument != 0, byFramework);
		release(handle);
	} else {
		space_.free(handle);
	}
	if (waited) {
		serve(clock_.now());
	}
}

} // namespace heaplens
