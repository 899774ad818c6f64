// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/graph_config.h"

#include <string>

namespace heaplens {

/**
 * Loads the libraries that an engine's `so_name` names, as far as they are there: by the folder of the graph file first, then by the
 * working directory, then, without a slash, by the loader's path. They stay loaded.
 *
 * @param folder of the graph file; empty if there is none
 * @return those that are not there, for a message; empty if none
 */
std::string loadLibraries(const EngineConfig& engine, const std::string& folder);

} // namespace heaplens
