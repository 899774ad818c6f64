// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/memory.h"

#include <new>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heaplens {

Memory::Memory(uint64_t bytes, Kind kind) : size_(bytes) {
	int flags = MAP_PRIVATE | MAP_ANONYMOUS;
	if (kind == Kind::Shared) {
		file_ = int(::syscall(SYS_memfd_create, "heaplens", 1U /* MFD_CLOEXEC */));
		if (file_ < 0 || ::ftruncate(file_, off_t(bytes)) != 0) {
			throw std::bad_alloc();
		}
		flags = MAP_SHARED;
	}
	void* mapped = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags | MAP_NORESERVE, file_, 0);
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
	if (file_ >= 0) {
		::close(file_);
	}
}

void Memory::withdraw() {
	// Still taken, so that nothing else comes to lie there.
	::mmap(data_, size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
}

const uint8_t* Memory::window() const {
	void* mapped = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED | MAP_NORESERVE, file_, 0);
	return mapped == MAP_FAILED ? nullptr : static_cast<const uint8_t*>(mapped);
}

} // namespace heaplens
