// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// An application whose device is to be a process of its own, as HEAPLENS_SIMULATOR_DEVICE_PROCESS says. What it does:
//
//   frames N     sends N frames to the device, which sends them back; prints what came
//   pointer      sends the address of a block instead of the block
//   crash        has the device end itself
//   wait         sends a frame, says "ready", and waits to be killed
//   speed        measures sends of 12 MB against memcpy
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/engine.h"
#include "hiaiengine/graph.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace {

struct Frame {
	enum What : uint32_t { Echo, UsePointer, Abort, Take };
	uint32_t what = Echo;
	uint32_t number = 0;
	/** Whose process it was made in. */
	uint32_t process = 0;
	uint64_t pointer = 0;
	uint32_t size = 0;
	std::shared_ptr<uint8_t> data;
};

void takeApart(void* input, std::string& control, uint8_t*& data, uint32_t& length) {
	auto* frame = static_cast<Frame*>(input);
	uint64_t words[] = {frame->what, frame->number, frame->process, frame->pointer};
	control.assign(reinterpret_cast<const char*>(words), sizeof words);
	data = frame->data.get();
	length = frame->size;
}

std::shared_ptr<void> putTogether(const char* control, const uint32_t&, const uint8_t* data, const uint32_t& length) {
	uint64_t words[4];
	std::memcpy(words, control, sizeof words);
	auto frame = std::make_shared<Frame>();
	frame->what = uint32_t(words[0]);
	frame->number = uint32_t(words[1]);
	frame->process = uint32_t(words[2]);
	frame->pointer = words[3];
	frame->size = length;
	frame->data.reset(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	return std::static_pointer_cast<void>(frame);
}

HIAI_REGISTER_SERIALIZE_FUNC("Frame", Frame, takeApart, putTogether);

std::shared_ptr<Frame> makeFrame(uint32_t what, uint32_t number, uint32_t size, uint8_t content) {
	auto frame = std::make_shared<Frame>();
	void* block = nullptr;
	if (hiai::HIAIMemory::HIAI_DMalloc(size, block) != HIAI_OK) {
		std::fprintf(stderr, "no block\n");
		std::exit(1);
	}
	std::memset(block, content, size);
	frame->what = what;
	frame->number = number;
	frame->process = uint32_t(getpid());
	frame->size = size;
	frame->data.reset(static_cast<uint8_t*>(block), [](uint8_t*) {});
	return frame;
}

class Echo : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)
};

HIAI_IMPL_ENGINE_PROCESS("Echo", Echo, 1) {
	auto frame = std::static_pointer_cast<Frame>(arg0);
	switch (frame->what) {
	case Frame::UsePointer:
		*reinterpret_cast<volatile uint8_t*>(frame->pointer) = 1;
		return HIAI_ERROR;
	case Frame::Abort:
		std::abort();
	case Frame::Take:
		return HIAI_OK;
	default:
		return SendData(0, "Frame", makeFrame(Frame::Echo, frame->number, frame->size, uint8_t(frame->data.get()[0] + 1)), 1000);
	}
}

std::mutex lock;
std::condition_variable changed;
std::shared_ptr<Frame> last;

class Sink : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)
};

HIAI_IMPL_ENGINE_PROCESS("Sink", Sink, 1) {
	std::lock_guard<std::mutex> guard(lock);
	last = std::static_pointer_cast<Frame>(arg0);
	changed.notify_all();
	return HIAI_OK;
}

const hiai::EnginePortID DEVICE = {7, 1, 0};

HIAI_StatusT send(const std::shared_ptr<Frame>& frame) {
	return hiai::Graph::GetInstance(7)->SendData(DEVICE, "Frame", std::static_pointer_cast<void>(frame));
}

