// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_TENSOR_AIPP_H
#define HIAIENGINE_AI_TENSOR_AIPP_H

/** The part of ai_tensor.h for models that are told with each run how to prepare their pictures. Nothing is prepared here. */

namespace hiai {

enum AippInputFormat { YUV420SP_U8 = 1, XRGB8888_U8, RGB888_U8, YUV400_U8, RESERVED };

enum AippModelFormat { MODEL_RGB888_U8 = 1, MODEL_BGR888_U8, MODEL_GRAY, MODEL_YUV444SP_U8, MODEL_YVU444SP_U8 };

/** Parameters of the preparation, which are checked as far as a batch has so many pictures, and else ignored. */
class HIAI_LIB_EXPORT AippDynamicParaTensor : public AISimpleTensor {
public:
	HIAI_LIB_EXPORT const char* GetTypeName() override;
	HIAI_LIB_EXPORT bool Init(const AITensorDescription& tensorDesc) override;

	void SetDynamicInputIndex(uint32_t dynamicInputIndex = 0) { input_ = dynamicInputIndex; }
	uint32_t GetDynamicInputIndex() const { return input_; }
	void SetDynamicInputEdgeIndex(uint32_t dynamicInputEdgeIndex = 0) { edge_ = dynamicInputEdgeIndex; }
	uint32_t GetDynamicInputEdgeIndex() const { return edge_; }

	AIStatus SetInputFormat(AippInputFormat) { return SUCCESS; }
	AIStatus SetCscParams(AippInputFormat, AippModelFormat, ImageFormat = BT_601NARROW) { return SUCCESS; }
	void SetCscParams(bool = false, int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0,
	                  int16_t = 0, uint8_t = 0, uint8_t = 0, uint8_t = 0, uint8_t = 0, uint8_t = 0, uint8_t = 0) {}
	void SetRbuvSwapSwitch(bool = false) {}
	void SetAxSwapSwitch(bool = false) {}
	void SetSrcImageSize(int32_t = 0, int32_t = 0) {}
	AIStatus SetCropParams(bool, int32_t, int32_t, int32_t, int32_t, uint32_t batch_index = 0) { return Of(batch_index); }
	AIStatus SetPaddingParams(int8_t, int32_t, int32_t, int32_t, int32_t, uint32_t batch_index = 0) { return Of(batch_index); }
	AIStatus SetDtcPixelMean(int16_t = 0, int16_t = 0, int16_t = 0, int16_t = 0, uint32_t batch_index = 0) { return Of(batch_index); }
	AIStatus SetDtcPixelMin(float = 0, float = 0, float = 0, float = 0, uint32_t batch_index = 0) { return Of(batch_index); }
	AIStatus SetPixelVarReci(float = 0, float = 0, float = 0, float = 0, uint32_t batch_index = 0) { return Of(batch_index); }

	HIAI_LIB_EXPORT static AITensorDescription GetDescription(const std::string& batchNumber = "");
	HIAI_LIB_EXPORT static std::shared_ptr<IAITensor> CreateTensor(const AITensorDescription& tensorDesc);

private:
	AIStatus Of(uint32_t picture) const { return picture < pictures_ ? SUCCESS : FAILED; }

	uint32_t input_ = 0;
	uint32_t edge_ = 0;
	uint32_t pictures_ = 1;
};

} // namespace hiai

#endif
