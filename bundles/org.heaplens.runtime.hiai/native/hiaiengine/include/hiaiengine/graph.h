// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_GRAPH_H
#define HIAIENGINE_GRAPH_H

/** Graphs of engines. */

#include <stddef.h>
#include <stdint.h>

#include <functional>
#include <list>
#include <memory>
#include <string>

#include "hiaiengine/data_recv_interface.h"
#include "hiaiengine/engine.h"
#include "hiaiengine/graph_config.h"
#include "hiaiengine/profile.h"
#include "hiaiengine/status.h"

namespace heaplens {
struct GraphConfig;
}

namespace hiai {

class Engine;

/** Milliseconds for each try of a send, as the documents have it; HEAPLENS_SIMULATOR_GRAPH_SEND_TIME_OUT says what it really is. */
static const uint32_t SEND_DATA_DEFAULT_TIME_OUT = 500;

/** A port of an engine of a graph. */
struct EnginePortID {
	uint32_t graph_id;
	uint32_t engine_id;
	uint32_t port_id;
};

/** What can happen to a device. */
enum HIAIEvent { HIAI_DEVICE_DISCONNECT_EVENT };

/** A graph that runs. Threads share it. */
class Graph {
public:
	Graph(const Graph&) = delete;
	Graph& operator=(const Graph&) = delete;
	HIAI_LIB_EXPORT ~Graph();

	/** Makes the graphs of a file, and starts their engines: all of them, or none. What is wrong stands on standard error. */
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT CreateGraph(const std::string& configFile);
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT CreateGraph(const std::string& configFile, std::list<std::shared_ptr<Graph> >& graphList);
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT CreateGraph(const GraphConfigList& graphConfigList);
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT CreateGraph(const GraphConfigList& graphConfigList,
	                                                     std::list<std::shared_ptr<Graph> >& graphList);
	/** Reads a file, and makes nothing. */
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT ParseConfigFile(const std::string& configFile, GraphConfigList& graphConfigList);
	/** Ends a graph; messages that its engines did not take are dropped. */
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT DestroyGraph(uint32_t graphID);

	/** Nothing is encrypted here. */
	HIAI_COMMON_LIB_EXPORT static HIAI_StatusT SetPublicKeyForSignatureEncryption(const std::string& publicKey);

	/** Null if there is none. */
	HIAI_COMMON_LIB_EXPORT static std::shared_ptr<Graph> GetInstance(uint32_t graphID);

	/** Has the messages of an output port handed to the program. */
	HIAI_COMMON_LIB_EXPORT static HIAI_StatusT SetDataRecvFunctor(const EnginePortID& portId,
	                                                              const std::shared_ptr<DataRecvInterface>& dataRecv);
	/** Gives back a block that came with a message. */
	HIAI_COMMON_LIB_EXPORT static void ReleaseDataBuffer(void* ptr);
	/** Gives an engine another configuration, by its UpdateConfig. @param sync kept for applications that give it */
	HIAI_HOST_LIB_EXPORT static HIAI_StatusT UpdateEngineConfig(const uint32_t& graphId, const uint32_t& engineId, const AIConfig& aiConfig,
	                                                            const bool& syncFlag = false);

	/** Sends to an engine, from the host or from where the calling engine is. */
	HIAI_COMMON_LIB_EXPORT HIAI_StatusT SendData(const EnginePortID& target, const std::string& messageName,
	                                             const std::shared_ptr<void>& dataPtr);
	/** @param timeOut ms that each try waits; 0 not at all */
	HIAI_COMMON_LIB_EXPORT HIAI_StatusT SendData(const EnginePortID& target, const std::string& messageName,
	                                             const std::shared_ptr<void>& dataPtr, const uint32_t timeOut);

	/** Null if the graph has no such engine. */
	HIAI_COMMON_LIB_EXPORT std::shared_ptr<Engine> GetEngine(uint32_t engineID);
	uint32_t GetGraphId() const { return id_; }
	uint32_t GetDeviceID() const { return device_; }

	/** Nothing happens to a simulated device: the function is kept, and never called. */
	HIAI_COMMON_LIB_EXPORT HIAI_StatusT RegisterEventHandle(const HIAIEvent& event, const std::function<HIAI_StatusT()>& callBack);

private:
	Graph(uint32_t id, uint32_t device) : id_(id), device_(device) {}
	static HIAI_StatusT Collect(const heaplens::GraphConfig* configs, size_t count, std::list<std::shared_ptr<Graph> >& graphList);

	const uint32_t id_;
	const uint32_t device_;
	std::function<HIAI_StatusT()> onEvent_;
};

} // namespace hiai

#endif
