// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_TYPE_H
#define HIAIENGINE_DATA_TYPE_H

/**
 * Messages that applications have in common: images, batches of them, what was found in them. They can be sent to the other side without
 * being registered, under their names here; those of a template by their arguments, such as "ImageData_uint8_t".
 */

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hiaiengine/serialize.h"

namespace hiai {

enum IMAGEFORMAT {
	RGB565,
	BGR565,
	RGB888,
	BGR888,
	BGRA8888,
	ARGB8888,
	RGBX8888,
	XRGB8888,
	YUV420Planar,
	YVU420Planar,
	YUV420SP,
	YVU420SP,
	YUV420Packed,
	YVU420Packed,
	YUV422Planar,
	YVU422Planar,
	YUYVPacked,
	YVYUPacked,
	UYVYPacket,
	VYUYPacket,
	YUV422SP,
	YVU422SP,
	YUV444Interleaved,
	Y8,
	Y16,
	RAW
};

enum OBJECTTYPE { OT_VEHICLE, OT_HUMAN, OT_NON_MOTOR, OT_FACE, OT_FACE_BODY, OT_PLATE };

/** Of several pictures that go together; the vectors have an entry for each. */
struct BatchInfo {
	bool is_first = false;
	bool is_last = false;
	uint32_t batch_size = 0;
	uint64_t max_batch_size = 0;
	uint32_t batch_ID = 0;
	uint32_t channel_ID = 0;
	uint32_t processor_stream_ID = 0;
	std::vector<uint32_t> frame_ID;
	std::vector<uint32_t> source_ID;
	std::vector<uint64_t> timestamp;
};

/** Of one picture. */
struct FrameInfo {
	bool is_first = false;
	bool is_last = false;
	uint32_t channel_ID = 0;
	uint32_t processor_stream_ID = 0;
	uint32_t frame_ID = 0;
	uint32_t source_ID = 0;
	uint64_t timestamp = 0;
};

/** A picture; `data` has `size` elements. */
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
	std::vector<ImageData<T> > v_img;
};

/** Aggregates, also in C++11, as are all that have no initial values. */
struct Angle {
	float x;
	float y;
	float z;
};

struct Point2D {
	int32_t x;
	int32_t y;
};

struct Point3D {
	int32_t x;
	int32_t y;
	int32_t z;
};

struct RoiPolygon {
	uint32_t uiPtNum;
	std::vector<Point2D> astPts;
};

struct ArgsRoiPolygon {
	RoiPolygon stRoiPolygon;
	uint32_t iMinFace;
	uint32_t iMaxFace;
	uint32_t imgWidth;
	uint32_t imgHeight;
};

template <class T>
struct Line {
	T start;
	T end;
};

/** Both corners belong to it. */
template <class T>
struct Rectangle {
	T anchor_lt;
	T anchor_rb;
};

template <class T>
struct Polygon {
	std::vector<T> anchors;
};

struct ROICube {
	Point3D anchor;
	uint32_t length;
	uint32_t width;
	uint32_t height;
};

template <class T>
struct MaskMatrix {
	uint32_t cols;
	uint32_t rows;
	std::shared_ptr<T> data;
};

struct RLECode {
	uint32_t len;
	uint32_t cols;
	uint32_t rows;
	std::shared_ptr<uint32_t> data;
};

/** Where things are in one picture; the vectors have an entry for each. */
template <class Range, class Confidence>
struct ObjectLocation {
	std::vector<uint32_t> v_obj_id;
	std::vector<Range> range;
	std::vector<Angle> angle;
	std::vector<Confidence> confidence;
	std::vector<uint32_t> label;
	std::vector<uint32_t> isInRoi;
};

template <class Range, class Confidence>
struct DetectedObjectPara {
	FrameInfo f_info;
	ObjectLocation<Range, Confidence> location;
};

template <class Range, class Confidence>
struct BatchDetectedObjectPara {
	BatchInfo b_info;
	std::vector<ObjectLocation<Range, Confidence> > v_location;
};

template <class T>
struct RegionImage {
	std::vector<ImageData<T> > region;
	std::vector<uint32_t> v_obj_id;
};

template <class T>
struct RegionImagePara {
	FrameInfo f_info;
	RegionImage<T> region;
};

template <class T>
struct BatchRegionImagePara {
	BatchInfo b_info;
	std::vector<RegionImage<T> > v_region;
};

struct IDTreeNode {
	std::vector<uint32_t> nodeID;
	std::vector<bool> is_leaf;
	std::vector<IDTreeNode> node;
};

struct IDTreePara {
	FrameInfo f_info;
	IDTreeNode tree;
};

struct BatchIDTreePara {
	BatchInfo b_info;
	std::vector<IDTreeNode> v_tree;
};

/** Bytes of any kind. */
struct RawDataBuffer {
	uint32_t len_of_byte;
	std::shared_ptr<uint8_t> data;
};

struct BatchRawDataBuffer {
	BatchInfo b_info;
	std::vector<RawDataBuffer> v_info;
};

} // namespace hiai

#include "hiaiengine/data_type_results.h"
#include "hiaiengine/data_type_serialize.h"

#endif
