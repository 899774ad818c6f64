// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_TYPE_RESULTS_H
#define HIAIENGINE_DATA_TYPE_RESULTS_H

/** The part of data_type.h that says what was found in pictures: attributes, features, likenesses, marks, classes. */

namespace hiai {

template <class T>
struct Attribute {
	std::string attr_value;
	T score;
};

template <class T>
struct AttributeTopN {
	uint32_t obj_ID;
	std::map<std::string, std::vector<Attribute<T> > > attr_map;
};

template <class T>
struct AttributeVec {
	std::vector<AttributeTopN<T> > obj_attr;
};

template <class T>
struct AttributeResultPara {
	FrameInfo f_info;
	AttributeVec<T> attr;
};

template <class T>
struct BatchAttributeResultPara {
	BatchInfo b_info;
	std::vector<AttributeVec<T> > v_attr;
};

template <class T>
struct Feature {
	int32_t len;
	std::shared_ptr<T> feature;
};

template <class T>
struct FeatureList {
	uint32_t obj_ID;
	std::vector<Feature<T> > feature_list;
};

template <class T>
struct FeatureVec {
	std::vector<FeatureList<T> > obj_feature;
};

template <class T>
struct FeatureResultPara {
	FrameInfo f_info;
	FeatureVec<T> feature;
};

template <class T>
struct BatchFeatureResultPara {
	BatchInfo b_info;
	std::vector<FeatureVec<T> > v_feature;
};

template <class T>
struct FeatureRecord {
	uint32_t ID;
	uint32_t len;
	std::shared_ptr<T> feature;
};

template <class Threshold, class T>
struct RetrievalSet {
	uint32_t TopN;
	Threshold threshold;
	std::vector<FeatureRecord<T> > record;
};

template <class Threshold, class T>
struct RetrievalSetPara {
	RetrievalSet<Threshold, T> set;
};

struct RetrievalResult {
	uint32_t ID;
	float similarity;
};

struct RetrievalResultTopN {
	std::vector<RetrievalResult> result_list;
};

struct RetrievalResultPara {
	FrameInfo f_info;
	RetrievalResultTopN result;
};

struct BatchRetrievalResultPara {
	BatchInfo b_info;
	std::vector<RetrievalResultTopN> v_result;
};

template <class T>
struct EvaluationResult {
	uint32_t obj_ID;
	std::string description;
	T score;
};

template <class T>
struct EvaluationResultVec {
	std::vector<EvaluationResult<T> > result;
};

template <class T>
struct EvaluationResultPara {
	FrameInfo f_info;
	EvaluationResultVec<T> result;
};

template <class T>
struct BatchEvaluationResultPara {
	BatchInfo b_info;
	std::vector<EvaluationResultVec<T> > v_result;
};

template <class T>
struct Classification {
	std::string class_value;
	T score;
};

template <class T>
struct ClassificationTopN {
	uint32_t obj_ID;
	std::vector<Classification<T> > class_result;
};

template <class T>
struct ClassificationVec {
	std::vector<ClassificationTopN<T> > class_list;
};

template <class T>
struct ClassificationResultPara {
	FrameInfo f_info;
	ClassificationVec<T> classification;
};

template <class T>
struct BatchClassificationResultPara {
	BatchInfo b_info;
	std::vector<ClassificationVec<T> > v_class;
};

} // namespace hiai

#endif
