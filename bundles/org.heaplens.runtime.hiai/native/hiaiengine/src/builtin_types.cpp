// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// The messages that the vendor's library knows by itself, under the names that its header tells.
#include "heaplens/graph/message_types.h"
#include "plain_archive.h"

// The same on every machine, whatever cereal it has.
#define HIAI_HAS_CEREAL 0
#include "hiaiengine/data_type.h"

namespace {

using namespace hiai; // NOLINT
using heaplens::MessageTypes;

template <typename T>
void add(MessageTypes& types, const std::string& name) {
	types.addBuiltIn(
		name,
		[](void* message, std::string& bytes) {
			heaplens::PlainWriter writer(bytes);
			writer(*static_cast<T*>(message));
		},
		[](const std::string& bytes) {
			auto message = std::make_shared<T>();
			heaplens::PlainReader reader(bytes);
			reader(*message);
			return std::static_pointer_cast<void>(message);
		});
}

/** Templates are named by their arguments, of which the vendor has two. */
template <template <class...> class T>
void addBoth(MessageTypes& types, const std::string& name) {
	add<T<uint8_t>>(types, name + "_uint8_t");
	add<T<float>>(types, name + "_float");
}

template <template <class...> class T>
void addPairs(MessageTypes& types, const std::string& name) {
	add<T<uint8_t, uint8_t>>(types, name + "_uint8_t_uint8_t");
	add<T<float, float>>(types, name + "_float_float");
}

#define PLAIN(type) add<type>(types, #type)
#define BOTH(type) addBoth<type>(types, #type)
#define PAIRS(type) addPairs<type>(types, #type)

bool addAll(MessageTypes& types) {
	PLAIN(BatchInfo);
	PLAIN(FrameInfo);
	PLAIN(IMAGEFORMAT);
	PLAIN(Angle);
	PLAIN(Point2D);
	PLAIN(Point3D);
	PLAIN(ROICube);
	PLAIN(RLECode);
	PLAIN(IDTreeNode);
	PLAIN(IDTreePara);
	PLAIN(BatchIDTreePara);
	PLAIN(RetrievalResult);
	PLAIN(RetrievalResultTopN);
	PLAIN(RetrievalResultPara);
	PLAIN(RawDataBuffer);
	PLAIN(BatchRawDataBuffer);
	BOTH(vector);
	BOTH(ImageData);
	BOTH(ImagePara);
	BOTH(BatchImagePara);
	BOTH(Line);
	BOTH(Rectangle);
	BOTH(Polygon);
	BOTH(MaskMatrix);
	PAIRS(ObjectLocation);
	PAIRS(DetectedObjectPara);
	PAIRS(BatchDetectedObjectPara);
	add<BatchDetectedObjectPara<Rectangle<Point2D>, int32_t>>(types, "BatchDetectedObjectPara_Rectangle_Point2D_int32_t");
	add<BatchDetectedObjectPara<Rectangle<Point2D>, float>>(types, "BatchDetectedObjectPara_Rectangle_Point2D_float");
	BOTH(RegionImage);
	BOTH(RegionImagePara);
	BOTH(BatchRegionImagePara);
	BOTH(Attribute);
	BOTH(AttributeTopN);
	BOTH(AttributeVec);
	BOTH(AttributeResultPara);
	BOTH(BatchAttributeResultPara);
	BOTH(Feature);
	BOTH(FeatureList);
	BOTH(FeatureVec);
	BOTH(FeatureResultPara);
	BOTH(BatchFeatureResultPara);
	BOTH(FeatureRecord);
	PAIRS(RetrievalSet);
	BOTH(EvaluationResult);
	BOTH(EvaluationResultVec);
	BOTH(EvaluationResultPara);
	BOTH(BatchEvaluationResultPara);
	BOTH(Classification);
	BOTH(ClassificationTopN);
	BOTH(ClassificationVec);
	BOTH(ClassificationResultPara);
	BOTH(BatchClassificationResultPara);
	return true;
}

const bool added = addAll(MessageTypes::ofProcess());

} // namespace
