// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/platform.h"
#include "past.h"

#include <atomic>
#include <cstring>
#include <gtest/gtest.h>
#include <thread>

namespace heaplens {
namespace {

struct LastMisuse final : EventListener {
	void event(const HeapInfo&, const Event& event) override {
		if (event.kind == uint16_t(EventKind::Misuse)) {
			reason = Reason(event.reason);
		}
	}
	Reason reason = Reason::None;
};

class HeapTest : public testing::Test {
protected:
	HeapTest() : platform_(small(), Clock::system()), host_(platform_.heap(Place::host())), device_(platform_.heap(Place::onDevice(0))) {
		host_.listen(&misuse_);
		device_.listen(&misuse_);
	}

	static Settings small() {
		Settings settings;
		settings.set("host.capacity", "16M");
		settings.set("device.capacity", "16M");
		return settings;
	}

	uint8_t* make(Heap& heap, uint32_t size, Flag flag) { return static_cast<uint8_t*>(heap.allocate(size, 0, flag).block); }

	LastMisuse misuse_;
	Platform platform_;
	Heap& host_;
	Heap& device_;
};

TEST_F(HeapTest, BlocksAreMemory) {
	uint8_t* block = make(host_, 1000000, Flag::ManualFree);
	std::memset(block, 7, 1000000);
	EXPECT_EQ(block[999999], 7);
	EXPECT_EQ(uintptr_t(block), host_.info().base);
	EXPECT_EQ(platform_.heapOf(block), &host_);
	EXPECT_EQ(host_.sizeOf(block), 1000000U);
}

TEST_F(HeapTest, APointerIntoABlockIsNoBlock) {
	uint8_t* block = make(host_, 4096, Flag::ManualFree);
	EXPECT_EQ(platform_.free(block + 1, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::InteriorPointer);
	EXPECT_EQ(platform_.free(block + 64, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::InteriorPointer);
	EXPECT_EQ(platform_.free(block + 4096, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::NotABlock);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::Ok);
}

TEST_F(HeapTest, ASecondFreeIsKnownEvenIfAnotherBlockCoversThePlace) {
	uint8_t* left = make(host_, 4096, Flag::ManualFree);
	uint8_t* right = make(host_, 4096, Flag::ManualFree);
	platform_.free(right, FreeCall::DFree);
	platform_.free(left, FreeCall::DFree);
	uint8_t* both = make(host_, 8192, Flag::ManualFree);
	EXPECT_EQ(both, left);
	EXPECT_EQ(platform_.free(right, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::DoubleFree);
	EXPECT_EQ(platform_.free(both, FreeCall::DFree), Status::Ok);
}

TEST_F(HeapTest, ASentAutoBlockIsPoisonedAndFreed) {
	uint8_t* block = make(host_, 100, Flag::AutoFree);
	std::memset(block, 1, 100);
	EXPECT_EQ(host_.beginSend(block, 1), Status::Ok);
	host_.endSend(block, 1, Status::Ok);
	EXPECT_TRUE(allAre(block, 100, 0xDB));
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::AutoFreeDeleter);
	EXPECT_EQ(host_.beginSend(block, 2), Status::InvalidValue);
	EXPECT_EQ(misuse_.reason, Reason::SentTwice);
}

TEST_F(HeapTest, ASendThatFailsLeavesTheBlockWithItsOwner) {
	uint8_t* block = make(host_, 100, Flag::AutoFree);
	EXPECT_EQ(host_.beginSend(block, 1), Status::Ok);
	host_.endSend(block, 1, Status::NoUsefulMemory);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::Ok);
	EXPECT_EQ(misuse_.reason, Reason::None);
}

TEST_F(HeapTest, AFreeDuringATransferTakesEffectAtItsEnd) {
	uint8_t* block = make(host_, 100, Flag::ManualFree);
	EXPECT_EQ(host_.beginSend(block, 1), Status::Ok);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::Ok);
	EXPECT_NE(make(host_, 100, Flag::ManualFree), block);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::DoubleFree);
	host_.endSend(block, 1, Status::Ok);
	EXPECT_EQ(make(host_, 100, Flag::ManualFree), block);
}

TEST_F(HeapTest, TheMiddleOfABlockCannotBeSent) {
	uint8_t* block = make(host_, 4096, Flag::ManualFree);
	EXPECT_EQ(host_.beginSend(block + 128, 1), Status::InvalidValue);
	EXPECT_EQ(misuse_.reason, Reason::SentFromMiddle);
}

TEST_F(HeapTest, DvppBlocksHaveTheirOwnFree) {
	Platform::enter(Place::onDevice(0), 0);
	void* block = platform_.allocateDvpp(1000).block;
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(misuse_.reason, Reason::WrongFamily);
	EXPECT_EQ(platform_.free(block, FreeCall::DvppDFree), Status::Ok);
	Platform::leave();
	EXPECT_EQ(platform_.allocateDvpp(1000).status, Status::InvalidValue);
	EXPECT_EQ(misuse_.reason, Reason::DvppOnHost);
}

TEST_F(HeapTest, AWaitingRequestIsServedByAFree) {
	uint8_t* all = make(host_, 16 << 20, Flag::ManualFree);
	std::atomic<void*> got{nullptr};
	std::thread waiter([&] { got = host_.allocate(4096, 3600000, Flag::ManualFree).block; });
	while (host_.waiting() == 0) {
		std::this_thread::yield();
	}
	EXPECT_EQ(platform_.free(all, FreeCall::DFree), Status::Ok);
	// Handed over inside the free: it is nobody else's any more.
	EXPECT_EQ(host_.blocks().size(), 1U);
	waiter.join();
	EXPECT_EQ(got.load(), all);
}

TEST_F(HeapTest, ARequestGivesUpAfterItsTime) {
	make(host_, 16 << 20, Flag::ManualFree);
	EXPECT_EQ(host_.allocate(1, 1, Flag::ManualFree).status, Status::NoMemory);
	EXPECT_EQ(host_.waiting(), 0U);
}

TEST_F(HeapTest, ManyThreadsLeaveItWhole) {
	std::vector<std::thread> threads;
	for (unsigned index = 0; index < 4; index++) {
		threads.emplace_back([this, index] {
			std::vector<void*> mine;
			for (unsigned round = 0; round < 5000; round++) {
				void* block = host_.allocate(1 + (round * 7919 + index * 104729) % 60000, 100, Flag::ManualFree).block;
				if (block != nullptr) {
					std::memset(block, int(index), 1);
					mine.push_back(block);
				}
				if (mine.size() > 20 || block == nullptr) {
					for (void* old : mine) {
						host_.free(old, FreeCall::DFree);
					}
					mine.clear();
				}
			}
			for (void* old : mine) {
				host_.free(old, FreeCall::DFree);
			}
		});
	}
	for (std::thread& thread : threads) {
		thread.join();
	}
	EXPECT_EQ(host_.damage(), nullptr);
	EXPECT_TRUE(host_.blocks().empty());
	EXPECT_EQ(misuse_.reason, Reason::None);
}

TEST_F(HeapTest, ABlockThatOutlivesItsGraphIsGivenBackWithAComplaint) {
	int graph = 0;
	platform_.pool().begin(&graph);
	uint8_t* block = make(host_, 100, Flag::ManualFree);
	platform_.pool().end(&graph);
	EXPECT_EQ(platform_.allocate(100, 0, 4).status, Status::MemoryPoolStopped);
	platform_.pool().ended(&graph);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::GraphNotExist);
	EXPECT_EQ(misuse_.reason, Reason::NoGraph);
	EXPECT_TRUE(host_.blocks().empty());
}

} // namespace
} // namespace heaplens
