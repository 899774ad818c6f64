// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/extents.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace heaplens {
namespace {

/** A request splits an extent at most as often as its size has bits. */
constexpr uint32_t MOST_SPLITS = 32;

unsigned bitsOf(uint32_t value) {
	return value == 0 ? 0 : 32 - unsigned(__builtin_clz(value));
}

} // namespace

Extents::Extents(uint64_t capacity, Policy policy)
	: quanta_(uint32_t(std::min<uint64_t>(capacity / QUANTUM, INT32_MAX))), policy_(policy), subBits_(policy == Policy::Tlsf8 ? 3 : 5),
	  probes_(policy == Policy::Tlsf8 ? 0 : 8) {
	lists_ = (level(quanta_) + 1) << subBits_;
	heads_.reset(new int32_t[lists_]);
	std::fill_n(heads_.get(), lists_, NONE);
	if (quanta_ == 0 || !hasEntries(MOST_SPLITS)) {
		throw std::bad_alloc();
	}
	int32_t last = NONE;
	for (uint32_t at = 0; at < quanta_; at += extents_[last].size) {
		// Of buddies, a capacity that is no power of two begins as several, the largest first, so that each lies at a multiple of its size.
		uint32_t size = policy == Policy::Buddy ? 1U << (bitsOf(quanta_ - at) - 1) : quanta_;
		int32_t next = entry(at, size, last, NONE);
		(last == NONE ? first_ : extents_[last].behind) = next;
		link(next);
		last = next;
	}
}

Extents::~Extents() {
	std::free(extents_);
}

int32_t Extents::allocate(uint64_t bytes) {
	uint64_t wanted = (bytes + QUANTUM - 1) / QUANTUM;
	if (bytes < 1 || wanted > quanta_) {
		return NONE;
	}
	bool halves = policy_ == Policy::Buddy;
	auto quanta = uint32_t(halves && wanted > 1 ? 1ULL << bitsOf(uint32_t(wanted) - 1) : wanted);
	bool inOrder = policy_ == Policy::BestFit || policy_ == Policy::FirstFit;
	int32_t extent = inOrder ? findInOrder(quanta) : find(quanta);
	if (extent == NONE || !hasEntries(halves ? MOST_SPLITS : 1)) {
		return NONE;
	}
	unlink(extent);
	extents_[extent].isFree = 0;
	while (extents_[extent].size > quanta) {
		link(split(extent, halves ? extents_[extent].size / 2 : quanta));
	}
	usedQuanta_ += quanta;
	return extent;
}

void Extents::free(int32_t handle) {
	int32_t extent = handle;
	usedQuanta_ -= extents_[extent].size;
	if (policy_ == Policy::Buddy) {
		for (int32_t other = buddy(extent); other != NONE && extents_[other].isFree; other = buddy(extent)) {
			unlink(other);
			extent = extents_[other].offset < extents_[extent].offset ? join(other, extent) : join(extent, other);
		}
		link(extent);
		return;
	}
	int32_t left = extents_[extent].before;
	if (left != NONE && extents_[left].isFree) {
		unlink(left);
		extent = join(left, extent);
	}
	int32_t right = extents_[extent].behind;
	if (right != NONE && extents_[right].isFree) {
		unlink(right);
		extent = join(extent, right);
	}
	link(extent);
}

/** The other half of what an extent was split from, if it is whole; else NONE. */
int32_t Extents::buddy(int32_t extent) const {
	const Extent& cell = extents_[extent];
	int32_t neighbour = (cell.offset & cell.size) == 0 ? cell.behind : cell.before;
	return neighbour != NONE && extents_[neighbour].size == cell.size ? neighbour : NONE;
}

int32_t Extents::find(uint32_t quanta) const {
	unsigned list = index(quanta);
	unsigned left = probes_;
	for (int32_t extent = heads_[list]; extent != NONE && left > 0; extent = extents_[extent].next, left--) {
		if (extents_[extent].size >= quanta) {
			return extent;
		}
	}
	unsigned level = list >> subBits_;
	unsigned sub = list & ((1U << subBits_) - 1);
	// Shifting by 32 would be undefined.
	uint32_t subs = sub == 31 ? 0 : subMaps_[level] & (~0U << (sub + 1));
	if (subs == 0) {
		uint32_t levels = level == 31 ? 0 : levelMap_ & (~0U << (level + 1));
		if (levels == 0) {
			return NONE;
		}
		level = unsigned(__builtin_ctz(levels));
		subs = subMaps_[level];
	}
	return heads_[(level << subBits_) + unsigned(__builtin_ctz(subs))];
}

int32_t Extents::findInOrder(uint32_t quanta) const {
	int32_t best = NONE;
	for (int32_t extent = first_; extent != NONE; extent = extents_[extent].behind) {
		const Extent& cell = extents_[extent];
		if (cell.isFree && cell.size >= quanta && (best == NONE || cell.size < extents_[best].size)) {
			best = extent;
			if (policy_ == Policy::FirstFit || cell.size == quanta) {
				return best;
			}
		}
	}
	return best;
}

/** Looks only at the highest class that has any. */
uint64_t Extents::largestFree() const {
	if (levelMap_ == 0) {
		return 0;
	}
	unsigned level = bitsOf(levelMap_) - 1;
	unsigned sub = bitsOf(subMaps_[level]) - 1;
	uint32_t largest = 0;
	for (int32_t extent = heads_[(level << subBits_) + sub]; extent != NONE; extent = extents_[extent].next) {
		largest = std::max(largest, extents_[extent].size);
	}
	return uint64_t(largest) * QUANTUM;
}

