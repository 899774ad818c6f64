// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "guard.h"
#include "guard_report.h"
#include "heaplens/settings.h"

#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace heaplens {

Guard::Guard(const Memory& memory, Place place, HeapLock& lock) : memory_(memory), place_(place), lock_(lock) {
	// With a page that is there, all pieces belong together for the system, which can then join neighbours again.
	*const_cast<volatile uint8_t*>(memory.data()) = 0;
	gaveUp_ = ::mprotect(memory.data(), memory.size(), PROT_NONE) != 0;
	GuardReport::watch(*this);
}

Guard::~Guard() {
	GuardReport::forget(*this);
}

void Guard::withdraw() {
	GuardReport::forget(*this);
}

uint32_t Guard::pageSize() {
	static const auto size = uint32_t(::sysconf(_SC_PAGESIZE));
	return size;
}

void Guard::made(uint64_t extent, const Story& story) {
	forget(extent, extent + story.extentSize);
	stories_.emplace(extent, story);
	if (!gaveUp_ && ::mprotect(memory_.data() + extent, story.extentSize - pageSize(), PROT_READ | PROT_WRITE) != 0) {
		giveUp();
	}
}

void Guard::sent(uint64_t extent, const Witness* by) {
	auto found = stories_.find(extent);
	if (found != stories_.end()) {
		found->second.sent = by;
	}
}

void Guard::gone(uint64_t extent, Fate fate, const Witness* by) {
	auto found = stories_.find(extent);
	if (found == stories_.end()) {
		return;
	}
	Story& story = found->second;
	story.fate = fate;
	story.gone = by;
	if (!gaveUp_ && ::mprotect(memory_.data() + extent, story.extentSize, PROT_NONE) != 0) {
		giveUp();
	}
}

void Guard::keep(int32_t handle, uint64_t size) {
	kept_.push_back({handle, size});
	keptBytes_ += size;
}

int32_t Guard::release() {
	Kept oldest = kept_.front();
	kept_.pop_front();
	keptBytes_ -= oldest.size;
	return oldest.handle;
}

/** Blocks that were there are forgotten: others have their place, or a part of it. */
void Guard::forget(uint64_t from, uint64_t to) {
	auto at = stories_.lower_bound(from);
	if (at != stories_.begin()) {
		auto before = std::prev(at);
		if (before->first + before->second.extentSize > from) {
			at = before;
		}
	}
	while (at != stories_.end() && at->first < to) {
		at = stories_.erase(at);
	}
}

/** A request must not fail for this, nor may a block be inaccessible: making all accessible needs no more pieces, so it cannot fail. */
void Guard::giveUp() {
	gaveUp_ = true;
	::mprotect(memory_.data(), memory_.size(), PROT_READ | PROT_WRITE);
	warn("memory is not guarded any more: the system keeps apart no more pieces; vm.max_map_count says how many");
}

} // namespace heaplens
