// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// A program that uses memory that is not its own, as its argument says. Its functions have names that messages can tell.
#include "heaplens/platform.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <pthread.h>
#include <string>
#include <thread>
#include <unistd.h>

#define NAMED extern "C" __attribute__((noinline, visibility("default")))

using heaplens::FreeCall;
using heaplens::Heap;
using heaplens::Place;
using heaplens::Platform;
using heaplens::Status;

NAMED volatile char* makeBlock(uint32_t size, uint32_t flag) {
	auto* block = static_cast<volatile char*>(Platform::ofProcess().allocate(size, 0, flag).block);
	block[0] = 1;
	block[size - 1] = 1;
	return block;
}

NAMED bool dropBlock(volatile char* block) {
	return Platform::ofProcess().free(const_cast<char*>(block), FreeCall::DFree) == Status::Ok;
}

NAMED bool sendBlock(volatile char* block) {
	Heap& heap = Platform::ofProcess().heap(Place::host());
	auto* data = const_cast<char*>(block);
	bool begun = heap.beginSend(data, 7) == Status::Ok;
	heap.endSend(data, 7, Status::Ok);
	return begun;
}

NAMED char readByte(const volatile char* address) {
	return *address;
}

NAMED void writeByte(volatile char* address) {
	*address = 42;
}

namespace {

constexpr uint32_t AUTO = 2;
constexpr uint32_t MANUAL = 4;

void ownHandler(int, siginfo_t*, void*) {
	const char line[] = "the program's own handler\n";
	ssize_t written = ::write(STDERR_FILENO, line, sizeof line - 1);
	_exit(written == ssize_t(sizeof line - 1) ? 33 : 34);
}

void installOwnHandler() {
	struct sigaction action {};
	action.sa_sigaction = ownHandler;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGSEGV, &action, nullptr);
}

} // namespace

int main(int count, char** arguments) {
	std::string how = count > 1 ? arguments[1] : "";
	if (how == "own-handler-before" || how == "foreign-fault") {
		installOwnHandler();
	}
	volatile char* block = makeBlock(4096, how.rfind("sent", 0) == 0 ? AUTO : MANUAL);
	if (how == "own-handler-after") {
		installOwnHandler();
	}
	if (how == "fine") {
		for (uint32_t size = 1; size < 70000; size += 997) {
			volatile char* other = makeBlock(size, MANUAL);
			writeByte(other + size / 2);
			if (!dropBlock(other)) {
				return 1;
			}
		}
		return sendBlock(makeBlock(100, AUTO)) && dropBlock(block) ? 0 : 1;
	}
	if (how == "read-freed") {
		dropBlock(block);
		return readByte(block + 16);
	}
	if (how == "write-freed" || how.rfind("own-handler", 0) == 0) {
		dropBlock(block);
		writeByte(block + 1);
	}
	if (how == "sent-read") {
		sendBlock(block);
		return readByte(block + 4095);
	}
	if (how == "sent-write") {
		sendBlock(block);
		writeByte(block);
	}
	if (how == "behind") {
		writeByte(block + 4096);
	}
	if (how == "behind-odd") {
		// 28 bytes of the alignment stand between the block and the guard.
		writeByte(makeBlock(100, MANUAL) + 128);
	}
	if (how == "before") {
		writeByte(makeBlock(4096, MANUAL) - 1);
	}
	if (how == "nobodys") {
		writeByte(block + (1 << 20));
	}
	if (how == "foreign-fault") {
		dropBlock(block);
		raise(SIGSEGV);
	}
	if (how == "thread") {
		std::thread([=] {
			pthread_setname_np(pthread_self(), "cleaner");
			dropBlock(block);
		}).join();
		writeByte(block);
	}
	return 3;
}
