// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "frameless.h"
#include "heaplens/stack.h"

#include <csignal>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <thread>
#include <vector>

namespace heaplens {
namespace {

/** Both ways at one place; what is behind the first call is the same for both. */
struct Both {
	Walked walked;
	std::vector<uintptr_t> frames;
	std::vector<uintptr_t> expected;
};

__attribute__((noinline)) Both both() {
	uintptr_t walkedFrames[MOST_FRAMES];
	uintptr_t unwound[MOST_FRAMES];
	Both result{};
	result.walked = walkStack(walkedFrames, MOST_FRAMES);
	unsigned count = unwind(unwound, MOST_FRAMES);
	// The first stand here, at two calls.
	result.frames.assign(walkedFrames + 1, walkedFrames + result.walked.count);
	result.expected.assign(unwound + 1, unwound + count);
	return result;
}

Trails trails{};
std::map<std::vector<uintptr_t>, uint32_t> numbers;

/** As a recorder does it: a stack that is like an earlier one has its number. */
__attribute__((noinline)) void expectSameNumber(unsigned& known) {
	uintptr_t frames[MOST_FRAMES];
	uintptr_t unwound[MOST_FRAMES];
	Walked walked = walkStack(frames, MOST_FRAMES, &trails);
	unsigned count = unwind(unwound, MOST_FRAMES);
	ASSERT_NE(walked.trail, nullptr);
	uint32_t& number = numbers.try_emplace({unwound + 1, unwound + count}, uint32_t(numbers.size() + 1)).first->second;
	known += walked.trail->number != 0;
	ASSERT_TRUE(walked.trail->number == 0 || walked.trail->number == number);
	walked.trail->number = number;
}

int framed(Calls& calls, int left) {
	int result = calls.next(left);
	asm volatile("" : "+r"(result));
	return result + 1;
}

/** Calls functions of all sorts, in any order, and at the end looks at the stack. */
class RandomCalls final : public Calls {
public:
	explicit RandomCalls(unsigned seed) : random_(seed) {}

	int next(int left) override {
		if (left == 0) {
			both_ = both();
			for (volatile int round = 0; round < 3; round = round + 1) {
				expectSameNumber(known_);
			}
			return 0;
		}
		static int (*const SORTS[])(Calls&, int) = {framed, framelessSmall, framelessLarge, framelessBusy, framelessOfAnySize};
		int result = SORTS[random_() % std::size(SORTS)](*this, left - 1);
		asm volatile("" : "+r"(result));
		return result;
	}

	Both both_{};
	unsigned known_ = 0;

private:
	std::mt19937 random_;
};

TEST(Stacks, AWalkSaysTheSameAsTheSystemsUnwinder) {
	unsigned seed = std::random_device()();
	SCOPED_TRACE("seed " + std::to_string(seed));
	std::mt19937 random(seed);
	unsigned known = 0;
	unsigned expected = 0;
	for (int run = 0; run < 3000; run++) {
		RandomCalls calls{unsigned(random())};
		int depth = int(random() % 5 == 0 ? random() % 28 : random() % 4);
		ASSERT_EQ(calls.next(depth), depth);
		ASSERT_TRUE(calls.both_.walked.exact);
		ASSERT_EQ(calls.both_.frames, calls.both_.expected);
		ASSERT_GE(calls.both_.frames.size(), size_t(depth));
		known += calls.known_;
		// The second and the third round, unless there are more words than a thread remembers.
		expected += calls.both_.frames.size() < 30 ? 2 : 0;
	}
	EXPECT_GE(expected, 4000U);
	EXPECT_GE(known, expected);
}

TEST(Stacks, AWalkEndsWhereAThreadBegan) {
	Both result;
	std::thread([&] { result = both(); }).join();
	EXPECT_TRUE(result.walked.exact);
	EXPECT_EQ(result.frames, result.expected);
}

Both ofComparison;

TEST(Stacks, AWalkPassesThroughTheSystemsLibraries) {
	int numbers[] = {2, 1};
	std::qsort(numbers, 2, sizeof *numbers, [](const void*, const void*) {
		ofComparison = both();
		return 0;
	});
	EXPECT_TRUE(ofComparison.walked.exact);
	EXPECT_EQ(ofComparison.frames, ofComparison.expected);
}

Both ofSignal;

/** A walk knows no signals and no other stacks; sanitizers call a handler as if it were none. */
TEST(Stacks, AWalkInASignalSaysThatItDoesNotUnderstandRatherThanSomethingWrong) {
	std::vector<char> memory(1 << 16);
	stack_t other{};
	other.ss_sp = memory.data();
	other.ss_size = memory.size();
	stack_t before;
	sigaltstack(&other, &before);
	for (int flags : {0, SA_ONSTACK}) {
		struct sigaction action {};
		action.sa_handler = [](int) { ofSignal = both(); };
		action.sa_flags = flags;
		struct sigaction old;
		sigaction(SIGUSR1, &action, &old);
		raise(SIGUSR1);
		sigaction(SIGUSR1, &old, nullptr);
#if !defined(HEAPLENS_EMULATED) || defined(__aarch64__)
		// An emulator's return from a handler is in no table: on x86_64 the walk gives up there, and does not know why.
		EXPECT_NE(ofSignal.walked.exact, ofSignal.walked.inHandler);
#endif
		EXPECT_TRUE(!ofSignal.walked.exact || ofSignal.frames == ofSignal.expected);
		EXPECT_GE(ofSignal.expected.size(), 3U);
	}
	sigaltstack(&before, nullptr);
}

TEST(Stacks, AHashTellsStacksApartByTheirOrder) {
	uintptr_t frames[] = {0x1000, 0x2000, 0x3000};
	uintptr_t others[] = {0x1000, 0x3000, 0x2000};
	EXPECT_EQ(hashOf(frames, 3), hashOf(frames, 3));
	EXPECT_NE(hashOf(frames, 3), hashOf(others, 3));
	EXPECT_NE(hashOf(frames, 3), hashOf(frames, 2));
	EXPECT_NE(hashOf(frames, 0), 0U);
}

TEST(Stacks, APlaceHasItsModuleAndBuildId) {
	uintptr_t frames[4];
	ASSERT_GE(unwind(frames, 4), 1U);
	NativeFrame frame = locate(frames[0]);
	EXPECT_NE(frame.module.find("heaplens_tests"), std::string::npos) << frame.module;
	EXPECT_EQ(frame.buildId.size() % 2, 0U);
	EXPECT_GE(frame.buildId.size(), 16U) << frame.buildId;
	EXPECT_GT(frame.offset, 0U);
}

TEST(Stacks, WhatIsNoCodeHasNoModule) {
	int local = 0;
	EXPECT_EQ(locate(uintptr_t(&local)).module, "?");
}

} // namespace
} // namespace heaplens
