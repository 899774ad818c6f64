// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace heaplens {

/**
 * Writes values as they lie in memory, containers after their count, and classes by the function `serialize` beside them: what cereal does,
 * for types that the library knows by itself, whether there is cereal or not.
 */
class PlainWriter {
public:
	explicit PlainWriter(std::string& bytes) : bytes_(bytes) {}

	template <typename... Values>
	void operator()(Values&... values) {
		(write(values), ...);
	}
	void raw(const void* bytes, size_t size) { bytes_.append(static_cast<const char*>(bytes), size); }

private:
	template <typename T>
	void write(T& value) {
		if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
			raw(&value, sizeof value);
		} else {
			serialize(*this, value);
		}
	}
	void count(uint64_t number) { raw(&number, sizeof number); }
	void write(std::string& text) {
		count(text.size());
		bytes_ += text;
	}
	template <typename T>
	void write(std::vector<T>& elements) {
		count(elements.size());
		for (T& element : elements) {
			write(element);
		}
	}
	void write(std::vector<bool>& bits) {
		count(bits.size());
		for (bool bit : bits) {
			write(bit);
		}
	}
	template <typename K, typename V>
	void write(std::map<K, V>& entries) {
		count(entries.size());
		for (auto& [key, value] : entries) {
			K copy = key;
			write(copy);
			write(value);
		}
	}

	std::string& bytes_;
};

/** Reads what a PlainWriter wrote. What is cut off is an exception. */
class PlainReader {
public:
	explicit PlainReader(const std::string& bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

	template <typename... Values>
	void operator()(Values&... values) {
		(read(values), ...);
	}
	void raw(void* bytes, size_t size) {
		if (size > size_t(end_ - at_)) {
			throw std::length_error("it ends too early");
		}
		std::memcpy(bytes, at_, size);
		at_ += size;
	}

private:
	template <typename T>
	void read(T& value) {
		if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
			raw(&value, sizeof value);
		} else {
			serialize(*this, value);
		}
	}
	/** Each element has a byte at least. */
	size_t count() {
		uint64_t number = 0;
		raw(&number, sizeof number);
		if (number > size_t(end_ - at_)) {
			throw std::length_error("it ends too early");
		}
		return size_t(number);
	}
	void read(std::string& text) {
		text.resize(count());
		raw(&text[0], text.size());
	}
	template <typename T>
	void read(std::vector<T>& elements) {
		elements.clear();
		for (size_t left = count(); left > 0; left--) {
			elements.emplace_back();
			read(elements.back());
		}
	}
	void read(std::vector<bool>& bits) {
		bits.clear();
		for (size_t left = count(); left > 0; left--) {
			bool bit = false;
			read(bit);
			bits.push_back(bit);
		}
	}
	template <typename K, typename V>
	void read(std::map<K, V>& entries) {
		entries.clear();
		for (size_t left = count(); left > 0; left--) {
			K key;
			read(key);
			read(entries[key]);
		}
	}

	const char* at_;
	const char* const end_;
};

inline void TransferBytes(PlainWriter& archive, const void* bytes, size_t size) {
	archive.raw(bytes, size);
}

inline void TransferBytes(PlainReader& archive, void* bytes, size_t size) {
	archive.raw(bytes, size);
}

} // namespace heaplens
