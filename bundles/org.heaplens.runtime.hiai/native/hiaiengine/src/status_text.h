// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "hiaiengine/status.h"

#include <string>

namespace heaplens {

/** What an application or the Matrix calls a code, and what it says of it: `APP_NO_FRAME: no frame to read`; empty if nobody knows it. */
std::string textOf(HIAI_StatusT code);

} // namespace heaplens
