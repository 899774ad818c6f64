// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "engine_runtime.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace heaplens {

/**
 * The end of a graph: its threads end, each after the message it works on, and whoever sees the last of them go cleans up. That is the
 * caller who destroys the graph, or, if that gave up waiting, the last thread itself. Threads share it.
 */
class Teardown {
public:
	/** Messages that an engine has not processed. */
	struct Left {
		EngineRuntime* engine;
		std::vector<Item> items;
	};

	/** @param cleanup called once, after the last thread */
	Teardown(Clock& clock, std::function<void(std::vector<Left>&)> cleanup) : clock_(clock), cleanup_(std::move(cleanup)) {}

	/** An engine whose threads are about to start. */
	void add(EngineRuntime* engine);
	/** The calling thread is about to end. */
	void threadEnded();
	/** Ends the threads; whether all ended in time. One that calls this cannot: it ends right after, and cleans up then. */
	bool run(uint32_t timeOutMillis);

private:
	void clean();

	Clock& clock_;
	const std::function<void(std::vector<Left>&)> cleanup_;
	std::mutex lock_;
	std::condition_variable changed_;
	std::vector<EngineRuntime*> engines_;
	std::vector<Left> left_;
	uint32_t threads_ = 0;
	bool begun_ = false;
	bool waiting_ = false;
	bool cleaned_ = false;
};

} // namespace heaplens
