// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>
#include <string>

namespace heaplens {

/** A program or library in memory. */
struct Module {
	/** That was looked for. */
	uintptr_t address;
	/** Path; empty if it is the program. */
	std::string name;
	uintptr_t base = 0;
	uintptr_t end = 0;
	/** As hexadecimal digits. */
	std::string buildId;
	bool found = false;

	static Module at(uintptr_t address);
};

} // namespace heaplens
