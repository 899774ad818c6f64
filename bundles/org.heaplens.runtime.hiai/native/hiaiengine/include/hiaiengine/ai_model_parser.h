// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_AI_MODEL_PARSER_H
#define HIAIENGINE_AI_MODEL_PARSER_H

/** Applications include it; models are not parsed here. */

#include "hiaiengine/ai_types.h"

#endif
