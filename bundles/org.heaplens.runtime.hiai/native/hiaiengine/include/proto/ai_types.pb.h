// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef PROTO_AI_TYPES_PB_H
#define PROTO_AI_TYPES_PB_H

/** The vendor generates these classes with protobuf. Here they have the same accessors, but are no protobuf messages. */

#include "hiaiengine/ai_types.h"

#endif
