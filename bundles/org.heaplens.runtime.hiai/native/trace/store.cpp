// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "store.h"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace heaplens {
namespace {

/** Real zeros, not a hole: a disk that fills up later would kill the process with SIGBUS. */
const uint8_t ZEROS[layout::CHUNK_SIZE + sizeof(layout::PieceHeader)] = {};

void* map(int file, uint64_t position, size_t length) {
	// At once: a page fault costs more than the events of a page.
	void* mapped = ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, off_t(position));
	return mapped == MAP_FAILED ? nullptr : mapped;
}

} // namespace

Store::~Store() {
	for (auto [mapped, length] : mappings_) {
		::munmap(mapped, length);
	}
	if (header_ != nullptr) {
		::munmap(header_, layout::HEADER_SIZE);
	}
	close();
}

bool Store::begin() {
	if (!write(ZEROS, layout::HEADER_SIZE + sizeof(layout::PieceHeader), 0)) {
		return false;
	}
	header_ = static_cast<layout::Header*>(map(file_, 0, layout::HEADER_SIZE));
	return header_ != nullptr;
}

uint8_t* Store::chunk(uint32_t kind, uint32_t heap, uint64_t ordinal) {
	std::lock_guard<std::mutex> guard(lock_);
	// Behind the pieces that are no chunks positions are no multiples of a page: the mapping begins a little earlier.
	if (file_ < 0 || !write(ZEROS, sizeof ZEROS, end_)) {
		return nullptr;
	}
	uint64_t page = uint64_t(::sysconf(_SC_PAGESIZE));
	uint64_t lead = end_ % page;
	void* mapped = map(file_, end_ - lead, layout::CHUNK_SIZE + lead);
	if (mapped == nullptr) {
		return nullptr;
	}
	uint8_t* bytes = static_cast<uint8_t*>(mapped) + lead;
	auto& header = *reinterpret_cast<layout::PieceHeader*>(bytes);
	header.kind = kind;
	header.heap = heap;
	header.ordinal = ordinal;
	header.stored = layout::CHUNK_SIZE;
	layout::PieceHeader entry = header;
	entry.generation = end_;
	entry.commit = 1;
	entries_.push_back(entry);
	mappings_.emplace_back(mapped, layout::CHUNK_SIZE + lead);
	layout::release<uint64_t>(header.commit, 1);
	end_ += layout::CHUNK_SIZE;
	return bytes;
}

bool Store::append(layout::PieceHeader header, const uint8_t* packed, size_t length) {
	std::lock_guard<std::mutex> guard(lock_);
	return appendLocked(header, packed, length);
}

bool Store::appendLocked(layout::PieceHeader header, const uint8_t* packed, size_t length) {
	if (file_ < 0) {
		return false;
	}
	size_t stored = (sizeof header + length + layout::PIECE_UNIT - 1) / layout::PIECE_UNIT * layout::PIECE_UNIT;
	header.stored = uint32_t(stored);
	header.packed = uint32_t(length);
	header.commit = 0;
	std::vector<uint8_t> whole(stored + sizeof header);
	std::memcpy(whole.data(), &header, sizeof header);
	std::memcpy(whole.data() + sizeof header, packed, length);
	const uint64_t commit = 1;
	// The commit word in a call of its own: all of the rest is there before it.
	if (!write(whole.data(), whole.size(), end_) || !write(&commit, sizeof commit, end_ + offsetof(layout::PieceHeader, commit))) {
		return false;
	}
	header.generation = end_;
	header.commit = 1;
	entries_.push_back(header);
	end_ += stored;
	return true;
}

bool Store::index(size_t least) {
	std::lock_guard<std::mutex> guard(lock_);
	if (entries_.size() < least || entries_.empty()) {
		return true;
	}
	std::vector<layout::PieceHeader> list;
	list.swap(entries_);
	layout::PieceHeader header{};
	header.kind = layout::INDEX;
	header.ordinal = indexes_;
	header.first = header_->index;
	size_t length = list.size() * sizeof(layout::PieceHeader);
	header.raw = uint32_t(length);
	uint64_t position = end_;
	if (!appendLocked(header, reinterpret_cast<const uint8_t*>(list.data()), length)) {
		entries_.swap(list);
		return false;
	}
	// It lists not itself.
	entries_.clear();
	indexes_++;
	layout::release(header_->index, position);
	return true;
}

void Store::close() {
	std::lock_guard<std::mutex> guard(lock_);
	if (file_ >= 0) {
		::close(file_);
		file_ = -1;
	}
}

void Store::abandon() {
	// The file descriptor is this process's own copy; the mappings stay, since slots still point to them.
	::close(file_);
	file_ = -1;
}

bool Store::write(const void* bytes, size_t length, uint64_t position) const {
	const auto* at = static_cast<const uint8_t*>(bytes);
	while (length > 0) {
		ssize_t written = ::pwrite(file_, at, length, off_t(position));
		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written <= 0) {
			return false;
		}
		at += written;
		length -= size_t(written);
		position += uint64_t(written);
	}
	return true;
}

} // namespace heaplens
