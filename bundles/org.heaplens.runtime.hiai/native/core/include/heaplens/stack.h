// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/trace.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace heaplens {

/** More of a stack is never looked at. */
constexpr unsigned MOST_FRAMES = 64;

/**
 * The words that a walk read. Who walks from the same place on the stack and finds them all again would walk the same way, and need not.
 * One thread.
 */
class Trail {
public:
	/** Whether a walk that begins there would be this one. */
	bool holds(uintptr_t begin) const;
	void start(uintptr_t begin) {
		begin_ = begin;
		steps_ = 0;
		number = 0;
	}
	/** @param framePointer where the caller's is saved; null if it is not */
	void add(const uintptr_t* returnAddress, const uintptr_t* framePointer) {
		if (steps_ < MOST_STEPS) {
			const uintptr_t* other = framePointer == nullptr ? returnAddress : framePointer;
			all_[steps_] = {returnAddress, *returnAddress, other, *other};
		}
		steps_++;
	}

	/** What the walker made of it; 0 if nothing. */
	uint32_t number;

private:
	static constexpr unsigned MOST_STEPS = 32;
	struct Step {
		const uintptr_t* returnAddress;
		uintptr_t place;
		const uintptr_t* framePointer;
		uintptr_t saved;
	};

	/** More steps than there is room for: it never holds. */
	uint32_t steps_;
	uintptr_t begin_;
	Step all_[MOST_STEPS];
};

/** The last walks of one thread. All zeros is a good begin. */
class Trails {
public:
	/** The walk that would be the same again, or, with the number 0, an old one to be written anew. */
	Trail& find(uintptr_t begin);

private:
	/** Those that begin at one place: a loop may allocate and free on several lines of one function. */
	static constexpr unsigned WAYS = 4;
	static constexpr unsigned SETS = 4;

	Trail trails_[SETS][WAYS];
	uint32_t next_;
};

/** What a walk over the calling thread's stack found. */
struct Walked {
	unsigned count;
	/** Of the addresses, in their order. */
	uint64_t hash;
	/** False where the tables say something that a walk does not understand: then nothing of it is to be trusted. */
	bool exact;
	/** Whether a handler of a signal is what walked: it may have interrupted whatever else the walker means to call. */
	bool inHandler;
	/** Null without trails. If its number is not 0, an earlier walk was the same, and nothing else is said. */
	Trail* trail;
};

/**
 * Addresses behind calls, innermost first, without the frames of this library: by frame pointers where the tables that exceptions are
 * unwound by say that the code has them, else by what these tables say instead, which is looked up once for each place. Both stay within
 * the thread's stack and go upwards only. Some nanoseconds a frame.
 */
Walked walkStack(uintptr_t* frames, unsigned limit, Trails* trails = nullptr);
/** The same by the system's unwinder: a thousand times slower, for any code. */
unsigned unwind(uintptr_t* frames, unsigned limit);
/** The same number that a walk has for these addresses. */
uint64_t hashOf(const uintptr_t* frames, unsigned count);
/** Forgets what was looked up, because libraries were unloaded since; whether there was anything to forget. */
bool forgetUnloaded();
/** The same for another who remembers stacks. @param known how often libraries had been unloaded when he was told last */
bool forgetUnloaded(std::atomic<unsigned long long>& known);
/** What a reader needs to find the source of an address behind a call. */
NativeFrame locate(uintptr_t address);
/** The thread that calls and where in the program, in words: for messages. */
std::string callSite();
/** The name of the calling thread; that of the first one is "main". */
std::string threadName();

} // namespace heaplens
