// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace heaplens {

/** Pixels; a width of 0 if the bytes are no such picture. */
struct PictureSize {
	uint32_t width = 0;
	uint32_t height = 0;
	bool hasAlpha = false;
};

PictureSize sizeOfJpeg(const uint8_t* bytes, size_t count);
PictureSize sizeOfPng(const uint8_t* bytes, size_t count);

/** A JPEG with nothing in it: its begin and its end. @return bytes written; 0 if there is no room */
uint32_t writeEmptyJpeg(uint8_t* bytes, size_t room);

/** Pictures whose first slice lies in a piece of an H.264 or H.265 stream. */
uint32_t picturesIn(const uint8_t* bytes, size_t count, bool isH265);

} // namespace heaplens
