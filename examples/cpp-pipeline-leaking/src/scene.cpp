// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scene.h"

#include <cstring>

namespace {
int32_t floorMod(int64_t value, int32_t by) {
	return static_cast<int32_t>((value % by + by) % by);
}

int64_t square(int64_t value) {
	return value * value;
}
} // namespace

void Scene::draw(uint32_t number, uint8_t* target) const {
	const Format size = format(number);
	const int32_t width = static_cast<int32_t>(size.width);
	const int32_t height = static_cast<int32_t>(size.height);
	const int32_t frame = static_cast<int32_t>(number);
	const int32_t slant = floorMod(seed_, 7) + 3;
	const int32_t radius = height / 6;
	const int32_t x = floorMod(frame * 37 + seed_, width);
	const int32_t y = height / 2;
	for (int32_t line = 0; line < height; line++) {
		for (int32_t column = 0; column < width; column++) {
			bool inDisc = square(column - x) + square(line - y) < square(radius);
			target[line * width + column] = static_cast<uint8_t>(inDisc ? 230 : ((column + line * slant + frame * 4) >> 3) & 0x3F);
		}
	}
	std::memset(target + size.pixels(), 128, size.bytes() - size.pixels());
}