void Extents::link(int32_t extent) {
	Extent& cell = extents_[extent];
	unsigned list = index(cell.size);
	int32_t head = heads_[list];
	cell.isFree = 1;
	cell.previous = NONE;
	cell.next = head;
	if (head != NONE) {
		extents_[head].previous = extent;
	} else {
		subMaps_[list >> subBits_] |= 1U << (list & ((1U << subBits_) - 1));
		levelMap_ |= 1U << (list >> subBits_);
	}
	heads_[list] = extent;
}

void Extents::unlink(int32_t extent) {
	const Extent& cell = extents_[extent];
	if (cell.next != NONE) {
		extents_[cell.next].previous = cell.previous;
	}
	if (cell.previous != NONE) {
		extents_[cell.previous].next = cell.next;
		return;
	}
	unsigned list = index(cell.size);
	heads_[list] = cell.next;
	if (cell.next == NONE) {
		unsigned level = list >> subBits_;
		subMaps_[level] &= ~(1U << (list & ((1U << subBits_) - 1)));
		if (subMaps_[level] == 0) {
			levelMap_ &= ~(1U << level);
		}
	}
}

/** Cuts an extent after that many quanta; the rest belongs to nobody yet. */
int32_t Extents::split(int32_t extent, uint32_t quanta) {
	int32_t behind = extents_[extent].behind;
	int32_t rest = entry(extents_[extent].offset + quanta, extents_[extent].size - quanta, extent, behind);
	if (behind != NONE) {
		extents_[behind].before = rest;
	}
	extents_[extent].behind = rest;
	extents_[extent].size = quanta;
	return rest;
}

/** The left one grows over the right one; neither may be linked. */
int32_t Extents::join(int32_t left, int32_t right) {
	Extent& l = extents_[left];
	Extent& r = extents_[right];
	l.size += r.size;
	l.behind = r.behind;
	if (r.behind != NONE) {
		extents_[r.behind].before = left;
	}
	r.size = 0;
	r.next = unused_;
	unused_ = right;
	return left;
}

/** Sees to it that entries can be had; false if there is no memory for them. */
bool Extents::hasEntries(uint32_t count) {
	if ((count == 1 && unused_ != NONE) || entries_ + count <= room_) {
		return true;
	}
	uint32_t more = room_ == 0 ? 1024 : 2 * room_;
	void* grown = std::realloc(static_cast<void*>(extents_), more * sizeof(Extent));
	if (grown == nullptr) {
		return false;
	}
	extents_ = static_cast<Extent*>(grown);
	room_ = more;
	return true;
}

int32_t Extents::entry(uint32_t at, uint32_t quanta, int32_t left, int32_t right) {
	int32_t extent = unused_;
	if (extent == NONE) {
		extent = int32_t(entries_++);
	} else {
		unused_ = extents_[extent].next;
	}
	Extent& cell = extents_[extent];
	cell.offset = at;
	cell.size = quanta;
	cell.before = left;
	cell.behind = right;
	cell.isFree = 0;
	cell.era = 0;
	cell.entry = 0;
	return extent;
}

/** Level 0 holds the sizes below 2^subBits quanta, one sub-class each; level n the sizes from 2^(n + subBits - 1). */
unsigned Extents::level(uint32_t quanta) const {
	unsigned bits = bitsOf(quanta);
	return bits > subBits_ ? bits - subBits_ : 0;
}

unsigned Extents::index(uint32_t quanta) const {
	unsigned at = level(quanta);
	unsigned sub = at == 0 ? quanta : (quanta >> (at - 1)) & ((1U << subBits_) - 1);
	return (at << subBits_) + sub;
}

const char* Extents::damage() const {
	uint64_t position = 0;
	uint64_t used = 0;
	unsigned freeCount = 0;
	int32_t previous = NONE;
	for (int32_t extent = first_; extent != NONE; extent = extents_[extent].behind) {
		const Extent& cell = extents_[extent];
		if (cell.offset != position || cell.size == 0 || cell.before != previous) {
			return "extents do not join";
		}
		bool mayJoin = policy_ != Policy::Buddy || (previous != NONE && buddy(previous) == extent);
		if (previous != NONE && extents_[previous].isFree && cell.isFree && mayJoin) {
			return "two free neighbours";
		}
		used += cell.isFree ? 0 : cell.size;
		freeCount += cell.isFree;
		position += cell.size;
		previous = extent;
	}
	if (position != quanta_) {
		return "extents do not cover the space";
	}
	if (used != usedQuanta_) {
		return "used quanta are miscounted";
	}
	unsigned linked = 0;
	for (unsigned list = 0; list < lists_; list++) {
		unsigned level = list >> subBits_;
		bool mapped = (levelMap_ >> level & 1) != 0 && (subMaps_[level] >> (list & ((1U << subBits_) - 1)) & 1) != 0;
		if (mapped != (heads_[list] != NONE)) {
			return "the maps contradict a list";
		}
		for (int32_t extent = heads_[list]; extent != NONE; extent = extents_[extent].next) {
			if (!extents_[extent].isFree || index(extents_[extent].size) != list) {
				return "an extent is in a wrong list";
			}
			linked++;
		}
	}
	return linked == freeCount ? nullptr : "free extents are missing in the lists";
}

} // namespace heaplens
