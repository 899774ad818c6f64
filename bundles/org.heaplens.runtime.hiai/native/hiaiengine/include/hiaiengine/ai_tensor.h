// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_TENSOR_H
#define HIAIENGINE_AI_TENSOR_H

/** What goes into a model and comes out of it. A tensor borrows its memory unless it is told that it owns it. */

#include <stdint.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "hiaiengine/ai_types.h"
#include "hiaiengine/profile.h"

namespace hiai {

/** Bytes of an element of a tensor; 0 for a type that does not exist. */
HIAI_LIB_EXPORT uint32_t AITensorGetBytes(int32_t data_type);

/** Applications may have tensors of their own. */
class HIAI_LIB_EXPORT IAITensor {
public:
	IAITensor() {}
	virtual ~IAITensor() {}

	/** False if it cannot be as described. */
	virtual bool Init(const AITensorDescription& tensor_desc) = 0;
	virtual const char* GetTypeName() = 0;
	/** Bytes. */
	virtual uint32_t ByteSizeLong() = 0;
	virtual void SetBufferAttr(void* data, int32_t size, bool isowner, bool is_support_mem_share) = 0;
	virtual bool IsSupportZerocpy() = 0;
};

typedef std::shared_ptr<IAITensor> (*CREATE_TENSOR_FUN)(const AITensorDescription& tensor_desc);

/** Makes tensors by the name of their type. Threads share it. */
class AITensorFactory {
public:
	HIAI_LIB_EXPORT static AITensorFactory* GetInstance();

	/** A tensor over memory that stays the caller's, which has to outlive it. @return null for a type that is not registered */
	HIAI_LIB_EXPORT std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensor_desc, void* buffer, int32_t size);
	/** A tensor as described. */
	HIAI_LIB_EXPORT std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensor_desc);
	/** A tensor with no memory yet. */
	HIAI_LIB_EXPORT std::shared_ptr<IAITensor> CreateTensor(const std::string& type);

	/** FAILED if the name is taken. */
	HIAI_LIB_EXPORT AIStatus RegisterTensor(const AITensorDescription& tensor_desc, CREATE_TENSOR_FUN create_func);
	AIStatus RegisterTensor(const std::string& tensor_str, CREATE_TENSOR_FUN create_func) {
		return RegisterTensor(Named(tensor_str), create_func);
	}
	HIAI_LIB_EXPORT AIStatus UnRegisterTensor(const AITensorDescription& tensor_desc);
	AIStatus UnRegisterTensor(const std::string& tensor_str) { return UnRegisterTensor(Named(tensor_str)); }

	HIAI_LIB_EXPORT void GetAllTensorDescription(AITensorDescriptionList& tensor_desc_list);
	/** FAILED if it is not registered. */
	HIAI_LIB_EXPORT AIStatus GetTensorDescription(const std::string& tensor_type_name, AITensorDescription& tensor_desc);

private:
	struct Kind {
		AITensorDescription description;
		CREATE_TENSOR_FUN make;
	};

	AITensorFactory() {}
	static AITensorDescription Named(const std::string& type) {
		AITensorDescription description;
		description.set_type(type);
		return description;
	}

	std::mutex lock_;
	std::map<std::string, Kind> kinds_;
};

/** Makes a tensor known as long as it is there itself. */
class AITensorRegisterar {
public:
	AITensorRegisterar(const AITensorDescription& tensor_desc, CREATE_TENSOR_FUN create_func) : description_(tensor_desc) {
		AITensorFactory::GetInstance()->RegisterTensor(description_, create_func);
	}
	AITensorRegisterar(const std::string& tensor_str, CREATE_TENSOR_FUN create_func) {
		description_.set_type(tensor_str);
		AITensorFactory::GetInstance()->RegisterTensor(description_, create_func);
	}
	~AITensorRegisterar() { AITensorFactory::GetInstance()->UnRegisterTensor(description_); }

private:
	AITensorDescription description_;
};

#define REGISTER_TENSOR_CREATER_UNIQUE(desc, name, func) ::hiai::AITensorRegisterar g_##name##_tensor_registerar(desc, func)
#define REGISTER_TENSOR_CREATER(name, desc, func) REGISTER_TENSOR_CREATER_UNIQUE(desc, name, func)

