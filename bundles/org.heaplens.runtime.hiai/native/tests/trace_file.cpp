// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "trace_file.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

namespace heaplens {
namespace {

template <typename T> T at(const std::string& bytes, size_t position) {
	T result;
	std::memcpy(&result, bytes.data() + position, sizeof result);
	return result;
}

void readDictionary(const std::string& bytes, size_t from, size_t to, TraceFile& trace) {
	for (size_t position = from; position + sizeof(layout::EntryHeader) <= to;) {
		auto entry = at<layout::EntryHeader>(bytes, position);
		if (entry.length == 0) {
			return;
		}
		size_t body = position + sizeof entry;
		std::vector<uint32_t> words((entry.length - sizeof entry) / 4);
		std::memcpy(words.data(), bytes.data() + body, words.size() * 4);
		switch (entry.type) {
		case layout::STRING:
			trace.strings.push_back(bytes.substr(body + 4, words[0]));
			break;
		case layout::THREAD:
			trace.threads++;
			break;
		case layout::FRAME:
			trace.frames.push_back({words[0], words[1], words[2]});
			break;
		case layout::STACK:
			trace.stacks.emplace_back(words.begin() + 1, words.begin() + 1 + words[0]);
			break;
		default:
			break;
		}
		position += entry.length;
	}
}

} // namespace

TraceFile TraceFile::read(const std::string& path) {
	TraceFile trace{};
	std::ifstream stream(path, std::ios::binary);
	std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
	if (bytes.size() < sizeof trace.header) {
		trace.problem = "no header";
		return trace;
	}
	trace.header = at<layout::Header>(bytes, 0);
	if (trace.header.magic != layout::MAGIC || trace.header.version != 2 || trace.header.chunkSize != layout::CHUNK_SIZE) {
		trace.problem = "no trace of version 2";
	}
	size_t position = sizeof trace.header;
	while (position + sizeof(layout::PieceHeader) <= bytes.size()) {
		auto piece = at<layout::PieceHeader>(bytes, position);
		if (piece.commit == 0) {
			break;
		}
		if (piece.stored % 64 != 0 || position + piece.stored > bytes.size()) {
			trace.problem = "a piece ends behind the file";
			break;
		}
		trace.pieces.push_back(piece);
		trace.positions.push_back(position);
		size_t from = position + sizeof piece;
		size_t to = position + piece.stored;
		if (piece.kind == layout::EVENTS && piece.codec == layout::CODEC_COLUMNS) {
			trace.segments[piece.heap].emplace_back(piece.first, piece.last);
		} else if (piece.kind == layout::EVENTS && piece.generation % 2 == 0) {
			for (uint64_t number = 0; number < layout::RECORDS_IN_CHUNK; number++) {
				auto event = at<Event>(bytes, from + number * sizeof(Event));
				if (event.sequence != piece.first + number) {
					break;
				}
				trace.events[piece.heap].push_back(event);
			}
		} else if (piece.kind == layout::TABLE) {
			for (; from + sizeof(layout::TableEntry) <= to; from += sizeof(layout::TableEntry)) {
				auto entry = at<layout::TableEntry>(bytes, from);
				if (entry.sequence != 0) {
					trace.live[piece.heap].push_back(entry);
				}
			}
		} else if (piece.kind == layout::DICTIONARY) {
			readDictionary(bytes, from, to, trace);
		}
		position += piece.stored;
	}
	for (auto& [heap, events] : trace.events) {
		std::sort(events.begin(), events.end(), [](const Event& left, const Event& right) { return left.sequence < right.sequence; });
	}
	return trace;
}

uint64_t TraceFile::lastSequence(uint32_t heap) {
	uint64_t last = 0;
	for (auto [from, to] : segments[heap]) {
		if (from != last + 1) {
			problem = "segments of heap " + std::to_string(heap) + " have a gap behind " + std::to_string(last);
		}
		last = to;
	}
	for (const Event& event : events[heap]) {
		if (event.sequence > last + 1) {
			problem = "events of heap " + std::to_string(heap) + " have a gap behind " + std::to_string(last);
		}
		last = std::max(last, event.sequence);
	}
	return last;
}

} // namespace heaplens
