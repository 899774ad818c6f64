// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/memory.h"

#include <cstdint>

namespace heaplens {

/**
 * Tells AddressSanitizer and valgrind, where the program runs with one of them, which bytes of a heap are blocks: all others are not to be
 * used. The heap's lock guards it.
 */
class Annotations {
public:
	explicit Annotations(const Memory& memory);
	Annotations(const Annotations&) = delete;
	Annotations& operator=(const Annotations&) = delete;
	~Annotations();

	/** Whether anybody listens. */
	bool areHeard() const { return asan_ || valgrind_; }
	/** A block was handed out: of the extent only these bytes are to be used. */
	void made(uint64_t extent, uint64_t extentSize, uint64_t begin, uint32_t size);
	/** The block is not to be used any more. */
	void gone(uint64_t extent, uint64_t extentSize, uint64_t begin);

	/** Whether the program is built with AddressSanitizer. */
	static bool hasAsan();
	/** Whether this was built to talk to valgrind. */
	static bool knowsValgrind();

private:
	void poison(uint64_t from, uint64_t size);

	const Memory& memory_;
	const bool asan_;
	const bool valgrind_;
	/** What is above was never handed out and never told: telling all at once would cost an eighth of the heap in memory. */
	uint64_t told_ = 0;
};

} // namespace heaplens
