// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_TYPE_SERIALIZE_H
#define HIAIENGINE_DATA_TYPE_SERIALIZE_H

/** The part of data_type.h by which archives, those of cereal and others, write and read its types. */

namespace hiai {

#if HIAI_HAS_CEREAL

/** Other archives have one of their own, which is found beside them. */
template <class Archive>
void TransferBytes(Archive& archive, void* bytes, size_t size) {
	archive(cereal::binary_data(static_cast<uint8_t*>(bytes), size));
}

#endif

/** Elements behind a pointer, whose memory is made where it is missing, as it is when they are read. */
template <class Archive, class T>
void TransferElements(Archive& archive, std::shared_ptr<T>& elements, size_t count) {
	if (count > 0 && elements == nullptr) {
		elements.reset(new T[count](), std::default_delete<T[]>());
	}
	if (count > 0) {
		TransferBytes(archive, elements.get(), count * sizeof(T));
	}
}

template <class Archive>
void serialize(Archive& archive, RawDataBuffer& buffer) {
	archive(buffer.len_of_byte);
	TransferElements(archive, buffer.data, buffer.len_of_byte);
}

template <class Archive, class T>
void serialize(Archive& archive, ImageData<T>& image) {
	archive(image.format, image.width, image.height, image.channel, image.depth, image.height_step, image.width_step, image.size);
	TransferElements(archive, image.data, image.size);
}

template <class Archive, class T>
void serialize(Archive& archive, MaskMatrix<T>& mask) {
	archive(mask.cols, mask.rows);
	TransferElements(archive, mask.data, size_t(mask.cols) * mask.rows);
}

template <class Archive>
void serialize(Archive& archive, RLECode& code) {
	archive(code.len, code.cols, code.rows);
	TransferElements(archive, code.data, code.len);
}

template <class Archive, class T>
void serialize(Archive& archive, Feature<T>& feature) {
	archive(feature.len);
	TransferElements(archive, feature.feature, feature.len < 0 ? 0 : size_t(feature.len));
}

template <class Archive, class T>
void serialize(Archive& archive, FeatureRecord<T>& record) {
	archive(record.ID, record.len);
	TransferElements(archive, record.feature, record.len);
}

template <class Archive>
void serialize(Archive& archive, BatchInfo& data) {
	archive(data.is_first, data.is_last, data.batch_size, data.max_batch_size, data.batch_ID, data.channel_ID, data.processor_stream_ID, data.frame_ID, data.source_ID, data.timestamp);
}

template <class Archive>
void serialize(Archive& archive, FrameInfo& data) {
	archive(data.is_first, data.is_last, data.channel_ID, data.processor_stream_ID, data.frame_ID, data.source_ID, data.timestamp);
}

template <class Archive, class T>
void serialize(Archive& archive, ImagePara<T>& data) {
	archive(data.f_info, data.img);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchImagePara<T>& data) {
	archive(data.b_info, data.v_img);
}

template <class Archive>
void serialize(Archive& archive, Angle& data) {
	archive(data.x, data.y, data.z);
}

template <class Archive>
void serialize(Archive& archive, Point2D& data) {
	archive(data.x, data.y);
}

template <class Archive>
void serialize(Archive& archive, Point3D& data) {
	archive(data.x, data.y, data.z);
}

template <class Archive>
void serialize(Archive& archive, RoiPolygon& data) {
	archive(data.uiPtNum, data.astPts);
}

template <class Archive>
void serialize(Archive& archive, ArgsRoiPolygon& data) {
	archive(data.stRoiPolygon, data.iMinFace, data.iMaxFace, data.imgWidth, data.imgHeight);
}

template <class Archive, class T>
void serialize(Archive& archive, Line<T>& data) {
	archive(data.start, data.end);
}

template <class Archive, class T>
void serialize(Archive& archive, Rectangle<T>& data) {
	archive(data.anchor_lt, data.anchor_rb);
}

template <class Archive, class T>
void serialize(Archive& archive, Polygon<T>& data) {
	archive(data.anchors);
}

template <class Archive>
void serialize(Archive& archive, ROICube& data) {
	archive(data.anchor, data.length, data.width, data.height);
}

template <class Archive, class T, class U>
void serialize(Archive& archive, ObjectLocation<T, U>& data) {
	archive(data.v_obj_id, data.range, data.angle, data.confidence, data.label, data.isInRoi);
}

template <class Archive, class T, class U>
void serialize(Archive& archive, DetectedObjectPara<T, U>& data) {
	archive(data.f_info, data.location);
}

template <class Archive, class T, class U>
void serialize(Archive& archive, BatchDetectedObjectPara<T, U>& data) {
	archive(data.b_info, data.v_location);
}

template <class Archive, class T>
void serialize(Archive& archive, RegionImage<T>& data) {
	archive(data.v_obj_id, data.region);
}

template <class Archive, class T>
void serialize(Archive& archive, RegionImagePara<T>& data) {
	archive(data.f_info, data.region);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchRegionImagePara<T>& data) {
	archive(data.b_info, data.v_region);
}

template <class Archive>
void serialize(Archive& archive, IDTreeNode& data) {
	archive(data.nodeID, data.is_leaf, data.node);
}

template <class Archive>
void serialize(Archive& archive, IDTreePara& data) {
	archive(data.f_info, data.tree);
}

template <class Archive>
void serialize(Archive& archive, BatchIDTreePara& data) {
	archive(data.b_info, data.v_tree);
}

template <class Archive>
void serialize(Archive& archive, BatchRawDataBuffer& data) {
	archive(data.b_info, data.v_info);
}

template <class Archive, class T>
void serialize(Archive& archive, Attribute<T>& data) {
	archive(data.attr_value, data.score);
}

template <class Archive, class T>
void serialize(Archive& archive, AttributeTopN<T>& data) {
	archive(data.obj_ID, data.attr_map);
}

template <class Archive, class T>
void serialize(Archive& archive, AttributeVec<T>& data) {
	archive(data.obj_attr);
}

template <class Archive, class T>
void serialize(Archive& archive, AttributeResultPara<T>& data) {
	archive(data.f_info, data.attr);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchAttributeResultPara<T>& data) {
	archive(data.b_info, data.v_attr);
}

template <class Archive, class T>
void serialize(Archive& archive, FeatureList<T>& data) {
	archive(data.obj_ID, data.feature_list);
}

template <class Archive, class T>
void serialize(Archive& archive, FeatureVec<T>& data) {
	archive(data.obj_feature);
}

template <class Archive, class T>
void serialize(Archive& archive, FeatureResultPara<T>& data) {
	archive(data.f_info, data.feature);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchFeatureResultPara<T>& data) {
	archive(data.b_info, data.v_feature);
}

template <class Archive, class T, class U>
void serialize(Archive& archive, RetrievalSet<T, U>& data) {
	archive(data.TopN, data.threshold, data.record);
}

template <class Archive, class T, class U>
void serialize(Archive& archive, RetrievalSetPara<T, U>& data) {
	archive(data.set);
}

template <class Archive>
void serialize(Archive& archive, RetrievalResult& data) {
	archive(data.ID, data.similarity);
}

template <class Archive>
void serialize(Archive& archive, RetrievalResultTopN& data) {
	archive(data.result_list);
}

template <class Archive>
void serialize(Archive& archive, RetrievalResultPara& data) {
	archive(data.f_info, data.result);
}

template <class Archive>
void serialize(Archive& archive, BatchRetrievalResultPara& data) {
	archive(data.b_info, data.v_result);
}

template <class Archive, class T>
void serialize(Archive& archive, EvaluationResult<T>& data) {
	archive(data.obj_ID, data.description, data.score);
}

template <class Archive, class T>
void serialize(Archive& archive, EvaluationResultVec<T>& data) {
	archive(data.result);
}

template <class Archive, class T>
void serialize(Archive& archive, EvaluationResultPara<T>& data) {
	archive(data.f_info, data.result);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchEvaluationResultPara<T>& data) {
	archive(data.b_info, data.v_result);
}

template <class Archive, class T>
void serialize(Archive& archive, Classification<T>& data) {
	archive(data.class_value, data.score);
}

template <class Archive, class T>
void serialize(Archive& archive, ClassificationTopN<T>& data) {
	archive(data.obj_ID, data.class_result);
}

template <class Archive, class T>
void serialize(Archive& archive, ClassificationVec<T>& data) {
	archive(data.class_list);
}

template <class Archive, class T>
void serialize(Archive& archive, ClassificationResultPara<T>& data) {
	archive(data.f_info, data.classification);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchClassificationResultPara<T>& data) {
	archive(data.b_info, data.v_class);
}

} // namespace hiai

#endif
