// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scenario.h"
#include "trace_file.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace heaplens {
namespace {

/** Programs that record, seen from outside. */
class Process : public testing::Test {
protected:
	void SetUp() override {
		char name[] = "/tmp/heaplens-test-XXXXXX";
		folder_ = mkdtemp(name);
	}
	void TearDown() override {
		for (const std::string& file : filesIn(folder_, "")) {
			unlink(file.c_str());
		}
		rmdir(folder_.c_str());
	}

	/** Starts the victim; what it writes to standard error goes to a file. */
	pid_t start(std::vector<std::string> arguments, const std::vector<std::pair<std::string, std::string>>& environment = {}) {
		pid_t child = fork();
		if (child != 0) {
			return child;
		}
		setenv("HEAPLENS_TRACE", folder_.c_str(), 1);
		for (const auto& [key, value] : environment) {
			setenv(key.c_str(), value.c_str(), 1);
		}
		dup2(open((folder_ + "/errors").c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600), STDERR_FILENO);
		// What runs programs for another machine, if they are; then the victim.
		arguments.insert(arguments.begin(), {HEAPLENS_VICTIM});
		std::vector<char*> words;
		for (std::string& argument : arguments) {
			words.push_back(argument.data());
		}
		words.push_back(nullptr);
		execvp(words[0], words.data());
		_exit(127);
	}

	static int await(pid_t child) {
		int status;
		EXPECT_EQ(waitpid(child, &status, 0), child);
		return status;
	}

	TraceFile onlyTrace() {
		std::vector<std::string> files = filesIn(folder_, ".heaptrace");
		EXPECT_EQ(files.size(), 1U);
		return files.empty() ? TraceFile{} : TraceFile::read(files[0]);
	}

	std::string errors() {
		std::string result;
		FILE* file = fopen((folder_ + "/errors").c_str(), "r");
		for (int letter = file == nullptr ? EOF : fgetc(file); letter != EOF; letter = fgetc(file)) {
			result += char(letter);
		}
		if (file != nullptr) {
			fclose(file);
		}
		return result;
	}

	std::string folder_;
};

TEST_F(Process, ThatEndsHasATraceWithAnEnd) {
	EXPECT_EQ(await(start({"exit", "20000"})), 0) << errors();
	TraceFile trace = onlyTrace();
	// 20000 allocations, all but 10 freed, and the end.
	EXPECT_EQ(trace.lastSequence(0), 20000U + 19990U + 1U);
	EXPECT_EQ(trace.lastSequence(1), 1U);
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.header.closed, 1U);
	EXPECT_EQ(trace.live[0].size(), 10U);
	EXPECT_NE(std::string(trace.header.command, trace.header.commandLength).find("exit 20000"), std::string::npos);
}

TEST_F(Process, ThatAbortsLosesNothing) {
	EXPECT_TRUE(WIFSIGNALED(await(start({"abort", "5000"}))));
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.lastSequence(0), 5000U + 4990U);
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.header.closed, 0U);
	EXPECT_EQ(trace.live[0].size(), 10U);
}

TEST_F(Process, ThatLeavesWithoutAnEndLosesNothing) {
	EXPECT_EQ(await(start({"_exit", "5000"})), 0) << errors();
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.lastSequence(0), 5000U + 4990U);
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.header.closed, 0U);
}

/** A handler that interrupts an allocation and allocates is refused, since it would wait for its own thread; any other is served. */
TEST_F(Process, WhoseSignalHandlersAllocateGoesOn) {
	EXPECT_EQ(await(start({"signals", "1000"})), 0) << errors();
	EXPECT_NE(errors().find("heaplens: a signal handler used HiAI memory"), std::string::npos) << errors();
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.header.closed, 1U);
	EXPECT_TRUE(trace.live[0].empty());
}

TEST_F(Process, ThatAllocatesBeforeMainAndFreesAfterIsRecordedWhole) {
	EXPECT_EQ(await(start({"exit", "10"}, {{"VICTIM_EARLY", "1"}})), 0) << errors();
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.lastSequence(0), 1U + 10U + 1U + 1U);
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.live[0].size(), 10U);
}

