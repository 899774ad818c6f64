// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "annotations.h"
#include "guard.h"
#include "heaplens/heap.h"

namespace heaplens {

const Witness* Heap::thisWitness() {
	return Witness::here();
}

void Heap::withdraw() {
	if (guard_ != nullptr) {
		guard_->withdraw();
	}
	memory_.withdraw();
}

/** An extent for a block; what is kept from being used again gives way first. */
int32_t Heap::take(uint32_t extentSize) {
	int32_t handle = space_.allocate(extentSize);
	while (__builtin_expect(handle == Extents::NONE, 0) && guard_ != nullptr && guard_->keeps()) {
		space_.free(guard_->release());
		handle = space_.allocate(extentSize);
	}
	return handle;
}

/** A block was handed out: only its bytes are to be used. */
void Heap::watch(const Call& call, int32_t handle) {
	uint64_t offset = space_.offset(handle);
	const Extent& extent = space_[handle];
	if (guard_ != nullptr) {
		guard_->made(offset, {space_.size(handle), begin(handle), extent.requested, flag(handle), Guard::Fate::Lives, call.witness, nullptr,
		                      nullptr});
	}
	if (annotations_ != nullptr) {
		annotations_->made(offset, space_.size(handle), begin(handle), extent.requested);
	}
}

/** The block is nobody's any more, unless it was hidden already when it was sent. */
void Heap::hide(const Call& call, int32_t handle, bool sent, bool byFramework) {
	if (state(handle) == State::Sent) {
		return;
	}
	uint64_t offset = space_.offset(handle);
	if (annotations_ != nullptr) {
		annotations_->gone(offset, space_.size(handle), begin(handle));
	}
	if (guard_ != nullptr) {
		guard_->gone(offset, sent ? Guard::Fate::Sent : byFramework ? Guard::Fate::FreedByFramework : Guard::Fate::Freed, call.witness);
	}
}

/** Gives the extent of a block back: to everybody, or, where memory is guarded, first to nobody, so that a late use is found. */
void Heap::release(int32_t handle) {
	if (guard_ == nullptr) {
		space_.free(handle);
		return;
	}
	enter(handle, State::Kept);
	guard_->keep(handle, space_.size(handle));
	while (guard_->keepsTooMuch()) {
		space_.free(guard_->release());
	}
}

} // namespace heaplens
