// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/heap.h"
#include "annotations.h"
#include "guard.h"
#include "heap_marks.h"

#include <cstdlib>

namespace heaplens {

HeapRules HeapRules::of(Side side, const Settings& settings) {
	bool host = side == Side::Host;
	return {host ? uint32_t(settings.number(Setting::HostBlockLimit)) : LARGEST - DEVICE_OVERHEAD,
	        host ? 0 : DEVICE_OVERHEAD,
	        uint32_t(std::strtoul(settings.text(host ? Setting::HostAlignment : Setting::DeviceAlignment).c_str(), nullptr, 10)),
	        settings.is(Setting::Policy, "tlsf8")       ? Extents::Policy::Tlsf8
	        : settings.is(Setting::Policy, "best-fit")  ? Extents::Policy::BestFit
	        : settings.is(Setting::Policy, "first-fit") ? Extents::Policy::FirstFit
	        : settings.is(Setting::Policy, "buddy")     ? Extents::Policy::Buddy
	                                                    : Extents::Policy::Tlsf,
	        settings.isOn(Setting::Poison),
	        settings.isOn(Setting::Strict),
	        settings.is(Setting::AutoFreeWhen, "process-end"),
	        settings.is(Setting::AutoFreeDeleter, "accept"),
	        settings.isOn(Setting::DvppAutoOnSend),
	        !settings.is(Setting::SendOnce, "manual"),
	        !settings.is(Setting::SendOnce, "auto"),
	        settings.is(Setting::ReceivedFree, "release"),
	        settings.is(Setting::ReceivedFree, "free"),
	        settings.isOn(Setting::Guard) ? Guard::pageSize() : 0};
}

Heap::Heap(uint32_t number, Place place, uint64_t capacity, const HeapRules& rules, Clock& clock, Pool& pool, Memory::Kind kind)
	: rules_(rules), clock_(clock), pool_(pool), memory_(capacity, kind),
	  marks_(capacity / Extents::QUANTUM * sizeof(uint64_t)), info_{number, place, capacity, uint64_t(uintptr_t(memory_.data()))},
	  space_(capacity, rules.policy), guard_(rules.guardPage == 0 ? nullptr : std::make_unique<Guard>(memory_, place, lock_)),
	  annotations_(std::make_unique<Annotations>(memory_)) {
	marks_.expectRandomUse();
	if (!annotations_->areHeard()) {
		annotations_ = nullptr;
	}
	watched_ = guard_ != nullptr || annotations_ != nullptr;
}

Heap::~Heap() = default;

int32_t Heap::blockAt(uint64_t offset) const {
	if (offset % Extents::QUANTUM != 0) {
		return Extents::NONE;
	}
	uint64_t word = mark(offset);
	return word != 0 && (word & (FREED | FREED_BY_FRAMEWORK)) == 0 ? int32_t(word - 1) : Extents::NONE;
}

int32_t Heap::blockAt(uint64_t offset, uint64_t number) const {
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE || (space_[handle].meta & NUMBERED) == 0) {
		return Extents::NONE;
	}
	auto found = numbers_.find(offset);
	return found != numbers_.end() && found->second == number ? handle : Extents::NONE;
}

int32_t Heap::blockOver(uint64_t offset) const {
	// No block is larger than this.
	uint64_t steps = (uint64_t(HeapRules::LARGEST) + HeapRules::HUGE_PAGE) / Extents::QUANTUM;
	uint64_t start = offset / Extents::QUANTUM * Extents::QUANTUM;
	for (uint64_t step = 0; step <= steps; step++, start -= Extents::QUANTUM) {
		int32_t handle = blockAt(start);
		if (handle != Extents::NONE) {
			return offset - start < size(handle) ? handle : Extents::NONE;
		}
		if (start == 0) {
			break;
		}
	}
	return Extents::NONE;
}

std::optional<Heap::Dead> Heap::deadAt(uint64_t offset) const {
	uint64_t word = offset % Extents::QUANTUM == 0 ? mark(offset) : 0;
	if ((word & (FREED | FREED_BY_FRAMEWORK)) == 0) {
		return std::nullopt;
	}
	return Dead{uint32_t(word & 0x1FFFFFFF), uint32_t((word >> 29) & 0x7FFFFF) * Extents::QUANTUM, Flag((word >> 52) & 0x3FF),
	            (word & FREED_BY_FRAMEWORK) != 0};
}

bool Heap::isDMalloc(const void* pointer, uint64_t size) {
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE) {
		handle = blockOver(offset);
	}
	if (handle == Extents::NONE || flag(handle) == Flag::Dvpp || (state(handle) != State::Live && state(handle) != State::Sending)) {
		return false;
	}
	uint64_t within = offset - begin(handle);
	return within <= space_[handle].requested && size <= space_[handle].requested - within;
}

uint32_t Heap::sizeOf(const void* pointer) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer));
	return handle == Extents::NONE ? 0 : space_[handle].requested;
}

const char* Heap::damage() {
	Locked locked(lock_);
	const char* wrong = space_.damage();
	if (wrong != nullptr) {
		return wrong;
	}
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (isBlock(handle) && blockAt(begin(handle)) != handle) {
			return "a block is not found where it begins";
		}
		if (!isBlock(handle) && blockAt(space_.offset(handle)) != Extents::NONE) {
			return "a block is found where none is";
		}
	}
	return nullptr;
}

std::vector<std::pair<uint64_t, uint32_t>> Heap::blocks() {
	Locked locked(lock_);
	std::vector<std::pair<uint64_t, uint32_t>> result;
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (isBlock(handle)) {
			result.emplace_back(begin(handle), size(handle));
		}
	}
	return result;
}

uint64_t Heap::digest() {
	uint64_t hash = 0xcbf29ce484222325ULL;
	auto add = [&hash](uint64_t number) {
		for (int shift = 0; shift < 64; shift += 8) {
			hash = (hash ^ (number >> shift & 0xFF)) * 0x100000001b3ULL;
		}
	};
	for (auto [offset, size] : blocks()) {
		add(offset);
		add(size);
	}
	return hash;
}

} // namespace heaplens
