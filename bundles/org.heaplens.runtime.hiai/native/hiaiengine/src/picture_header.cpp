// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "picture_header.h"

#include <cstring>

namespace heaplens {
namespace {

constexpr uint32_t LARGEST = 8192;

uint32_t bigEndian16(const uint8_t* at) {
	return uint32_t(at[0]) << 8 | at[1];
}

uint32_t bigEndian32(const uint8_t* at) {
	return bigEndian16(at) << 16 | bigEndian16(at + 2);
}

/** Markers that begin a frame; the three between them are tables. */
bool beginsFrame(uint8_t marker) {
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/** More than DVPP takes is no picture to it; that keeps sizes in bytes within 32 bits. */
PictureSize ifTaken(const PictureSize& size) {
	return size.width <= LARGEST && size.height <= LARGEST ? size : PictureSize();
}

} // namespace

PictureSize sizeOfJpeg(const uint8_t* bytes, size_t count) {
	PictureSize size;
	if (count < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) {
		return size;
	}
	// Segments: FF, a marker, two bytes of length that count themselves.
	for (size_t at = 2; at + 9 <= count && bytes[at] == 0xFF;) {
		if (bytes[at + 1] == 0xFF) {
			at++;
			continue;
		}
		if (beginsFrame(bytes[at + 1])) {
			size.height = bigEndian16(bytes + at + 5);
			size.width = bigEndian16(bytes + at + 7);
			return ifTaken(size);
		}
		at += 2 + bigEndian16(bytes + at + 2);
	}
	return size;
}

PictureSize sizeOfPng(const uint8_t* bytes, size_t count) {
	static const uint8_t SIGNATURE[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
	PictureSize size;
	if (count < 26 || std::memcmp(bytes, SIGNATURE, sizeof SIGNATURE) != 0) {
		return size;
	}
	size.width = bigEndian32(bytes + 16);
	size.height = bigEndian32(bytes + 20);
	size.hasAlpha = (bytes[25] & 4) != 0;
	return ifTaken(size);
}

uint32_t writeEmptyJpeg(uint8_t* bytes, size_t room) {
	static const uint8_t EMPTY[] = {0xFF, 0xD8, 0xFF, 0xD9};
	if (room < sizeof EMPTY) {
		return 0;
	}
	std::memcpy(bytes, EMPTY, sizeof EMPTY);
	return sizeof EMPTY;
}

uint32_t picturesIn(const uint8_t* bytes, size_t count, bool isH265) {
	uint32_t pictures = 0;
	// Units: 0 0 1, their header, their content.
	size_t header = isH265 ? 2 : 1;
	for (size_t at = 0; at + 3 + header < count; at++) {
		if (bytes[at] != 0 || bytes[at + 1] != 0 || bytes[at + 2] != 1) {
			continue;
		}
		uint32_t type = isH265 ? bytes[at + 3] >> 1 & 0x3F : bytes[at + 3] & 0x1F;
		bool isSlice = isH265 ? type < 10 || (type >= 16 && type <= 21) : type == 1 || type == 5;
		// The first bit says that it is the first slice of its picture, be it as a flag or as the number 0.
		pictures += isSlice && (bytes[at + 3 + header] & 0x80) != 0;
	}
	return pictures;
}

} // namespace heaplens
