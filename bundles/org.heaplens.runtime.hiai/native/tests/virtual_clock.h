// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/clock.h"

#include <algorithm>
#include <chrono>
#include <list>
#include <memory>
#include <set>
#include <thread>

namespace heaplens {

/** Time that stands still until it is moved, and knows which threads rest. Threads share it. */
class VirtualClock final : public Clock {
public:
	/** Nothing takes that long: what is not done by then hangs. */
	static constexpr std::chrono::seconds HANG{20};

	int64_t now() const override {
		std::lock_guard<std::mutex> guard(state_->lock);
		return state_->now;
	}

	void await(std::unique_lock<std::mutex>& gate, std::condition_variable& changed, int64_t deadline) override {
		if (!enter(gate, changed, deadline)) {
			return;
		}
		changed.wait(gate);
		std::unique_lock<std::mutex> guard(state_->lock);
		while (mine()->pins > 0) {
			// Whoever moves the time is about to take the gate, and must find it.
			gate.unlock();
			state_->changed.wait(guard, [this] { return mine()->pins == 0; });
			guard.unlock();
			gate.lock();
			guard.lock();
		}
		state_->waits.erase(mine());
		state_->changed.notify_all();
	}

	/** Moves time; whoever is due on the way does what it has to, one after the other, and rests again. False if one does not. */
	bool advance(int64_t nanos) {
		std::unique_lock<std::mutex> guard(state_->lock);
		int64_t end = nanos > INT64_MAX - 1 - state_->now ? INT64_MAX - 1 : state_->now + nanos;
		while (true) {
			auto due = std::min_element(state_->waits.begin(), state_->waits.end(),
			                            [](const Wait& one, const Wait& other) { return one.deadline < other.deadline; });
			if (due == state_->waits.end() || due->deadline > end) {
				break;
			}
			state_->now = std::max(state_->now, due->deadline);
			std::thread::id thread = due->thread;
			due->pins++;
			guard.unlock();
			{
				std::lock_guard<std::mutex> gate(*due->gate);
				due->changed->notify_all();
			}
			guard.lock();
			due->pins--;
			state_->changed.notify_all();
			if (!state_->changed.wait_for(guard, HANG, [&] { return state_->rests(thread); })) {
				return false;
			}
		}
		state_->now = end;
		return true;
	}

	/** Waits until that thread waits for time to pass, or the condition holds, which whoever changes it says by `change`. */
	template <typename Condition> void awaitWaiting(std::thread::id thread, Condition done) {
		std::unique_lock<std::mutex> guard(state_->lock);
		state_->changed.wait_for(guard, HANG, [&] { return done() || state_->waitsForTime(thread); });
	}

	/** Waits until the condition holds; false if it does not come to that. */
	template <typename Condition> bool awaitThat(Condition done) {
		std::unique_lock<std::mutex> guard(state_->lock);
		return state_->changed.wait_for(guard, HANG, done);
	}

	/** Waits until that thread waits for time to pass, or has nothing to do, or has ended. */
	bool awaitResting(std::thread::id thread) {
		std::unique_lock<std::mutex> guard(state_->lock);
		return state_->changed.wait_for(guard, HANG, [&] { return state_->rests(thread); });
	}

	/** Changes something under the clock's lock that a condition looks at. */
	template <typename Change> void change(Change what) {
		std::lock_guard<std::mutex> guard(state_->lock);
		what();
		state_->changed.notify_all();
	}

	/** Says in `change` whether the calling thread has nothing to do. Its end counts as that, too. */
	void setIdle(bool idle) {
		// A thread belongs to one clock.
		static thread_local std::unique_ptr<End> end;
		if (end == nullptr) {
			end = std::make_unique<End>(state_);
		}
		if (idle) {
			state_->idle.insert(std::this_thread::get_id());
		} else {
			state_->idle.erase(std::this_thread::get_id());
		}
	}

private:
	struct Wait {
		std::thread::id thread;
		std::mutex* gate;
		std::condition_variable* changed;
		int64_t deadline;
		/** Threads that are about to use the gate. */
		int pins;
	};

	/** Outlives the clock while a thread is ending. */
	struct State {
		std::mutex lock;
		std::condition_variable changed;
		int64_t now = 0;
		std::list<Wait> waits;
		std::set<std::thread::id> idle;

		/** Whoever's time is over waits no more, though it may not know yet. */
		bool waitsForTime(std::thread::id thread) const {
			return std::any_of(waits.begin(), waits.end(), [&](const Wait& wait) { return wait.thread == thread && wait.deadline > now; });
		}
		bool rests(std::thread::id thread) const { return idle.count(thread) > 0 || waitsForTime(thread); }
	};

	/** Of a thread that was ever idle. */
	struct End {
		explicit End(std::shared_ptr<State> ofClock) : state(std::move(ofClock)) {}
		End(const End&) = delete;
		End& operator=(const End&) = delete;

		const std::shared_ptr<State> state;
		~End() {
			std::lock_guard<std::mutex> guard(state->lock);
			state->idle.insert(std::this_thread::get_id());
			state->changed.notify_all();
		}
	};

	bool enter(std::unique_lock<std::mutex>& gate, std::condition_variable& changed, int64_t deadline) {
		std::lock_guard<std::mutex> guard(state_->lock);
		if (state_->now >= deadline) {
			return false;
		}
		state_->waits.push_back({std::this_thread::get_id(), gate.mutex(), &changed, deadline, 0});
		state_->changed.notify_all();
		return true;
	}

	std::list<Wait>::iterator mine() {
		return std::find_if(state_->waits.begin(), state_->waits.end(),
		                    [](const Wait& wait) { return wait.thread == std::this_thread::get_id(); });
	}

	const std::shared_ptr<State> state_ = std::make_shared<State>();
};

} // namespace heaplens
