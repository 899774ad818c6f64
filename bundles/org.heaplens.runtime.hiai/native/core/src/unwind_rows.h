// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>

namespace heaplens {

/**
 * How one gets from a place behind a call to the place behind its caller's, as far as most code goes. In a word:
 *
 *     0 .. 15  words from the base to the caller's stack pointer
 *    16 .. 31  where the return address is, in words below the caller's stack pointer
 *    32 .. 47  where the caller's frame pointer is saved, in the same way; 0 if it is still in its register
 *    48 .. 50  a kind: the base is the stack pointer, or the frame pointer, or there is nothing to go on by
 */
struct UnwindRow {
	static constexpr unsigned RETURN_SHIFT = 16;
	static constexpr unsigned SAVED_SHIFT = 32;
	static constexpr unsigned KIND_SHIFT = 48;
	static constexpr uint64_t WORDS = 0xFFFF;

	static constexpr uint64_t BY_STACK_POINTER = 1;
	static constexpr uint64_t BY_FRAME_POINTER = 2;

	/** There is no caller. */
	static constexpr uint64_t END = 3ULL << KIND_SHIFT;
	/** The tables say more than fits here. */
	static constexpr uint64_t COMPLEX = 4ULL << KIND_SHIFT;
	/** Here a signal came in. */
	static constexpr uint64_t SIGNAL = 5ULL << KIND_SHIFT;
	/** From the tables; some microseconds. @param place an address behind a call */
	static uint64_t of(uintptr_t place);
};

} // namespace heaplens
