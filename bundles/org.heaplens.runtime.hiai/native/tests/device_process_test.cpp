// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "scenario.h"
#include "trace_file.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <gtest/gtest.h>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace heaplens {
namespace {

/** An application whose device is a process of its own, seen from outside, with and without guarded memory. */
class TwoProcesses : public testing::TestWithParam<const char*> {
protected:
	void SetUp() override {
		char name[] = "/tmp/heaplens-test-XXXXXX";
		folder_ = mkdtemp(name);
		// What it leaves behind is to be ours, so that it can be waited for.
		prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	}
	void TearDown() override {
		prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
		for (const std::string& file : filesIn(folder_, "")) {
			unlink(file.c_str());
		}
		rmdir(folder_.c_str());
	}

	/** Starts it; what it writes, of both kinds, is to be read. */
	pid_t start(std::vector<std::string> arguments) {
		int pipes[2];
		EXPECT_EQ(pipe(pipes), 0);
		pid_t child = fork();
		if (child != 0) {
			close(pipes[1]);
			output_ = fdopen(pipes[0], "r");
			return child;
		}
		setenv("HEAPLENS_TRACE", folder_.c_str(), 1);
		setenv("HEAPLENS_SIMULATOR_DEVICE_PROCESS", "true", 1);
		setenv("HEAPLENS_SIMULATOR_GUARD", GetParam(), 1);
		dup2(pipes[1], STDOUT_FILENO);
		dup2(pipes[1], STDERR_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		arguments.insert(arguments.begin(), {HEAPLENS_TWO_PROCESSES});
		std::vector<char*> words;
		for (std::string& argument : arguments) {
			words.push_back(argument.data());
		}
		words.push_back(nullptr);
		execvp(words[0], words.data());
		_exit(127);
	}

	std::string line() {
		std::string result;
		for (int letter = fgetc(output_); letter != EOF && letter != '\n'; letter = fgetc(output_)) {
			result += char(letter);
		}
		return result;
	}

	/** All that is left to read: until neither of the processes can write. */
	std::string rest() {
		std::string result;
		for (int letter = fgetc(output_); letter != EOF; letter = fgetc(output_)) {
			result += char(letter);
		}
		fclose(output_);
		// An emulator tells of signals too, on a line of its own.
		for (size_t at = result.find("qemu: "); at != std::string::npos; at = result.find("qemu: ")) {
			result.erase(at, result.find('\n', at) + 1 - at);
		}
		return result;
	}

	static int await(pid_t child) {
		int status = 0;
		EXPECT_EQ(waitpid(child, &status, 0), child);
		return status;
	}

	std::string folder_;
	FILE* output_ = nullptr;
};

TEST_P(TwoProcesses, FramesGoToTheDeviceAndComeBack) {
	pid_t child = start({"frames", "2"});
	EXPECT_EQ(rest(), "frame 0 of 5000 bytes begins with 1, made elsewhere\nframe 1 of 5001 bytes begins with 2, made elsewhere\n");
	EXPECT_EQ(await(child), 0);
	std::vector<std::string> traces = filesIn(folder_, ".heaptrace");
	ASSERT_EQ(traces.size(), 2U);
	std::vector<uint64_t> lengths;
	for (const std::string& file : traces) {
		TraceFile trace = TraceFile::read(file);
		lengths.push_back(trace.lastSequence(0));
		lengths.push_back(trace.lastSequence(1));
		EXPECT_EQ(trace.problem, "");
		EXPECT_EQ(trace.header.closed, 1U);
		EXPECT_TRUE(trace.live[0].empty() && trace.live[1].empty());
	}
	std::sort(lengths.begin(), lengths.end());
	// Of the own side: for each frame ALLOCATE, SEND_BEGIN, SEND_END, AUTO_FREE, and RECEIVE, FREE of the one that came; begin and end of
	// graph, engine, process. Of the other's: the end.
	EXPECT_EQ(lengths, (std::vector<uint64_t>{1, 1, 17, 17}));
}

TEST_P(TwoProcesses, APointerToTheOtherSideEndsTheDeviceWithOneLine) {
	pid_t child = start({"pointer"});
	std::string said = rest();
	EXPECT_EQ(await(child), 0);
	EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
	EXPECT_EQ(said.rfind(
				  "heaplens: the device process ended by signal 11 (Segmentation fault) in engine 1 of graph 7: it used the address 0x", 0),
	          0U)
		<< said;
	EXPECT_NE(said.find("which is in the heap of the host: a pointer was sent to the other side instead of what it points to"),
	          std::string::npos)
		<< said;
}

TEST_P(TwoProcesses, TheHostGoesOnWithoutTheDevice) {
	pid_t child = start({"crash"});
	EXPECT_EQ(rest(), "heaplens: the device process ended by signal 6 (Aborted)\n");
	EXPECT_EQ(await(child), 0);
}

TEST_P(TwoProcesses, TheDeviceEndsWithAHostThatIsKilled) {
	pid_t child = start({"wait"});
	EXPECT_EQ(line(), "frame 0 of 5000 bytes begins with 1, made elsewhere");
	kill(child, SIGKILL);
	EXPECT_EQ(await(child), SIGKILL);
	// The pipe ends when the device has closed it.
	EXPECT_EQ(rest(), "");
#ifndef HEAPLENS_EMULATED
	// An emulator hands no orphans over to be waited for.
	int status = 0;
	EXPECT_GT(waitpid(-1, &status, 0), 0);
	EXPECT_EQ(status, 0);
#endif
}

INSTANTIATE_TEST_SUITE_P(Guarded, TwoProcesses, testing::Values("false", "true"));

} // namespace
} // namespace heaplens
