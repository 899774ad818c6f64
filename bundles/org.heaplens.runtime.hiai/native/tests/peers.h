// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace heaplens {

/** Another allocator of offsets, for comparison. */
class Peer {
public:
	virtual ~Peer() = default;
	virtual const char* name() const = 0;
	/** A handle. */
	virtual uint64_t allocate(uint32_t size) = 0;
	virtual void free(uint64_t handle) = 0;
};

/** Those that this was built with: see HEAPLENS_PEERS in CMakeLists.txt. */
std::vector<std::unique_ptr<Peer>> peersOf(uint64_t capacity);

} // namespace heaplens
