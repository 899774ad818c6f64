// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/trace.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace heaplens {

/** Addresses behind calls, innermost first, without the frames of this library. Returns how many. */
unsigned walkFramePointers(uintptr_t* frames, unsigned limit);
/** The same from the tables that exceptions are unwound by: slower, and for code without frame pointers too. */
unsigned unwind(uintptr_t* frames, unsigned limit);
/** What a reader needs to find the source of an address behind a call. */
NativeFrame locate(uintptr_t address);
/** The thread that calls and where in the program, in words: for messages. */
std::string callSite();

} // namespace heaplens
