// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace heaplens {

/** Addresses reserved in this process whose pages cost memory only once they are written; they are zero before. */
class Memory {
public:
	enum class Kind {
		/** The child of a fork has a copy. */
		Own,
		/** The child of a fork has the same. */
		Shared,
	};

	/** @throws std::bad_alloc if the system gives no addresses */
	explicit Memory(uint64_t bytes, Kind kind = Kind::Own);
	Memory(const Memory&) = delete;
	Memory& operator=(const Memory&) = delete;
	~Memory();

	/** That it will be used here and there, all of it: larger pages, of which the processor remembers more at a time. */
	void expectRandomUse();

	uint8_t* data() const { return data_; }
	uint64_t size() const { return size_; }
	/** Whoever uses these addresses from now on is ended. */
	void withdraw();
	/** The same memory at other addresses, to be read only; null if the system gives none. Stays as long as the process. */
	const uint8_t* window() const;
	bool contains(const void* pointer) const { return uintptr_t(pointer) - uintptr_t(data_) < size_; }

private:
	uint8_t* data_;
	uint64_t size_;
	/** Of shared memory; else -1. */
	int file_ = -1;
};

} // namespace heaplens
