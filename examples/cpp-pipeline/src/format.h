// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_FORMAT_H
#define PIPELINE_FORMAT_H

#include <cstdint>

/** The size of a picture, in pixels. */
struct Format {
	uint32_t width;
	uint32_t height;

	/** Bytes of one frame: a byte of brightness a pixel, and half of that for colour (YUV 4:2:0). */
	uint32_t bytes() const { return width * height * 3 / 2; }
	/** Bytes of the brightness alone. */
	uint32_t pixels() const { return width * height; }
	/** That of the picture when it is so many times smaller each way. */
	Format scaled(uint32_t factor) const { return Format{width / factor, height / factor}; }
};

#endif
