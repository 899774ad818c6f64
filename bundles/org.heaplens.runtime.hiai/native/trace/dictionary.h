// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/trace.h"
#include "store.h"

#include <map>
#include <tuple>
#include <unordered_map>

namespace heaplens {

/**
 * Numbers what events refer to: strings, threads, frames, stacks and engines. Threads share it. An entry is in the file before its number
 * is given out, so an event never refers to what is not there.
 */
class Dictionary {
public:
	explicit Dictionary(Store& store) : store_(store) {}

	uint32_t thread(const std::string& name);
	/** A new number; 0 for an empty one. */
	template <typename Frame> uint32_t stack(const std::vector<Frame>& frames);
	uint32_t engine(uint32_t graph, uint32_t engine, const std::string& name, Side side);

	/** Around a fork. */
	std::mutex& lock() { return lock_; }

private:
	uint32_t string(const std::string& text);
	uint32_t frame(const NativeFrame& frame);
	uint32_t frame(const SourceFrame& frame);
	uint32_t frame(uint32_t type, uint32_t method, uint32_t file, uint32_t line);
	void entry(uint32_t type, uint32_t number, const std::vector<uint32_t>& body, const std::string* text = nullptr);

	Store& store_;
	std::mutex lock_;
	std::unordered_map<std::string, uint32_t> strings_;
	std::unordered_map<std::string, uint32_t> threads_;
	std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>, uint32_t> frames_;
	std::map<std::tuple<uint32_t, uint32_t, uint32_t, std::string>, uint32_t> engines_;
	uint32_t stacks_ = 0;
	uint8_t* chunk_ = nullptr;
	size_t position_ = layout::CHUNK_SIZE;
	uint64_t ordinal_ = 0;
	bool full_ = false;
};

} // namespace heaplens
