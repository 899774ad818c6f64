// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "api_engine.h"
#include "heaplens/graph/device_process.h"
#include "heaplens/graph/graph_file.h"
#include "heaplens/graph/graphs.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/graph.h"
#include "libraries.h"

#include <algorithm>

namespace {

using heaplens::EnginePort;
using heaplens::GraphFile;
using heaplens::Graphs;
using heaplens::Status;
using heaplens::warn;

constexpr uint32_t MOST_DEVICES = 64;
constexpr size_t LONGEST_NAME = 255;

HIAI_StatusT code(Status status) {
	return static_cast<HIAI_StatusT>(status);
}

Graphs& graphs() {
	return Graphs::ofProcess();
}

/** Finds what makes the engines of a side; what is wrong if one is unknown. */
std::string findMakers(heaplens::GraphConfig& graph, heaplens::Side side, const std::string& folder) {
	for (heaplens::EngineConfig& engine : graph.engines) {
		if (engine.side != side) {
			continue;
		}
		std::string missing = heaplens::loadLibraries(engine, folder);
		engine.maker = heaplens::ApiEngine::maker(engine.name, graph.id, engine.id);
		if (engine.maker == nullptr) {
			return engine.where + "no engine is known under the name \"" + engine.name +
			       "\"; write HIAI_IMPL_ENGINE_PROCESS for it, give its library in so_name, or correct engine_name" +
			       (missing.empty() ? "" : " (not found: " + missing + ")");
		}
	}
	return "";
}

/** The graphs of this process, with the device in a process of its own if that is wanted. */
Graphs& graphsWithDevice() {
	heaplens::beginDeviceProcess(graphs(), heaplens::MessageTypes::ofProcess(), findMakers);
	return graphs();
}

/** All of them, or none. */
HIAI_StatusT create(std::vector<heaplens::GraphConfig>& configs, const std::string& folder, HIAI_StatusT ifUnknown) {
	graphsWithDevice();
	for (heaplens::GraphConfig& config : configs) {
		for (heaplens::Side side : {heaplens::Side::Host, heaplens::Side::Device}) {
			std::string problem = graphs().runs(side) ? findMakers(config, side, folder) : "";
			if (!problem.empty()) {
				warn(problem);
				return ifUnknown;
			}
		}
	}
	std::vector<uint32_t> made;
	for (const heaplens::GraphConfig& config : configs) {
		Graphs::Made result = graphs().create(config, folder);
		if (result.status != Status::Ok) {
			warn(result.problem);
			for (uint32_t graph : made) {
				graphs().destroy(graph);
			}
			return code(result.status);
		}
		made.push_back(config.id);
	}
	return HIAI_OK;
}

/** The file, with what is to be said of it said. */
GraphFile readFile(const std::string& name) {
	GraphFile file = GraphFile::read(name);
	for (const std::string& warning : file.warnings) {
		warn(warning);
	}
	if (!file.problem.empty()) {
		warn(file.problem);
	}
	return file;
}

HIAI_StatusT createFromFile(const std::string& name, std::vector<heaplens::GraphConfig>& configs) {
	GraphFile file = readFile(name);
	if (!file.problem.empty()) {
		return HIAI_GRAPH_PROTO_FILE_PARSE_FAILED;
	}
	size_t slash = name.rfind('/');
	configs = std::move(file.graphs);
	return create(configs, slash == std::string::npos ? "" : slash == 0 ? "/" : name.substr(0, slash), HIAI_GRAPH_PROTO_FILE_PARSE_FAILED);
}

HIAI_StatusT createFromList(const hiai::GraphConfigList& list, std::vector<heaplens::GraphConfig>& configs) {
	for (const hiai::GraphConfig& graph : list.graphs()) {
		std::string problem;
		configs.push_back(heaplens::read(graph, problem));
		if (!problem.empty()) {
			warn(problem);
			return HIAI_GRAPH_INVALID_VALUE;
		}
	}
	return configs.empty() ? HIAI_GRAPH_INVALID_VALUE : create(configs, "", HIAI_GRAPH_ENGINE_NOT_EXIST);
}

EnginePort port(const hiai::EnginePortID& id) {
	return {id.graph_id, id.engine_id, id.port_id};
}

EnginePort port(const HIAI_PortID_t& id) {
	return {id.graph_id, id.engine_id, id.port_id};
}

} // namespace

