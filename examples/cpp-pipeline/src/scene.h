// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_SCENE_H
#define PIPELINE_SCENE_H

#include "format.h"

/** A scene that moves: a bright disc over a slanted pattern. The same seed and number give the same picture. Threads may share it. */
class Scene {
public:
	explicit Scene(int64_t seed) : seed_(seed) {}

	/** Every fourth frame is of ultra high definition. */
	static Format format(uint32_t number) { return number % 4 == 3 ? Format{3840, 2160} : Format{1920, 1080}; }
	/** Draws a frame into what has room for it. */
	void draw(uint32_t number, uint8_t* target) const;

private:
	const int64_t seed_;
};

#endif
