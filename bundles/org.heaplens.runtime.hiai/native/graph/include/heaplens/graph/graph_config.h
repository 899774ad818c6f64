// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/engine_body.h"
#include "heaplens/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heaplens {

/** A port of an engine of a graph. */
struct EnginePort {
	uint32_t graph;
	uint32_t engine;
	uint32_t port;

	bool operator==(const EnginePort& other) const { return graph == other.graph && engine == other.engine && port == other.port; }
	bool operator<(const EnginePort& other) const {
		return graph != other.graph ? graph < other.graph : engine != other.engine ? engine < other.engine : port < other.port;
	}
	/** The API has ports 0 to 15. */
	static constexpr uint32_t PORTS = 16;
};

/** Makes an engine when its graph is made. */
using EngineMaker = std::function<std::shared_ptr<EngineBody>()>;

/** An engine of a graph. */
struct EngineConfig {
	/** As many messages wait at an input port as the setting `simulator.queue-size` says. */
	static constexpr uint32_t USUAL_QUEUE_SIZE = 0;

	uint32_t id = 0;
	std::string name;
	/** Of its name in a file, as it begins a message; empty if it is in none. */
	std::string where;
	Side side = Side::Device;
	/** At least 1. */
	uint32_t threads = 1;
	uint32_t queueSize = USUAL_QUEUE_SIZE;
	/** Milliseconds after a message until the engine is told that no other came; 0 for never. */
	uint32_t quietMillis = 0;
	bool repeatsQuiet = false;
	/** Whether blocks of messages have to be fit for DVPP, and so may be freed as such. */
	bool receivesForDvpp = false;
	/** `ai_config`, and each `ai_model`. */
	std::vector<ConfigItem> items;
	std::vector<std::vector<ConfigItem>> models;
	/** Libraries that may have it. */
	std::vector<std::string> libraries;
	EngineMaker maker;
};

/** What is sent from one port arrives at the other, which may be of another graph. */
struct Connection {
	EnginePort source;
	EnginePort target;
};

/** Which engines a graph has and how they are connected. */
struct GraphConfig {
	uint32_t id = 0;
	/** The device on which its engines of that side are. */
	uint32_t device = 0;
	std::vector<EngineConfig> engines;
	std::vector<Connection> connections;
};

} // namespace heaplens
