// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_INIT_H
#define HIAIENGINE_INIT_H

/** HIAI_Init, which the vendor declares here. */

#include "hiaiengine/c_graph.h"

#endif
