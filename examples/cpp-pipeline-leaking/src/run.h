// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_RUN_H
#define PIPELINE_RUN_H

#include "progress.h"
#include "scene.h"

/** What main and the engines on the host share: the framework makes engines by their names, and hands nothing to them. */
struct Run {
	explicit Run(int64_t seed) : scene(seed), progress(UNDER_WAY) {}

	static const uint32_t UNDER_WAY = 6;
	Scene scene;
	Progress progress;

	/** That of this process, from before the graph is made until it is gone. */
	static Run* current;
};

#endif
