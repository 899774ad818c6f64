// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "columns.h"
#include "heaplens/trace.h"
#include "scenario.h"
#include "trace_file.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <sys/resource.h>
#include <unistd.h>

namespace heaplens {
namespace {

class TraceTest : public testing::Test {
protected:
	void SetUp() override {
		char name[] = "/tmp/heaplens-test-XXXXXX";
		folder_ = mkdtemp(name);
	}
	void TearDown() override {
		for (const std::string& file : filesIn(folder_, "")) {
			unlink(file.c_str());
		}
		rmdir(folder_.c_str());
	}
	std::unique_ptr<TraceWriter> create(uint64_t ring = 0) {
		std::string problem;
		auto writer = TraceWriter::create(folder_, "a program", ring, problem);
		EXPECT_EQ(problem, "");
		return writer;
	}

	std::string folder_;
	const HeapInfo heap_{0, Place::host(), 1 << 30, 0x1000};
};

TEST_F(TraceTest, SaysWhatItIs) {
	auto writer = create();
	writer->lane(heap_);
	TraceFile trace = TraceFile::read(writer->file());
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.header.process, uint64_t(getpid()));
	EXPECT_EQ(trace.header.heapCount, 1U);
	EXPECT_EQ(trace.header.heaps[0].side, 1U);
	EXPECT_EQ(trace.header.heaps[0].base, 0x1000U);
	EXPECT_EQ(std::string(trace.header.command, trace.header.commandLength), "a program");
	EXPECT_EQ(trace.header.closed, 0U);
}

TEST_F(TraceTest, EventsAreThereAtOnce) {
	auto writer = create();
	Lane* lane = writer->lane(heap_);
	uint32_t entry = lane->made({1, 2, 3}, EventKind::Allocate, 128, 64, 50, 0, Flag::ManualFree, Status::Ok);
	lane->append({1, 2, 3}, EventKind::SendBegin, 128, 64, 50, 9, Flag::ManualFree, Status::Ok, Reason::None, entry);
	TraceFile trace = TraceFile::read(writer->file());
	ASSERT_EQ(trace.events[0].size(), 2U);
	EXPECT_EQ(trace.events[0][0].offset, 128U);
	EXPECT_EQ(trace.events[0][0].stack, 2U);
	EXPECT_EQ(trace.events[0][1].argument, 9U);
	ASSERT_EQ(trace.live[0].size(), 1U);
	EXPECT_EQ(trace.live[0][0].state, layout::STATE_SENDING);
	lane->append({}, EventKind::Free, 128, 64, 50, 0, Flag::ManualFree, Status::Ok, Reason::None, entry);
	EXPECT_TRUE(TraceFile::read(writer->file()).live[0].empty());
}

TEST_F(TraceTest, FinishedEventsStandInSegmentsWithAnIndexBehind) {
	auto writer = create();
	Lane* lane = writer->lane(heap_);
	for (uint64_t round = 0; round < 100000; round++) {
		uint32_t entry = lane->made({}, EventKind::Allocate, round % 100 * 64, 64, 60, 0, Flag::ManualFree, Status::Ok);
		lane->append({}, EventKind::Free, round % 100 * 64, 64, 60, 0, Flag::ManualFree, Status::Ok, Reason::None, entry);
	}
	writer->close();
	TraceFile trace = TraceFile::read(writer->file());
	EXPECT_EQ(trace.lastSequence(0), 200001U);
	EXPECT_EQ(trace.problem, "");
	EXPECT_TRUE(trace.events[0].empty());
	// All pieces but indexes are listed, in their order.
	ASSERT_NE(trace.header.index, 0U);
	EXPECT_EQ(trace.pieces.back().kind, uint32_t(layout::INDEX));
	EXPECT_EQ(trace.positions.back(), trace.header.index);
	size_t listed = 0;
	size_t others = 0;
	size_t checkpoints = 0;
	for (const auto& piece : trace.pieces) {
		listed += piece.kind == layout::INDEX ? piece.raw / sizeof piece : 0;
		others += piece.kind != layout::INDEX;
		checkpoints += piece.kind == layout::CHECKPOINT;
	}
	EXPECT_EQ(listed, others);
	EXPECT_GE(checkpoints, 2U);
}

TEST_F(TraceTest, AFullDiskIsCountedAndTheProgramGoesOn) {
	auto writer = create();
	Lane* lane = writer->lane(heap_);
	rlimit before;
	getrlimit(RLIMIT_FSIZE, &before);
	rlimit little{1 << 20, before.rlim_max};
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &little);
	for (uint64_t block = 0; block < 20000; block++) {
		lane->made({}, EventKind::Allocate, block * 64, 64, 60, 0, Flag::ManualFree, Status::Ok);
	}
	writer->close();
	setrlimit(RLIMIT_FSIZE, &before);
	TraceFile trace = TraceFile::read(writer->file());
	uint64_t last = trace.lastSequence(0);
	EXPECT_EQ(trace.problem, "");
	EXPECT_GT(last, 4000U);
	// And the event of the end.
	EXPECT_EQ(writer->dropped(), 20001U - last);
}

TEST(Columns, ABitColumnHoldsNumbersOfAllWidths) {
	BitColumn bits;
	bits.put(1, 1);
	bits.put(0x123456789ABCDEFULL, 64);
	bits.put(5, 3);
	// 1 | 64 bits | 101: the lowest bit first.
	std::vector<uint8_t> expected{0xDF, 0x9B, 0x57, 0x13, 0xCF, 0x8A, 0x46, 0x02, 0x0A};
	EXPECT_EQ(bits.finish().bytes, expected);
}

TEST(Columns, AMapKeepsWhatIsPutAndForgetsWhatIsRemoved) {
	unsigned seed = std::random_device()();
	SCOPED_TRACE("seed " + std::to_string(seed));
	std::mt19937 random(seed);
	LongMap map;
	std::map<uint64_t, int32_t> model;
	for (int32_t step = 0; step < 20000; step++) {
		uint64_t key = random() % 500 * 64;
		auto known = model.find(key);
		ASSERT_EQ(map.get(key), known == model.end() ? -1 : known->second) << "step " << step;
		if (random() % 2 == 0) {
			map.put(key, step);
			model[key] = step;
		} else {
			ASSERT_EQ(map.remove(key), known == model.end() ? -1 : known->second) << "step " << step;
			model.erase(key);
		}
		ASSERT_EQ(map.size(), model.size());
	}
}

} // namespace
} // namespace heaplens
