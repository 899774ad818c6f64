// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "hiaiengine/log.h"

#include "heaplens/platform.h"
#include "status_text.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace {

const char* const LEVELS[] = {"fatal", "error", "warning", "info", "debug", "event"};
constexpr uint32_t LEVEL_COUNT = sizeof LEVELS / sizeof *LEVELS;
constexpr size_t LONGEST_LINE = 4096;

/** A level stands for itself; other codes have theirs inside. */
uint32_t levelOf(HIAI_StatusT code) {
	uint32_t level = code < LEVEL_COUNT ? code : code >> 12 & 0xF;
	return level < LEVEL_COUNT ? level : HIAI_DEBUG;
}

/** The highest level that is written; nothing is if it is off. */
bool isWanted(uint32_t level) {
	static const heaplens::Settings& settings = heaplens::Platform::ofProcess().settings();
	static const std::string wanted = settings.text(heaplens::Setting::LogLevel);
	if (wanted == "off") {
		return false;
	}
	uint32_t most = 0;
	while (wanted != LEVELS[most]) {
		most++;
	}
	return level <= most || (level == HIAI_EVENT && most >= HIAI_INFO);
}

void write(const char* function, const char* file, int line, const std::string& who, HIAI_StatusT code, const char* format, va_list values) {
	uint32_t level = levelOf(code);
	if (!isWanted(level)) {
		return;
	}
	char text[LONGEST_LINE];
	if (format == nullptr || std::vsnprintf(text, sizeof text, format, values) < 0) {
		text[0] = '\0';
	}
	std::string message = text;
	while (!message.empty() && message.back() == '\n') {
		message.pop_back();
	}
	std::string meaning = heaplens::textOf(code);
	if (message.empty()) {
		message = meaning;
	}
	const char* name = std::strrchr(file, '/');
	heaplens::warn(std::string(LEVELS[level]) + ": " + who + message + " (" + function + ", " + (name == nullptr ? file : name + 1) + ":" +
	               std::to_string(line) + ")");
}

std::string words(int32_t module) {
	return "module " + std::to_string(module) + ": ";
}

std::string words(const hiai::Engine* engine) {
	return engine == nullptr ? "" : "engine " + std::to_string(engine->GetEngineId()) + " (" + engine->GetEngineName() + "): ";
}

std::string words(const hiai::Graph* graph) {
	return graph == nullptr ? "" : "graph " + std::to_string(graph->GetGraphId()) + ": ";
}

} // namespace

namespace hiai {

void LogLine::operator()(const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, "", HIAI_INFO, format, values);
	va_end(values);
}

void LogLine::operator()(HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, "", code, format, values);
	va_end(values);
}

void LogLine::operator()(const Engine* engine, HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(engine), code, format, values);
	va_end(values);
}

void LogLine::operator()(const Graph* graph, HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(graph), code, format, values);
	va_end(values);
}

void LogLine::operator()(int32_t module, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(module), HIAI_INFO, format, values);
	va_end(values);
}

void LogLine::operator()(int32_t module, HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(module), code, format, values);
	va_end(values);
}

void LogLine::operator()(int32_t module, const Engine* engine, HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(module) + words(engine), code, format, values);
	va_end(values);
}

void LogLine::operator()(int32_t module, const Graph* graph, HIAI_StatusT code, const char* format, ...) const {
	va_list values;
	va_start(values, format);
	write(function_, file_, line_, words(module) + words(graph), code, format, values);
	va_end(values);
}

} // namespace hiai

/** What the macro calls in C. */
extern "C" __attribute__((visibility("default"))) void HIAI_C_ENGINE_LOG(const char* function, const char* file, int32_t line, int32_t module,
                                                                         HIAI_StatusT code, const char* format, ...) {
	va_list values;
	va_start(values, format);
	write(function, file, line, words(module), code, format, values);
	va_end(values);
}
