// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_TYPE_REG_H
#define HIAIENGINE_DATA_TYPE_REG_H

/** How messages cross from one side to the other: registered by name, before main, once in each library. */

#include <stdint.h>

#include <memory>
#include <sstream>
#include <string>

#include "hiaiengine/profile.h"
#include "hiaiengine/serialize.h"
#include "hiaiengine/status.h"

/** Makes a message from the bytes of a plain one, and the other way round. */
typedef std::shared_ptr<void> (*HIAI_DATADesearilizedFunT)(const std::string&);
typedef void (*HIAI_DATASearilizedFunT)(void* dataPtr, std::string&);
/** The first generation's: the control part comes with its size, and a receiver is told no sizes. */
typedef void (*HIAI_GetSearHandleFuncT)(void* dataPtr, std::string& structStr, uint8_t*& imagePtr, uint32_t& structSize, uint32_t& imageSize);
typedef std::shared_ptr<void> (*HIAI_GetDearHandleFuncT)(char* ctrlPtr, uint8_t* dataPtr);
/** Makes a message of what a C caller sends, which stays the caller's. */
typedef std::shared_ptr<void> (*HIAI_ConvertFuncT)(void* dataPtr);
/** Takes a message apart: a control part of any bytes, and a block or other memory, which goes as it is. */
typedef void (*HIAI_SerializeFuncT)(void* inputPtr, std::string& ctrlStr, uint8_t*& dataPtr, uint32_t& dataLen);
/** Puts it together again; owns the data, which it gives back by Graph::ReleaseDataBuffer. */
typedef std::shared_ptr<void> (*HIAI_DeserializeFuncT)(const char* ctrlPtr, const uint32_t& ctrlLen, const uint8_t* dataPtr,
                                                       const uint32_t& dataLen);

namespace hiai {

/** All that was registered in this process. Threads share it. */
class HIAIDataTypeFactory {
public:
	/** @return HIAI_OK; HIAI_ENGINE_FUNCTOR_NULL; HIAI_ENGINE_FUNCTOR_EXIST if the name is taken: it keeps what it has */
	HIAI_LIB_EXPORT static HIAI_StatusT RegisterDataType(const std::string& name, HIAI_DATADesearilizedFunT deserialize,
	                                                     HIAI_DATASearilizedFunT serialize);
	HIAI_LIB_EXPORT static HIAI_StatusT RegisterSerializeFunc(const std::string& name, HIAI_SerializeFuncT serialize,
	                                                          HIAI_DeserializeFuncT deserialize);
	HIAI_LIB_EXPORT static HIAI_StatusT RegisterSerializeFunc(const std::string& name, HIAI_GetSearHandleFuncT serialize,
	                                                          HIAI_GetDearHandleFuncT deserialize);
};

/** Registers when it is made; what comes of it is nobody's to know, as at the vendor's. */
class AutoRegister {
public:
	AutoRegister(const char* name, HIAI_DATADesearilizedFunT deserialize, HIAI_DATASearilizedFunT serialize) {
		HIAIDataTypeFactory::RegisterDataType(name, deserialize, serialize);
	}
	AutoRegister(const char* name, HIAI_SerializeFuncT serialize, HIAI_DeserializeFuncT deserialize) {
		HIAIDataTypeFactory::RegisterSerializeFunc(name, serialize, deserialize);
	}
	AutoRegister(const char* name, HIAI_GetSearHandleFuncT serialize, HIAI_GetDearHandleFuncT deserialize) {
		HIAIDataTypeFactory::RegisterSerializeFunc(name, serialize, deserialize);
	}
};

#if HIAI_HAS_CEREAL

template <typename T>
void WritePlain(void* message, std::string& bytes) {
	std::ostringstream stream(std::ios::out | std::ios::binary);
	{
		cereal::PortableBinaryOutputArchive archive(stream);
		archive(*static_cast<T*>(message));
	}
	bytes = stream.str();
}

template <typename T>
std::shared_ptr<void> ReadPlain(const std::string& bytes) {
	std::shared_ptr<T> message = std::make_shared<T>();
	std::istringstream stream(bytes, std::ios::in | std::ios::binary);
	cereal::PortableBinaryInputArchive archive(stream);
	archive(*message);
	return std::static_pointer_cast<void>(message);
}

#endif

} // namespace hiai

#define HIAI_JOIN_TWO(one, other) one##other
#define HIAI_JOIN(one, other) HIAI_JOIN_TWO(one, other)
#define HIAI_UNIQUE(name) HIAI_JOIN(name, __COUNTER__)

/** The high-speed way, for messages with data of 256 KB and more. */
#define HIAI_REGISTER_SERIALIZE_FUNC(name, type, hiaiSerializeFunc, hiaiDeSerializeFunc)                                                   \
	static const ::hiai::AutoRegister HIAI_UNIQUE(hiaiSerializeRegister)(name, static_cast<HIAI_SerializeFuncT>(hiaiSerializeFunc),        \
	                                                                     static_cast<HIAI_DeserializeFuncT>(hiaiDeSerializeFunc));

/** The name that the first generation has for it, with functions of either. */
#define HIAI_REGISTER_HIAI_DATA_FUNC(name, type, serializeFunc, deserializeFunc)                                                           \
	static const ::hiai::AutoRegister HIAI_UNIQUE(hiaiSerializeRegister)(name, serializeFunc, deserializeFunc);

#if HIAI_HAS_CEREAL

/** The plain way: all of the message is written by cereal. The type may have commas in it. */
#define HIAI_REGISTER_DATA_TYPE(name, ...)                                                                                                 \
	static const ::hiai::AutoRegister HIAI_UNIQUE(hiaiTypeRegister)(                                                                       \
		name, static_cast<HIAI_DATADesearilizedFunT>(&::hiai::ReadPlain<__VA_ARGS__>),                                                     \
		static_cast<HIAI_DATASearilizedFunT>(&::hiai::WritePlain<__VA_ARGS__>));

/** The same for a template, with its arguments. */
#define HIAI_REGISTER_TEMPLATE_DATA_TYPE(name, basictype, ...) HIAI_REGISTER_DATA_TYPE(name, basictype<__VA_ARGS__>)

#else

#define HIAI_REGISTER_DATA_TYPE(name, ...)                                                                                                 \
	static_assert(sizeof(name) == 0, "plain messages need cereal: install libcereal-dev, or add its include folder");
#define HIAI_REGISTER_TEMPLATE_DATA_TYPE(name, basictype, ...) HIAI_REGISTER_DATA_TYPE(name, basictype)

#endif

// Messages give blocks back with Graph::ReleaseDataBuffer, and many include no more than this.
#include "hiaiengine/graph.h"

#endif
