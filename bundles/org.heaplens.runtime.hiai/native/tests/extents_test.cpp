// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/extents.h"

#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace heaplens {
namespace {

TEST(Extents, AnEmptySpaceIsOneExtent) {
	Extents space(1 << 20);
	EXPECT_EQ(space.largestFree(), 1U << 20);
	EXPECT_EQ(space.used(), 0U);
	EXPECT_EQ(space.damage(), nullptr);
}

TEST(Extents, SizesAreRoundedUpToQuanta) {
	Extents space(1 << 20);
	int32_t handle = space.allocate(65);
	EXPECT_EQ(space.size(handle), 128U);
	EXPECT_EQ(space.offset(handle), 0U);
	EXPECT_EQ(space.offset(space.allocate(1)), 128U);
}

TEST(Extents, WhatDoesNotFitIsRefused) {
	Extents space(1 << 20);
	EXPECT_EQ(space.allocate(0), Extents::NONE);
	EXPECT_EQ(space.allocate((1 << 20) + 1), Extents::NONE);
	EXPECT_NE(space.allocate(1 << 20), Extents::NONE);
	EXPECT_EQ(space.allocate(1), Extents::NONE);
	EXPECT_EQ(space.largestFree(), 0U);
}

TEST(Extents, AFreeJoinsWithBothNeighbours) {
	Extents space(1 << 20);
	int32_t left = space.allocate(64);
	int32_t middle = space.allocate(64);
	int32_t right = space.allocate((1 << 20) - 128);
	space.free(left);
	space.free(right);
	EXPECT_EQ(space.damage(), nullptr);
	space.free(middle);
	EXPECT_EQ(space.largestFree(), 1U << 20);
	EXPECT_EQ(space.damage(), nullptr);
}

TEST(Extents, TheLastFreedOfAClassIsTakenFirst) {
	Extents space(1 << 20);
	int32_t first = space.allocate(64);
	space.allocate(64);
	int32_t second = space.allocate(64);
	space.allocate(64);
	uint64_t offset = space.offset(second);
	space.free(first);
	space.free(second);
	EXPECT_EQ(space.offset(space.allocate(64)), offset);
}

/** Largest first: a space of 2^31 - 1 quanta has every class. */
TEST(Extents, TheLargestSpaceWorks) {
	Extents space(uint64_t(INT32_MAX) * Extents::QUANTUM);
	int32_t handle = space.allocate(uint64_t(INT32_MAX) * Extents::QUANTUM);
	EXPECT_NE(handle, Extents::NONE);
	space.free(handle);
	EXPECT_EQ(space.damage(), nullptr);
}

TEST(Extents, BuddiesAreWholeAgainWhateverTheCapacity) {
	Extents space(11 * Extents::QUANTUM, Extents::Policy::Buddy);
	EXPECT_EQ(space.largestFree(), 8U * Extents::QUANTUM);
	int32_t handle = space.allocate(3 * Extents::QUANTUM);
	EXPECT_EQ(space.size(handle), 4U * Extents::QUANTUM);
	EXPECT_EQ(space.damage(), nullptr);
	space.free(handle);
	EXPECT_EQ(space.largestFree(), 8U * Extents::QUANTUM);
	EXPECT_EQ(space.damage(), nullptr);
}

class RandomExtents : public testing::TestWithParam<Extents::Policy> {};

TEST_P(RandomExtents, KeepTheirInvariantsAndAreWholeAgainInTheEnd) {
	unsigned seed = std::random_device()();
	SCOPED_TRACE("seed " + std::to_string(seed));
	std::mt19937 random(seed);
	Extents space(4 << 20, GetParam());
	std::vector<int32_t> live;
	for (int step = 0; step < 4000; step++) {
		if (random() % 5 < 3) {
			int32_t handle = space.allocate(1 + (random() % 3 == 0 ? random() % 200000 : random() % 3000));
			if (handle != Extents::NONE) {
				live.push_back(handle);
			}
		} else if (!live.empty()) {
			size_t index = random() % live.size();
			space.free(live[index]);
			live[index] = live.back();
			live.pop_back();
		}
		ASSERT_EQ(space.damage(), nullptr) << "step " << step;
	}
	for (int32_t handle : live) {
		space.free(handle);
	}
	EXPECT_EQ(space.largestFree(), 4U << 20);
	EXPECT_EQ(space.damage(), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Policies, RandomExtents,
                         testing::Values(Extents::Policy::Tlsf, Extents::Policy::Tlsf8, Extents::Policy::BestFit,
                                         Extents::Policy::FirstFit, Extents::Policy::Buddy));

} // namespace
} // namespace heaplens
