// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace heaplens::jni {

/** `HIAI_PortID_t`, which is passed by value. */
struct Port {
	uint32_t graph;
	uint32_t engine;
	uint32_t port;
};

/**
 * The functions of a HiAI library that Java calls; null for what it does not have. C++ functions by the names that the compilers of all
 * boards give them; they have no exceptions, and no types but these.
 */
struct Library {
	void* (*allocate)(uint32_t size, uint32_t timeOut, uint32_t flag);
	uint32_t (*free)(void* block);
	void* (*allocateDvpp)(uint32_t size);
	uint32_t (*freeDvpp)(void* block);

	/** With status; one of the two, as the headers of the boards differ in how they pass the time-out. */
	uint32_t (*allocateByValue)(uint32_t size, void*& block, uint32_t timeOut, uint32_t flag);
	uint32_t (*allocateByReference)(uint32_t size, void*& block, const uint32_t& timeOut, uint32_t flag);
	uint32_t (*allocateDvppWithStatus)(uint32_t size, void*& block);
	bool (*isDMalloc)(const void* block, const uint32_t& size);
	void (*release)(void* block);

	uint32_t (*createGraph)(const char* file, size_t length);
	uint32_t (*destroyGraph)(uint32_t graph);
	uint32_t (*send)(Port target, const char* name, size_t length, void* message);

	/** Of HeapLens's own library alone; see hiaiengine/src/binding.h. */
	bool (*set)(const char* key, const char* value);
	uint32_t (*sizeOf)(const void* block);
	uint32_t (*recordedFrames)();
	uint32_t (*stack)(const char* text, size_t length);
	void (*calledFrom)(uint32_t stack);
	void (*nameThread)(const char* name);

	/** What Java calls find there: bits. */
	enum Ability : int32_t { WITH_STATUS = 1, DVPP = 2, IS_DMALLOC = 4, RELEASE = 8, GRAPHS = 16, OURS = 32 };

	/**
	 * Loads a library and finds its functions, once for all.
	 *
	 * @param problem what is wrong if it cannot be used, in one line
	 * @return whether it can
	 */
	bool open(const char* file, char* problem, size_t length);

	int32_t abilities() const;
};

} // namespace heaplens::jni
