// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heap_marks.h"
#include "heaplens/heap.h"
#include "heaplens/inside.h"
#include "heaplens/stack.h"

#include <cstdio>
#include <cstdlib>

namespace heaplens {
namespace {

const char* words(Reason reason) {
	switch (reason) {
	case Reason::None:
		return "nothing is wrong";
	case Reason::DoubleFree:
		return "is freed a second time";
	case Reason::NotABlock:
		return "something is freed that is no block";
	case Reason::InteriorPointer:
		return "is freed from its middle";
	case Reason::WrongFamily:
		return "is freed with a call that does not fit it";
	case Reason::AutoFreeDeleter:
		return "is freed, which the framework does since it was sent";
	case Reason::SentTwice:
		return "is sent a second time";
	case Reason::SentFromMiddle:
		return "is sent from its middle";
	case Reason::UseAfterFree:
		return "is used after it was freed";
	case Reason::SizeZero:
		return "a block of 0 bytes is asked for";
	case Reason::SizeTooLarge:
		return "a block is asked for that is larger than one may be";
	case Reason::BadFlag:
		return "a block is asked for with a flag that does not exist";
	case Reason::DvppOnHost:
		return "a DVPP block is asked for, which only a device has";
	case Reason::UnregisteredMessage:
		return "a message is sent to the other side whose type is not registered";
	case Reason::NotFromPool:
		return "a message is sent to the other side whose payload is no block of this heap";
	case Reason::NoGraph:
		return "is used though there is no graph";
	case Reason::PoolStopped:
		return "memory is asked for while the first graph is being destroyed";
	case Reason::SentPastEnd:
		return "is sent with more bytes than it has";
	}
	return "is misused";
}

std::string hex(uint64_t value) {
	char text[24];
	std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
	return text;
}

} // namespace

void (*strictEnd)(Reason reason) = [](Reason) { std::abort(); };

void Heap::note(EventKind kind, uint64_t argument, Status status, uint32_t engine) {
	Inside inside;
	Call who = call();
	if (engine != 0) {
		who.engine = engine;
	}
	Locked locked(lock_);
	record(who, kind, 0, 0, 0, argument, Flag::None, status, Reason::None);
}

void Heap::record(Recorder* recorder, bool again) {
	recorder_ = recorder;
	lane_ = recorder == nullptr ? nullptr : recorder->lane(info_);
	recorded_ = lane_ != nullptr || listener_ != nullptr;
	if (!again || lane_ == nullptr) {
		return;
	}
	Inside inside;
	Call who = call();
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (isBlock(handle)) {
			recordBlock(who, EventKind::Allocate, handle, 0, Status::Ok, Reason::None);
		}
	}
}

void Heap::listen(EventListener* listener) {
	Locked locked(lock_);
	listener_ = listener;
	recorded_ = lane_ != nullptr || listener_ != nullptr;
}

void Heap::end() {
	Inside inside;
	Call who = call();
	Locked locked(lock_);
	for (uint64_t offset : sent_) {
		int32_t handle = blockAt(offset);
		if (handle != Extents::NONE && state(handle) == State::Sent) {
			giveBack(who, EventKind::AutoFree, handle, 0, true);
		}
	}
	sent_.clear();
	if (lane_ != nullptr) {
		lane_->end();
	}
	lane_ = nullptr;
	// The lane writes this by itself; whoever listens is told as well.
	record(who, EventKind::ProcessEnded, 0, 0, 0, 0, Flag::None, Status::Ok, Reason::None);
	recorder_ = nullptr;
	recorded_ = listener_ != nullptr;
}

void Heap::recordBlock(const Call& call, EventKind kind, int32_t handle, uint64_t argument, Status status, Reason reason) {
	Extent& extent = space_[handle];
	uint64_t offset = begin(handle);
	uint32_t bytes = size(handle);
	if (lane_ != nullptr && (kind == EventKind::Allocate || kind == EventKind::Receive)) {
		extent.entry = lane_->made(call, kind, offset, bytes, extent.requested, argument, flag(handle), status);
		if (listener_ == nullptr) {
			return;
		}
	}
	record(call, kind, offset, bytes, extent.requested, argument, flag(handle), status, reason, extent.entry);
}

void Heap::record(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
                  Status status, Reason reason, uint32_t entry) {
	if (!recorded_) {
		return;
	}
	if (lane_ != nullptr && kind != EventKind::Allocate && kind != EventKind::Receive) {
		lane_->append(call, kind, offset, size, requested, argument, flag, status, reason, entry);
	}
	if (listener_ != nullptr) {
		Event event{0,
		            offset,
		            argument,
		            size,
		            requested,
		            call.thread,
		            call.stack,
		            call.engine,
		            uint32_t(status),
		            uint16_t(kind),
		            uint16_t(info_.number),
		            uint16_t(flag),
		            uint16_t(reason),
		            0};
		listener_->event(info_, event);
	}
}

void Heap::remember(uint64_t offset, const char* what) {
	histories_[offset].push_back(std::string(what) + " by " + callSite());
}

/** The vendor advises to try again while the pool is stopped: that is to be expected, and no defect. */
void Heap::failIfStrict(Status status, Reason reason, uint64_t offset, uint32_t size, Flag flag, bool ofBlock) {
	if (!rules_.strict || reason == Reason::PoolStopped) {
		return;
	}
	std::string heap = info_.place.side == Side::Host ? "the host" : "device " + std::to_string(info_.place.device);
	std::string message = std::string(name(reason)) + " (" + name(status) + "): ";
	message += ofBlock ? std::string("the ") + name(flag) + " block of " + std::to_string(size) + " bytes at " + hex(info_.base + offset) +
	                         " on " + heap + " "
	                   : "on " + heap + ", ";
	message += std::string(words(reason)) + ", by " + callSite();
	auto history = histories_.find(offset);
	if (ofBlock && history != histories_.end()) {
		for (const std::string& line : history->second) {
			message += "\n\t" + line;
		}
	}
	warn(message);
	strictEnd(reason);
}

} // namespace heaplens
