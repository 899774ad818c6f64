// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "ticks.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace heaplens {
namespace {

/** Long enough that reading two clocks one after the other makes no scale wrong. */
constexpr uint64_t SHORTEST_NANOS = 20000;
constexpr uint64_t LONGEST_NANOS = 100000000;
/** Ticks while the system is asked once; a few hundred as a rule. */
constexpr uint64_t MOST_BETWEEN = 2000;
/** The system's clock is slowed and hastened now and then: an old measure says nothing of that. */
constexpr uint64_t OLD_NANOS = 1000000000;

} // namespace

#if defined(__x86_64__)

/**
 * Sets the count right. What two clocks differ by when they are read one after the other is what the scale is wrong by over the time that
 * it was measured; so it is good for as long again.
 */
uint64_t Ticks::settle() {
	uint64_t before = __rdtsc();
	uint64_t nanos = ofSystem();
	uint64_t tick = __rdtsc();
	last_ = std::max(last_, nanos);
	static const bool usable = areOfSystem();
	if (!usable) {
		return last_;
	}
	if (tick - before > MOST_BETWEEN) {
		// Something came in between: these two say nothing of each other.
		return last_;
	}
	if (firstNanos_ == 0 || tick <= firstTick_ || nanos - firstNanos_ > 10 * OLD_NANOS) {
		firstTick_ = tick;
		firstNanos_ = nanos;
		span_ = 0;
		return last_;
	}
	uint64_t ticks = tick - firstTick_;
	uint64_t measured = nanos - firstNanos_;
	if (measured < SHORTEST_NANOS) {
		return last_;
	}
	scale_ = (measured << SCALE_SHIFT) / ticks;
	tick_ = tick;
	nanos_ = nanos;
	span_ = uint64_t(double(std::min(measured, LONGEST_NANOS)) * double(ticks) / double(measured));
	if (measured > OLD_NANOS) {
		firstTick_ = tick;
		firstNanos_ = nanos;
	}
	return last_;
}

bool Ticks::areOfSystem() {
	int file = ::open("/sys/devices/system/clocksource/clocksource0/current_clocksource", O_RDONLY | O_CLOEXEC);
	char text[16] = "";
	ssize_t length = file < 0 ? 0 : ::read(file, text, sizeof text - 1);
	if (file >= 0) {
		::close(file);
	}
	return length == 4 && std::memcmp(text, "tsc\n", 4) == 0;
}

#else

uint64_t Ticks::settle() {
	last_ = std::max(last_, ofSystem());
	return last_;
}

#endif

} // namespace heaplens
