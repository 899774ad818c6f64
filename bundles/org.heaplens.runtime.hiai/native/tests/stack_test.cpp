// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/stack.h"

#include <gtest/gtest.h>

namespace heaplens {
namespace {

__attribute__((noinline)) unsigned both(uintptr_t* walked, uintptr_t* unwound, unsigned& unwoundCount) {
	unsigned count = walkFramePointers(walked, 64);
	unwoundCount = unwind(unwound, 64);
	return count;
}

TEST(Stacks, FramePointersSayTheSameAsTheTables) {
	uintptr_t walked[64];
	uintptr_t unwound[64];
	unsigned unwoundCount;
	unsigned count = both(walked, unwound, unwoundCount);
	ASSERT_GE(count, 2U);
	ASSERT_GE(unwoundCount, 2U);
	// The first stand in `both`, at two calls; the second is where it was called.
	EXPECT_EQ(walked[1], unwound[1]);
	EXPECT_NE(walked[0], unwound[0]);
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
