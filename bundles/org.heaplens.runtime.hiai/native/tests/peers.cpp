// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "peers.h"

#if defined(HEAPLENS_PEERS)
#include "offsetAllocator.hpp"
#define VMA_IMPLEMENTATION
#define VMA_STATIC_VULKAN_FUNCTIONS 0
#define VMA_DYNAMIC_VULKAN_FUNCTIONS 0
#include "vk_mem_alloc.h"
#endif

namespace heaplens {

#if defined(HEAPLENS_PEERS)

namespace {

/** It counts in units of its own: 64 bytes, as ours. */
class OffsetAllocatorPeer final : public Peer {
public:
	explicit OffsetAllocatorPeer(uint64_t capacity) : allocator_(uint32_t(capacity / UNIT), MOST_BLOCKS) {}

	const char* name() const override { return "OffsetAllocator"; }
	uint64_t allocate(uint32_t size) override {
		OffsetAllocator::Allocation made = allocator_.allocate((size + UNIT - 1) / UNIT);
		return uint64_t(made.metadata) << 32 | made.offset;
	}
	void free(uint64_t handle) override {
		OffsetAllocator::Allocation made;
		made.offset = uint32_t(handle);
		made.metadata = OffsetAllocator::NodeIndex(handle >> 32);
		allocator_.free(made);
	}

private:
	static constexpr uint32_t UNIT = 64;
	static constexpr uint32_t MOST_BLOCKS = 1 << 20;

	OffsetAllocator::Allocator allocator_;
};

class VmaPeer final : public Peer {
public:
	explicit VmaPeer(uint64_t capacity) {
		VmaVirtualBlockCreateInfo info{};
		info.size = capacity;
		vmaCreateVirtualBlock(&info, &block_);
	}
	~VmaPeer() override { vmaDestroyVirtualBlock(block_); }

	const char* name() const override { return "VMA"; }
	uint64_t allocate(uint32_t size) override {
		VmaVirtualAllocationCreateInfo info{};
		info.size = size;
		info.alignment = 64;
		VmaVirtualAllocation made = VK_NULL_HANDLE;
		vmaVirtualAllocate(block_, &info, &made, nullptr);
		return uint64_t(made);
	}
	void free(uint64_t handle) override { vmaVirtualFree(block_, VmaVirtualAllocation(handle)); }

private:
	VmaVirtualBlock block_ = VK_NULL_HANDLE;
};

} // namespace

std::vector<std::unique_ptr<Peer>> peersOf(uint64_t capacity) {
	std::vector<std::unique_ptr<Peer>> result;
	result.push_back(std::make_unique<OffsetAllocatorPeer>(capacity));
	result.push_back(std::make_unique<VmaPeer>(capacity));
	return result;
}

#else

std::vector<std::unique_ptr<Peer>> peersOf(uint64_t) {
	return {};
}

#endif

} // namespace heaplens
