// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "hiaiengine/ai_tensor.h"

#include <cstdlib>
#include <new>
#include <utility>

namespace hiai {
namespace {

/** The value of a parameter; empty if there is none. */
std::string parameter(const AITensorDescription& description, const char* name) {
	for (const AITensorParaDescription& one : description.paras()) {
		if (one.name() == name) {
			return one.value();
		}
	}
	return "";
}

int32_t number(const AITensorDescription& description, const char* name, int32_t otherwise) {
	std::string text = parameter(description, name);
	return text.empty() ? otherwise : int32_t(std::strtol(text.c_str(), nullptr, 10));
}

AITensorDescription described(const char* type, std::initializer_list<std::pair<const char*, std::string>> parameters) {
	AITensorDescription description;
	description.set_type(type);
	for (const auto& one : parameters) {
		AITensorParaDescription* made = description.add_paras();
		made->set_name(one.first);
		made->set_value(one.second);
	}
	return description;
}

template <typename T>
std::shared_ptr<IAITensor> made(const AITensorDescription& description) {
	auto tensor = std::make_shared<T>();
	return tensor->Init(description) ? tensor : nullptr;
}

const char SIMPLE[] = "AISimpleTensor";
const char NETWORK[] = "AINeuralNetworkBuffer";
const char IMAGE[] = "AIImageBuffer";
const char AIPP[] = "AippDynamicParaTensor";

} // namespace

uint32_t AITensorGetBytes(int32_t data_type) {
	// float, half, int8, int32, uint8, one that is reserved, int16, uint16, uint32, int64, uint64, double, bool.
	static const uint32_t BYTES[] = {4, 2, 1, 4, 1, 0, 2, 2, 4, 8, 8, 8, 1};
	return data_type < 0 || size_t(data_type) >= sizeof BYTES / sizeof *BYTES ? 0 : BYTES[data_type];
}

AITensorFactory* AITensorFactory::GetInstance() {
	// Never destroyed: applications register and unregister in static objects.
	static AITensorFactory* factory = [] {
		auto* made = new AITensorFactory;
		made->RegisterTensor(SIMPLE, AISimpleTensor::CreateTensor);
		made->RegisterTensor(NETWORK, AINeuralNetworkBuffer::CreateTensor);
		made->RegisterTensor(IMAGE, AIImageBuffer::CreateTensor);
		made->RegisterTensor(AIPP, AippDynamicParaTensor::CreateTensor);
		return made;
	}();
	return factory;
}

std::shared_ptr<IAITensor> AITensorFactory::CreateTensor(const std::string& type) {
	return CreateTensor(Named(type));
}

std::shared_ptr<IAITensor> AITensorFactory::CreateTensor(const AITensorDescription& tensor_desc) {
	CREATE_TENSOR_FUN make = nullptr;
	{
		std::lock_guard<std::mutex> held(lock_);
		auto found = kinds_.find(tensor_desc.type());
		if (found == kinds_.end()) {
			return nullptr;
		}
		make = found->second.make;
	}
	return make(tensor_desc);
}

std::shared_ptr<IAITensor> AITensorFactory::CreateTensor(const AITensorDescription& tensor_desc, void* buffer, int32_t size) {
	std::shared_ptr<IAITensor> tensor = buffer == nullptr || size < 0 ? nullptr : CreateTensor(tensor_desc);
	if (tensor != nullptr) {
		tensor->SetBufferAttr(buffer, size, false, true);
	}
	return tensor;
}

AIStatus AITensorFactory::RegisterTensor(const AITensorDescription& tensor_desc, CREATE_TENSOR_FUN create_func) {
	std::lock_guard<std::mutex> held(lock_);
	return create_func != nullptr && kinds_.emplace(tensor_desc.type(), Kind{tensor_desc, create_func}).second ? SUCCESS : FAILED;
}

AIStatus AITensorFactory::UnRegisterTensor(const AITensorDescription& tensor_desc) {
	std::lock_guard<std::mutex> held(lock_);
	return kinds_.erase(tensor_desc.type()) > 0 ? SUCCESS : FAILED;
}

void AITensorFactory::GetAllTensorDescription(AITensorDescriptionList& tensor_desc_list) {
	std::lock_guard<std::mutex> held(lock_);
	for (const auto& entry : kinds_) {
		*tensor_desc_list.add_tensor_descs() = entry.second.description;
	}
}

AIStatus AITensorFactory::GetTensorDescription(const std::string& tensor_type_name, AITensorDescription& tensor_desc) {
	std::lock_guard<std::mutex> held(lock_);
	auto found = kinds_.find(tensor_type_name);
	if (found == kinds_.end()) {
		return FAILED;
	}
	tensor_desc = found->second.description;
	return SUCCESS;
}

const char* AISimpleTensor::GetTypeName() {
	return SIMPLE;
}

void* AISimpleTensor::MallocDataBuffer(uint32_t size) {
	auto* bytes = new (std::nothrow) uint8_t[size]();
	SetBufferAttr(bytes, bytes == nullptr ? 0 : int32_t(size), true, false);
	return bytes;
}

bool AISimpleTensor::Init(const AITensorDescription& tensor_desc) {
	int32_t size = number(tensor_desc, "size", 0);
	return size <= 0 || MallocDataBuffer(uint32_t(size)) != nullptr;
}

void AISimpleTensor::SetBufferAttr(void* data, int32_t size, bool isowner, bool is_support_mem_share) {
	Release();
	data_ = data;
	size_ = size < 0 ? 0 : uint32_t(size);
	owned_ = isowner;
	shared_ = is_support_mem_share;
}

AITensorDescription AISimpleTensor::BuildDescription(const std::string& size) {
	return described(SIMPLE, {{"size", size}});
}

std::shared_ptr<IAITensor> AISimpleTensor::CreateTensor(const AITensorDescription& tensor_desc) {
	return made<AISimpleTensor>(tensor_desc);
}

const char* AINeuralNetworkBuffer::GetTypeName() {
	return NETWORK;
}

bool AINeuralNetworkBuffer::Init(const AITensorDescription& tensor_desc) {
	data_type_ = number(tensor_desc, "data_type", data_type_);
	number_ = number(tensor_desc, "number", number_);
	channel_ = number(tensor_desc, "channel", channel_);
	height_ = number(tensor_desc, "height", height_);
	width_ = number(tensor_desc, "width", width_);
	return AISimpleTensor::Init(tensor_desc);
}

AITensorDescription AINeuralNetworkBuffer::GetDescription(const std::string& size, const std::string& data_type, const std::string& number,
                                                          const std::string& channel, const std::string& height, const std::string& width) {
	return described(NETWORK, {{"size", size},
	                           {"data_type", data_type},
	                           {"number", number},
	                           {"channel", channel},
	                           {"height", height},
	                           {"width", width}});
}

std::shared_ptr<IAITensor> AINeuralNetworkBuffer::CreateTensor(const AITensorDescription& tensor_desc) {
	return made<AINeuralNetworkBuffer>(tensor_desc);
}

const char* AIImageBuffer::GetTypeName() {
	return IMAGE;
}

bool AIImageBuffer::Init(const AITensorDescription& tensor_desc) {
	std::string format = parameter(tensor_desc, "format");
	format_ = format == "BITMAP" ? BITMAP : format == "PNG" ? PNG : format == "BT_601NARROW" ? BT_601NARROW : JPEG;
	height_ = number(tensor_desc, "height", height_);
	width_ = number(tensor_desc, "width", width_);
	return AISimpleTensor::Init(tensor_desc);
}

AITensorDescription AIImageBuffer::GetDescription(const std::string& size, const std::string& height, const std::string& width,
                                                  const std::string format) {
	return described(IMAGE, {{"size", size}, {"height", height}, {"width", width}, {"format", format}});
}

std::shared_ptr<IAITensor> AIImageBuffer::CreateTensor(const AITensorDescription& tensor_desc) {
	return made<AIImageBuffer>(tensor_desc);
}

const char* AippDynamicParaTensor::GetTypeName() {
	return AIPP;
}

bool AippDynamicParaTensor::Init(const AITensorDescription& tensorDesc) {
	int32_t pictures = number(tensorDesc, "batchNumber", 1);
	pictures_ = pictures < 1 ? 1 : uint32_t(pictures);
	return true;
}

AITensorDescription AippDynamicParaTensor::GetDescription(const std::string& batchNumber) {
	return described(AIPP, {{"batchNumber", batchNumber}});
}

std::shared_ptr<IAITensor> AippDynamicParaTensor::CreateTensor(const AITensorDescription& tensorDesc) {
	return made<AippDynamicParaTensor>(tensorDesc);
}

} // namespace hiai
