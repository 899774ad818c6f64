// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>

namespace heaplens {

/**
 * How one gets from a place behind a call to the place behind its caller's, as far as most code goes. In a word:
 *
 *     0 ..  3  slot: 0 the frame pointer is the caller's; 2... it is saved so many words below the caller's stack pointer; 1 see below
 *     4 .. 15  words from the stack pointer to the caller's, or, where the slot is 1, one of the special rows
 *    16 .. 63  the place that it is for
 *
 * The return address is the word below the caller's stack pointer.
 */
struct UnwindRow {
	static constexpr uint64_t SLOT = 0xF;
	static constexpr uint64_t SPECIAL = 1;
	/** The frame pointer points to the caller's, and the return address is the word above. */
	static constexpr uint64_t FRAME_POINTER = 0x01;
	/** There is no caller. */
	static constexpr uint64_t END = 0x11;
	/** The tables say more than fits here. */
	static constexpr uint64_t COMPLEX = 0x21;
	/** Here a signal came in. */
	static constexpr uint64_t SIGNAL = 0x31;
	static constexpr unsigned PLACE_SHIFT = 16;

	/** From the tables; some microseconds. @param place an address behind a call */
	static uint64_t of(uintptr_t place);
};

} // namespace heaplens
