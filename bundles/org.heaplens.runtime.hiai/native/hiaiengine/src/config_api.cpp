// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "api_engine.h"

#include <cstdlib>

namespace heaplens {
namespace {

constexpr uint32_t MOST_THREADS = 4096;

void write(const ConfigItem& item, hiai::AIConfigItem& config) {
	config.set_name(item.name);
	config.set_value(item.value);
	for (const ConfigItem& under : item.under) {
		write(under, *config.add_sub_items());
	}
}

ConfigItem read(const hiai::AIConfigItem& config) {
	ConfigItem item{config.name(), config.value(), {}};
	for (const hiai::AIConfigItem& under : config.sub_items()) {
		item.under.push_back(read(under));
	}
	return item;
}

/** The keys of `ai_model` are those of the class. */
std::vector<ConfigItem> read(const hiai::AIModelDescription& model) {
	std::vector<ConfigItem> items{{"name", model.name(), {}},
	                              {"type", model.type(), {}},
	                              {"version", model.version(), {}},
	                              {"size", std::to_string(model.size()), {}},
	                              {"path", model.path(), {}},
	                              {"key", model.key(), {}},
	                              {"frequency", std::to_string(model.frequency()), {}},
	                              {"device_frequency", std::to_string(model.device_frequency()), {}}};
	for (const std::string& path : model.sub_path()) {
		items.push_back({"sub_path", path, {}});
	}
	for (const std::string& key : model.sub_key()) {
		items.push_back({"sub_key", key, {}});
	}
	return items;
}

EngineConfig read(const hiai::EngineConfig& config) {
	EngineConfig engine;
	engine.id = config.id();
	engine.name = config.engine_name();
	engine.side = config.side() == hiai::EngineConfig_RunSide_HOST ? Side::Host : Side::Device;
	engine.threads = config.has_thread_num() ? config.thread_num() : 1;
	engine.queueSize = config.queue_size();
	engine.quietMillis = config.wait_inputdata_max_time();
	engine.repeatsQuiet = config.is_repeat_timeout_flag();
	engine.receivesForDvpp = config.has_receive_memory_without_dvpp() && !config.receive_memory_without_dvpp();
	for (const hiai::AIConfigItem& item : config.ai_config().items()) {
		engine.items.push_back(read(item));
	}
	for (const hiai::AIModelDescription& model : config.ai_model()) {
		engine.models.push_back(read(model));
	}
	for (const std::string& library : config.so_name()) {
		engine.libraries.push_back(library);
	}
	for (const std::string& library : config.internal_so_name()) {
		engine.libraries.push_back(library);
	}
	return engine;
}

void write(const EngineConfig& engine, hiai::EngineConfig& config) {
	config.set_id(engine.id);
	config.set_engine_name(engine.name);
	config.set_side(engine.side == Side::Host ? hiai::EngineConfig_RunSide_HOST : hiai::EngineConfig_RunSide_DEVICE);
	config.set_thread_num(engine.threads);
	if (engine.queueSize != EngineConfig::USUAL_QUEUE_SIZE) {
		config.set_queue_size(engine.queueSize);
	}
	if (engine.quietMillis > 0) {
		config.set_wait_inputdata_max_time(engine.quietMillis);
		config.set_is_repeat_timeout_flag(engine.repeatsQuiet);
	}
	if (engine.receivesForDvpp) {
		config.set_receive_memory_without_dvpp(false);
	}
	if (!engine.items.empty()) {
		write(engine.items, *config.mutable_ai_config());
	}
	for (const std::vector<ConfigItem>& model : engine.models) {
		write(model, *config.add_ai_model());
	}
	for (const std::string& library : engine.libraries) {
		config.add_so_name(library);
	}
}

} // namespace

void write(const std::vector<ConfigItem>& items, hiai::AIConfig& config) {
	for (const ConfigItem& item : items) {
		write(item, *config.add_items());
	}
}

void write(const std::vector<ConfigItem>& items, hiai::AIModelDescription& model) {
	for (const ConfigItem& item : items) {
		if (item.name == "name") {
			model.set_name(item.value);
		} else if (item.name == "type") {
			model.set_type(item.value);
		} else if (item.name == "version") {
			model.set_version(item.value);
		} else if (item.name == "size") {
			model.set_size(int32_t(std::strtol(item.value.c_str(), nullptr, 0)));
		} else if (item.name == "path") {
			model.set_path(item.value);
		} else if (item.name == "sub_path") {
			*model.add_sub_path() = item.value;
		} else if (item.name == "key") {
			model.set_key(item.value);
		} else if (item.name == "sub_key") {
			*model.add_sub_key() = item.value;
		} else if (item.name == "frequency") {
			model.set_frequency(uint32_t(std::strtoul(item.value.c_str(), nullptr, 0)));
		} else if (item.name == "device_frequency") {
			model.set_device_frequency(uint32_t(std::strtoul(item.value.c_str(), nullptr, 0)));
		}
	}
}

void write(const GraphConfig& graph, hiai::GraphConfig& config) {
	config.set_graph_id(graph.id);
	config.set_device_id(std::to_string(graph.device));
	for (const EngineConfig& engine : graph.engines) {
		write(engine, *config.add_engines());
	}
	for (const Connection& connection : graph.connections) {
		hiai::ConnectConfig* made = config.add_connects();
		made->set_src_engine_id(connection.source.engine);
		made->set_src_port_id(connection.source.port);
		if (connection.target.graph != graph.id) {
			made->set_target_graph_id(connection.target.graph);
		}
		made->set_target_engine_id(connection.target.engine);
		made->set_target_port_id(connection.target.port);
	}
}

GraphConfig read(const hiai::GraphConfig& config, std::string& problem) {
	GraphConfig graph;
	graph.id = config.graph_id();
	const std::string& device = config.device_id();
	if (device.size() > 2 || device.find_first_not_of("0123456789") != std::string::npos ||
	    (!device.empty() && std::strtoul(device.c_str(), nullptr, 10) > 63)) {
		problem = "graph " + std::to_string(graph.id) + ": device_id is \"" + device + "\"; it has to be a number from 0 to 63";
		return graph;
	}
	graph.device = device.empty() ? 0 : uint32_t(std::strtoul(device.c_str(), nullptr, 10));
	for (const hiai::EngineConfig& engine : config.engines()) {
		graph.engines.push_back(read(engine));
		if (graph.engines.back().threads < 1 || graph.engines.back().threads > MOST_THREADS) {
			problem = "graph " + std::to_string(graph.id) + ": thread_num of engine " + std::to_string(engine.id()) + " is " +
			          std::to_string(engine.thread_num()) + "; it has to be from 1 to " + std::to_string(MOST_THREADS);
		}
	}
	for (const hiai::ConnectConfig& connection : config.connects()) {
		uint32_t target = connection.has_target_graph_id() ? connection.target_graph_id() : graph.id;
		graph.connections.push_back({{graph.id, connection.src_engine_id(), connection.src_port_id()},
		                             {target, connection.target_engine_id(), connection.target_port_id()}});
	}
	return graph;
}

} // namespace heaplens
