// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_IMAGE_H
#define PIPELINE_IMAGE_H

#include "format.h"

/** The brightness of a picture in memory: a byte a pixel, row by row. Owns nothing, and ends with its block. */
struct Image {
	Format format;
	const uint8_t* pixels;

	/** Writes the picture so many times smaller: each pixel is the mean of a square. */
	void scale(uint32_t factor, uint8_t* target) const;
	/** Counts pixels on an edge, with Sobel's operator. */
	uint32_t edges() const;
	/** A number that changes when a pixel does. */
	int32_t checksum() const;
};

#endif
