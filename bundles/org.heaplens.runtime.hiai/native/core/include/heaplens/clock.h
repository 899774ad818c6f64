// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace heaplens {

/** Time as the simulator sees it: that of the machine, or, in tests, one that stands still until it is moved. Threads share it. */
class Clock {
public:
	virtual ~Clock() = default;
	/** Nanoseconds since some moment. */
	virtual int64_t now() const = 0;
	/** Waits until it is notified, or until that moment, or for no reason. */
	virtual void await(std::unique_lock<std::mutex>& gate, std::condition_variable& changed, int64_t deadline) = 0;

	/** The machine's. */
	static Clock& system();
};

} // namespace heaplens
