// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// Leaks on lines that a test knows, from functions that are there, inlined, without a frame pointer, and in a library that is unloaded.
#include "heaplens/platform.h"

#include <cstdio>
#include <dlfcn.h>

namespace leaky {

void* keep(uint32_t size) {
	return heaplens::Platform::ofProcess().allocate(size, 0, 4).block;
}

struct Camera {
	inline __attribute__((always_inline)) void* frame(uint32_t size) {
		return keep(size); // leaks 1000 inlined
	}
	__attribute__((noinline)) void* load(uint32_t size) {
		void* block = frame(size); // leaks 1000
		asm volatile("" : "+r"(block));
		return block;
	}
};

__attribute__((noinline)) void* decode(uint32_t size) {
	void* block = keep(size); // leaks 2000
	asm volatile("" : "+r"(block));
	return block;
}

} // namespace leaky

int main(int count, char** arguments) {
	leaky::Camera camera;
	bool all = camera.load(1000) != nullptr && leaky::decode(2000) != nullptr;
	if (count > 1) {
		void* library = dlopen(arguments[1], RTLD_NOW);
		if (library == nullptr) {
			std::fprintf(stderr, "%s\n", dlerror());
			return 1;
		}
		auto leak = reinterpret_cast<void* (*)(void* (*)(uint32_t))>(dlsym(library, "leak_in_plugin"));
		all = all && leak != nullptr && leak(leaky::keep) != nullptr;
		dlclose(library);
	}
	return all ? 0 : 1;
}
