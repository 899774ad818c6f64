// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_TYPE_H
#define HIAIENGINE_DATA_TYPE_H

/** Messages that applications have in common: images, batches of them, what was found in them. Sizes are pixels, but `size` is bytes. */

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include <memory>
#include <string>
#include <vector>

#include "hiaiengine/serialize.h"

namespace hiai {

enum IMAGEFORMAT {
	RGB565 = 0,
	BGR565,
	RGB888,
	BGR888,
	BGRA8888,
	ARGB8888,
	RGBA8888,
	XRGB8888,
	YUV420Planar,
	YVU420Planar,
	YUV420SP,
	YVU420SP,
	YUV420Packed,
	YVU420Packed,
	YUV422Planar,
	YVYU422Interleaved,
	YUYV422Interleaved,
	UYVY422Interleaved,
	VYUY422Interleaved,
	YUV422SP,
	YVU422SP,
	YUV422Packed,
	YUV444Interleaved,
	Y8,
	Y16,
	RAW,
	JPEG,
	PNG
};

/** Of one picture. */
struct FrameInfo {
	bool is_first = false;
	bool is_last = false;
	uint32_t channel_ID = 0;
	uint32_t processor_stream_ID = 0;
	uint32_t frame_ID = 0;
	uint32_t source_ID = 0;
	time_t timestamp = 0;
};

/** Of several that go together; the vectors have an entry for each. */
struct BatchInfo {
	bool is_first = false;
	bool is_last = false;
	uint32_t batch_size = 0;
	uint32_t max_batch_size = 0;
	uint32_t batch_ID = 0;
	uint32_t channel_ID = 0;
	uint32_t processor_stream_ID = 0;
	std::vector<uint32_t> frame_ID;
	std::vector<uint32_t> source_ID;
	std::vector<time_t> timestamp;
};

/** An aggregate, also in C++11. */
struct Point2D {
	int32_t x;
	int32_t y;
};

struct Point3D {
	int32_t x;
	int32_t y;
	int32_t z;
};

template <class T>
struct Line {
	T start;
	T end;
};

/** Both corners belong to it. */
template <class Point>
struct Rectangle {
	Point anchor_lt;
	Point anchor_rb;
};

/** A picture; `data` has `size` bytes. */
template <class T>
struct ImageData {
	IMAGEFORMAT format = RGB565;
	uint32_t width = 0;
	uint32_t height = 0;
	uint32_t channel = 0;
	uint32_t depth = 0;
	uint32_t height_step = 0;
	uint32_t width_step = 0;
	uint32_t size = 0;
	std::shared_ptr<T> data;
};

template <class T>
struct ImagePara {
	FrameInfo f_info;
	ImageData<T> img;
};

template <class T>
struct BatchImagePara {
	BatchInfo b_info;
	std::vector<ImageData<T>> v_img;
};

/** Bytes of any kind; an aggregate, also in C++11. */
struct RawDataBuffer {
	uint32_t len_of_byte;
	std::shared_ptr<uint8_t> data;
};

struct BatchRawDataBuffer {
	BatchInfo b_info;
	std::vector<RawDataBuffer> v_info;
};

template <class Range, class Confidence>
struct DetectedObject {
	Range range;
	int32_t object_num = 0;
	std::vector<int32_t> v_obj_id;
	std::vector<Confidence> confidence;
};

/** Where things are in one picture. */
template <class Range, class Confidence>
struct ObjectLocation {
	std::vector<Range> range;
	std::vector<int32_t> v_obj_id;
	std::vector<Confidence> confidence;
};

template <class Range, class Confidence>
struct BatchDetectedObjectPara {
	BatchInfo b_info;
	std::vector<ObjectLocation<Range, Confidence>> v_location;
};

template <class Archive>
void serialize(Archive& archive, FrameInfo& info) {
	archive(info.is_first, info.is_last, info.channel_ID, info.processor_stream_ID, info.frame_ID, info.source_ID, info.timestamp);
}

template <class Archive>
void serialize(Archive& archive, BatchInfo& info) {
	archive(info.is_first, info.is_last, info.batch_size, info.max_batch_size, info.batch_ID, info.channel_ID, info.processor_stream_ID,
	        info.frame_ID, info.source_ID, info.timestamp);
}

template <class Archive>
void serialize(Archive& archive, Point2D& point) {
	archive(point.x, point.y);
}

template <class Archive>
void serialize(Archive& archive, Point3D& point) {
	archive(point.x, point.y, point.z);
}

template <class Archive, class T>
void serialize(Archive& archive, Line<T>& line) {
	archive(line.start, line.end);
}

template <class Archive>
void serialize(Archive& archive, BatchRawDataBuffer& batch) {
	archive(batch.b_info, batch.v_info);
}

template <class Archive, class Point>
void serialize(Archive& archive, Rectangle<Point>& rectangle) {
	archive(rectangle.anchor_lt, rectangle.anchor_rb);
}

template <class Archive, class Range, class Confidence>
void serialize(Archive& archive, DetectedObject<Range, Confidence>& object) {
	archive(object.range, object.object_num, object.v_obj_id, object.confidence);
}

template <class Archive, class Range, class Confidence>
void serialize(Archive& archive, ObjectLocation<Range, Confidence>& location) {
	archive(location.range, location.v_obj_id, location.confidence);
}

template <class Archive, class Range, class Confidence>
void serialize(Archive& archive, BatchDetectedObjectPara<Range, Confidence>& batch) {
	archive(batch.b_info, batch.v_location);
}

template <class Archive, class T>
void serialize(Archive& archive, ImagePara<T>& image) {
	archive(image.f_info, image.img);
}

template <class Archive, class T>
void serialize(Archive& archive, BatchImagePara<T>& batch) {
	archive(batch.b_info, batch.v_img);
}

#if HIAI_HAS_CEREAL

template <class Archive>
void save(Archive& archive, const RawDataBuffer& buffer) {
	uint32_t bytes = buffer.data == nullptr ? 0 : buffer.len_of_byte;
	archive(bytes);
	if (bytes != 0) {
		archive(cereal::binary_data(buffer.data.get(), bytes));
	}
}

template <class Archive>
void load(Archive& archive, RawDataBuffer& buffer) {
	archive(buffer.len_of_byte);
	if (buffer.len_of_byte != 0) {
		buffer.data.reset(new uint8_t[buffer.len_of_byte], std::default_delete<uint8_t[]>());
		archive(cereal::binary_data(buffer.data.get(), buffer.len_of_byte));
	}
}

template <class Archive, class T>
void save(Archive& archive, const ImageData<T>& image) {
	archive(image.format, image.width, image.height, image.channel, image.depth, image.height_step, image.width_step);
	uint32_t bytes = image.data == nullptr ? 0 : image.size;
	archive(bytes);
	if (bytes != 0) {
		archive(cereal::binary_data(image.data.get(), bytes));
	}
}

template <class Archive, class T>
void load(Archive& archive, ImageData<T>& image) {
	archive(image.format, image.width, image.height, image.channel, image.depth, image.height_step, image.width_step, image.size);
	if (image.size != 0) {
		image.data.reset(new T[(image.size + sizeof(T) - 1) / sizeof(T)], std::default_delete<T[]>());
		archive(cereal::binary_data(image.data.get(), image.size));
	}
}

#endif

} // namespace hiai

#endif