int frames(uint32_t count) {
	for (uint32_t number = 0; number < count; number++) {
		if (send(makeFrame(Frame::Echo, number, 5000 + number, uint8_t(number))) != HIAI_OK) {
			return 1;
		}
		std::unique_lock<std::mutex> guard(lock);
		changed.wait(guard, [=] { return last != nullptr && last->number == number; });
		bool elsewhere = last->process != uint32_t(getpid());
		std::printf("frame %u of %u bytes begins with %u, made %s\n", last->number, last->size, last->data.get()[0],
		            elsewhere ? "elsewhere" : "here");
	}
	last.reset();
	return 0;
}

HIAI_StatusT pointer() {
	auto frame = makeFrame(Frame::UsePointer, 1, 100, 0);
	void* block = nullptr;
	hiai::HIAIMemory::HIAI_DMalloc(4096, block, 0, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE);
	frame->pointer = uint64_t(uintptr_t(block));
	return send(frame);
}

template <typename Part> double seconds(Part part) {
	auto begun = std::chrono::steady_clock::now();
	part();
	return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

/** The best of many rounds, in turns, so that what else runs on the machine slows both alike. */
int speed() {
	constexpr uint32_t SIZE = 3840U * 2160 * 3 / 2;
	void* blocks[2] = {};
	for (void*& block : blocks) {
		hiai::HIAIMemory::HIAI_DMalloc(SIZE + 4096, block, 0, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE);
		std::memset(block, 1, SIZE + 4096);
	}
	auto frame = makeFrame(Frame::Take, 0, 1, 1);
	frame->data.reset(static_cast<uint8_t*>(blocks[0]), [](uint8_t*) {});
	frame->size = SIZE;
	double copied = 1e9;
	double sent = 1e9;
	for (int turn = 0; turn < 200; turn++) {
		// How the two lie to each other matters to the processor.
		uint8_t* target = static_cast<uint8_t*>(blocks[1]) + turn % 8 * 512;
		copied = std::min(copied, seconds([&] { std::memcpy(target, blocks[0], SIZE); }));
		HIAI_StatusT status = HIAI_OK;
		sent = std::min(sent, seconds([&] { status = send(frame); }));
		if (status != HIAI_OK) {
			return 1;
		}
	}
	std::printf("%u bytes: memcpy %.3f ms, send %.3f ms, %.0f %% of its speed\n", SIZE, copied * 1e3, sent * 1e3, 100 * copied / sent);
	return 0;
}

} // namespace

int main(int count, char** words) {
	std::string what = count > 1 ? words[1] : "";
	hiai::GraphConfigList list;
	hiai::GraphConfig* graph = list.add_graphs();
	graph->set_graph_id(7);
	for (uint32_t id : {1, 2}) {
		hiai::EngineConfig* engine = graph->add_engines();
		engine->set_id(id);
		engine->set_engine_name(id == 1 ? "Echo" : "Sink");
		engine->set_side(id == 1 ? hiai::EngineConfig_RunSide_DEVICE : hiai::EngineConfig_RunSide_HOST);
		engine->set_thread_num(1);
	}
	hiai::ConnectConfig* connection = graph->add_connects();
	connection->set_src_engine_id(1);
	connection->set_target_engine_id(2);
	if (HIAI_Init(0) != HIAI_OK || hiai::Graph::CreateGraph(list) != HIAI_OK) {
		return 1;
	}
	int result = 2;
	if (what == "frames" && count > 2) {
		result = frames(uint32_t(std::atoi(words[2])));
	} else if (what == "speed") {
		result = speed();
	} else if (what == "wait") {
		result = frames(1);
		std::fflush(stdout);
		pause();
	} else if (what == "pointer" || what == "crash") {
		what == "pointer" ? pointer() : send(makeFrame(Frame::Abort, 1, 100, 0));
		// Until the device is gone: then nothing can be sent.
		while (send(makeFrame(Frame::Take, 1, 100, 0)) == HIAI_OK) {
			std::this_thread::yield();
		}
		result = 0;
	}
	hiai::Graph::DestroyGraph(7);
	return result;
}
