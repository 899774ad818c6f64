// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PIPELINE_ARCHIVE_H
#define PIPELINE_ARCHIVE_H

#include "image.h"
#include "messages.h"

#include "hiaiengine/engine.h"

/** Takes results on the host, checks them against what the camera must have seen, and counts. */
class Archive : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 1)

private:
	static HIAI_StatusT store(const Result& result, const Image& thumbnail);
	static int32_t check(const Result& result, const Image& thumbnail);
};

#endif
