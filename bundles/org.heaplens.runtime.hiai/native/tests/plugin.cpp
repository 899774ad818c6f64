// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include <cstdint>

namespace plugin {
namespace {

__attribute__((noinline)) void* detect(void* (*allocate)(uint32_t)) {
	void* block = allocate(3000); // leaks 3000
	asm volatile("" : "+r"(block));
	return block;
}

} // namespace
} // namespace plugin

extern "C" __attribute__((visibility("default"))) void* leak_in_plugin(void* (*allocate)(uint32_t)) {
	void* block = plugin::detect(allocate);
	asm volatile("" : "+r"(block));
	return block;
}
