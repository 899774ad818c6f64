// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/clock.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

namespace heaplens {

/** Time that stands still until it is moved. Threads share it. */
class VirtualClock final : public Clock {
public:
	int64_t now() const override {
		std::lock_guard<std::mutex> guard(lock_);
		return now_;
	}

	/**
	 * Looks at the time again and again: whoever moves it cannot wake a thread that is about to wait without holding a gate that may be
	 * gone by then.
	 */
	void await(std::unique_lock<std::mutex>& gate, std::condition_variable& changed, int64_t deadline) override {
		{
			std::lock_guard<std::mutex> guard(lock_);
			if (now_ >= deadline) {
				return;
			}
			waits_.push_back({std::this_thread::get_id(), deadline});
			anyChange_.notify_all();
		}
		changed.wait_for(gate, std::chrono::milliseconds(1));
		std::lock_guard<std::mutex> guard(lock_);
		auto mine = std::find_if(waits_.begin(), waits_.end(), [](const Wait& wait) { return wait.thread == std::this_thread::get_id(); });
		waits_.erase(mine);
	}

	/** Moves time; whoever waits sees it. */
	void advance(int64_t nanos) {
		std::lock_guard<std::mutex> guard(lock_);
		now_ += nanos;
	}

	/** Waits until that thread waits for time to pass, or the condition holds, which whoever changes it says by `changed`. */
	template <typename Condition> void awaitWaiting(std::thread::id thread, Condition done) {
		std::unique_lock<std::mutex> guard(lock_);
		anyChange_.wait(guard, [&] { return done() || isWaitingLocked(thread); });
	}

	/** Changes something under the clock's lock that a condition of `awaitWaiting` looks at. */
	template <typename Change> void change(Change what) {
		std::lock_guard<std::mutex> guard(lock_);
		what();
		anyChange_.notify_all();
	}

private:
	struct Wait {
		std::thread::id thread;
		int64_t deadline;
	};

	/** Whoever's time is over waits no more, though it may not know yet. */
	bool isWaitingLocked(std::thread::id thread) const {
		return std::any_of(waits_.begin(), waits_.end(), [&](const Wait& wait) { return wait.thread == thread && wait.deadline > now_; });
	}

	mutable std::mutex lock_;
	std::condition_variable anyChange_;
	int64_t now_ = 0;
	std::vector<Wait> waits_;
};

} // namespace heaplens
