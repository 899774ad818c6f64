// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "binding.h"

#include "heaplens/platform.h"

#include <cstdlib>

namespace {

using heaplens::Platform;
using heaplens::Recorder;
using heaplens::SourceFrame;

/** Takes the next line of a text, without its end. */
std::string line(const char*& text, const char* end) {
	const char* begin = text;
	while (text != end && *text != '\n') {
		text++;
	}
	std::string result(begin, text);
	text += text == end ? 0 : 1;
	return result;
}

} // namespace

bool heaplens_set(const char* key, const char* value) {
	return Platform::tell(key, value);
}

uint32_t heaplens_size_of(const void* block) {
	heaplens::Heap* heap = Platform::ofProcess().heapOf(block);
	return heap == nullptr ? 0 : heap->sizeOf(block);
}

uint32_t heaplens_recorded_frames() {
	Recorder* recorder = Platform::ofProcess().recorder();
	return recorder == nullptr ? 0 : recorder->frames();
}

uint32_t heaplens_stack(const char* text, size_t length) {
	Recorder* recorder = Platform::ofProcess().recorder();
	if (recorder == nullptr) {
		return 0;
	}
	std::vector<SourceFrame> frames;
	for (const char *at = text, *end = text + length; at != end;) {
		SourceFrame frame{line(at, end), line(at, end), line(at, end), -1};
		frame.line = int32_t(std::atoi(line(at, end).c_str()));
		frames.push_back(frame);
	}
	return recorder->writer().stack(frames);
}

void heaplens_called_from(uint32_t stack) {
	Recorder::callFrom(stack);
}

void heaplens_thread(const char* name) {
	Recorder* recorder = Platform::ofProcess().recorder();
	if (recorder != nullptr) {
		recorder->nameThread(name);
	}
}
