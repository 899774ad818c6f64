// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace heaplens {

/** Addresses reserved in this process whose pages cost memory only once they are written; they are zero before. */
class Memory {
public:
	/** @throws std::bad_alloc if the system gives no addresses */
	explicit Memory(uint64_t bytes);
	Memory(const Memory&) = delete;
	Memory& operator=(const Memory&) = delete;
	~Memory();

	/** That it will be used here and there, all of it: larger pages, of which the processor remembers more at a time. */
	void expectRandomUse();

	uint8_t* data() const { return data_; }
	uint64_t size() const { return size_; }
	bool contains(const void* pointer) const { return uintptr_t(pointer) - uintptr_t(data_) < size_; }

private:
	uint8_t* data_;
	uint64_t size_;
};

} // namespace heaplens
