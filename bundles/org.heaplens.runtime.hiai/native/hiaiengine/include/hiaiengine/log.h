// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_LOG_H
#define HIAIENGINE_LOG_H

#include "hiaiengine/prelude.h"
#include "hiaiengine/status.h"

namespace hiai {

class Engine;

/**
 * Writes a line of the log to standard error, if its level is among those that HEAPLENS_LOG_LEVEL asks for.
 * What can stand before the format: nothing, a code, an engine and a code, a number of a graph and a code.
 */
class LogLine {
public:
	LogLine(const char* function, const char* file, int line) : function_(function), file_(file), line_(line) {}

	__attribute__((visibility("default"))) void operator()(const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(const Engine* engine, HIAI_StatusT code, const char* format, ...) const;
	__attribute__((visibility("default"))) void operator()(uint32_t graphId, HIAI_StatusT code, const char* format, ...) const;
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

/**
 * A line in the log, with a format as of printf: `HIAI_ENGINE_LOG(APP_ERROR, "frame %d is broken", number)`.
 * The level is the code's: see HIAI_DEF_ERROR_CODE.
 */
#define HIAI_ENGINE_LOG(...) ::hiai::LogLine(__FUNCTION__, __FILE__, __LINE__)(__VA_ARGS__)

#endif
