// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/clock.h"

#include <chrono>

namespace heaplens {
namespace {

class SystemClock final : public Clock {
public:
	int64_t now() const override {
		return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
	}

	void await(std::unique_lock<std::mutex>& gate, std::condition_variable& changed, int64_t deadline) override {
		changed.wait_until(gate, std::chrono::steady_clock::time_point(std::chrono::nanoseconds(deadline)));
	}
};

} // namespace

Clock& Clock::system() {
	// Never destroyed: static destructors may still ask for the time.
	static SystemClock& clock = *new SystemClock;
	return clock;
}

} // namespace heaplens
