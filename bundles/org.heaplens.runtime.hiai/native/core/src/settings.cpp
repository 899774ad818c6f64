// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/settings.h"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace heaplens {
namespace {

enum class Type { Folder, Bytes, Number, Choice, Switch };

struct Row {
	const char* key;
	Type type;
	const char* usual;
	/** Options of a choice, separated by blanks. */
	const char* options;
	uint64_t least;
	uint64_t most;
	const char* unit;
};

constexpr uint64_t MIB = 1ULL << 20;
constexpr uint64_t GIB = 1ULL << 30;
constexpr uint64_t DAY = 86400000;

const Row ROWS[] = {
	{"trace", Type::Folder, "", "", 0, 0, ""},
	{"host.capacity", Type::Bytes, "1G", "", MIB, 64 * GIB, ""},
	{"device.capacity", Type::Bytes, "1G", "", MIB, 64 * GIB, ""},
	{"device.count", Type::Number, "1", "", 1, 64, "devices"},
	{"recording.mode", Type::Choice, "all", "all flight", 0, 0, ""},
	{"recording.ring", Type::Bytes, "4M", "", MIB, GIB, ""},
	{"recording.stack-frames", Type::Number, "16", "", 0, 64, "frames"},
	{"log.level", Type::Choice, "error", "off fatal error warning info debug", 0, 0, ""},
	{"inference.time", Type::Number, "0", "", 0, DAY, "ms"},
	{"simulator.policy", Type::Choice, "tlsf", "tlsf tlsf8 best-fit first-fit buddy", 0, 0, ""},
	{"simulator.strict", Type::Switch, "false", "", 0, 0, ""},
	{"simulator.rc", Type::Switch, "false", "", 0, 0, ""},
	{"simulator.auto-free-when", Type::Choice, "arrival", "arrival process-end", 0, 0, ""},
	{"simulator.poison", Type::Switch, "true", "", 0, 0, ""},
	{"simulator.guard", Type::Switch, "false", "", 0, 0, ""},
	{"simulator.auto-free-deleter", Type::Choice, "misuse", "misuse accept", 0, 0, ""},
	{"simulator.auto-free-route", Type::Choice, "high-speed", "high-speed all", 0, 0, ""},
	{"simulator.dvpp-auto-on-send", Type::Switch, "false", "", 0, 0, ""},
	{"simulator.received-free", Type::Choice, "both", "both release free", 0, 0, ""},
	{"simulator.malloc-time-out", Type::Number, "500", "", 0, DAY, "ms"},
	{"simulator.engine-send-time-out", Type::Number, "500", "", 0, DAY, "ms"},
	{"simulator.graph-send-time-out", Type::Number, "500", "", 0, DAY, "ms"},
	{"simulator.send-tries", Type::Number, "16", "", 1, 1000, "tries"},
	{"simulator.queue-size", Type::Number, "200", "", 1, 1000000, "messages"},
	{"simulator.no-room-status", Type::Choice, "no-useful-memory", "no-useful-memory no-memory", 0, 0, ""},
	{"simulator.queue-full-status", Type::Choice, "queue-full", "queue-full sendmsg-failed", 0, 0, ""},
	{"simulator.lazy-pool", Type::Switch, "true", "", 0, 0, ""},
	{"simulator.first-graph-rule", Type::Switch, "true", "", 0, 0, ""},
	{"simulator.host-block-limit", Type::Bytes, "256M", "", 256 * MIB - 96, 256 * MIB, ""},
	{"simulator.send-once", Type::Choice, "auto", "auto manual both", 0, 0, ""},
	{"simulator.plain-payload", Type::Choice, "copy", "copy refuse", 0, 0, ""},
	{"simulator.host-alignment", Type::Choice, "64", "64 128 256 512 1024 2048 4096", 0, 0, ""},
	{"simulator.device-alignment", Type::Choice, "128", "128 256 512 1024 2048 4096", 0, 0, ""},
	{"simulator.receiver-other-side", Type::Choice, "carry", "carry refuse", 0, 0, ""},
	{"simulator.destroy-time-out", Type::Number, "30000", "", 0, DAY, "ms"},
	{"simulator.device-process", Type::Switch, "false", "", 0, 0, ""},
};
static_assert(sizeof ROWS / sizeof *ROWS == size_t(Setting::Count), "a row for each setting");

/** False if it is no number, or one too large. */
bool parse(const std::string& text, bool units, uint64_t& result) {
	size_t end = text.size();
	unsigned shift = 0;
	if (units && end > 0) {
		const char* unit = std::strchr("KMG", std::toupper(static_cast<unsigned char>(text[end - 1])));
		if (unit != nullptr && *unit != 0) {
			shift = 10 * (*unit == 'K' ? 1 : *unit == 'M' ? 2 : 3);
			end--;
		}
	}
	if (end == 0 || end > 18) {
		return false;
	}
	uint64_t number = 0;
	for (size_t at = 0; at < end; at++) {
		if (text[at] < '0' || text[at] > '9') {
			return false;
		}
		number = number * 10 + uint64_t(text[at] - '0');
	}
	result = number << shift;
	return result >> shift == number;
}

bool isOption(const std::string& options, const std::string& text) {
	return text.find(' ') == std::string::npos && (" " + options + " ").find(" " + text + " ") != std::string::npos;
}

std::string strip(const std::string& text) {
	size_t first = text.find_first_not_of(" \t\r\n");
	return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string bytes(uint64_t count) {
	const char units[] = "KMG";
	for (int unit = 3; unit > 0; unit--) {
		if (count != 0 && count % (1ULL << 10 * unit) == 0) {
			return std::to_string(count >> 10 * unit) + units[unit - 1];
		}
	}
	return std::to_string(count);
}

/** What a value has to be, as it follows "it"; empty if that is one. */
std::string problem(const Row& row, const std::string& text) {
	uint64_t number = 0;
	switch (row.type) {
	case Type::Folder:
		return text.empty() ? "has to be a folder" : "";
	case Type::Bytes:
		return parse(text, true, number) && number >= row.least && number <= row.most
		           ? ""
		           : "has to be a number of bytes from " + bytes(row.least) + " to " + bytes(row.most) + ", such as 512M or 2G";
	case Type::Number:
		return parse(text, false, number) && number >= row.least && number <= row.most
		           ? ""
		           : std::string("has to be a whole number of ") + row.unit + " from " + std::to_string(row.least) + " to " +
		                 std::to_string(row.most);
	case Type::Choice: {
		std::string words = row.options;
		for (size_t at = words.find(' '); at != std::string::npos; at = words.find(' ', at + 2)) {
			words.replace(at, 1, ", ");
		}
		return isOption(row.options, text) ? "" : "has to be one of " + words;
	}
	case Type::Switch:
		return text == "true" || text == "false" ? "" : "has to be true or false";
	}
	return "";
}

} // namespace

Settings::Settings() {
	for (const Row& row : ROWS) {
		values_.emplace_back(row.usual);
	}
}

Settings Settings::fromEnvironment() {
	Settings result;
	for (size_t index = 0; index < size_t(Setting::Count); index++) {
		auto setting = Setting(index);
		std::string name = variable(setting);
		const char* value = std::getenv(name.c_str());
		std::string text = value == nullptr ? "" : strip(value);
		if (text.empty()) {
			continue;
		}
		std::string wrong = result.set(setting, text);
		if (!wrong.empty()) {
			warn(name + " is '" + text + "'; it " + wrong + "; taking " + result.text(setting));
		}
	}
	return result;
}

std::string Settings::set(const std::string& key, const std::string& value) {
	for (size_t index = 0; index < size_t(Setting::Count); index++) {
		if (key == ROWS[index].key) {
			return set(Setting(index), strip(value));
		}
	}
	return "is no setting";
}

std::string Settings::set(Setting setting, const std::string& value) {
	std::string wrong = problem(ROWS[size_t(setting)], value);
	if (wrong.empty()) {
		values_[size_t(setting)] = value;
	}
	return wrong;
}

uint64_t Settings::number(Setting setting) const {
	uint64_t result = 0;
	parse(text(setting), ROWS[size_t(setting)].type == Type::Bytes, result);
	return result;
}

const char* Settings::key(Setting setting) {
	return ROWS[size_t(setting)].key;
}

std::string Settings::variable(Setting setting) {
	std::string result = std::string("HEAPLENS_") + key(setting);
	for (char& letter : result) {
		letter = letter == '.' || letter == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(letter)));
	}
	return result;
}

void warn(const std::string& line) {
	std::string whole = "heaplens: " + line + "\n";
	// One call, so that lines of several threads do not mix; what standard error does not take is lost to nobody.
	ssize_t written = ::write(STDERR_FILENO, whole.data(), whole.size());
	(void)written;
}

} // namespace heaplens
