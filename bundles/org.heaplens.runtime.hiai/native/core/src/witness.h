// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <string>

namespace heaplens {

/**
 * Who called, in words that are ready to be written: what a signal handler says it cannot look up. Made once for each thread's name and
 * stack, and never destroyed.
 */
struct Witness {
	/** `thread main at load in app+0x1234` and a line for each caller. */
	std::string words;

	/** That of the calling thread. */
	static const Witness* here();
	/** Around a fork. */
	static void freeze();
	static void thaw();
};

} // namespace heaplens
