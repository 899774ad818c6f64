// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Times of the hot paths, for `./heaplens bench native`: a line for each, with its name, a tab, and nanoseconds of all rounds. Processor
// time of this thread: what others take of a shared machine is not ours. Arguments: a folder for recordings; or "malloc", which runs the
// loop of `loop()` with the system's memory, for other recorders to look at.
#include "heaplens/platform.h"
#include "peers.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

using namespace heaplens;

namespace {

constexpr int ROUNDS = 11;
constexpr size_t PAIRS = 200000;
constexpr int DEPTH = 16;

double now() {
	timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return double(time.tv_sec) * 1e9 + double(time.tv_nsec);
}

void print(const std::string& name, const std::vector<double>& rounds) {
	std::printf("%s", name.c_str());
	for (double round : rounds) {
		std::printf("\t%.2f", round);
	}
	std::printf("\n");
	std::fflush(stdout);
}

std::vector<double> clockReads() {
	std::vector<double> rounds;
	for (int round = 0; round < ROUNDS; round++) {
		double begun = now();
		timespec time;
		for (int index = 0; index < 1000000; index++) {
			clock_gettime(CLOCK_MONOTONIC, &time);
		}
		rounds.push_back((now() - begun) / 1000000);
	}
	return rounds;
}

/** What a loop does next: without a table, whose lines the processor's cache would have to hold too. */
class Choices {
public:
	uint32_t next() {
		state_ ^= state_ << 13;
		state_ ^= state_ >> 7;
		state_ ^= state_ << 17;
		return uint32_t(state_ >> 16);
	}
	uint32_t size() { return 64 + next() % 4033; }
	/** Below the limit. */
	size_t place(size_t limit) { return size_t((uint64_t(next()) * limit) >> 32); }

private:
	uint64_t state_ = 0x2545F4914F6CDD1DULL;
};

/** A random live block goes and another comes, of 64 to 4096 bytes. */
template <typename Block, typename Allocate, typename Free> std::vector<double> pairs(size_t live, Allocate allocate, Free free) {
	Choices choices;
	std::vector<Block> blocks;
	for (size_t index = 0; index < live; index++) {
		blocks.push_back(allocate(choices.size()));
	}
	std::vector<double> rounds;
	for (int round = 0; round < ROUNDS; round++) {
		double begun = now();
		for (size_t index = 0; index < PAIRS; index++) {
			Block& block = blocks[choices.place(live)];
			free(block);
			block = allocate(choices.size());
		}
		rounds.push_back((now() - begun) / PAIRS);
	}
	for (Block& block : blocks) {
		free(block);
	}
	return rounds;
}

std::vector<double> pairs(Heap& heap, size_t live) {
	return pairs<void*>(
		live, [&](uint32_t size) { return heap.allocate(size, 0, Flag::ManualFree).block; },
		[&](void* block) { heap.free(block, FreeCall::DFree); });
}

/** The same through frames with frame pointers. */
template <typename Work> __attribute__((noinline)) std::vector<double> deep(int depth, const Work& work) {
	std::vector<double> result = depth == 0 ? work() : deep(depth - 1, work);
	// Behind the call, so that it is a call.
	asm volatile("" : : "r"(&result) : "memory");
	return result;
}

std::vector<double> measure(size_t live, const char* trace, const char* mode, const char* frames) {
	Settings settings;
	settings.set("trace", trace);
	settings.set("recording.mode", mode);
	settings.set("recording.stack-frames", frames);
	Platform platform(settings, Clock::system());
	platform.record();
	return deep(DEPTH, [&] { return pairs(platform.heap(Place::host()), live); });
}

void peers(size_t live) {
	for (const std::unique_ptr<Peer>& peer : peersOf(uint64_t(1) << 30)) {
		auto rounds = pairs<uint64_t>(
			live, [&](uint32_t size) { return peer->allocate(size); }, [&](uint64_t block) { peer->free(block); });
		print(std::string("peer ") + peer->name() + " " + std::to_string(live), rounds);
	}
}

} // namespace

int main(int count, char** arguments) {
	if (count < 2) {
		std::fputs("usage: heaplens_benchmark FOLDER | malloc LIVE\n", stderr);
		return 2;
	}
	if (std::strcmp(arguments[1], "malloc") == 0) {
		size_t live = count > 2 ? size_t(std::atol(arguments[2])) : 1000;
		print("malloc", deep(DEPTH, [&] {
				  return pairs<void*>(
					  live, [](uint32_t size) { return std::malloc(size); }, [](void* block) { std::free(block); });
			  }));
		return 0;
	}
	print("clock", clockReads());
	for (size_t live : {size_t(1000), size_t(100000)}) {
		std::string suffix = " " + std::to_string(live);
		print("pair" + suffix, measure(live, "", "all", "0"));
		peers(live);
		for (const char* mode : {"flight", "all"}) {
			print(std::string("plain ") + mode + suffix, measure(live, arguments[1], mode, "0"));
			print(std::string("stacks ") + mode + suffix, measure(live, arguments[1], mode, "16"));
		}
	}
	return 0;
}
