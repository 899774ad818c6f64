// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Is killed, by `./heaplens bench kill --native`: does on two threads of each side what the class Operations says, and counts what was done
// in a mapped file, which survives it. Arguments: the file with the counters, the seed, nanoseconds between operations.
#include "heaplens/platform.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <vector>

using heaplens::FreeCall;
using heaplens::Place;
using heaplens::Platform;

namespace {

constexpr unsigned THREADS = 2;
constexpr unsigned LIVE = 40;

/** The same numbers give the same operations as in Java. */
class Operations {
public:
	Operations(uint64_t seed, uint32_t thread) : thread_(thread), state_(seed * 31 + thread) {}

	void next() {
		number++;
		state_ = state_ * 0x5851F42D4C957F2DULL + 0x14057B7EF767814FULL;
		auto random = uint32_t(state_ >> 33);
		isFree = count == LIVE || (count > 0 && (random & 1) == 0);
		if (isFree) {
			place = (random >> 1) % count--;
		} else {
			place = count++;
			requested = 1024 + (uint32_t(number & 0xFFFF) << 4 | thread_);
		}
	}

	uint64_t number = ~0ULL;
	bool isFree = false;
	uint32_t place = 0;
	uint32_t requested = 0;
	uint32_t count = 0;

private:
	const uint32_t thread_;
	uint64_t state_;
};

void require(bool condition) {
	if (!condition) {
		std::fputs("the heap refused what it has room for\n", stderr);
		_exit(3);
	}
}

[[noreturn]] void work(uint64_t seed, uint32_t thread, std::atomic<uint64_t>& counter, long pauseNanos) {
	Platform& platform = Platform::ofProcess();
	Operations operations(seed, thread);
	void* blocks[LIVE];
	while (true) {
		operations.next();
		if (operations.isFree) {
			require(platform.free(blocks[operations.place], FreeCall::DFree) == heaplens::Status::Ok);
			blocks[operations.place] = blocks[operations.count];
		} else {
			blocks[operations.place] = platform.allocate(operations.requested, 0, 4).block;
			require(blocks[operations.place] != nullptr);
		}
		// The call has returned: its event is committed.
		counter.store(operations.number + 1, std::memory_order_release);
		if (pauseNanos > 0) {
			timespec pause{0, pauseNanos};
			nanosleep(&pause, nullptr);
		}
	}
}

} // namespace

int main(int count, char** arguments) {
	if (count < 4) {
		return 2;
	}
	int file = ::open(arguments[1], O_RDWR | O_CLOEXEC);
	void* mapped = ::mmap(nullptr, 2 * THREADS * sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	if (mapped == MAP_FAILED) {
		std::perror(arguments[1]);
		return 2;
	}
	auto* counters = static_cast<std::atomic<uint64_t>*>(mapped);
	uint64_t seed = std::strtoull(arguments[2], nullptr, 10);
	long pauseNanos = std::atol(arguments[3]);
	Platform& platform = Platform::ofProcess();
	uint32_t engine = platform.engine(1, 1, "Worker", heaplens::Side::Device);
	std::vector<std::thread> threads;
	for (uint32_t thread = 0; thread < 2 * THREADS; thread++) {
		threads.emplace_back([=] {
			if (thread >= THREADS) {
				Platform::enter(Place::onDevice(0), engine);
			}
			work(seed, thread, counters[thread], pauseNanos);
		});
	}
	std::puts("working");
	std::fflush(stdout);
	for (std::thread& thread : threads) {
		thread.join();
	}
	return 0;
}
