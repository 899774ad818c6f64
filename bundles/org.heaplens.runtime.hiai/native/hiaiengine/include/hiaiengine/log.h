// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_LOG_H
#define HIAIENGINE_LOG_H

#include "hiaiengine/status.h"

/**
 * A line in the log, with a format as of printf: `HIAI_ENGINE_LOG(APP_ERROR, "frame %d is broken", number)`. The level is the code's: see
 * HIAI_DEF_ERROR_CODE. In C, the number of a module stands before the code.
 */

#ifdef __cplusplus

#include "hiaiengine/prelude.h"

namespace hiai {

class Engine;
class Graph;

/**
 * Writes a line of the log to standard error, if its level is among those that HEAPLENS_LOG_LEVEL asks for. Before the format can stand, each
 * of them or none: the number of a module, which is an int, an engine or a graph, and a code.
 */
class LogLine {
public:
	LogLine(const char* function, const char* file, int line) : function_(function), file_(file), line_(line) {}

	__attribute__((visibility("default"))) void operator()(const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(const Engine* engine, HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(const Graph* graph, HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(int32_t module, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(int32_t module, HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(int32_t module, const Engine* engine, HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(int32_t module, const Graph* graph, HIAI_StatusT code, const char* format, ...) const;
	void operator()(const std::string& text) const { (*this)("%s", text.c_str()); }
	void operator()(HIAI_StatusT code, const std::string& text) const { (*this)(code, "%s", text.c_str()); }
	/** Where the code alone says all. */
	void operator()(HIAI_StatusT code) const { (*this)(code, ""); }

private:
	const char* function_;
	const char* file_;
	int line_;
};

} // namespace hiai

#define HIAI_ENGINE_LOG(...) ::hiai::LogLine(__FUNCTION__, __FILE__, __LINE__)(__VA_ARGS__)

/** As the vendor's macro calls it, and some applications do. */
template <typename... Arguments>
void HIAI_ENGINE_LOG_IMPL(const char* function, const char* file, int32_t line, Arguments... arguments) {
	::hiai::LogLine(function, file, line)(arguments...);
}

// The vendor's log knows graphs and engines, and many include no more than this.
#include "hiaiengine/graph.h"

#else

HIAI_LIB_EXPORT void HIAI_C_ENGINE_LOG(const char* function, const char* file, int32_t line, int32_t module, HIAI_StatusT code,
                                       const char* format, ...);

#define HIAI_ENGINE_LOG(...) HIAI_C_ENGINE_LOG(__FUNCTION__, __FILE__, __LINE__, __VA_ARGS__)

#endif

#endif
