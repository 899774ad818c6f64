// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "options.h"

#include <cerrno>
#include <cstdlib>
#include <limits>

namespace {
const int64_t MOST_SECONDS = 3600;
const int64_t MOST_FRAMES = 1000000;

std::string number(const std::string& option, const std::string& value, int64_t least, int64_t most, int64_t& target) {
	char* end;
	errno = 0;
	int64_t parsed = std::strtoll(value.c_str(), &end, 10);
	if (value.empty() || *end != 0 || errno != 0 || parsed < least || parsed > most) {
		return option + " is '" + value + "'; it has to be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
	}
	target = parsed;
	return "";
}
} // namespace

const char* const Options::USAGE = "usage: pipeline [--seconds N | --frames N] [--seed S]";

std::string Options::parse(int count, char** arguments) {
	for (int i = 1; i < count; i += 2) {
		std::string option = arguments[i];
		if (option != "--seconds" && option != "--frames" && option != "--seed") {
			return "unknown option '" + option + "'; " + USAGE;
		}
		if (i + 1 == count) {
			return option + " needs a value; " + USAGE;
		}
		std::string value = arguments[i + 1];
		std::string problem = option == "--seconds" ? number(option, value, 1, MOST_SECONDS, seconds)
		                      : option == "--frames"
		                          ? number(option, value, 1, MOST_FRAMES, frames)
		                          : number(option, value, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max(), seed);
		if (!problem.empty()) {
			return problem;
		}
	}
	return "";
}
