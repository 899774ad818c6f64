// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "layout.h"

#include <mutex>
#include <utility>
#include <vector>

namespace heaplens {

/**
 * The file that a trace is written to: pieces are put at its end, one at a time, each committed last. Behind the last there is always the
 * empty header of the next, so that whoever reads finds the end, whatever a piece that failed has left there. Threads share it.
 */
class Store {
public:
	/** Takes over the file, which is empty. */
	explicit Store(int file) : file_(file) {}
	~Store();
	Store(const Store&) = delete;
	Store& operator=(const Store&) = delete;

	/** Makes and maps the header; false with errno if there is no room. */
	bool begin();
	layout::Header& header() { return *header_; }

	/** A new chunk in memory, committed; null if there is no room for it. */
	uint8_t* chunk(uint32_t kind, uint32_t heap, uint64_t ordinal);
	/** Puts a finished piece at the end and commits it; false if there is no room, and the file is as before. */
	bool append(layout::PieceHeader header, const uint8_t* packed, size_t length);
	/** Writes an index of what was put since the last, if that is at least so much; false if there is no room. */
	bool index(size_t least);
	/** Nothing is put into the file any more. */
	void close();

	/** Around a fork. */
	std::mutex& lock() { return lock_; }
	/** In the child of a fork: lets go of the file, which is the parent's. */
	void abandon();

private:
	bool appendLocked(layout::PieceHeader header, const uint8_t* packed, size_t length);
	bool write(const void* bytes, size_t length, uint64_t position) const;

	int file_;
	layout::Header* header_ = nullptr;
	uint64_t end_ = layout::HEADER_SIZE;
	std::vector<layout::PieceHeader> entries_;
	uint64_t indexes_ = 0;
	std::vector<std::pair<void*, size_t>> mappings_;
	std::mutex lock_;
};

} // namespace heaplens
