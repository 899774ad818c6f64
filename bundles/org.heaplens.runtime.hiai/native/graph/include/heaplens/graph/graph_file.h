// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/graph_config.h"

#include <functional>
#include <string>
#include <vector>

namespace heaplens {

/** What a `graph.config` says, or what is wrong with it: one line with file, line, column, what is wrong, and what to do. */
struct GraphFile {
	/** Without their makers. */
	std::vector<GraphConfig> graphs;
	/** Empty if the file is right. */
	std::string problem;
	/** What may be a mistake; each one line. */
	std::vector<std::string> warnings;

	/** Reads a file. */
	static GraphFile read(const std::string& path);
	/** Reads a text. @param path for messages */
	static GraphFile parse(const std::string& path, const std::string& text);
};

} // namespace heaplens
