// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/message_types.h"
#include "hiaiengine/data_type_reg.h"

namespace hiai {

HIAI_StatusT HIAIDataTypeFactory::RegisterDataType(const std::string& name, HIAI_DATADesearilizedFunT deserialize,
                                                   HIAI_DATASearilizedFunT serialize) {
	if (deserialize == nullptr || serialize == nullptr) {
		return HIAI_ENGINE_FUNCTOR_NULL;
	}
	return static_cast<HIAI_StatusT>(heaplens::MessageTypes::ofProcess().registerPlain(name, serialize, deserialize));
}

HIAI_StatusT HIAIDataTypeFactory::RegisterSerializeFunc(const std::string& name, HIAI_SerializeFuncT serialize,
                                                        HIAI_DeserializeFuncT deserialize) {
	if (deserialize == nullptr || serialize == nullptr) {
		return HIAI_ENGINE_FUNCTOR_NULL;
	}
	return static_cast<HIAI_StatusT>(heaplens::MessageTypes::ofProcess().registerHighSpeed(name, serialize, deserialize));
}

HIAI_StatusT HIAIDataTypeFactory::RegisterSerializeFunc(const std::string& name, HIAI_GetSearHandleFuncT serialize,
                                                        HIAI_GetDearHandleFuncT deserialize) {
	if (deserialize == nullptr || serialize == nullptr) {
		return HIAI_ENGINE_FUNCTOR_NULL;
	}
	auto takeApart = [serialize](void* message, std::string& control, uint8_t*& data, uint32_t& length) {
		uint32_t controlLength = 0;
		serialize(message, control, data, controlLength, length);
	};
	auto putTogether = [deserialize](const char* control, uint32_t controlLength, uint8_t* data, uint32_t) {
		// It may write there.
		std::string own(control, controlLength);
		return deserialize(&own[0], data);
	};
	return static_cast<HIAI_StatusT>(heaplens::MessageTypes::ofProcess().registerHighSpeed(name, takeApart, putTogether));
}

} // namespace hiai
