// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/trace.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace heaplens {

/** More of a stack is never looked at. */
constexpr unsigned MOST_FRAMES = 64;

/** What a walk over the calling thread's stack found. */
struct Walked {
	unsigned count;
	/** Of the addresses, in their order. */
	uint64_t hash;
	/** False where the tables say something that a walk does not understand: then nothing of it is to be trusted. */
	bool exact;
	/** Whether a handler of a signal is what walked: it may have interrupted whatever else the walker means to call. */
	bool inHandler;
};

/**
 * Addresses behind calls, innermost first, without the frames of this library: by frame pointers where the tables that exceptions are
 * unwound by say that the code has them, else by what these tables say instead, which is looked up once for each place. Both stay within
 * the thread's stack and go upwards only. Some nanoseconds a frame.
 */
Walked walkStack(uintptr_t* frames, unsigned limit);
/** The same by the system's unwinder: a thousand times slower, for any code. */
unsigned unwind(uintptr_t* frames, unsigned limit);
/** The same number that a walk has for these addresses. */
uint64_t hashOf(const uintptr_t* frames, unsigned count);
/** Forgets what was looked up, because libraries were unloaded since; whether there was anything to forget. */
bool forgetUnloaded();
/** What a reader needs to find the source of an address behind a call. */
NativeFrame locate(uintptr_t address);
/** The thread that calls and where in the program, in words: for messages. */
std::string callSite();
/** The name of the calling thread; that of the first one is "main". */
std::string threadName();

} // namespace heaplens
