// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "virtual_clock.h"

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace heaplens {

/** What a misuse in strict mode ends in, instead of the program. */
struct Stopped {};

/** Whoever makes the calls of a scenario, one at a time, on the thread that serves it. The clock's lock guards all of it. */
class Actor {
public:
	explicit Actor(VirtualClock& clock) : clock_(clock) {}
	Actor(const Actor&) = delete;
	Actor& operator=(const Actor&) = delete;

	/** Makes the calling thread do what is asked for until `leave`. */
	void serve() {
		clock_.change([this] {
			thread_ = std::this_thread::get_id();
			serves_ = true;
			clock_.setIdle(true);
		});
		for (bool leaving = false; !leaving;) {
			std::function<std::string()> call;
			clock_.change([&] {
				call.swap(call_);
				leaving = !call && left_;
				clock_.setIdle(!call && !leaving);
			});
			if (call) {
				std::string answer = answerTo(call);
				clock_.change([&] {
					answer_ = answer;
					done_ = true;
				});
			} else if (!leaving) {
				clock_.awaitThat([this] { return call_ || left_; });
			}
		}
		clock_.change([this] {
			clock_.setIdle(false);
			over_ = true;
		});
	}

	/** Begins a call. */
	void begin(std::function<std::string()> call) {
		clock_.change([&] {
			done_ = false;
			call_ = std::move(call);
		});
	}

	/** Ends `serve`, after what has been begun. */
	void leave() {
		clock_.change([this] { left_ = true; });
	}

	/** Waits until the call is over, or waits for what only a later step can bring. */
	bool settle() {
		clock_.awaitThat([this] { return serves_; });
		clock_.awaitWaiting(thread_, [this] { return done_; });
		return !waits();
	}

	/** Waits until the call is over. */
	std::string answer() {
		return clock_.awaitThat([this] { return done_; }) ? answer_ : "nothing: the call does not end";
	}

	bool waits() {
		bool result = false;
		clock_.change([&] { result = !done_; });
		return result;
	}

	std::thread::id thread() const { return thread_; }
	/** Whether its thread has left; with the clock's lock. */
	bool hasLeft() const { return over_; }

private:
	static std::string answerTo(const std::function<std::string()>& call) {
		try {
			return call();
		} catch (const Stopped&) {
			return "aborts";
		} catch (const std::exception& problem) {
			return problem.what();
		}
	}

	VirtualClock& clock_;
	std::thread::id thread_;
	std::function<std::string()> call_;
	bool serves_ = false;
	bool left_ = false;
	bool over_ = false;
	bool done_ = true;
	std::string answer_;
};

} // namespace heaplens
