// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// A program that allocates and then ends, or does not, as its argument says. It records where HEAPLENS_TRACE says.
#include "heaplens/platform.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using heaplens::FreeCall;
using heaplens::Platform;

namespace {

void* allocate(uint32_t size) {
	return Platform::ofProcess().allocate(size, 0, 4).block;
}

void release(void* block) {
	Platform::ofProcess().free(block, FreeCall::DFree);
}

/** Allocates before main, and frees behind it. */
struct Early {
	void* block = std::getenv("VICTIM_EARLY") == nullptr ? nullptr : allocate(1111);
	~Early() {
		if (block != nullptr) {
			release(block);
		}
	}
} early;

/** Blocks come and go; 10 of them stay. */
void churn(int rounds) {
	std::vector<void*> kept;
	for (int round = 0; round < rounds; round++) {
		void* block = allocate(uint32_t(64 + round % 4096));
		if (round < 10) {
			kept.push_back(block);
		} else {
			release(block);
		}
	}
}

void forkOnce() {
	void* inherited = allocate(5000);
	pid_t child = ::fork();
	if (child == 0) {
		release(inherited);
		allocate(777);
		std::exit(0);
	}
	int status;
	waitpid(child, &status, 0);
	release(inherited);
	std::exit(WIFEXITED(status) ? WEXITSTATUS(status) : 99);
}

void threads(int rounds) {
	std::vector<std::thread> all;
	for (int index = 0; index < 4; index++) {
		all.emplace_back([=] {
			for (int round = 0; round < rounds; round++) {
				release(allocate(uint32_t(100 + index)));
			}
		});
	}
	for (std::thread& one : all) {
		one.join();
	}
}

volatile unsigned handled = 0;
volatile unsigned served = 0;

/** Signals fall on allocations, whose handler allocates too. What it was given is freed; what it was refused it does without. */
void signals(int rounds) {
	struct sigaction action {};
	action.sa_handler = [](int) {
		void* block = allocate(4000);
		handled = handled + 1;
		if (block != nullptr) {
			served = served + 1;
			release(block);
		}
	};
	sigaction(SIGALRM, &action, nullptr);
	itimerval often{{0, 100}, {0, 100}};
	setitimer(ITIMER_REAL, &often, nullptr);
	// Until handlers were refused and served, whatever the machine's clock makes of so short a time.
	do {
		for (int round = 0; round < rounds; round++) {
			release(allocate(uint32_t(64 + round % 4096)));
		}
	} while (handled < 200 || served == 0 || served == handled);
	itimerval never{};
	setitimer(ITIMER_REAL, &never, nullptr);
}

} // namespace

int main(int count, char** arguments) {
	const char* how = count > 1 ? arguments[1] : "exit";
	int rounds = count > 2 ? std::atoi(arguments[2]) : 1000;
	if (std::strcmp(how, "fork") == 0) {
		forkOnce();
	}
	if (std::strcmp(how, "threads") == 0) {
		threads(rounds);
		return 0;
	}
	if (std::strcmp(how, "signals") == 0) {
		signals(rounds);
		return 0;
	}
	if (std::strcmp(how, "double-free") == 0) {
		void* block = allocate(4096);
		release(block);
		release(block);
		return 0;
	}
	churn(rounds);
	if (std::strcmp(how, "abort") == 0) {
		std::abort();
	}
	if (std::strcmp(how, "_exit") == 0) {
		_exit(0);
	}
	if (std::strcmp(how, "forever") == 0) {
		std::puts("ready");
		std::fflush(stdout);
		while (true) {
			churn(rounds);
		}
	}
	return 0;
}