TEST_F(Process, AndItsChildHaveATraceEach) {
	EXPECT_EQ(await(start({"fork"})), 0) << errors();
	std::vector<std::string> files = filesIn(folder_, ".heaptrace");
	ASSERT_EQ(files.size(), 2U);
	for (const std::string& file : files) {
		TraceFile trace = TraceFile::read(file);
		EXPECT_EQ(trace.header.closed, 1U) << file;
		bool isChild = trace.live[0].size() == 1;
		// The child: what it inherited, freed, and one of its own that leaks.
		EXPECT_EQ(trace.lastSequence(0), isChild ? 4U : 3U) << file;
		EXPECT_EQ(trace.problem, "");
	}
}

TEST_F(Process, WithThreadsRecordsAllOfThem) {
	EXPECT_EQ(await(start({"threads", "5000"})), 0) << errors();
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.lastSequence(0), 4U * 2U * 5000U + 1U);
	EXPECT_EQ(trace.problem, "");
}

/** At random moments, among them those when a slot is filled, compressed, and used again. */
TEST_F(Process, ThatIsKilledLosesNothing) {
	unsigned seed = std::random_device()();
	SCOPED_TRACE("seed " + std::to_string(seed));
	std::mt19937 random(seed);
	for (int run = 0; run < 10; run++) {
		int pipes[2];
		ASSERT_EQ(pipe(pipes), 0);
		int before = dup(STDOUT_FILENO);
		dup2(pipes[1], STDOUT_FILENO);
		pid_t child = start({"forever", "3000"});
		dup2(before, STDOUT_FILENO);
		close(before);
		close(pipes[1]);
		char ready;
		ASSERT_EQ(read(pipes[0], &ready, 1), 1) << errors();
		usleep(random() % 20000);
		kill(child, SIGKILL);
		await(child);
		close(pipes[0]);
		TraceFile trace = onlyTrace();
		EXPECT_GE(trace.lastSequence(0), 5990U);
		EXPECT_EQ(trace.problem, "");
		unlink(filesIn(folder_, ".heaptrace")[0].c_str());
	}
}

TEST_F(Process, ThatRecordsInFlightKeepsItsFileSmall) {
	EXPECT_EQ(await(start({"exit", "60000"}, {{"HEAPLENS_RECORDING_MODE", "flight"}, {"HEAPLENS_RECORDING_RING", "1M"}})), 0) << errors();
	TraceFile trace = onlyTrace();
	EXPECT_EQ(trace.header.mode, layout::MODE_FLIGHT);
	EXPECT_EQ(trace.problem, "");
	EXPECT_EQ(trace.events[0].back().sequence, 60000U + 59990U + 1U);
	EXPECT_EQ(trace.header.overwritten + trace.events[0].size(), 60000U + 59990U + 1U);
	EXPECT_EQ(trace.live[0].size(), 10U);
}

TEST_F(Process, ThatIsStrictDiesOfAMisuseAndSaysWhy) {
	EXPECT_TRUE(WIFSIGNALED(await(start({"double-free"}, {{"HEAPLENS_SIMULATOR_STRICT", "true"}}))));
	std::string message = errors();
	EXPECT_EQ(message.find("heaplens: DOUBLE_FREE (GRAPH_NOT_FIND_MEMORY): the MANUAL_FREE block of 4096 bytes at 0x"), 0U) << message;
	EXPECT_NE(message.find("\n\tallocated by thread main"), std::string::npos) << message;
	EXPECT_NE(message.find("\n\tfreed by thread main"), std::string::npos) << message;
}

TEST_F(Process, GoesOnWithoutARecordingWhereThereCanBeNone) {
	EXPECT_EQ(await(start({"exit"}, {{"HEAPLENS_TRACE", "/proc/none"}})), 0);
	EXPECT_NE(errors().find("heaplens: nothing is recorded: cannot record into /proc/none"), std::string::npos) << errors();
}

} // namespace
} // namespace heaplens
