// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/types.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace heaplens {

/** Whether heaps answer at all: they follow the graphs, the host's the oldest one. Threads share it. */
class Pool {
public:
	enum class Answer : uint8_t { Open, NoGraph, Stopped };

	/**
	 * @param lazy         whether heaps are there without a graph
	 * @param followsFirst whether the host's heap refuses while the oldest graph is being destroyed
	 */
	Pool(bool lazy, bool followsFirst);

	/** Opens the heaps for a graph, before its engines are made; the key is anything that only that graph has. */
	void begin(const void* graph);
	/** The graph is being destroyed. */
	void end(const void* graph);
	/** The graph is gone. */
	void ended(const void* graph);

	/** The answer to requests on that side. */
	Answer answer(Side side) const {
		Answer now = answer_.load(std::memory_order_acquire);
		return now == Answer::Stopped && side == Side::Device ? Answer::Open : now;
	}
	static Status status(Answer answer) { return answer == Answer::Stopped ? Status::MemoryPoolStopped : Status::GraphNotExist; }
	static Reason reason(Answer answer) { return answer == Answer::Stopped ? Reason::PoolStopped : Reason::NoGraph; }

	/** How often the last graph has ended: a block of an earlier era has outlived its pool. */
	uint32_t era() const { return era_.load(std::memory_order_acquire); }
	/** Whether a block of that era has no pool any more. */
	bool isGone(uint32_t eraOfBlock);
	/** Whether what outlived its pool can be given back all the same. */
	bool reclaims() const { return lazy_; }

private:
	void update();

	const bool lazy_;
	const bool followsFirst_;
	std::mutex lock_;
	std::vector<const void*> graphs_;
	std::vector<const void*> ending_;
	std::atomic<Answer> answer_;
	std::atomic<uint32_t> era_{0};
};

} // namespace heaplens
