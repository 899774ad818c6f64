// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "ticks.h"

#include <gtest/gtest.h>
#include <thread>

namespace heaplens {
namespace {

/** Between two looks at the system's clock there is no other time; what ticks are wrong by is far below a microsecond. */
TEST(Ticks, AreTheTimeOfTheSystemAndNeverGoBack) {
	constexpr uint64_t WRONG_BY = 20000;
	Ticks ticks;
	uint64_t last = 0;
	uint64_t end = Ticks::ofSystem() + 300000000;
	for (uint64_t before = 0; before < end;) {
		before = Ticks::ofSystem();
		uint64_t now = ticks.nanos();
		uint64_t after = Ticks::ofSystem();
		ASSERT_GE(now + WRONG_BY, before);
		ASSERT_LE(now, after + WRONG_BY);
		ASSERT_GE(now, last);
		last = now;
	}
}

TEST(Ticks, AreRightOnAnotherProcessorToo) {
	constexpr uint64_t WRONG_BY = 20000;
	Ticks ticks;
	for (int round = 0; round < 200; round++) {
		std::thread([&] {
			uint64_t before = Ticks::ofSystem();
			uint64_t now = ticks.nanos();
			ASSERT_GE(now + WRONG_BY, before);
			ASSERT_LE(now, Ticks::ofSystem() + WRONG_BY);
		}).join();
	}
}

} // namespace
} // namespace heaplens
