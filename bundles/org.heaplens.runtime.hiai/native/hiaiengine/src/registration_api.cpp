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

} // namespace hiai
