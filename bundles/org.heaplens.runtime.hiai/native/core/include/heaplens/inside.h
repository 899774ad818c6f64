// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <atomic>

namespace heaplens {

/**
 * Marks that the calling thread is inside this library. A handler of a signal that interrupts it there would wait for ever for a lock that
 * its own thread holds: by this mark it is known, and sent away.
 */
class Inside {
public:
	Inside() : again_(marked_) { mark(true); }
	~Inside() { mark(again_); }
	Inside(const Inside&) = delete;
	Inside& operator=(const Inside&) = delete;

	/** Whether the thread was inside before. */
	bool again() const { return again_; }
	/** Says once in a process what a handler is refused. */
	static void complain();

private:
	static void mark(bool inside) {
		marked_ = inside;
		// A handler runs on the same thread: all that has to be kept in order is the compiler.
		std::atomic_signal_fence(std::memory_order_seq_cst);
	}

	/** Not `thread_local`, which asks at each use whether it is made. */
	static __thread volatile bool marked_;
	const bool again_;
};

} // namespace heaplens
