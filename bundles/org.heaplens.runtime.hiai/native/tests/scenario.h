// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heaplens {

/** A file of tests/conformance, as its README describes it. */
struct Scenario {
	/** A statement: its words before and behind the arrow. */
	struct Line {
		int number;
		std::vector<std::string> words;
		std::vector<std::string> answer;
		bool hasAnswer;

		const std::string& word(size_t index) const;
		/** The value of a word NAME=VALUE, or another if there is none. */
		std::string option(const std::string& name, const std::string& otherwise) const;
	};

	std::string file;
	std::string behaviour;
	/** Whether it is about a block at the address of one that is gone: a C program cannot tell these apart. */
	bool needsIdentity = false;
	std::vector<std::pair<std::string, std::string>> settings;
	/** Lines that describe graphs. */
	std::vector<Line> parts;
	std::vector<Line> steps;

	static Scenario read(const std::string& path);
};

/** All files of a folder with that ending, in order. */
std::vector<std::string> filesIn(const std::string& folder, const std::string& ending);

/** With blanks between them. */
std::string joined(const std::vector<std::string>& list);

/** Plays a scenario; what went wrong, as FILE:LINE: expected ..., got ...; empty if nothing did. */
std::string play(const Scenario& scenario);

/** Does a step, which has no answer yet but for `waits` where it may wait; what came of it. */
using Caller = std::function<std::string(Scenario::Line)>;

/** Has a program do steps, one after the other. @param head settings and graphs */
void play(const Scenario& head, const std::function<void(const Caller&)>& program);

} // namespace heaplens
