// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Drives heaps by lines of text, so that they can be compared with the Java runtime's: `generate SEED COUNT [dvpp-goes]` writes operations,
// `run` reads them and writes an answer to each. An operation names blocks by numbers; the letters are:
//
//   a N HEAP SIZE FLAG   allocate block N on heap 0 (host) or 1 (device); FLAG 2 auto, 4 manual, 1 huge page, 256 DVPP
//   r N HEAP SIZE        receive
//   f N, v N, l N        DFree, DVPP_DFree, ReleaseDataBuffer
//   s N, e N OK          begin and end a transfer; OK 1 if it arrived
//   i N SIZE             IsDMalloc
//   q HEAP               the digest of all live blocks
//
// `run` takes settings, KEY=VALUE, and events=FILE, which writes all events as text.
#include "heaplens/platform.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <vector>

using namespace heaplens;

namespace {

constexpr unsigned BLOCKS = 3000;

/** Writes events as text, but for time and number: what the recording has to hold. */
struct EventText final : EventListener {
	void event(const HeapInfo& heap, const Event& event) override {
		if (event.kind == uint16_t(EventKind::ProcessEnded)) {
			return;
		}
		std::fprintf(file, "%u %u %" PRIu64 " %" PRIu64 " %u %u %u %u %u %u %u %u\n", heap.number, event.kind, event.offset, event.argument,
		             event.size, event.requested, event.thread, event.stack, event.engine, event.status, event.flag, event.reason);
	}
	std::FILE* file = nullptr;
};

struct Planned {
	bool live;
	bool sending;
	uint32_t flag;
};

uint32_t sizeOf(std::mt19937_64& random) {
	switch (random() % 16) {
	case 0:
		return 0;
	case 1:
		return uint32_t(1 + random() % (300U << 20));
	case 2:
	case 3:
	case 4:
		return uint32_t(1 + random() % (1U << 20));
	default:
		return uint32_t(1 + random() % 20000);
	}
}

/** What was freed is used again only at once, before its place can be another block's: a C program cannot tell these apart. */
void afterDeath(std::mt19937_64& random, unsigned number, uint64_t& left) {
	static const char* const CALLS[] = {"f %u\n", "v %u\n", "l %u\n", "s %u\n", "i %u 1\n"};
	while (random() % 4 == 0 && left > 0) {
		std::printf(CALLS[random() % 5], number);
		left--;
	}
}

/** @param dvppGoes whether the framework frees DVPP blocks that were sent, as `simulator.dvpp-auto-on-send` says */
void generate(uint64_t seed, uint64_t count, bool dvppGoes) {
	std::mt19937_64 random(seed);
	std::vector<Planned> blocks(BLOCKS);
	uint64_t left = count;
	while (left > 0) {
		left--;
		auto number = unsigned(random() % BLOCKS);
		Planned& block = blocks[number];
		if (!block.live) {
			unsigned heap = random() % 3 == 0 ? 1 : 0;
			static const uint32_t FLAGS[] = {2, 2, 4, 4, 4, 1, 256};
			block = {true, false, heap == 0 ? FLAGS[random() % 6] : FLAGS[random() % 7]};
			// Huge pages take 2 MiB each: few of them.
			block.flag = block.flag == 1 && random() % 20 != 0 ? 4 : block.flag;
			if (random() % 8 == 0) {
				std::printf("r %u %u %u\n", number, heap, sizeOf(random));
				block.flag = 512;
			} else {
				std::printf("a %u %u %u %u\n", number, heap, sizeOf(random), block.flag);
			}
			continue;
		}
		switch (random() % 12) {
		case 0:
			std::printf("q %u\n", unsigned(random() % 2));
			break;
		case 1:
			std::printf("i %u %u\n", number, unsigned(random() % 30000));
			break;
		case 2:
		case 3:
			if (block.sending) {
				bool arrived = random() % 4 != 0;
				std::printf("e %u %d\n", number, arrived);
				block.sending = false;
				block.live = !arrived || (block.flag != 2 && !(dvppGoes && block.flag == 256));
				if (!block.live) {
					afterDeath(random, number, left);
				}
			} else {
				std::printf("s %u\n", number);
				block.sending = true;
			}
			break;
		case 4:
			// The wrong call, which changes nothing.
			std::printf(block.flag == 256 ? "f %u\n" : "v %u\n", number);
			break;
		default:
			if (block.sending) {
				// While it is sent: it goes at the end, if at all.
				std::printf(block.flag == 256 ? "v %u\nf %u\ne %u 1\n" : "f %u\nf %u\ne %u 1\n", number, number, number);
			} else {
				std::printf(block.flag == 256 ? "v %u\n" : block.flag == 512 && random() % 2 == 0 ? "l %u\n" : "f %u\n", number);
			}
			block.live = false;
			block.sending = false;
			afterDeath(random, number, left);
			break;
		}
	}
}

int run(int count, char** arguments) {
	Settings settings;
	settings.set("host.capacity", "64M");
	settings.set("device.capacity", "32M");
	EventText text;
	for (int index = 0; index < count; index++) {
		if (std::strncmp(arguments[index], "events=", 7) == 0) {
			text.file = std::fopen(arguments[index] + 7, "w");
			continue;
		}
		char* equals = std::strchr(arguments[index], '=');
		std::string wrong = equals == nullptr ? "has no value" : settings.set(std::string(arguments[index], equals), equals + 1);
		if (!wrong.empty()) {
			std::fprintf(stderr, "%s %s\n", arguments[index], wrong.c_str());
			return 2;
		}
	}
	Platform platform(settings, Clock::system());
	platform.record();
	for (const auto& heap : platform.heaps()) {
		heap->listen(text.file == nullptr ? nullptr : &text);
	}
	struct Block {
		void* pointer;
		Heap* heap;
	};
	std::vector<Block> blocks(BLOCKS);
	char line[128];
	uint64_t transfer = 0;
	while (std::fgets(line, sizeof line, stdin) != nullptr) {
		unsigned long words[4] = {};
		char* rest = line + 1;
		for (unsigned long& word : words) {
			word = std::strtoul(rest, &rest, 10);
		}
		Block& block = blocks[words[0] % BLOCKS];
		if (line[0] == 'q') {
			Heap& heap = *platform.heaps()[words[0]];
			std::printf("%016" PRIx64 "\n", heap.digest());
		} else if (line[0] == 'a' || line[0] == 'r') {
			Heap& heap = *platform.heaps()[words[1]];
			Answer answer = line[0] == 'r' ? heap.receive(uint32_t(words[2]), 0, ++transfer, false)
			                               : heap.allocate(uint32_t(words[2]), 0, Flag(words[3]));
			block = {answer.block, &heap};
			if (answer.block == nullptr) {
				std::printf("%s\n", name(answer.status));
			} else {
				std::printf("%s %" PRIu64 "\n", name(answer.status), uint64_t(uintptr_t(answer.block)) - heap.info().base);
			}
		} else if (block.pointer == nullptr) {
			std::puts("-");
		} else if (line[0] == 's') {
			std::puts(name(block.heap->beginSend(block.pointer, ++transfer)));
		} else if (line[0] == 'e') {
			block.heap->endSend(block.pointer, transfer, words[1] == 1 ? Status::Ok : Status::QueueFull);
			std::puts("done");
		} else if (line[0] == 'i') {
			std::puts(platform.isDMalloc(block.pointer, uint32_t(words[1])) ? "true" : "false");
		} else {
			FreeCall call = line[0] == 'f' ? FreeCall::DFree : line[0] == 'v' ? FreeCall::DvppDFree : FreeCall::ReleaseDataBuffer;
			std::puts(name(platform.free(block.pointer, call)));
		}
	}
	for (const auto& heap : platform.heaps()) {
		const char* damage = heap->damage();
		if (damage != nullptr) {
			std::fprintf(stderr, "%s\n", damage);
			return 1;
		}
	}
	// The end may free what was sent, which is recorded too.
	platform.end();
	for (const auto& heap : platform.heaps()) {
		heap->listen(nullptr);
	}
	if (text.file != nullptr) {
		std::fclose(text.file);
	}
	return 0;
}

} // namespace

int main(int count, char** arguments) {
	if ((count == 4 || count == 5) && std::strcmp(arguments[1], "generate") == 0) {
		generate(std::strtoull(arguments[2], nullptr, 10), std::strtoull(arguments[3], nullptr, 10), count == 5);
		return 0;
	}
	if (count >= 2 && std::strcmp(arguments[1], "run") == 0) {
		return run(count - 2, arguments + 2);
	}
	std::fprintf(stderr, "usage: heaplens_operations generate SEED COUNT [dvpp-goes] | run [KEY=VALUE...]\n");
	return 2;
}
