// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heaplens {

/**
 * Guards a heap: one atomic instruction to take it where nobody else has it, and one to give it back. Waiters sleep in the system. Can be
 * made free again in the child of a fork, where its owner does not exist.
 */
class HeapLock {
public:
	void lock() {
		uint32_t expected = FREE;
		if (!state_.compare_exchange_strong(expected, TAKEN, std::memory_order_acquire, std::memory_order_relaxed)) {
			lockSlowly();
		}
	}

	/** Takes it unless somebody has it. */
	bool tryLock() {
		uint32_t expected = FREE;
		return state_.compare_exchange_strong(expected, TAKEN, std::memory_order_acquire, std::memory_order_relaxed);
	}

	void unlock() {
		if (state_.exchange(FREE, std::memory_order_release) == AWAITED) {
			::syscall(SYS_futex, reinterpret_cast<uint32_t*>(&state_), FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
		}
	}

	/** In the child of a fork only. */
	void reset() { state_.store(FREE, std::memory_order_relaxed); }

private:
	static constexpr uint32_t FREE = 0;
	static constexpr uint32_t TAKEN = 1;
	static constexpr uint32_t AWAITED = 2;
	/** A heap is held for less than a microsecond as a rule. */
	static constexpr int SPINS = 64;

	void lockSlowly() {
		for (int spin = 0; spin < SPINS; spin++) {
			uint32_t expected = FREE;
			if (state_.load(std::memory_order_relaxed) == FREE &&
			    state_.compare_exchange_weak(expected, TAKEN, std::memory_order_acquire, std::memory_order_relaxed)) {
				return;
			}
#if defined(__x86_64__)
			__builtin_ia32_pause();
#endif
		}
		while (state_.exchange(AWAITED, std::memory_order_acquire) != FREE) {
			::syscall(SYS_futex, reinterpret_cast<uint32_t*>(&state_), FUTEX_WAIT_PRIVATE, AWAITED, nullptr, nullptr, 0);
		}
	}

	std::atomic<uint32_t> state_{FREE};
};

} // namespace heaplens
