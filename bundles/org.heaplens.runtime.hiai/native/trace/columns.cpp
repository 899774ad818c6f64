// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "columns.h"

#include <algorithm>
#include <new>
#include <numeric>

namespace heaplens {
namespace {

constexpr size_t HEAD = 8;
/** Higher ones save less than 2 % here. */
constexpr int LEVEL = 3;
/** Shorter columns share the code of the next: a code of its own costs some 60 bytes. */
constexpr size_t OWN_CODE = 400;

} // namespace

void LongMap::put(uint64_t key, int32_t value) {
	size_t slot = home(key);
	while (table_[2 * slot] != 0 && table_[2 * slot] != key + 1) {
		slot = (slot + 1) & mask_;
	}
	bool fresh = table_[2 * slot] == 0;
	table_[2 * slot] = key + 1;
	table_[2 * slot + 1] = uint64_t(uint32_t(value));
	if (!fresh || ++size_ <= mask_ / 4 * 3) {
		return;
	}
	std::vector<uint64_t> old(2 * table_.size());
	old.swap(table_);
	mask_ = 2 * mask_ + 1;
	size_ = 0;
	for (size_t at = 0; at < old.size(); at += 2) {
		if (old[at] != 0) {
			put(old[at] - 1, int32_t(old[at + 1]));
		}
	}
}

int32_t LongMap::remove(uint64_t key) {
	size_t slot = home(key);
	while (table_[2 * slot] != key + 1) {
		if (table_[2 * slot] == 0) {
			return -1;
		}
		slot = (slot + 1) & mask_;
	}
	auto value = int32_t(table_[2 * slot + 1]);
	size_--;
	// Moves up what would not be found any more behind an empty place.
	size_t gap = slot;
	for (size_t next = (gap + 1) & mask_; table_[2 * next] != 0; next = (next + 1) & mask_) {
		size_t wanted = home(table_[2 * next] - 1);
		if (((next - wanted) & mask_) >= ((next - gap) & mask_)) {
			table_[2 * gap] = table_[2 * next];
			table_[2 * gap + 1] = table_[2 * next + 1];
			gap = next;
		}
	}
	table_[2 * gap] = 0;
	return value;
}

void LongMap::clear() {
	if (size_ > 0) {
		std::fill(table_.begin(), table_.end(), 0);
		size_ = 0;
	}
}

void RowTable::clear() {
	count_ = 0;
	rows_.clear();
	std::fill(buckets_.begin(), buckets_.end(), 0);
}

uint32_t RowTable::number(const uint64_t* values) {
	uint64_t hash = 0;
	for (size_t column = 0; column < width_; column++) {
		hash = (hash ^ values[column]) * 0x9E3779B97F4A7C15ULL;
		hash ^= hash >> 32;
	}
	size_t mask = buckets_.size() - 1;
	size_t bucket = size_t(hash) & mask;
	while (buckets_[bucket] != 0) {
		size_t row = buckets_[bucket] - 1;
		if (std::equal(values, values + width_, rows_.begin() + long(row * width_))) {
			return uint32_t(row);
		}
		bucket = (bucket + 1) & mask;
	}
	if ((count_ + 1) * 2 > buckets_.size()) {
		grow();
		return number(values);
	}
	rows_.insert(rows_.end(), values, values + width_);
	buckets_[bucket] = uint32_t(++count_);
	return uint32_t(count_ - 1);
}

void RowTable::grow() {
	std::vector<uint64_t> old;
	old.swap(rows_);
	size_t oldCount = count_;
	buckets_.assign(2 * buckets_.size(), 0);
	count_ = 0;
	for (size_t row = 0; row < oldCount; row++) {
		number(&old[row * width_]);
	}
}

std::vector<uint32_t> RowTable::write(ByteColumn& target) const {
	std::vector<uint32_t> order(count_);
	std::iota(order.begin(), order.end(), 0);
	std::sort(order.begin(), order.end(), [this](uint32_t left, uint32_t right) {
		return std::lexicographical_compare(&rows_[left * width_], &rows_[left * width_] + width_, &rows_[right * width_],
		                                    &rows_[right * width_] + width_);
	});
	target.putVarint(count_);
	for (size_t column = 0; column < width_; column++) {
		uint64_t last = 0;
		for (uint32_t row : order) {
			uint64_t value = rows_[row * width_ + column];
			target.putVarint(BitColumn::zigzag(value - last));
			last = value;
		}
	}
	std::vector<uint32_t> places(count_);
	for (size_t place = 0; place < count_; place++) {
		places[order[place]] = uint32_t(place);
	}
	return places;
}

unsigned SizePairs::use(size_t place, uint64_t pair) {
	uint64_t* first = &pairs_[place * KEPT];
	unsigned at = 0;
	while (at < KEPT && first[at] != pair) {
		at++;
	}
	std::copy_backward(first, first + std::min(at, KEPT - 1), first + std::min(at, KEPT - 1) + 1);
	first[0] = pair;
	return at;
}

void sortByKey(std::vector<uint32_t>& order, const std::vector<uint64_t>& keys) {
	std::stable_sort(order.begin(), order.end(), [&keys](uint32_t left, uint32_t right) { return keys[left] < keys[right]; });
}

ColumnsWriter::ColumnsWriter(size_t count) : columns(count), stream_() {
	if (deflateInit(&stream_, LEVEL) != Z_OK) {
		throw std::bad_alloc();
	}
}

ColumnsWriter::~ColumnsWriter() {
	deflateEnd(&stream_);
}

void ColumnsWriter::clear() {
	for (ByteColumn& column : columns) {
		column.clear();
	}
	bits.clear();
}

const std::vector<uint8_t>& ColumnsWriter::pack() {
	ByteColumn lengths;
	size_t tokens = 0;
	for (const ByteColumn& column : columns) {
		lengths.putVarint(column.bytes.size());
		tokens += column.bytes.size();
	}
	tokens += lengths.bytes.size();
	packed_.assign(HEAD, 0);
	deflateReset(&stream_);
	deflate(lengths, Z_NO_FLUSH);
	for (const ByteColumn& column : columns) {
		deflate(column, column.bytes.size() < OWN_CODE ? Z_NO_FLUSH : Z_SYNC_FLUSH);
	}
	deflate(ByteColumn(), Z_FINISH);
	auto both = uint64_t(tokens) | uint64_t(packed_.size() - HEAD) << 32;
	std::memcpy(packed_.data(), &both, sizeof both);
	const ByteColumn& tail = bits.finish();
	packed_.insert(packed_.end(), tail.bytes.begin(), tail.bytes.end());
	return packed_;
}

void ColumnsWriter::deflate(const ByteColumn& column, int flush) {
	uint8_t room[16 * 1024];
	stream_.next_in = const_cast<uint8_t*>(column.bytes.data());
	stream_.avail_in = uInt(column.bytes.size());
	do {
		stream_.next_out = room;
		stream_.avail_out = sizeof room;
		::deflate(&stream_, flush);
		packed_.insert(packed_.end(), room, room + (sizeof room - stream_.avail_out));
	} while (stream_.avail_out == 0);
}

} // namespace heaplens
