// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "dictionary.h"

#include <cstdio>
#include <cstring>

namespace heaplens {
namespace {

/** Longer texts are cut: an entry has to fit a chunk. */
constexpr size_t STRING_LIMIT = 64 * 1024;

/** Cut between two characters. */
std::string shortened(const std::string& text) {
	if (text.size() <= STRING_LIMIT) {
		return text;
	}
	size_t end = STRING_LIMIT;
	while (end > 0 && (uint8_t(text[end]) & 0xC0) == 0x80) {
		end--;
	}
	return text.substr(0, end);
}

} // namespace

uint32_t Dictionary::thread(const std::string& name) {
	std::lock_guard<std::mutex> guard(lock_);
	auto known = threads_.find(name);
	if (known != threads_.end()) {
		return known->second;
	}
	auto number = uint32_t(threads_.size() + 1);
	entry(layout::THREAD, number, {string(name)});
	threads_.emplace(name, number);
	return number;
}

template <typename Frame> uint32_t Dictionary::stack(const std::vector<Frame>& frames) {
	if (frames.empty()) {
		return 0;
	}
	std::lock_guard<std::mutex> guard(lock_);
	std::vector<uint32_t> body{uint32_t(frames.size())};
	for (const Frame& one : frames) {
		body.push_back(frame(one));
	}
	entry(layout::STACK, ++stacks_, body);
	return stacks_;
}

template uint32_t Dictionary::stack(const std::vector<NativeFrame>& frames);
template uint32_t Dictionary::stack(const std::vector<SourceFrame>& frames);

uint32_t Dictionary::engine(uint32_t graph, uint32_t engine, const std::string& name, Side side) {
	std::lock_guard<std::mutex> guard(lock_);
	auto key = std::make_tuple(graph, engine, uint32_t(side), name);
	auto known = engines_.find(key);
	if (known != engines_.end()) {
		return known->second;
	}
	auto number = uint32_t(engines_.size() + 1);
	entry(layout::ENGINE, number, {graph, engine, uint32_t(side), string(name)});
	engines_.emplace(key, number);
	return number;
}

/** The place in the module stands in the field for the file: readers put the source's there once they have found it. */
uint32_t Dictionary::frame(const NativeFrame& frame) {
	char offset[24];
	std::snprintf(offset, sizeof offset, "0x%llx", static_cast<unsigned long long>(frame.offset));
	uint32_t module = string(frame.module);
	uint32_t function = string(frame.function.empty() ? offset : frame.function);
	return this->frame(module, function, string("native:" + frame.buildId + "+" + offset), 0);
}

uint32_t Dictionary::frame(const SourceFrame& frame) {
	uint32_t type = string(frame.type);
	uint32_t method = string(frame.method);
	return this->frame(type, method, string(frame.file), uint32_t(frame.line));
}

uint32_t Dictionary::frame(uint32_t type, uint32_t method, uint32_t file, uint32_t line) {
	auto key = std::make_tuple(type, method, file, line);
	auto known = frames_.find(key);
	if (known != frames_.end()) {
		return known->second;
	}
	auto number = uint32_t(frames_.size() + 1);
	entry(layout::FRAME, number, {type, method, file, line});
	frames_.emplace(key, number);
	return number;
}

uint32_t Dictionary::string(const std::string& text) {
	std::string kept = shortened(text);
	auto known = strings_.find(kept);
	if (known != strings_.end()) {
		return known->second;
	}
	auto number = uint32_t(strings_.size() + 1);
	entry(layout::STRING, number, {uint32_t(kept.size())}, &kept);
	strings_.emplace(std::move(kept), number);
	return number;
}

/** Without room in the file the number is given out all the same, and stands for nothing: soon events are dropped too. */
void Dictionary::entry(uint32_t type, uint32_t number, const std::vector<uint32_t>& body, const std::string* text) {
	size_t length = sizeof(layout::EntryHeader) + body.size() * sizeof(uint32_t) + (text == nullptr ? 0 : text->size());
	length = (length + 7) & ~size_t(7);
	if (!full_ && position_ + length > layout::CHUNK_SIZE) {
		chunk_ = store_.chunk(layout::DICTIONARY, 0, ordinal_++);
		position_ = sizeof(layout::PieceHeader);
		full_ = chunk_ == nullptr;
	}
	if (full_) {
		return;
	}
	auto& header = *reinterpret_cast<layout::EntryHeader*>(chunk_ + position_);
	header.type = type;
	header.number = number;
	uint8_t* target = chunk_ + position_ + sizeof header;
	std::memcpy(target, body.data(), body.size() * sizeof(uint32_t));
	if (text != nullptr) {
		std::memcpy(target + body.size() * sizeof(uint32_t), text->data(), text->size());
	}
	layout::release(header.length, uint32_t(length));
	position_ += length;
}

} // namespace heaplens
