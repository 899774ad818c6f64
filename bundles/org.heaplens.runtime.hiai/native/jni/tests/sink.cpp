// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// An engine in C++ that a program in Java sends frames to: it says what it got.
#include "hiaiengine/api.h"

#include <atomic>
#include <cstdio>
#include <cstring>
#include <memory>

/** As Java lays it out. */
struct Frame {
	uint32_t size;
	uint32_t unused;
	uint8_t* data;
	/** In memory of the program, which waits for it to grow: all is in one process here. */
	std::atomic<uint32_t>* seen;
};

namespace {

struct Received {
	uint32_t size;
	std::shared_ptr<uint8_t> data;
	std::atomic<uint32_t>* seen;
};

void write(void* message, std::string& control, uint8_t*& data, uint32_t& length) {
	auto* frame = static_cast<Frame*>(message);
	control.assign(reinterpret_cast<const char*>(&frame->seen), sizeof frame->seen);
	data = frame->data;
	length = frame->size;
}

std::shared_ptr<void> read(const char* control, const uint32_t& controlLength, const uint8_t* data, const uint32_t& length) {
	std::shared_ptr<uint8_t> block(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	auto received = std::make_shared<Received>(Received{length, block, nullptr});
	std::memcpy(&received->seen, control, controlLength);
	return received;
}

HIAI_REGISTER_SERIALIZE_FUNC("frame", Frame, write, read)

} // namespace

class Sink : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)
};

HIAI_IMPL_ENGINE_PROCESS("Sink", Sink, 1) {
	auto received = std::static_pointer_cast<Received>(arg0);
	uint32_t right = 0;
	for (uint32_t at = 0; at < received->size; at++) {
		right += received->data.get()[at] == uint8_t(at) ? 1 : 0;
	}
	std::printf("%u of %u bytes\n", right, received->size);
	std::fflush(stdout);
	std::atomic<uint32_t>* seen = received->seen;
	received.reset();
	arg0.reset();
	seen->fetch_add(1);
	return HIAI_OK;
}
