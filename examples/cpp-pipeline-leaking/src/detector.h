// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_DETECTOR_H
#define PIPELINE_DETECTOR_H

#include "image.h"
#include "messages.h"

#include "hiaiengine/engine.h"

/** Finds edges on the device, and sends what it found back with a thumbnail. Several threads use it at once. */
class Detector : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)

private:
	static uint32_t edges(uint32_t number, const Image& image);
	HIAI_StatusT sendResult(uint32_t number, const Image& image, uint32_t edges);
};

#endif
