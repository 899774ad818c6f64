// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_TYPES_H
#define HIAIENGINE_AI_TYPES_H

/** What engines are configured with. The accessors are those that protobuf generates, without protobuf. */

#include <stdint.h>

#include <string>

#include "hiaiengine/message.h"

namespace hiai {

typedef uint32_t AIStatus;
static const AIStatus SUCCESS = 0;
static const AIStatus FAILED = 1;

/** A parameter; if it has items of its own, it has no value. */
class AIConfigItem {
	HIAI_MESSAGE(AIConfigItem)
	HIAI_STRING_FIELD(name)
	HIAI_STRING_FIELD(value)
	HIAI_REPEATED_FIELD(AIConfigItem, sub_items)
};

/** The `ai_config` of an engine in the graph file. */
class AIConfig {
	HIAI_MESSAGE(AIConfig)
	HIAI_REPEATED_FIELD(AIConfigItem, items)
};

class AITensorParaDescription {
	HIAI_MESSAGE(AITensorParaDescription)
	HIAI_STRING_FIELD(name)
	HIAI_STRING_FIELD(type)
	HIAI_STRING_FIELD(value)
	HIAI_STRING_FIELD(desc)
	HIAI_REPEATED_FIELD(AITensorParaDescription, sub_paras)
};

class AITensorDescription {
	HIAI_MESSAGE(AITensorDescription)
	HIAI_STRING_FIELD(name)
	HIAI_STRING_FIELD(type)
	HIAI_REPEATED_FIELD(std::string, compatible_type)
	HIAI_REPEATED_FIELD(AITensorParaDescription, paras)
};

class AITensorDescriptionList {
	HIAI_MESSAGE(AITensorDescriptionList)
	HIAI_REPEATED_FIELD(AITensorDescription, tensor_descs)
};

/** A model that an engine runs. */
class AIModelDescription {
	HIAI_MESSAGE(AIModelDescription)
	HIAI_STRING_FIELD(name)
	HIAI_STRING_FIELD(type)
	HIAI_STRING_FIELD(version)
	HIAI_VALUE_FIELD(int32_t, size)
	HIAI_STRING_FIELD(path)
	HIAI_REPEATED_FIELD(std::string, sub_path)
	HIAI_STRING_FIELD(key)
	HIAI_REPEATED_FIELD(std::string, sub_key)
	HIAI_VALUE_FIELD(uint32_t, frequency)
	HIAI_VALUE_FIELD(uint32_t, device_frequency)
	HIAI_REPEATED_FIELD(AITensorDescription, inputs)
	HIAI_REPEATED_FIELD(AITensorDescription, outputs)
	HIAI_MESSAGE_FIELD(AITensorDescriptionList, tensor_descs)
	HIAI_MESSAGE_FIELD(AIConfig, paras)
	HIAI_STRING_FIELD(data)
};

class AIModelDescriptionList {
	HIAI_MESSAGE(AIModelDescriptionList)
	HIAI_REPEATED_FIELD(AIModelDescription, model_descs)
};

} // namespace hiai

#endif
