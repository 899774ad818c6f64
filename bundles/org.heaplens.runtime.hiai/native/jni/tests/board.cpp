// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// A library of a board that is not ours, as small as can be: its own statuses, blocks of malloc, and as many of the functions as the test
// wants it to have.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>

namespace {

constexpr uint32_t OK = 0x7A013000;
constexpr uint32_t NOT_FOUND = 0x7A011004;
constexpr uint32_t TOO_LARGE = 0x7A011005;
/** The only one that the vendor documents. */
constexpr uint32_t POOL_STOPPED = 16847020;

constexpr uint32_t LARGEST = 1 << 20;
/** A request for that many bytes finds the pool stopped. */
constexpr uint32_t STOPS = 666;
constexpr int PLACES = 1000;

struct Block {
	void* address;
	uint32_t size;
	bool dvpp;
};

Block blocks[PLACES];
std::mutex lock;

[[maybe_unused]] uint32_t make(uint32_t size, bool dvpp, void*& result) {
	result = nullptr;
	if (size > LARGEST) {
		return TOO_LARGE;
	}
	std::lock_guard<std::mutex> guard(lock);
	for (Block& block : blocks) {
		if (block.address == nullptr && size != STOPS) {
			block = {malloc(size), size, dvpp};
			result = block.address;
			return OK;
		}
	}
	return POOL_STOPPED;
}

[[maybe_unused]] uint32_t giveBack(void* address, bool dvpp) {
	std::lock_guard<std::mutex> guard(lock);
	for (Block& block : blocks) {
		if (address != nullptr && block.address == address && block.dvpp == dvpp) {
			free(address);
			block.address = nullptr;
			return OK;
		}
	}
	return NOT_FOUND;
}

} // namespace

#ifdef BOARD_NEEDS
extern "C" int heaplens_nowhere();
extern "C" int board_needs();
extern "C" int board_needs() {
	return heaplens_nowhere();
}
#endif

#ifdef BOARD_MALLOC
extern "C" void* HIAI_DMalloc(const uint32_t size, const uint32_t, uint32_t) {
	void* block = nullptr;
	make(size, false, block);
	return block;
}
#endif

#ifdef BOARD_FREE
extern "C" uint32_t HIAI_DFree(void* block) {
	return giveBack(block, false);
}
#endif

#ifdef BOARD_DVPP
extern "C" void* HIAI_DVPP_DMalloc(const uint32_t size) {
	void* block = nullptr;
	make(size, true, block);
	return block;
}

extern "C" uint32_t HIAI_DVPP_DFree(void* block) {
	return giveBack(block, true);
}
#endif

#ifdef BOARD_CPP
namespace hiai {

/** As in the vendor's header of 2018, where the time-out is a reference. */
class HIAIMemory {
public:
	static uint32_t HIAI_DMalloc(const uint32_t size, void*& block, const uint32_t& timeOut, uint32_t flag);
	static bool IsDMalloc(const void* block, const uint32_t& size);
};

uint32_t HIAIMemory::HIAI_DMalloc(const uint32_t size, void*& block, const uint32_t&, uint32_t) {
	return make(size, false, block);
}

bool HIAIMemory::IsDMalloc(const void* address, const uint32_t& size) {
	std::lock_guard<std::mutex> guard(lock);
	for (const Block& block : blocks) {
		auto begin = uintptr_t(block.address);
		auto within = uintptr_t(address) - begin;
		if (begin != 0 && !block.dvpp && uintptr_t(address) >= begin && within < block.size && size <= block.size - within) {
			return true;
		}
	}
	return false;
}

} // namespace hiai
#endif

#ifdef BOARD_GRAPHS
namespace {

struct Port {
	uint32_t graph;
	uint32_t engine;
	uint32_t port;
};

bool running;

/** The message that it knows: an image, in a block. */
struct Frame {
	uint32_t size;
	uint32_t unused;
	uint8_t* data;
};

} // namespace

extern "C" uint32_t HIAI_CreateGraph(const char* file, size_t length) {
	bool known = strlen(file) == length && strstr(file, "refused") == nullptr;
	running = known;
	return known ? OK : NOT_FOUND;
}

extern "C" uint32_t HIAI_DestroyGraph(uint32_t graph) {
	bool was = running && graph == 7;
	running = false;
	return was ? OK : NOT_FOUND;
}

/** Takes a frame whose block holds its size in every byte, for port 3 of engine 2 of graph 7. It frees the block as the framework would. */
extern "C" uint32_t HIAI_C_SendData(Port target, const char* name, size_t length, void* message) {
	bool here = running && target.graph == 7 && target.engine == 2 && target.port == 3;
	if (!here || length != 5 || memcmp(name, "frame", 5) != 0 || message == nullptr) {
		return NOT_FOUND;
	}
	auto* frame = static_cast<Frame*>(message);
	for (uint32_t at = 0; at < frame->size; at++) {
		if (frame->data[at] != uint8_t(frame->size)) {
			return NOT_FOUND;
		}
	}
	return giveBack(frame->data, false);
}
#endif
