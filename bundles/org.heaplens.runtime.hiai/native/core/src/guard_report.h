// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "guard.h"

#include <csignal>
#include <cstddef>

namespace heaplens {

/** Tells what a forbidden use of guarded memory was, where the processor refuses it: with nothing that a signal handler must not do. */
class GuardReport {
public:
	/** From now on faults in that heap are told. */
	static void watch(Guard& guard);
	static void forget(Guard& guard);

private:
	static void install();
	static void handle(int signal, siginfo_t* info, void* context);
	/** Whether it was a heap's, and nothing allows it. */
	static bool tell(uintptr_t address, void* context);
	static void handOn(int signal, siginfo_t* info, void* context);

	GuardReport(const Guard& guard, uintptr_t address, void* context) : guard_(guard), address_(address), context_(context) {}
	bool compose();
	void composeBlock(uint64_t offset, const Guard::Story& story);
	void add(const char* text);
	void add(uint64_t number, unsigned base = 10);
	void addAddress(uintptr_t address);
	void addBytes(uint64_t count);
	void addCaller();
	void addHeap();
	void addWitness(const char* what, const Witness* witness);
	void write() const;

	const Guard& guard_;
	const uintptr_t address_;
	void* const context_;
	/** Not on the stack, which may be a small one for signals. For 3 stacks, whose names may be long; what does not fit is left out. */
	static char text_[16384];
	size_t length_ = 0;
};

} // namespace heaplens
