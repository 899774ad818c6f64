// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_ENGINE_H
#define HIAIENGINE_ENGINE_H

/** Engines: what an application derives its parts of a graph from. */

#include <stdint.h>

#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "hiaiengine/ai_types.h"
#include "hiaiengine/data_recv_interface.h"
#include "hiaiengine/data_type_reg.h"
#include "hiaiengine/log.h"
#include "hiaiengine/profile.h"
#include "hiaiengine/status.h"

namespace hiai {

/** Milliseconds for each try of a send, as the documents have it; HEAPLENS_SIMULATOR_ENGINE_SEND_TIME_OUT says what it really is. */
static const uint32_t TIME_OUT_VALUE = 500;
/** As the vendor's header has it; what holds is `queue_size` of the graph file. */
static const uint32_t ENGINE_MAX_QUEUE_SIZE = 100;
/** An engine has ports 0 to 15. */
static const uint32_t HIAI_MAX_PORTS = 16;

/** A part of a graph that takes messages and sends others. With several threads, `Process` is called by several at once. */
class HIAI_LIB_EXPORT Engine {
public:
	HIAI_LIB_EXPORT Engine();
	HIAI_LIB_EXPORT virtual ~Engine();
	Engine(const Engine&) = delete;
	Engine& operator=(const Engine&) = delete;

	/** Called once before any message. Anything but HIAI_OK stops the graph from being made. */
	virtual HIAI_StatusT Init(const AIConfig&, const std::vector<AIModelDescription>&) { return HIAI_OK; }

	/** Called with what Graph::UpdateEngineConfig is given. */
	virtual HIAI_StatusT UpdateConfig(const AIConfig&) { return HIAI_OK; }

	/** Has the messages of an output port handed to a receiver. */
	HIAI_LIB_EXPORT HIAI_StatusT SetDataRecvFunctor(const uint32_t portId, const std::shared_ptr<DataRecvInterface>& dataRecv);

	/** Messages that may wait at each input port, and that do. */
	HIAI_LIB_EXPORT uint32_t GetQueueMaxSize() const;
	HIAI_LIB_EXPORT uint32_t GetQueueCurrentSize(const uint32_t portId) const;
	HIAI_LIB_EXPORT uint32_t GetGraphId() const;
	HIAI_LIB_EXPORT uint32_t GetEngineId() const;
	HIAI_LIB_EXPORT const std::string& GetEngineName() const;
	/** Requests and jobs are not numbered here. */
	uint64_t GetReqId() const { return 0; }
	uint64_t GetJobId() const { return 0; }

	/** Written by HIAI_DEFINE_PROCESS: how many ports there are, and the call of `Process` with the messages at them. */
	virtual uint32_t HiaiInputPorts() const { return 0; }
	virtual HIAI_StatusT HiaiRun(std::shared_ptr<void>*) { return HIAI_ENGINE_RUN_ARGS_NOT_RIGHT; }

	/** What connects it to its graph: the library's own. */
	class Link;
	HIAI_LIB_EXPORT void HiaiConnect(const std::shared_ptr<Link>& link);

protected:
	/**
	 * Sends a message to whatever is connected to an output port. To the same side goes the object itself, to the other a copy, as was
	 * registered under the name; then, with HIAI_OK, the copy has arrived, and a block with AUTO_FREE has been freed. With any other
	 * answer nothing was sent.
	 */
	HIAI_LIB_EXPORT HIAI_StatusT SendData(const uint32_t portId, const std::string& messageName, const std::shared_ptr<void>& dataPtr);
	/** @param timeOut ms that each try waits; 0 not at all */
	HIAI_LIB_EXPORT HIAI_StatusT SendData(const uint32_t portId, const std::string& messageName, const std::shared_ptr<void>& dataPtr,
	                                      const uint32_t timeOut);

private:
	std::shared_ptr<Link> link_;
};

/** The engines that can be made, by name. Threads share it. */
class EngineFactory {
public:
	typedef Engine* (*Maker)();
	/** The first of a name stays. */
	HIAI_LIB_EXPORT static HIAI_StatusT Register(const std::string& name, Maker maker);
};

/** Makes an engine known when it is made itself, before main. */
class EngineRegister {
public:
	EngineRegister(const char* name, EngineFactory::Maker maker) { EngineFactory::Register(name, maker); }
};

} // namespace hiai

