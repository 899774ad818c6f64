// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/memory.h"

#include <new>
#include <sys/mman.h>

namespace heaplens {

Memory::Memory(uint64_t bytes) : size_(bytes) {
	void* mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (mapped == MAP_FAILED) {
		throw std::bad_alloc();
	}
	data_ = static_cast<uint8_t*>(mapped);
}

void Memory::expectRandomUse() {
	// Where the system has none it is as before.
	::madvise(data_, size_, MADV_HUGEPAGE);
}

Memory::~Memory() {
	::munmap(data_, size_);
}

} // namespace heaplens
