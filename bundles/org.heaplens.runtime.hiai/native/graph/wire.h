// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/graph_config.h"

#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace heaplens {

/** Writes what another process of the same program reads: numbers as they lie in memory, texts after their length. */
class Writer {
public:
	Writer& number(uint64_t value) {
		bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
		return *this;
	}
	Writer& text(const std::string& value) {
		number(value.size());
		bytes_ += value;
		return *this;
	}
	Writer& port(const EnginePort& port) { return number(port.graph).number(port.engine).number(port.port); }
	const std::string& bytes() const { return bytes_; }

private:
	std::string bytes_;
};

class Reader {
public:
	explicit Reader(const std::string& bytes) : bytes_(bytes) {}

	uint64_t number() {
		uint64_t value = 0;
		std::memcpy(&value, take(sizeof value), sizeof value);
		return value;
	}
	std::string text() {
		uint64_t size = number();
		const char* begin = take(size);
		return {begin, size};
	}
	EnginePort port() {
		auto graph = uint32_t(number());
		auto engine = uint32_t(number());
		return {graph, engine, uint32_t(number())};
	}

private:
	const char* take(uint64_t size) {
		if (size > bytes_.size() - at_) {
			throw std::runtime_error("a message between processes is too short");
		}
		const char* begin = bytes_.data() + at_;
		at_ += size;
		return begin;
	}

	const std::string& bytes_;
	size_t at_ = 0;
};

/** A graph, without its makers. */
void write(Writer& writer, const GraphConfig& graph);
GraphConfig readGraph(Reader& reader);

} // namespace heaplens
