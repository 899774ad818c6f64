// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_JPEG_H
#define DVPP_JPEG_H

/** Decoding and encoding of JPEG and PNG, in the spelling of each release. What DVPP allocates goes back with `cbFree`. */

#include <stdint.h>

#include <functional>

enum JpegdColorSpace {
	DVPP_JPEG_DECODE_OUT_UNKNOWN = -1,
	DVPP_JPEG_DECODE_OUT_YUV444 = 0,
	DVPP_JPEG_DECODE_OUT_YUV422_H2V1 = 1,
	DVPP_JPEG_DECODE_OUT_YUV422_H1V2 = 2,
	DVPP_JPEG_DECODE_OUT_YUV420 = 3,
	DVPP_JPEG_DECODE_OUT_YUV400 = 4
};
typedef JpegdColorSpace jpegd_color_space;

struct JpegdIn {
	/** The caller's, 8 bytes longer than the picture. */
	unsigned char* jpegData = nullptr;
	uint32_t jpegDataSize = 0;
	bool isYUV420Need = true;
	bool isVBeforeU = true;
};

struct JpegdOut {
	/** Made by DVPP if it is null. */
	unsigned char* yuvData = nullptr;
	uint32_t yuvDataSize = 0;
	uint32_t imgWidth = 0;
	uint32_t imgHeight = 0;
	uint32_t imgWidthAligned = 0;
	uint32_t imgHeightAligned = 0;
	JpegdColorSpace outFormat = DVPP_JPEG_DECODE_OUT_UNKNOWN;
	std::function<void()> cbFree;
};

/** The same of an earlier release, member for member. */
struct jpegd_raw_data_info {
	unsigned char* jpeg_data = nullptr;
	uint32_t jpeg_data_size = 0;
	bool IsYUV420Need = true;
	bool isVBeforeU = true;
};

struct jpegd_yuv_data_info {
	unsigned char* yuv_data = nullptr;
	uint32_t yuv_data_size = 0;
	uint32_t img_width = 0;
	uint32_t img_height = 0;
	uint32_t img_width_aligned = 0;
	uint32_t img_height_aligned = 0;
	jpegd_color_space out_format = DVPP_JPEG_DECODE_OUT_UNKNOWN;
	std::function<void()> cbFree;
};

enum eEncodeFormat {
	JPGENC_FORMAT_UYVY = 0x0,
	JPGENC_FORMAT_VYUY = 0x1,
	JPGENC_FORMAT_YVYU = 0x2,
	JPGENC_FORMAT_YUYV = 0x3,
	JPGENC_FORMAT_NV12 = 0x10,
	JPGENC_FORMAT_NV21 = 0x11
};

struct sJpegeIn {
	eEncodeFormat format = JPGENC_FORMAT_NV12;
	unsigned char* buf = nullptr;
	uint32_t bufSize = 0;
	uint32_t width = 0;
	uint32_t height = 0;
	uint32_t heightAligned = 0;
	uint32_t stride = 0;
	/** Quality, 1 to 100; 0 is 100. */
	uint32_t level = 0;
};

struct sJpegeOut {
	unsigned char* jpgData = nullptr;
	uint32_t jpgSize = 0;
	std::function<void()> cbFree;
};

struct PngInputInfoAPI {
	void* inputData = nullptr;
	uint64_t inputSize = 0;
	void* address = nullptr;
	uint64_t size = 0;
	/** 1: without alpha; 0: as the picture is. */
	int32_t transformFlag = 0;
};

struct PngOutputInfoAPI {
	void* outputData = nullptr;
	uint64_t outputSize = 0;
	/** For the result, of `size` bytes; made by DVPP if it is null. */
	void* address = nullptr;
	uint64_t size = 0;
	/** 2: RGB; 6: RGBA. Applications have names of their own for these. */
	int32_t format = 2;
	uint32_t width = 0;
	uint32_t high = 0;
	uint32_t widthAlign = 0;
	uint32_t highAlign = 0;
	std::function<void()> cbFree;
};

#endif