/** Engines need not look at all of their messages. */
#define HIAI_PORT(number) std::shared_ptr<void>& arg##number __attribute__((unused))
#define HIAI_PORTS_1 HIAI_PORT(0)
#define HIAI_PORTS_2 HIAI_PORTS_1, HIAI_PORT(1)
#define HIAI_PORTS_3 HIAI_PORTS_2, HIAI_PORT(2)
#define HIAI_PORTS_4 HIAI_PORTS_3, HIAI_PORT(3)
#define HIAI_PORTS_5 HIAI_PORTS_4, HIAI_PORT(4)
#define HIAI_PORTS_6 HIAI_PORTS_5, HIAI_PORT(5)
#define HIAI_PORTS_7 HIAI_PORTS_6, HIAI_PORT(6)
#define HIAI_PORTS_8 HIAI_PORTS_7, HIAI_PORT(7)
#define HIAI_PORTS_9 HIAI_PORTS_8, HIAI_PORT(8)
#define HIAI_PORTS_10 HIAI_PORTS_9, HIAI_PORT(9)
#define HIAI_PORTS_11 HIAI_PORTS_10, HIAI_PORT(10)
#define HIAI_PORTS_12 HIAI_PORTS_11, HIAI_PORT(11)
#define HIAI_PORTS_13 HIAI_PORTS_12, HIAI_PORT(12)
#define HIAI_PORTS_14 HIAI_PORTS_13, HIAI_PORT(13)
#define HIAI_PORTS_15 HIAI_PORTS_14, HIAI_PORT(14)
#define HIAI_PORTS_16 HIAI_PORTS_15, HIAI_PORT(15)
#define HIAI_MESSAGES_1 messages[0]
#define HIAI_MESSAGES_2 HIAI_MESSAGES_1, messages[1]
#define HIAI_MESSAGES_3 HIAI_MESSAGES_2, messages[2]
#define HIAI_MESSAGES_4 HIAI_MESSAGES_3, messages[3]
#define HIAI_MESSAGES_5 HIAI_MESSAGES_4, messages[4]
#define HIAI_MESSAGES_6 HIAI_MESSAGES_5, messages[5]
#define HIAI_MESSAGES_7 HIAI_MESSAGES_6, messages[6]
#define HIAI_MESSAGES_8 HIAI_MESSAGES_7, messages[7]
#define HIAI_MESSAGES_9 HIAI_MESSAGES_8, messages[8]
#define HIAI_MESSAGES_10 HIAI_MESSAGES_9, messages[9]
#define HIAI_MESSAGES_11 HIAI_MESSAGES_10, messages[10]
#define HIAI_MESSAGES_12 HIAI_MESSAGES_11, messages[11]
#define HIAI_MESSAGES_13 HIAI_MESSAGES_12, messages[12]
#define HIAI_MESSAGES_14 HIAI_MESSAGES_13, messages[13]
#define HIAI_MESSAGES_15 HIAI_MESSAGES_14, messages[14]
#define HIAI_MESSAGES_16 HIAI_MESSAGES_15, messages[15]

/** In the class of an engine: it has that many input ports (1 to 16) and output ports, and a `Process` with a message for each input. */
#define HIAI_DEFINE_PROCESS(inputPortNum, outputPortNum)                                                                                   \
public:                                                                                                                                    \
	uint32_t HiaiInputPorts() const override { return inputPortNum; }                                                                      \
	HIAI_StatusT HiaiRun(std::shared_ptr<void>* messages) override { return Process(HIAI_JOIN(HIAI_MESSAGES_, inputPortNum)); }            \
	HIAI_StatusT Process(HIAI_JOIN(HIAI_PORTS_, inputPortNum));

/** Begins the body of `Process`, and makes the engine known under a name. The messages are arg0, arg1 ...; all but one are null. */
#define HIAI_IMPL_ENGINE_PROCESS(name, engineClass, inputPortNum)                                                                          \
	static ::hiai::Engine* HIAI_JOIN(HiaiMake_, __LINE__)() {                                                                              \
		return new (std::nothrow) engineClass;                                                                                             \
	}                                                                                                                                      \
	static const ::hiai::EngineRegister HIAI_JOIN(hiaiEngineRegister_, __LINE__)(name, &HIAI_JOIN(HiaiMake_, __LINE__));                   \
	HIAI_StatusT engineClass::Process(HIAI_JOIN(HIAI_PORTS_, inputPortNum))

#endif
