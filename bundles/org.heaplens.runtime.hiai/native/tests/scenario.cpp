// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scenario.h"

#include <algorithm>
#include <dirent.h>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace heaplens {
namespace {

std::vector<std::string> words(const std::string& text) {
	std::istringstream stream(text);
	std::vector<std::string> result;
	for (std::string word; stream >> word;) {
		result.push_back(word);
	}
	return result;
}

} // namespace

std::string joined(const std::vector<std::string>& list) {
	std::string result;
	for (const std::string& one : list) {
		result += (result.empty() ? "" : " ") + one;
	}
	return result;
}

const std::string& Scenario::Line::word(size_t index) const {
	if (index >= words.size()) {
		throw std::runtime_error("line " + std::to_string(number) + ": a word is missing");
	}
	return words[index];
}

std::string Scenario::Line::option(const std::string& name, const std::string& otherwise) const {
	for (const std::string& word : words) {
		if (word.rfind(name + "=", 0) == 0) {
			return word.substr(name.size() + 1);
		}
	}
	return otherwise;
}

Scenario Scenario::read(const std::string& path) {
	Scenario scenario;
	scenario.file = path.substr(path.rfind('/') + 1);
	std::ifstream stream(path);
	int number = 0;
	for (std::string text; std::getline(stream, text);) {
		number++;
		size_t comment = text[0] == '#' ? 0 : text.find(" #");
		comment = std::min(comment, text.find("\t#"));
		text = text.substr(0, comment);
		std::vector<std::string> all = words(text);
		if (all.empty()) {
			continue;
		}
		auto arrow = std::find(all.begin(), all.end(), "->");
		Line line{number, {all.begin(), arrow}, {}, arrow != all.end()};
		if (line.hasAnswer) {
			line.answer.assign(arrow + 1, all.end());
		}
		const std::string& first = all[0];
		if (first == "needs") {
			scenario.needsIdentity = line.word(1) == "identity";
		} else if (first == "behaviour") {
			scenario.behaviour = text;
		} else if (first == "set") {
			scenario.settings.emplace_back(line.word(1), joined({all.begin() + 2, all.end()}));
		} else if (first == "graph" || first == "engine" || first == "connect") {
			scenario.parts.push_back(line);
		} else if (first != "section") {
			scenario.steps.push_back(line);
		}
	}
	return scenario;
}

std::vector<std::string> filesIn(const std::string& folder, const std::string& ending) {
	std::vector<std::string> result;
	DIR* directory = opendir(folder.c_str());
	if (directory == nullptr) {
		return result;
	}
	while (const dirent* entry = readdir(directory)) {
		std::string name = entry->d_name;
		if (name.size() > ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
			result.push_back(folder + "/" + name);
		}
	}
	closedir(directory);
	std::sort(result.begin(), result.end());
	return result;
}

} // namespace heaplens
