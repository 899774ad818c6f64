// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Times of the hot paths, medians of several rounds: pairs of alloc and free among live blocks, and what an event adds.
#include "heaplens/platform.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using namespace heaplens;

namespace {

/** Processor time of this thread: what others take of a shared machine is not ours. */
double now() {
	timespec time;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return double(time.tv_sec) * 1e9 + double(time.tv_nsec);
}

double nanos(double begun, size_t count) {
	return (now() - begun) / double(count);
}

double median(std::vector<double> values) {
	std::sort(values.begin(), values.end());
	return values[values.size() / 2];
}

double clockRead() {
	std::vector<double> rounds;
	for (int round = 0; round < 15; round++) {
		auto begun = now();
		timespec now;
		for (int index = 0; index < 1000000; index++) {
			clock_gettime(CLOCK_MONOTONIC, &now);
		}
		rounds.push_back(nanos(begun, 1000000));
	}
	return median(rounds);
}

/** A random live block goes and another comes, of 64 to 4096 bytes. */
double pairs(Heap& heap, size_t live) {
	std::mt19937 random(1);
	std::vector<uint32_t> sizes(1 << 16);
	std::vector<uint32_t> places(1 << 16);
	for (size_t index = 0; index < sizes.size(); index++) {
		sizes[index] = 64 + random() % 4033;
		places[index] = uint32_t(random() % live);
	}
	std::vector<void*> blocks;
	for (size_t index = 0; index < live; index++) {
		blocks.push_back(heap.allocate(sizes[index % sizes.size()], 0, Flag::ManualFree).block);
	}
	std::vector<double> rounds;
	for (int round = 0; round < 15; round++) {
		auto begun = now();
		for (size_t index = 0; index < 300000; index++) {
			void*& block = blocks[places[index % places.size()]];
			heap.free(block, FreeCall::DFree);
			block = heap.allocate(sizes[index % sizes.size()], 0, Flag::ManualFree).block;
		}
		rounds.push_back(nanos(begun, 300000));
	}
	for (void* block : blocks) {
		heap.free(block, FreeCall::DFree);
	}
	return median(rounds);
}

__attribute__((noinline)) double deep(Heap& heap, size_t live, int depth) {
	double result = depth == 0 ? pairs(heap, live) : deep(heap, live, depth - 1);
	// Behind the call, so that it is a call.
	asm volatile("" : "+m"(result));
	return result;
}

double measure(size_t live, const char* trace, const char* mode, const char* frames) {
	Settings settings;
	settings.set("trace", trace);
	settings.set("recording.mode", mode);
	settings.set("recording.stack-frames", frames);
	Platform platform(settings, Clock::system());
	platform.record();
	return deep(platform.heap(Place::host()), live, 16);
}

} // namespace

int main(int count, char** arguments) {
	const char* folder = count > 1 ? arguments[1] : "";
	double tick = clockRead();
	std::printf("clock read                                %6.1f ns\n", tick);
	for (size_t live : {size_t(1000), size_t(100000)}) {
		double quiet = measure(live, "", "all", "0");
		std::printf("alloc+free pair, %6zu live              %6.1f ns\n", live, quiet);
		if (*folder == 0) {
			continue;
		}
		for (const char* mode : {"flight", "all"}) {
			double plain = (measure(live, folder, mode, "0") - quiet) / 2;
			double stacks = (measure(live, folder, mode, "16") - quiet) / 2;
			std::printf("event, no stack, %6zu live, %-6s      %6.1f ns, of which clock %.1f\n", live, mode, plain, tick);
			std::printf("event, 16 frames, %6zu live, %-6s     %6.1f ns\n", live, mode, stacks);
		}
	}
	return 0;
}
