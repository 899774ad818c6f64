// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_API_H
#define HIAIENGINE_API_H

/** All of it. */

#include "hiaiengine/ai_memory.h"
#include "hiaiengine/ai_model_manager.h"
#include "hiaiengine/ai_tensor.h"
#include "hiaiengine/ai_types.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/data_recv_interface.h"
#include "hiaiengine/data_type.h"
#include "hiaiengine/data_type_reg.h"
#include "hiaiengine/engine.h"
#include "hiaiengine/graph.h"
#include "hiaiengine/init.h"
#include "hiaiengine/log.h"
#include "hiaiengine/multitype_queue.h"
#include "hiaiengine/status.h"

#endif
