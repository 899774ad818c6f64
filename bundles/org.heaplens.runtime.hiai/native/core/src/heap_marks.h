// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/heap_lock.h"
#include "heaplens/inside.h"

#include <cstdint>

namespace heaplens {

/*
 * The word of a quantum: 0 nothing ever began there; a live block: its handle + 1; else what was there.
 *
 *      0 .. 28  requested bytes       29 .. 51  quanta of the extent
 *     52 .. 61  flag                  62 freed  63 freed by the framework
 */
constexpr uint64_t FREED = 1ULL << 62;
constexpr uint64_t FREED_BY_FRAMEWORK = 1ULL << 63;

class Locked {
public:
	explicit Locked(HeapLock& lock) : lock_(lock) { lock_.lock(); }
	~Locked() { lock_.unlock(); }
	Locked(const Locked&) = delete;
	Locked& operator=(const Locked&) = delete;

private:
	/** Until after the lock is given back. */
	Inside inside_;
	HeapLock& lock_;
};

} // namespace heaplens
