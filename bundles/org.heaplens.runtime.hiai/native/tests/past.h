// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace heaplens {

/** Looks past the API: whether all these bytes are that one, of a block that was given back, too, which sanitizers forbid. */
__attribute__((noinline, no_sanitize("address"))) inline bool allAre(const uint8_t* bytes, size_t size, int value) {
	const auto* at = static_cast<const volatile uint8_t*>(bytes);
	for (size_t index = 0; index < size; index++) {
		if (at[index] != value) {
			return false;
		}
	}
	return true;
}

} // namespace heaplens
