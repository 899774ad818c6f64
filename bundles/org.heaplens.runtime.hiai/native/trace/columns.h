// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include <zlib.h>

/** What segments and checkpoints are made of; see docs/trace-format.md, "Compressed pieces". All for one thread. */
namespace heaplens {

/** Bytes that grow at their end. */
class ByteColumn {
public:
	std::vector<uint8_t> bytes;

	void clear() { bytes.clear(); }
	void put(unsigned value) { bytes.push_back(uint8_t(value)); }
	void putVarint(uint64_t value) {
		while (value >= 0x80) {
			put(unsigned(value & 0x7F) | 0x80);
			value >>= 7;
		}
		put(unsigned(value));
	}
	void put(const ByteColumn& other) { bytes.insert(bytes.end(), other.bytes.begin(), other.bytes.end()); }
};

/** Numbers of 0 to 64 bits one behind the other, the lowest bit first. */
class BitColumn {
public:
	void clear() {
		bytes_.clear();
		pending_ = 0;
		count_ = 0;
	}

	/** @param width 0 to 64; higher bits of the value are ignored */
	void put(uint64_t value, unsigned width) {
		if (width > 32) {
			putShort(value & 0xFFFFFFFF, 32);
			putShort(value >> 32 & ((1ULL << (width - 32)) - 1), width - 32);
		} else {
			putShort(value & ((1ULL << width) - 1), width);
		}
	}

	/** All bytes; bits that are left over are filled up with zeros. */
	const ByteColumn& finish() {
		if (count_ > 0) {
			bytes_.put(unsigned(pending_));
			pending_ = 0;
			count_ = 0;
		}
		return bytes_;
	}

	/** A number of any size, as a token for its width and the bits below its leading one. */
	unsigned putNumber(uint64_t value) {
		unsigned width = value == 0 ? 0 : 64 - unsigned(__builtin_clzll(value));
		if (width > 1) {
			put(value, width - 1);
		}
		return width;
	}

	static uint64_t zigzag(uint64_t value) { return value << 1 ^ (0 - (value >> 63)); }

private:
	void putShort(uint64_t value, unsigned width) {
		pending_ |= value << count_;
		count_ += width;
		while (count_ >= 8) {
			bytes_.put(unsigned(pending_));
			pending_ >>= 8;
			count_ -= 8;
		}
	}

	ByteColumn bytes_;
	uint64_t pending_ = 0;
	unsigned count_ = 0;
};

/** From 64-bit numbers to ints of 0 and more. Open addressing. */
class LongMap {
public:
	LongMap() : table_(32) {}

	size_t size() const { return size_; }
	/** The value, or -1. */
	int32_t get(uint64_t key) const {
		for (size_t slot = home(key);; slot = (slot + 1) & mask_) {
			if (table_[2 * slot] == key + 1) {
				return int32_t(table_[2 * slot + 1]);
			}
			if (table_[2 * slot] == 0) {
				return -1;
			}
		}
	}
	void put(uint64_t key, int32_t value);
	/** The value that the key had, or -1. */
	int32_t remove(uint64_t key);
	void clear();

private:
	// Fibonacci hashing: offsets are multiples of large powers of two.
	size_t home(uint64_t key) const { return size_t(key * 0x9E3779B97F4A7C15ULL >> 32) & mask_; }

	/** Key + 1 and value in turn; 0 where there is none. */
	std::vector<uint64_t> table_;
	size_t mask_ = 15;
	size_t size_ = 0;
};

/** Rows of numbers, each row once; written sorted and as differences. */
class RowTable {
public:
	explicit RowTable(size_t width) : width_(width), buckets_(256) {}

	void clear();
	size_t count() const { return count_; }
	/** The number of the row with these values. */
	uint32_t number(const uint64_t* values);
	/** Writes the rows in sorted order, column by column; `result[row]` is where the row stands in it. */
	std::vector<uint32_t> write(ByteColumn& target) const;

private:
	void grow();

	const size_t width_;
	size_t count_ = 0;
	std::vector<uint64_t> rows_;
	std::vector<uint32_t> buckets_;
};

/** The newest pairs of requested and whole size at each place of a program; the one that was used moves to the front. */
class SizePairs {
public:
	static constexpr unsigned KEPT = 8;

	void clear(size_t places) { pairs_.assign(places * KEPT, 0); }
	static uint64_t pair(uint32_t requested, uint32_t size) { return uint64_t(requested) << 32 | size; }
	/** Where the pair was before it moved to the front; KEPT if it is new. */
	unsigned use(size_t place, uint64_t pair);

private:
	std::vector<uint64_t> pairs_;
};

/** Sorts so that `keys[order[i]]` grows; equal ones keep their order. */
void sortByKey(std::vector<uint32_t>& order, const std::vector<uint64_t>& keys);

/** Columns of tokens, which zlib makes small, and the bits of numbers, which nothing makes smaller. */
class ColumnsWriter {
public:
	explicit ColumnsWriter(size_t count);
	~ColumnsWriter();
	ColumnsWriter(const ColumnsWriter&) = delete;
	ColumnsWriter& operator=(const ColumnsWriter&) = delete;

	std::vector<ByteColumn> columns;
	BitColumn bits;

	void clear();
	/** Writes a number's token into a column and its bits behind the others. */
	void putNumber(size_t column, uint64_t value) { columns[column].put(bits.putNumber(value)); }
	/** What the columns hold, packed; the next call changes it. */
	const std::vector<uint8_t>& pack();

private:
	void deflate(const ByteColumn& column, int flush);

	std::vector<uint8_t> packed_;
	z_stream stream_;
};

} // namespace heaplens
