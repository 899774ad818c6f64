// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/engine_body.h"
#include "heaplens/graph/graph_config.h"
#include "heaplens/graph/message_types.h"
#include "heaplens/platform.h"

#include <memory>
#include <string>
#include <vector>

namespace heaplens {

class RunningGraph;

/** The graphs on a platform, and what goes between them. Threads share it; its calls answer as the Java runtime's do. */
class Graphs {
public:
	/** What became of a graph that was to be made: Ok, or why not, in words as well. */
	struct Made {
		Status status;
		std::string problem;
	};

	Graphs(Platform& platform, const MessageTypes& types);
	/** Waits for the threads of graphs that have been destroyed. */
	~Graphs();
	Graphs(const Graphs&) = delete;
	Graphs& operator=(const Graphs&) = delete;

	/** Those of this process, made by the first call; never destroyed. */
	static Graphs& ofProcess();

	Platform& platform() { return platform_; }

	/** Makes the engines, initialises them, and lets the graph run; if anything is wrong, nothing of it is left. @param folder of its file */
	Made create(const GraphConfig& config, const std::string& folder = "");
	/** Whether engines of that side run in this process. */
	bool runs(Side side) const;
	/** GraphNotExist if there is none, DestroyTimeout if an engine does not return: its number stays taken until it does. */
	Status destroy(uint32_t graph);
	/** Whether there is such a graph, which is not being destroyed. */
	bool exists(uint32_t graph);
	/** Their numbers, in order. */
	std::vector<uint32_t> numbers();
	/** The device of a graph; 0 if there is no such graph. */
	uint32_t device(uint32_t graph);
	/** The program's part of an engine; null if there is none. */
	std::shared_ptr<EngineBody> engine(uint32_t graph, uint32_t id);

	/** Sends from outside, or from the place of the engine whose thread is calling. @param timeOutMillis for each try; 0 not to wait */
	Status send(const EnginePort& target, const std::string& name, const Message& message, uint32_t timeOutMillis);
	/** Has the messages of an output port handed to the program. */
	Status receive(const EnginePort& source, Receiver receiver);

	/** What its graphs share. */
	struct Inside;
	const std::shared_ptr<Inside>& inside() const { return inside_; }

private:
	std::shared_ptr<RunningGraph> find(uint32_t graph);

	Platform& platform_;
	const std::shared_ptr<Inside> inside_;
};

} // namespace heaplens
