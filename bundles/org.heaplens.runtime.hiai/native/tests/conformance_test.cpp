// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scenario.h"

#include <gtest/gtest.h>

namespace heaplens {
namespace {

std::vector<Scenario> scenarios() {
	std::vector<Scenario> result;
	for (const std::string& file : filesIn(HEAPLENS_SCENARIOS, ".scenario")) {
		Scenario scenario = Scenario::read(file);
		if (!scenario.needsIdentity) {
			result.push_back(scenario);
		}
	}
	return result;
}

class Conformance : public testing::TestWithParam<Scenario> {};

TEST_P(Conformance, IsAsDocumented) {
	EXPECT_EQ(play(GetParam()), "") << GetParam().behaviour;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Conformance, testing::ValuesIn(scenarios()), [](const auto& info) {
	std::string name = info.param.file;
	for (char& letter : name) {
		letter = isalnum(static_cast<unsigned char>(letter)) ? letter : '_';
	}
	return name;
});

/** A runner that finds nothing wrong with anything would be of no use. */
TEST(Scenarios, AWrongAnswerIsFound) {
	Scenario scenario = Scenario::read(std::string(HEAPLENS_SCENARIOS) + "/1.4-double-free.scenario");
	for (Scenario::Line& line : scenario.steps) {
		for (std::string& word : line.answer) {
			word = word == "!DOUBLE_FREE" ? "!NOT_A_BLOCK" : word;
		}
	}
	EXPECT_NE(play(scenario).find("expected GRAPH_NOT_FIND_MEMORY !NOT_A_BLOCK, got GRAPH_NOT_FIND_MEMORY !DOUBLE_FREE"),
	          std::string::npos);
}

} // namespace
} // namespace heaplens
