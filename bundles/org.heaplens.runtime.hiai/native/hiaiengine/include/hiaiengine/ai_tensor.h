// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_TENSOR_H
#define HIAIENGINE_AI_TENSOR_H

/** What goes into a model and comes out of it. A tensor borrows its memory unless it is told that it owns it. */

#include <stdint.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "hiaiengine/ai_types.h"

namespace hiai {

class __attribute__((visibility("default"))) IAITensor {
public:
	IAITensor() {}
	explicit IAITensor(const AITensorDescription& description) : tensor_desc_(description) {}
	virtual ~IAITensor() {}

	void SetTensorDesc(const AITensorDescription& description) { tensor_desc_ = description; }
	AITensorDescription& GetTensorDesc() { return tensor_desc_; }
	const AITensorDescription& GetTensorDesc() const { return tensor_desc_; }

	virtual bool IsValid() { return true; }
	virtual uint32_t ByteSizeLong() { return GetSize(); }
	virtual uint32_t GetSize() const { return 0; }
	virtual void* GetBuffer() { return nullptr; }

protected:
	AITensorDescription tensor_desc_;
};

/** Bytes without a shape. */
class __attribute__((visibility("default"))) AISimpleTensor : public IAITensor {
public:
	AISimpleTensor() {}
	explicit AISimpleTensor(const AITensorDescription& description) : IAITensor(description) {}
	AISimpleTensor(const AISimpleTensor&) = delete;
	AISimpleTensor& operator=(const AISimpleTensor&) = delete;
	~AISimpleTensor() override { FreeDataBuffer(); }

	uint32_t GetSize() const override { return size_; }
	void SetSize(uint32_t size) { size_ = size; }
	void* GetBuffer() override { return data_; }
	/** @param isOwner whether the tensor frees the memory, which then has to be of `new uint8_t[]` */
	void SetBuffer(void* data, const uint32_t size, bool isOwner = false) {
		FreeDataBuffer();
		data_ = data;
		size_ = size;
		owned_ = isOwner;
	}
	/** Takes memory of its own. */
	void* MallocDataBuffer(uint32_t size) {
		SetBuffer(new uint8_t[size](), size, true);
		return data_;
	}
	void FreeDataBuffer() {
		if (owned_) {
			delete[] static_cast<uint8_t*>(data_);
		}
		data_ = nullptr;
		size_ = 0;
		owned_ = false;
	}

	static std::string GetTypeName() { return "AISimpleTensor"; }
	static AITensorDescription GetDescription() {
		AITensorDescription description;
		description.set_type(GetTypeName());
		return description;
	}

private:
	void* data_ = nullptr;
	uint32_t size_ = 0;
	bool owned_ = false;
};

/** Bytes with the shape of an image. */
class __attribute__((visibility("default"))) AINeuralNetworkBuffer : public AISimpleTensor {
public:
	AINeuralNetworkBuffer() {}
	explicit AINeuralNetworkBuffer(const AITensorDescription& description) : AISimpleTensor(description) {}

	int32_t GetNumber() const { return number_; }
	void SetNumber(int32_t number) { number_ = number; }
	int32_t GetChannel() const { return channel_; }
	void SetChannel(int32_t channel) { channel_ = channel; }
	int32_t GetHeight() const { return height_; }
	void SetHeight(int32_t height) { height_ = height; }
	int32_t GetWidth() const { return width_; }
	void SetWidth(int32_t width) { width_ = width; }
	int32_t GetData_type() const { return data_type_; }
	void SetData_type(int32_t type) { data_type_ = type; }
	const std::string& GetName() const { return name_; }
	void SetName(const std::string& name) { name_ = name; }

	static std::string GetTypeName() { return "AINeuralNetworkBuffer"; }
	static AITensorDescription GetDescription(const std::string& size = "", const std::string& dataType = "", const std::string& number = "",
	                                          const std::string& channel = "", const std::string& height = "",
	                                          const std::string& width = "") {
		AITensorDescription description;
		description.set_type(GetTypeName());
		const std::pair<const char*, const std::string*> all[] = {{"size", &size},       {"data_type", &dataType}, {"number", &number},
		                                                          {"channel", &channel}, {"height", &height},      {"width", &width}};
		for (const auto& one : all) {
			if (!one.second->empty()) {
				AITensorParaDescription* parameter = description.add_paras();
				parameter->set_name(one.first);
				parameter->set_value(*one.second);
			}
		}
		return description;
	}

private:
	std::string name_;
	int32_t number_ = 0;
	int32_t channel_ = 0;
	int32_t height_ = 0;
	int32_t width_ = 0;
	int32_t data_type_ = 0;
};

typedef std::function<std::shared_ptr<IAITensor>()> CREATE_TENSOR_FUN;

/** Makes tensors by the name of their type. Threads share it. */
class AITensorFactory {
public:
	__attribute__((visibility("default"))) static AITensorFactory* GetInstance();

	/** A tensor over memory that stays the caller's, which has to outlive it. @return null for a type that is not registered */
	__attribute__((visibility("default"))) std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& description, void* buffer,
	                                                                               int32_t size);
	/** A tensor with no memory yet. */
	__attribute__((visibility("default"))) std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& description);
	__attribute__((visibility("default"))) std::shared_ptr<IAITensor> CreateTensor(const std::string& type);

	__attribute__((visibility("default"))) AIStatus RegisterTensor(const AITensorDescription& description, CREATE_TENSOR_FUN make);
	__attribute__((visibility("default"))) void UnRegisterTensor(const AITensorDescription& description);

private:
	AITensorFactory() {}

	std::mutex lock_;
	std::map<std::string, CREATE_TENSOR_FUN> makers_;
};

} // namespace hiai

#endif
