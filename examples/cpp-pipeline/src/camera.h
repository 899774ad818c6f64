// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_CAMERA_H
#define PIPELINE_CAMERA_H

#include "hiaiengine/engine.h"

/** Makes frames on the host and sends them to the device. */
class Camera : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)
};

#endif
