// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "guard.h"
#include "heap_marks.h"
#include "heaplens/heap.h"
#include "heaplens/inside.h"

#include <cstring>

namespace heaplens {
namespace {

constexpr int POISON = 0xDB;

} // namespace

Status Heap::beginSend(void* pointer, uint64_t transfer) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE) {
		std::optional<Dead> dead = deadAt(offset);
		Reason reason = !dead ? Reason::NotFromPool : dead->byFramework ? Reason::SentTwice : Reason::UseAfterFree;
		int32_t over = dead ? Extents::NONE : blockOver(offset);
		if (over != Extents::NONE) {
			recordBlock(who, EventKind::Misuse, over, 0, Status::InvalidValue, Reason::SentFromMiddle);
			failIfStrict(Status::InvalidValue, Reason::SentFromMiddle, begin(over), space_[over].requested, flag(over), true);
			return Status::InvalidValue;
		}
		Dead what = dead.value_or(Dead{0, 0, Flag::None, false});
		record(who, EventKind::Misuse, offset, what.size, what.requested, 0, what.flag, Status::InvalidValue, reason);
		failIfStrict(Status::InvalidValue, reason, offset, what.requested, what.flag, dead.has_value());
		return Status::InvalidValue;
	}
	Reason misuse = misuseOfSend(handle);
	if (misuse != Reason::None) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::InvalidValue, misuse);
		failIfStrict(Status::InvalidValue, misuse, offset, space_[handle].requested, flag(handle), true);
		return Status::InvalidValue;
	}
	enter(handle, State::Sending);
	if (guard_ != nullptr) {
		guard_->sent(space_.offset(handle), who.witness);
	}
	if (recorded_) {
		recordBlock(who, EventKind::SendBegin, handle, transfer, Status::Ok, Reason::None);
	}
	return Status::Ok;
}

void Heap::sentPastEnd(void* pointer, uint64_t transfer) {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer));
	if (handle != Extents::NONE) {
		recordBlock(who, EventKind::Misuse, handle, transfer, Status::Ok, Reason::SentPastEnd);
		failIfStrict(Status::Ok, Reason::SentPastEnd, begin(handle), space_[handle].requested, flag(handle), true);
	}
}

Reason Heap::misuseOfSend(int32_t handle) const {
	switch (state(handle)) {
	case State::Live:
		return hasArrivedOnce(handle) && rules_.once(flag(handle)) ? Reason::SentTwice : Reason::None;
	case State::Sending:
	case State::Sent:
		return Reason::SentTwice;
	case State::FreedWhileSending:
	case State::Kept:
		return Reason::UseAfterFree;
	}
	return Reason::None;
}

void Heap::endSend(void* pointer, uint64_t transfer, Status status) {
	Inside inside;
	Call who = call();
	bool arrived = status == Status::Ok;
	uint32_t size = 0;
	bool goes = false;
	{
		Locked locked(lock_);
		int32_t handle = blockAt(offsetOf(pointer));
		if (handle == Extents::NONE || (state(handle) != State::Sending && state(handle) != State::FreedWhileSending)) {
			return;
		}
		goes = arrived && rules_.frameworkFrees(flag(handle));
		size = space_[handle].requested;
	}
	if (goes && rules_.poisons) {
		// It is nobody's but the transfer's now, so that others need not wait for this.
		std::memset(pointer, POISON, size);
	}
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	record(who, EventKind::SendEnd, offset, arrived ? this->size(handle) : 0, size, transfer, flag(handle), status, Reason::None,
	       space_[handle].entry);
	if (rules_.strict) {
		remember(offset, arrived ? "sent" : "not sent");
	}
	if (arrived) {
		space_[handle].meta |= ARRIVED;
	}
	leave(who, handle, transfer, goes);
}

void Heap::leave(const Call& call, int32_t handle, uint64_t transfer, bool goes) {
	bool freed = state(handle) == State::FreedWhileSending;
	if (goes && rules_.freesAtEnd && !freed) {
		hide(call, handle, true, true);
		enter(handle, State::Sent);
		sent_.push_back(begin(handle));
	} else if (goes) {
		giveBack(call, EventKind::AutoFree, handle, transfer, !(freed && rules_.acceptsFree));
	} else if (freed) {
		giveBack(call, EventKind::Free, handle, 0, false);
	} else {
		enter(handle, State::Live);
	}
}

} // namespace heaplens
