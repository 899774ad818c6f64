// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "image.h"

#include <cstdlib>

namespace {
/** The steepest step between neighbours that is no edge. */
const int FLAT = 96;
} // namespace

void Image::scale(uint32_t factor, uint8_t* target) const {
	Format small = format.scaled(factor);
	for (uint32_t y = 0; y < small.height; y++) {
		for (uint32_t x = 0; x < small.width; x++) {
			const uint8_t* square = pixels + y * factor * format.width + x * factor;
			uint32_t sum = 0;
			for (uint32_t line = 0; line < factor; line++) {
				for (uint32_t column = 0; column < factor; column++) {
					sum += square[line * format.width + column];
				}
			}
			target[y * small.width + x] = static_cast<uint8_t>(sum / (factor * factor));
		}
	}
}

uint32_t Image::edges() const {
	const uint32_t width = format.width;
	uint32_t count = 0;
	for (uint32_t at = width + 1; at < format.pixels() - width - 1; at++) {
		const uint8_t* above = pixels + at - width;
		const uint8_t* here = pixels + at;
		const uint8_t* below = pixels + at + width;
		int across = above[1] + 2 * here[1] + below[1] - above[-1] - 2 * here[-1] - below[-1];
		int down = below[-1] + 2 * below[0] + below[1] - above[-1] - 2 * above[0] - above[1];
		count += std::abs(across) + std::abs(down) > FLAT ? 1 : 0;
	}
	return count;
}

int32_t Image::checksum() const {
	// The same numbers as in the Java twin, whose bytes have a sign and whose sums wrap.
	uint32_t sum = 1;
	for (uint32_t at = 0; at < format.pixels(); at++) {
		sum = 31 * sum + static_cast<uint32_t>(static_cast<int8_t>(pixels[at]));
	}
	return static_cast<int32_t>(sum);
}
