// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>
#include <ctime>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace heaplens {

/**
 * The system's monotonic clock for what asks it millions of times a second. Where the system itself counts the processor's ticks, they are
 * read without the system, and set right by its clock as often as keeps them within some 100 ns of it; elsewhere the system is asked. Never
 * goes back. One thread at a time.
 */
class Ticks {
public:
	/** Nanoseconds of CLOCK_MONOTONIC. */
	uint64_t nanos() {
#if defined(__x86_64__)
		uint64_t passed = __rdtsc() - tick_;
		if (__builtin_expect(passed < span_, 1)) {
			// Less than a second's ticks by less than 2^32 nanoseconds in each.
			uint64_t now = nanos_ + ((passed * scale_) >> SCALE_SHIFT);
			last_ = now > last_ ? now : last_;
			return last_;
		}
#endif
		return settle();
	}

	/** Asks the system. */
	static uint64_t ofSystem() {
		timespec now;
		clock_gettime(CLOCK_MONOTONIC, &now);
		return uint64_t(now.tv_sec) * 1000000000ULL + uint64_t(now.tv_nsec);
	}

private:
	/** A nanosecond has at most so many ticks, and at least a part of one: a scale fits 32 bits. */
	static constexpr unsigned SCALE_SHIFT = 28;

	uint64_t settle();
	static bool areOfSystem();

	/** Where the count was last set right. */
	uint64_t tick_ = 0;
	uint64_t nanos_ = 0;
	/** Nanoseconds in a tick, times 2^28. */
	uint64_t scale_ = 0;
	/** Ticks for which that is good; 0 while the scale is not known. */
	uint64_t span_ = 0;
	uint64_t last_ = 0;
	/** From where the scale is measured. */
	uint64_t firstTick_ = 0;
	uint64_t firstNanos_ = 0;
};

} // namespace heaplens
