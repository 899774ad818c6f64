// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_GRAPH_CONFIG_H
#define HIAIENGINE_GRAPH_CONFIG_H

/** What a `graph.config` says, as objects: applications read it, change it, or make it without a file. */

#include <stdint.h>

#include <string>

#include "hiaiengine/ai_types.h"

namespace hiai {

/** The side on which an engine runs. */
enum EngineConfig_RunSide { EngineConfig_RunSide_DEVICE = 0, EngineConfig_RunSide_HOST = 1 };

#define HIAI_PRESENT_FIELD(Type, name)                                                                                                     \
public:                                                                                                                                    \
	bool has_##name() const { return has_##name##_; }                                                                                      \
	Type name() const { return name##_; }                                                                                                  \
	void set_##name(Type value) {                                                                                                          \
		name##_ = value;                                                                                                                   \
		has_##name##_ = true;                                                                                                              \
	}                                                                                                                                      \
	void clear_##name() {                                                                                                                  \
		name##_ = Type();                                                                                                                  \
		has_##name##_ = false;                                                                                                             \
	}                                                                                                                                      \
                                                                                                                                           \
private:                                                                                                                                   \
	Type name##_ = Type();                                                                                                                 \
	bool has_##name##_ = false;

#define HIAI_TEXTS_FIELD(name)                                                                                                             \
public:                                                                                                                                    \
	const RepeatedField<std::string>& name() const { return name##_; }                                                                     \
	const std::string& name(int index) const { return name##_.Get(index); }                                                                \
	int name##_size() const { return name##_.size(); }                                                                                     \
	std::string* add_##name() { return name##_.Add(); }                                                                                    \
	void add_##name(const std::string& value) { name##_.Add(value); }                                                                      \
	void set_##name(int index, const std::string& value) { name##_.Set(index, value); }                                                    \
	std::string* mutable_##name(int index) { return name##_.Mutable(index); }                                                              \
	void clear_##name() { name##_.Clear(); }                                                                                               \
                                                                                                                                           \
private:                                                                                                                                   \
	RepeatedField<std::string> name##_;

/** An engine of a graph. */
class EngineConfig {
	HIAI_MESSAGE(EngineConfig)
	typedef EngineConfig_RunSide RunSide;
	static const RunSide DEVICE = EngineConfig_RunSide_DEVICE;
	static const RunSide HOST = EngineConfig_RunSide_HOST;
	HIAI_PRESENT_FIELD(uint32_t, id)
	HIAI_STRING_FIELD(engine_name)
	HIAI_PRESENT_FIELD(EngineConfig_RunSide, side)
	HIAI_TEXTS_FIELD(so_name)
	HIAI_PRESENT_FIELD(uint32_t, thread_num)
	HIAI_PRESENT_FIELD(uint32_t, thread_priority)
	HIAI_PRESENT_FIELD(uint32_t, queue_size)
	HIAI_MESSAGE_FIELD(AIConfig, ai_config)
	HIAI_REPEATED_FIELD(AIModelDescription, ai_model)
	HIAI_TEXTS_FIELD(internal_so_name)
	HIAI_PRESENT_FIELD(uint32_t, wait_inputdata_max_time)
	HIAI_PRESENT_FIELD(bool, is_repeat_timeout_flag)
	HIAI_PRESENT_FIELD(bool, holdmodelfileflag)
	HIAI_PRESENT_FIELD(bool, receive_memory_without_dvpp)
};

/** What is sent from one port arrives at the other. */
class ConnectConfig {
	HIAI_MESSAGE(ConnectConfig)
	HIAI_PRESENT_FIELD(uint32_t, src_engine_id)
	HIAI_PRESENT_FIELD(uint32_t, src_port_id)
	HIAI_PRESENT_FIELD(uint32_t, target_graph_id)
	HIAI_PRESENT_FIELD(uint32_t, target_engine_id)
	HIAI_PRESENT_FIELD(uint32_t, target_port_id)
};

/** A graph. */
class GraphConfig {
	HIAI_MESSAGE(GraphConfig)
	HIAI_PRESENT_FIELD(uint32_t, graph_id)
	HIAI_PRESENT_FIELD(int32_t, priority)
	HIAI_STRING_FIELD(device_id)
	HIAI_REPEATED_FIELD(EngineConfig, engines)
	HIAI_REPEATED_FIELD(ConnectConfig, connects)
};

/** A file. */
class GraphConfigList {
	HIAI_MESSAGE(GraphConfigList)
	HIAI_REPEATED_FIELD(GraphConfig, graphs)
};

} // namespace hiai

#endif
