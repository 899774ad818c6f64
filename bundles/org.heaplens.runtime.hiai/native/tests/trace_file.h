// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "layout.h"

#include <map>
#include <string>
#include <vector>

namespace heaplens {

/** What stands raw in a trace file, read as docs/trace-format.md says. Compressed pieces are the Java reader's to decode. */
struct TraceFile {
	layout::Header header;
	std::vector<layout::PieceHeader> pieces;
	/** Position of each piece. */
	std::vector<uint64_t> positions;
	/** Raw events of each heap that stand in slots, in their order. */
	std::map<uint32_t, std::vector<Event>> events;
	/** Sequences that stand in segments, for each heap: from, to. */
	std::map<uint32_t, std::vector<std::pair<uint64_t, uint64_t>>> segments;
	std::map<uint32_t, std::vector<layout::TableEntry>> live;
	std::vector<std::string> strings;
	/** For each stack, its frames; for each frame, module and place, as numbers of strings. */
	std::vector<std::vector<uint32_t>> stacks;
	std::vector<std::vector<uint32_t>> frames;
	size_t threads = 0;

	/** What is wrong with the file; empty if nothing is. */
	std::string problem;

	static TraceFile read(const std::string& path);
	/** The last sequence number of a heap such that all before it are there; what is wrong goes into `problem`. */
	uint64_t lastSequence(uint32_t heap);
};

} // namespace heaplens
