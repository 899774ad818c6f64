// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/graphs.h"

#include <functional>
#include <string>

namespace heaplens {

/** Finds the makers of a graph's engines of one side; what is wrong, or nothing. @param folder of the graph file */
using FindMakers = std::function<std::string(GraphConfig& graph, Side side, const std::string& folder)>;

/**
 * Gives the device a process of its own, if `simulator.device-process` says so: from now on the engines of that side run there, each
 * process can use the memory of its own side only, and what is sent is copied from the one to the other. The device's is forked from this
 * one, so it has all engines and message types; it lives as long as this one does, and records into a file of its own.
 *
 * To be called before the first graph; again does nothing.
 */
void beginDeviceProcess(Graphs& graphs, const MessageTypes& types, const FindMakers& makers);

} // namespace heaplens
