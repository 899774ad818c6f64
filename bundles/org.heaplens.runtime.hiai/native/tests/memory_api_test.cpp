// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// The shared library as an application has it.
#include "c_api.h"
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/c_graph.h"

#include <cstring>
#include <gtest/gtest.h>
#include <memory>
#include <thread>
#include <vector>

namespace {

using hiai::HIAIMemory;

TEST(MemoryApi, BlocksAreAlignedAndWritable) {
	void* block = HIAI_DMalloc(1000, 0, MEMORY_ATTR_MANUAL_FREE);
	ASSERT_NE(block, nullptr);
	EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % 64, 0u);
	memset(block, 0xAB, 1000);
	EXPECT_EQ(HIAI_DFree(block), HIAI_OK);
}

TEST(MemoryApi, BothLanguagesFreeEachOthersBlocks) {
	void* block = nullptr;
	ASSERT_EQ(HIAIMemory::HIAI_DMalloc(300000, block, 500, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE), HIAI_OK);
	EXPECT_EQ(HIAI_DFree(block), HIAI_OK);
	block = HIAI_DMalloc(300000);
	EXPECT_EQ(HIAIMemory::HIAI_DFree(block), HIAI_OK);
}

TEST(MemoryApi, CCallersHaveTheSameStatuses) {
	EXPECT_EQ(memoryFromC(), HIAI_OK);
}

TEST(MemoryApi, WhatIsWrongIsAnswered) {
	void* block = &block;
	EXPECT_EQ(HIAIMemory::HIAI_DMalloc(0, block), HIAI_GRAPH_INVALID_VALUE);
	EXPECT_EQ(block, nullptr);
	EXPECT_EQ(HIAIMemory::HIAI_DMalloc(268435457, block), HIAI_GRAPH_MALLOC_LARGER);
	EXPECT_EQ(HIAI_DFree(nullptr), HIAI_GRAPH_INVALID_VALUE);
	int local = 0;
	EXPECT_EQ(HIAI_DFree(&local), HIAI_GRAPH_NOT_FIND_MEMORY);
	block = HIAI_DMalloc(64);
	EXPECT_EQ(HIAI_DVPP_DFree(block), HIAI_GRAPH_NOT_FIND_MEMORY);
	EXPECT_EQ(HIAI_DFree(block), HIAI_OK);
	EXPECT_EQ(HIAI_DFree(block), HIAI_GRAPH_NOT_FIND_MEMORY);
}

TEST(MemoryApi, DvppIsTheDevices) {
	void* block = &block;
	EXPECT_NE(HIAIMemory::HIAI_DVPP_DMalloc(1000, block), HIAI_OK);
	EXPECT_EQ(block, nullptr);
	EXPECT_EQ(HIAI_DVPP_DMalloc(1000), nullptr);
}

TEST(MemoryApi, IsDMallocLooksAtAllBytes) {
	auto* block = static_cast<uint8_t*>(HIAI_DMalloc(1000));
	EXPECT_TRUE(HIAIMemory::IsDMalloc(block, 1000));
	EXPECT_TRUE(HIAIMemory::IsDMalloc(block + 400, 600));
	EXPECT_FALSE(HIAIMemory::IsDMalloc(block + 400, 601));
	HIAI_DFree(block);
	EXPECT_FALSE(HIAIMemory::IsDMalloc(block, 1000));
}

TEST(MemoryApi, FunctionsAreDeleters) {
	std::shared_ptr<uint8_t> owner(static_cast<uint8_t*>(HIAI_DMalloc(4096)), HIAIMemory::HIAI_DFree);
	uint8_t* block = owner.get();
	owner.reset();
	EXPECT_FALSE(HIAIMemory::IsDMalloc(block, 4096));
}

TEST(MemoryApi, ThreadsShareIt) {
	std::vector<std::thread> threads;
	for (int number = 0; number < 4; number++) {
		threads.emplace_back([number] {
			for (int round = 0; round < 2000; round++) {
				auto* block = static_cast<uint8_t*>(HIAI_DMalloc(1000 + number, 0, MEMORY_ATTR_MANUAL_FREE));
				ASSERT_NE(block, nullptr);
				memset(block, number, 1000);
				ASSERT_EQ(block[999], number);
				ASSERT_EQ(HIAI_DFree(block), HIAI_OK);
			}
		});
	}
	for (std::thread& thread : threads) {
		thread.join();
	}
}

} // namespace
