// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_OPTIONS_H
#define PIPELINE_OPTIONS_H

#include <cstdint>
#include <string>

/** What the command line asks for. */
struct Options {
	/** How long to send frames; counts if `frames` is 0. */
	int64_t seconds = 10;
	/** How many frames to send; 0 to go by time. */
	int64_t frames = 0;
	/** Of the scene: the same seed gives the same frames. */
	int64_t seed = 1;

	static const char* const USAGE;

	/** Reads the command line; what is wrong with it in one line, or nothing. */
	std::string parse(int count, char** arguments);
};

#endif
