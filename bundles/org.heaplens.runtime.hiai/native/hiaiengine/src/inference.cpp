// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/platform.h"
#include "hiaiengine/ai_model_manager.h"

#include <cstring>
#include <mutex>
#include <thread>

namespace hiai {
namespace {

constexpr uint32_t FLOAT_BYTES = 4;

/** Whoever looks at results has to know that they are none. */
void sayOnceThatNothingIsComputed() {
	static std::once_flag said;
	std::call_once(said, [] { heaplens::warn("inference is simulated: models compute nothing, and all of their outputs are zero"); });
}

TensorDimension image(const char* name) {
	TensorDimension shape;
	shape.n = 1;
	shape.c = 3;
	shape.h = 224;
	shape.w = 224;
	shape.size = shape.n * shape.c * shape.h * shape.w * FLOAT_BYTES;
	shape.name = name;
	return shape;
}

} // namespace

AIModelManager::AIModelManager() = default;

AIModelManager::~AIModelManager() = default;

AIStatus AIModelManager::Init(const AIConfig&, const std::vector<AIModelDescription>& model_descs) {
	sayOnceThatNothingIsComputed();
	models_ = model_descs;
	return SUCCESS;
}

AIStatus AIModelManager::Process(AIContext& context, const std::vector<std::shared_ptr<IAITensor>>& in_data,
                                 std::vector<std::shared_ptr<IAITensor>>& out_data, uint32_t timeout) {
	sayOnceThatNothingIsComputed();
	if (in_data.empty()) {
		return FAILED;
	}
	uint64_t millis = heaplens::Platform::ofProcess().settings().number(heaplens::Setting::InferenceTime);
	bool isInTime = timeout == 0 || millis <= timeout;
	std::this_thread::sleep_for(std::chrono::milliseconds(isInTime ? millis : timeout));
	AIStatus status = !isInTime ? FAILED : out_data.empty() ? CreateOutputTensor(in_data, out_data) : SUCCESS;
	for (const std::shared_ptr<IAITensor>& one : out_data) {
		auto* tensor = dynamic_cast<AISimpleTensor*>(one.get());
		if (status == SUCCESS && tensor != nullptr && tensor->GetBuffer() != nullptr) {
			std::memset(tensor->GetBuffer(), 0, tensor->GetSize());
		}
	}
	if (listener_ != nullptr) {
		listener_->OnProcessDone(context, int(status), out_data);
	}
	return status;
}

AIStatus AIModelManager::CreateOutputTensor(const std::vector<std::shared_ptr<IAITensor>>& in_data,
                                            std::vector<std::shared_ptr<IAITensor>>& out_data) {
	out_data.clear();
	for (const std::shared_ptr<IAITensor>& input : in_data) {
		if (input == nullptr) {
			return FAILED;
		}
		auto output = std::make_shared<AINeuralNetworkBuffer>();
		output->MallocDataBuffer(input->ByteSizeLong());
		out_data.push_back(output);
	}
	return SUCCESS;
}

AIStatus AIModelManager::GetModelIOTensorDim(const std::string&, std::vector<TensorDimension>& input_tensor,
                                             std::vector<TensorDimension>& output_tensor) {
	sayOnceThatNothingIsComputed();
	input_tensor.assign(1, image("data"));
	output_tensor.assign(1, image("output"));
	return SUCCESS;
}

AIStatus AIModelManager::SetListener(std::shared_ptr<IAIListener> listener) {
	listener_ = std::move(listener);
	return SUCCESS;
}

} // namespace hiai