namespace hiai {

Graph::~Graph() = default;

HIAI_StatusT Graph::CreateGraph(const std::string& configFile) {
	std::vector<heaplens::GraphConfig> configs;
	return createFromFile(configFile, configs);
}

HIAI_StatusT Graph::CreateGraph(const std::string& configFile, std::list<std::shared_ptr<Graph>>& graphList) {
	std::vector<heaplens::GraphConfig> configs;
	HIAI_StatusT status = createFromFile(configFile, configs);
	return status == HIAI_OK ? Collect(configs.data(), configs.size(), graphList) : status;
}

HIAI_StatusT Graph::CreateGraph(const GraphConfigList& graphConfigList) {
	std::vector<heaplens::GraphConfig> configs;
	return createFromList(graphConfigList, configs);
}

HIAI_StatusT Graph::CreateGraph(const GraphConfigList& graphConfigList, std::list<std::shared_ptr<Graph>>& graphList) {
	std::vector<heaplens::GraphConfig> configs;
	HIAI_StatusT status = createFromList(graphConfigList, configs);
	return status == HIAI_OK ? Collect(configs.data(), configs.size(), graphList) : status;
}

HIAI_StatusT Graph::Collect(const heaplens::GraphConfig* configs, size_t count, std::list<std::shared_ptr<Graph>>& graphList) {
	for (size_t index = 0; index < count; index++) {
		graphList.push_back(std::shared_ptr<Graph>(new Graph(configs[index].id, configs[index].device)));
	}
	return HIAI_OK;
}

HIAI_StatusT Graph::ParseConfigFile(const std::string& configFile, GraphConfigList& graphConfigList) {
	GraphFile file = readFile(configFile);
	if (!file.problem.empty()) {
		return HIAI_GRAPH_PROTO_FILE_PARSE_FAILED;
	}
	for (const heaplens::GraphConfig& graph : file.graphs) {
		heaplens::write(graph, *graphConfigList.add_graphs());
	}
	return HIAI_OK;
}

HIAI_StatusT Graph::DestroyGraph(uint32_t graphID) {
	return code(graphs().destroy(graphID));
}

HIAI_StatusT Graph::SetPublicKeyForSignatureEncryption(const std::string& publicKey) {
	return publicKey.empty() ? HIAI_GRAPH_INVALID_VALUE : HIAI_OK;
}

std::shared_ptr<Graph> Graph::GetInstance(uint32_t graphID) {
	return graphs().exists(graphID) ? std::shared_ptr<Graph>(new Graph(graphID, graphs().device(graphID))) : nullptr;
}

HIAI_StatusT Graph::SetDataRecvFunctor(const EnginePortID& portId, const std::shared_ptr<DataRecvInterface>& dataRecv) {
	return dataRecv == nullptr ? HIAI_ENGINE_NULL_POINTER : code(graphs().receive(port(portId), heaplens::receiverOf(dataRecv)));
}

void Graph::ReleaseDataBuffer(void* ptr) {
	graphs().platform().free(ptr, heaplens::FreeCall::ReleaseDataBuffer);
}

HIAI_StatusT Graph::UpdateEngineConfig(const uint32_t& graphId, const uint32_t& engineId, const AIConfig& aiConfig, const bool&) {
	if (!graphs().exists(graphId)) {
		return HIAI_GRAPH_NOT_EXIST;
	}
	auto found = std::dynamic_pointer_cast<heaplens::ApiEngine>(graphs().engine(graphId, engineId));
	return found == nullptr ? HIAI_GRAPH_ENGINE_NOT_EXIST : found->engine()->UpdateConfig(aiConfig);
}

HIAI_StatusT Graph::SendData(const EnginePortID& target, const std::string& messageName, const std::shared_ptr<void>& dataPtr) {
	return SendData(target, messageName, dataPtr, heaplens::Outlet::USUAL_TIME_OUT);
}

HIAI_StatusT Graph::SendData(const EnginePortID& target, const std::string& messageName, const std::shared_ptr<void>& dataPtr,
                             const uint32_t timeOut) {
	return code(graphs().send(port(target), messageName, dataPtr, timeOut));
}

std::shared_ptr<Engine> Graph::GetEngine(uint32_t engineID) {
	auto found = std::dynamic_pointer_cast<heaplens::ApiEngine>(graphs().engine(id_, engineID));
	return found == nullptr ? nullptr : found->engine();
}

HIAI_StatusT Graph::RegisterEventHandle(const HIAIEvent& event, const std::function<HIAI_StatusT()>& callBack) {
	if (event != HIAI_DEVICE_DISCONNECT_EVENT || !callBack) {
		return HIAI_GRAPH_INVALID_VALUE;
	}
	onEvent_ = callBack;
	return HIAI_OK;
}

} // namespace hiai

HIAI_StatusT HIAI_Init(uint32_t deviceID) {
	graphsWithDevice();
	return deviceID < MOST_DEVICES ? HIAI_OK : HIAI_INIT_FAIL;
}

HIAI_StatusT HIAI_CreateGraph(const char* graphConfigFile, size_t len) {
	if (graphConfigFile == nullptr || len == 0 || len > LONGEST_NAME) {
		return HIAI_GRAPH_INVALID_VALUE;
	}
	std::vector<heaplens::GraphConfig> configs;
	// The length may count a zero at the end.
	return createFromFile(std::string(graphConfigFile, len).c_str(), configs);
}

HIAI_StatusT HIAI_DestroyGraph(uint32_t graphID) {
	return code(graphs().destroy(graphID));
}

HIAI_StatusT HIAI_SendData(HIAI_PortID_t targetPortConfig, const std::string& messageName, std::shared_ptr<void>& dataPtr,
                           const uint32_t timeOut) {
	return code(graphs().send(port(targetPortConfig), messageName, dataPtr, timeOut));
}

HIAI_StatusT HIAI_C_SendData(HIAI_PortID_t targetPortConfig, const char* messageName, size_t len, void* dataPtr) {
	if (messageName == nullptr || len == 0) {
		return HIAI_GRAPH_INVALID_VALUE;
	}
	// What is sent stays the caller's.
	std::shared_ptr<void> message(dataPtr, [](void*) {});
	return code(graphs().send(port(targetPortConfig), std::string(messageName, len).c_str(), dataPtr == nullptr ? nullptr : message, 0));
}

HIAI_StatusT HIAI_SetDataRecvFunctor(HIAI_PortID_t targetPortConfig, HIAI_RecvDataCallbackT recvFunc) {
	if (recvFunc == nullptr) {
		return HIAI_ENGINE_FUNCTOR_NULL;
	}
	return code(graphs().receive(port(targetPortConfig),
	                             [recvFunc](const heaplens::Message& message) { return Status(recvFunc(message.get())); }));
}
