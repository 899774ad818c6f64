// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "annotations.h"

#include <algorithm>
#include <cstddef>

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#define HEAPLENS_VALGRIND 1
#else
#define HEAPLENS_VALGRIND 0
#endif

extern "C" {
// Of the sanitizer's runtime, which is there if the program was built with it, whatever this library was built with.
__attribute__((weak, visibility("default"))) void __asan_poison_memory_region(const volatile void* begin, size_t size);
__attribute__((weak, visibility("default"))) void __asan_unpoison_memory_region(const volatile void* begin, size_t size);
}

namespace heaplens {
namespace {

/** How far above the blocks a wrong index is caught, at least. */
constexpr uint64_t AHEAD = 1 << 20;

bool runsOnValgrind() {
#if HEAPLENS_VALGRIND
	return RUNNING_ON_VALGRIND != 0;
#else
	return false;
#endif
}

} // namespace

bool Annotations::hasAsan() {
	return &__asan_poison_memory_region != nullptr && &__asan_unpoison_memory_region != nullptr;
}

bool Annotations::knowsValgrind() {
	return HEAPLENS_VALGRIND != 0;
}

Annotations::Annotations(const Memory& memory) : memory_(memory), asan_(hasAsan()), valgrind_(runsOnValgrind()) {
#if HEAPLENS_VALGRIND
	if (valgrind_) {
		(void)VALGRIND_MAKE_MEM_NOACCESS(memory_.data(), memory_.size());
	}
#endif
}

Annotations::~Annotations() {
	if (asan_) {
		// Others get these addresses next.
		__asan_unpoison_memory_region(memory_.data(), memory_.size());
	}
}

void Annotations::poison(uint64_t from, uint64_t size) {
	if (asan_ && size > 0) {
		__asan_poison_memory_region(memory_.data() + from, size);
	}
}

void Annotations::made(uint64_t extent, uint64_t extentSize, uint64_t begin, uint32_t size) {
	uint64_t end = extent + extentSize;
	if (asan_ && end + AHEAD / 2 > told_ && told_ < memory_.size()) {
		uint64_t upTo = std::min(end + AHEAD, memory_.size());
		poison(told_, upTo - told_);
		told_ = upTo;
	}
	if (asan_) {
		__asan_unpoison_memory_region(memory_.data() + begin, size);
	}
#if HEAPLENS_VALGRIND
	if (valgrind_) {
		(void)VALGRIND_MAKE_MEM_NOACCESS(memory_.data() + extent, extentSize);
		VALGRIND_MALLOCLIKE_BLOCK(memory_.data() + begin, size, 0, 0);
	}
#endif
}

void Annotations::gone(uint64_t extent, uint64_t extentSize, [[maybe_unused]] uint64_t begin) {
	poison(extent, extentSize);
#if HEAPLENS_VALGRIND
	if (valgrind_) {
		VALGRIND_FREELIKE_BLOCK(memory_.data() + begin, 0);
	}
#endif
}

} // namespace heaplens
