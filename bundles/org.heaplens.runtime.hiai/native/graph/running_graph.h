// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "delivery.h"
#include "engine_runtime.h"
#include "teardown.h"

#include "heaplens/graph/graphs.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace heaplens {

class OtherProcess;

/** What the graphs of a platform share; it lives as long as a thread of any. */
struct Graphs::Inside {
	Inside(Platform& onPlatform, const MessageTypes& types)
		: platform(onPlatform), transfer(onPlatform, types), rules(onPlatform.settings()) {}

	/** The graph with that number, also while it is being made or destroyed. */
	std::shared_ptr<RunningGraph> graph(uint32_t id);
	/** A graph is being made: its number is taken, and the heaps are open. False if another has it. */
	bool enter(const std::shared_ptr<RunningGraph>& graph);
	/** A graph has ended. */
	void leave(const RunningGraph& graph);

	Platform& platform;
	Transfer transfer;
	const DeliveryRules rules;
	std::mutex lock;
	std::condition_variable changed;
	std::map<uint32_t, std::shared_ptr<RunningGraph>> graphs;
	/** Threads of engines, of all graphs. */
	uint32_t threads = 0;
	/** Where the engines of the other side are, if not here; set before the first graph. */
	OtherProcess* other = nullptr;
	/** With another process: the side of this one. */
	Side side = Side::Host;
};

/** A graph whose engines run in this process, at their places. Threads share it. */
class RunningGraph : public std::enable_shared_from_this<RunningGraph> {
public:
	RunningGraph(const GraphConfig& config, const std::shared_ptr<Graphs::Inside>& graphs);

	/** Makes a graph and lets it run; if anything is wrong, or an exception passes, nothing of it is left. */
	Graphs::Made start();

	uint32_t id() const { return config_.id; }
	uint32_t device() const { return config_.device; }
	bool isStopped() const { return stopped_; }
	/** Whether it runs: it is neither being made nor destroyed. */
	bool isThere() const { return running_ && !stopped_; }
	/** The engine of that number; null if there is none. */
	std::shared_ptr<EngineRuntime> engine(uint32_t id);
	/** The same if it has that port. */
	std::shared_ptr<EngineRuntime> engine(const EnginePort& port);

	Status send(const EnginePort& target, const std::string& name, const Message& message, uint32_t timeOutMillis);
	Status sendFrom(EngineRuntime& source, uint32_t port, const std::string& name, const Message& message, uint32_t timeOutMillis);
	Status receive(const EnginePort& source, Receiver receiver);
	/** Only the first of several callers ends it. */
	Status stop();

private:
	class EngineOutlet;
	/** A receiver that the program has set. */
	struct Listener {
		Place place;
		/** That set it; null if it was set outside of engines. */
		std::shared_ptr<EngineRuntime> engine;
		Receiver receiver;
	};

	/** The way to a port of this graph's engines, wherever they are; null if there is none. */
	std::unique_ptr<Goal> goal(const EnginePort& target);
	Place placeOf(const EngineConfig& engine) const;
	bool runsHere(const EngineConfig& engine) const;
	Graphs::Made build();
	Graphs::Made make();
	Graphs::Made connect();
	Graphs::Made initialise();
	void run();
	Graphs::Made check(const EnginePort& port) const;
	bool isHere(const EnginePort& port) const;
	Status bring(Place from, const std::vector<std::unique_ptr<Goal>>& goals, const std::string& name, const Message& message,
	             uint32_t timeOutMillis);
	void ended(std::vector<Teardown::Left>& left);
	void noteEnd(Status status);
	void reportSurvivors();
	/** The heap of all that belongs to no engine. */
	Heap& home() { return platform_.heap(platform_.outside()); }

	const GraphConfig config_;
	const std::shared_ptr<Graphs::Inside> graphs_;
	Platform& platform_;
	/** In the order of the configuration; none is added or removed once it runs. */
	std::vector<std::shared_ptr<EngineRuntime>> engines_;
	std::map<EnginePort, std::vector<EnginePort>> targets_;
	std::mutex lock_;
	std::map<EnginePort, Listener> listeners_;
	Teardown teardown_;
	std::atomic<bool> running_{false};
	std::atomic<bool> stopped_{false};
};

} // namespace heaplens
