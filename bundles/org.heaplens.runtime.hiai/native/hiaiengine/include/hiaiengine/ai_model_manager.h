// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_MODEL_MANAGER_H
#define HIAIENGINE_AI_MODEL_MANAGER_H

/**
 * Inference, simulated: nothing is computed. A model is asked for its shapes, takes its inputs and fills its outputs with zeros, after
 * HEAPLENS_INFERENCE_TIME milliseconds. The first use says so on standard error.
 */

#include <stdint.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hiaiengine/ai_tensor.h"
#include "hiaiengine/ai_types.h"

namespace hiai {

/** A shape. */
struct TensorDimension {
	uint32_t n = 0;
	uint32_t c = 0;
	uint32_t h = 0;
	uint32_t w = 0;
	uint32_t data_type = 0;
	/** Bytes. */
	uint32_t size = 0;
	std::string name;
};

/** What an application hands to a run of a model, by name. */
class AIContext {
public:
	std::string GetPara(const std::string& key) const {
		auto found = paras_.find(key);
		return found == paras_.end() ? "" : found->second;
	}
	void AddPara(const std::string& key, const std::string& value) { paras_[key] = value; }
	void SetPara(const std::string& key, const std::string& value) { paras_[key] = value; }
	void DelPara(const std::string& key) { paras_.erase(key); }
	void ClearPara() { paras_.clear(); }
	void GetAllKeys(std::vector<std::string>& keys) const {
		for (const auto& entry : paras_) {
			keys.push_back(entry.first);
		}
	}
	std::string GetID() const { return id_; }
	void SetID(const std::string& id) { id_ = id; }

private:
	std::string id_;
	std::map<std::string, std::string> paras_;
};

/** Hears of the end of a run, if the manager has one. */
class __attribute__((visibility("default"))) IAIListener {
public:
	virtual ~IAIListener() {}
	virtual void OnProcessDone(const AIContext& context, int result, const std::vector<std::shared_ptr<IAITensor>>& out_data) = 0;
	virtual void OnServiceDied() {}
};

/** Loads models and runs them. Threads share it. */
class __attribute__((visibility("default"))) AIModelManager {
public:
	__attribute__((visibility("default"))) AIModelManager();
	__attribute__((visibility("default"))) virtual ~AIModelManager();
	AIModelManager(const AIModelManager&) = delete;
	AIModelManager& operator=(const AIModelManager&) = delete;

	/** Takes the models; their files are not read, and need not be there. */
	__attribute__((visibility("default"))) virtual AIStatus
	Init(const AIConfig& config, const std::vector<AIModelDescription>& model_descs = std::vector<AIModelDescription>());

	/** Runs a model; with a listener, it is told the end. @param timeout ms; 0 for none */
	__attribute__((visibility("default"))) virtual AIStatus Process(AIContext& context,
	                                                                const std::vector<std::shared_ptr<IAITensor>>& in_data,
	                                                                std::vector<std::shared_ptr<IAITensor>>& out_data, uint32_t timeout = 0);

	/** Makes outputs as the model has them. */
	__attribute__((visibility("default"))) virtual AIStatus CreateOutputTensor(const std::vector<std::shared_ptr<IAITensor>>& in_data,
	                                                                           std::vector<std::shared_ptr<IAITensor>>& out_data);

	/** The shapes of a model: one input and one output of 1 x 3 x 224 x 224 floats, whatever the model is. */
	__attribute__((visibility("default"))) virtual AIStatus GetModelIOTensorDim(const std::string& model_name,
	                                                                            std::vector<TensorDimension>& input_tensor,
	                                                                            std::vector<TensorDimension>& output_tensor);

	__attribute__((visibility("default"))) virtual AIStatus SetListener(std::shared_ptr<IAIListener> listener);
	virtual bool IsPreAllocateOutputMem() { return false; }
	/** Bytes that a model takes; none here. */
	virtual int32_t GetMaxUsedMemory(const std::string&) { return 0; }

private:
	std::vector<AIModelDescription> models_;
	std::shared_ptr<IAIListener> listener_;
};

} // namespace hiai

#endif