/** Bytes without a shape. */
class HIAI_LIB_EXPORT AISimpleTensor : public IAITensor {
public:
	AISimpleTensor() {}
	AISimpleTensor(const AISimpleTensor&) = delete;
	AISimpleTensor& operator=(const AISimpleTensor&) = delete;
	~AISimpleTensor() override { Release(); }

	HIAI_LIB_EXPORT const char* GetTypeName() override;
	void* GetBuffer() { return data_; }
	/** @param isown whether the tensor frees the memory, which then has to be of `new uint8_t[]` */
	void SetBuffer(void* data, const int32_t size, bool isown = false) { SetBufferAttr(data, size, isown, false); }
	uint32_t GetSize() { return size_; }
	/** Takes memory of its own; null if there is none. */
	HIAI_LIB_EXPORT void* MallocDataBuffer(uint32_t size);
	uint32_t ByteSizeLong() override { return size_; }
	/** Takes memory of its own if the description has a size. */
	HIAI_LIB_EXPORT bool Init(const AITensorDescription& tensor_desc) override;
	bool IsSupportZerocpy() override { return shared_; }
	HIAI_LIB_EXPORT void SetBufferAttr(void* data, int32_t size, bool isowner, bool is_support_mem_share) override;

	HIAI_LIB_EXPORT static AITensorDescription BuildDescription(const std::string& size = "");
	HIAI_LIB_EXPORT static std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensor_desc);

private:
	void Release() {
		if (owned_) {
			delete[] static_cast<uint8_t*>(data_);
		}
	}

	void* data_ = nullptr;
	uint32_t size_ = 0;
	bool owned_ = false;
	bool shared_ = false;
};

/** Bytes with the shape of an image. */
class HIAI_LIB_EXPORT AINeuralNetworkBuffer : public AISimpleTensor {
public:
	HIAI_LIB_EXPORT const char* GetTypeName() override;
	HIAI_LIB_EXPORT bool Init(const AITensorDescription& tensor_desc) override;

	int32_t GetNumber() { return number_; }
	void SetNumber(int32_t number) { number_ = number; }
	int32_t GetChannel() { return channel_; }
	void SetChannel(int32_t channel) { channel_ = channel; }
	int32_t GetHeight() { return height_; }
	void SetHeight(int32_t height) { height_ = height; }
	int32_t GetWidth() { return width_; }
	void SetWidth(int32_t width) { width_ = width; }
	int32_t GetData_type() { return data_type_; }
	void SetData_type(int32_t data_type) { data_type_ = data_type; }
	const std::string& GetName() const { return name_; }
	void SetName(const std::string& value) { name_ = value; }

	HIAI_LIB_EXPORT static AITensorDescription GetDescription(const std::string& size = "0", const std::string& data_type = "0",
	                                                          const std::string& number = "0", const std::string& channel = "0",
	                                                          const std::string& height = "0", const std::string& width = "0");
	HIAI_LIB_EXPORT static std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensor_desc);

private:
	std::string name_;
	int32_t data_type_ = 0;
	int32_t number_ = 1;
	int32_t channel_ = 1;
	int32_t height_ = 1;
	int32_t width_ = 1;
};

enum ImageFormat { BITMAP, PNG, JPEG, BT_601NARROW };

/** Bytes of a picture. */
class HIAI_LIB_EXPORT AIImageBuffer : public AISimpleTensor {
public:
	HIAI_LIB_EXPORT const char* GetTypeName() override;
	HIAI_LIB_EXPORT bool Init(const AITensorDescription& tensor_desc) override;

	ImageFormat GetFormat() { return format_; }
	void SetFormat(ImageFormat format) { format_ = format; }
	int32_t GetHeight() { return height_; }
	void SetHeight(int32_t height) { height_ = height; }
	int32_t GetWidth() { return width_; }
	void SetWidth(int32_t width) { width_ = width; }

	HIAI_LIB_EXPORT static AITensorDescription GetDescription(const std::string& size = "0", const std::string& height = "0",
	                                                          const std::string& width = "0", const std::string format = "JPEG");
	HIAI_LIB_EXPORT static std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensor_desc);

private:
	ImageFormat format_ = JPEG;
	int32_t width_ = 0;
	int32_t height_ = 0;
};

} // namespace hiai

#include "hiaiengine/ai_tensor_aipp.h"

#endif
