// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "../core/src/annotations.h"
#include "heaplens/platform.h"
#include "past.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace heaplens {
namespace {

Settings guarded() {
	Settings settings;
	settings.set("host.capacity", "1M");
	settings.set("device.capacity", "16M");
	settings.set("simulator.guard", "true");
	return settings;
}

/** Heaps whose memory is watched, in this process. */
class GuardedHeap : public testing::Test {
protected:
	GuardedHeap()
		: platform_(guarded(), Clock::system()), host_(platform_.heap(Place::host())), device_(platform_.heap(Place::onDevice(0))) {}

	uint8_t* make(uint32_t size) { return static_cast<uint8_t*>(host_.allocate(size, 0, Flag::ManualFree).block); }

	Platform platform_;
	Heap& host_;
	Heap& device_;
};

TEST_F(GuardedHeap, EndsBlocksAtAPageAsFarAsTheyAreAligned) {
	auto page = uintptr_t(sysconf(_SC_PAGESIZE));
	EXPECT_EQ((uintptr_t(make(64)) + 64) % page, 0U);
	EXPECT_EQ((uintptr_t(make(100)) + 128) % page, 0U);
	EXPECT_EQ(uintptr_t(make(uint32_t(2 * page))) % page, 0U);
	auto onDevice = uintptr_t(device_.allocate(129, 0, Flag::ManualFree).block);
	EXPECT_EQ(onDevice % 128, 0U);
	EXPECT_EQ((onDevice + 256) % page, 0U);
	EXPECT_EQ(host_.damage(), nullptr);
	EXPECT_EQ(device_.damage(), nullptr);
}

TEST_F(GuardedHeap, AnswersAsAnyOther) {
	uint8_t* block = make(100);
	EXPECT_EQ(host_.sizeOf(block), 100U);
	EXPECT_TRUE(host_.isDMalloc(block + 10, 90));
	EXPECT_FALSE(host_.isDMalloc(block + 10, 91));
	EXPECT_EQ(host_.blocks().size(), 1U);
	EXPECT_EQ(platform_.free(block + 64, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::Ok);
	EXPECT_EQ(platform_.free(block, FreeCall::DFree), Status::NotFindMemory);
	EXPECT_TRUE(host_.blocks().empty());
	EXPECT_EQ(host_.damage(), nullptr);
}

TEST_F(GuardedHeap, DoesNotUseAPlaceAgainAtOnce) {
	uint8_t* block = make(100);
	platform_.free(block, FreeCall::DFree);
	EXPECT_NE(make(100), block);
}

TEST_F(GuardedHeap, GivesUpWhatItKeepsBeforeARequestFails) {
	auto page = uint32_t(sysconf(_SC_PAGESIZE));
	uint32_t most = (1 << 20) - page;
	for (int round = 0; round < 3; round++) {
		uint8_t* small = make(1000);
		platform_.free(small, FreeCall::DFree);
		uint8_t* all = make(most);
		ASSERT_NE(all, nullptr);
		std::memset(all, round, most);
		platform_.free(all, FreeCall::DFree);
	}
	EXPECT_EQ(host_.damage(), nullptr);
}

TEST_F(GuardedHeap, ServesWhoWaitsWithWhatItKeeps) {
	auto page = uint32_t(sysconf(_SC_PAGESIZE));
	uint8_t* all = make((1 << 20) - page);
	uint8_t* got = nullptr;
	std::thread waiter([&] { got = static_cast<uint8_t*>(host_.allocate(4096, 3600000, Flag::ManualFree).block); });
	while (host_.waiting() == 0) {
		std::this_thread::yield();
	}
	EXPECT_EQ(platform_.free(all, FreeCall::DFree), Status::Ok);
	waiter.join();
	ASSERT_NE(got, nullptr);
	std::memset(got, 1, 4096);
}

TEST_F(GuardedHeap, StaysWholeWhateverComesAndGoes) {
	unsigned seed = 12345;
	std::vector<std::pair<uint8_t*, uint32_t>> live;
	for (int round = 0; round < 3000; round++) {
		seed = seed * 1103515245 + 12345;
		uint32_t size = 1 + (seed >> 8) % 40000;
		uint8_t* block = make(size);
		if (block != nullptr) {
			std::memset(block, round & 0xFF, size);
			live.emplace_back(block, size);
		}
		if (block == nullptr || live.size() > 10) {
			auto victim = live.begin() + (seed >> 4) % live.size();
			uint8_t first = victim->first[0];
			ASSERT_TRUE(allAre(victim->first, victim->second, first)) << round;
			ASSERT_EQ(platform_.free(victim->first, FreeCall::DFree), Status::Ok);
			live.erase(victim);
		}
		ASSERT_EQ(host_.damage(), nullptr) << round;
	}
	EXPECT_EQ(host_.blocks().size(), live.size());
}

/** Programs that use memory that is not their own, seen from outside. */
class Touching : public testing::Test {
protected:
	/** Runs the toucher, or another program that runs it; its errors are in `errors_`. */
	int run(const char* how, const char* guard, std::vector<std::string> words = {}) {
		int pipes[2];
		EXPECT_EQ(pipe(pipes), 0);
		pid_t child = fork();
		if (child == 0) {
			setenv("HEAPLENS_SIMULATOR_GUARD", guard, 1);
			setenv("HEAPLENS_HOST_CAPACITY", "16M", 1);
			setenv("HEAPLENS_DEVICE_CAPACITY", "16M", 1);
			dup2(pipes[1], STDERR_FILENO);
			close(pipes[0]);
			words.insert(words.end(), {HEAPLENS_TOUCHER});
			words.emplace_back(how);
			std::vector<char*> arguments;
			for (std::string& word : words) {
				arguments.push_back(word.data());
			}
			arguments.push_back(nullptr);
			execvp(arguments[0], arguments.data());
			_exit(127);
		}
		close(pipes[1]);
		errors_.clear();
		char text[4096];
		for (ssize_t count = read(pipes[0], text, sizeof text); count > 0; count = read(pipes[0], text, sizeof text)) {
			errors_.append(text, size_t(count));
		}
		close(pipes[0]);
		int status;
		EXPECT_EQ(waitpid(child, &status, 0), child);
		return status;
	}

	/** The words, as they are where nobody says what an access was: so it is with the emulator of aarch64. */
	static std::string asSaid(std::string words) {
#if defined(HEAPLENS_EMULATED) && defined(__aarch64__)
		for (const char* access : {"heaplens: read ", "heaplens: write "}) {
			words = words.rfind(access, 0) == 0 ? "heaplens: use " + words.substr(std::strlen(access)) : words;
		}
#endif
		return words;
	}

	/** That the program dies of the fault itself, after one message with these words in this order. */
	void dies(const char* how, const std::vector<std::string>& words) {
		int status = run(how, "true");
		// A sanitizer tells the use by itself before the processor does, or exits where it is told of the fault.
		if (Annotations::hasAsan()) {
			EXPECT_NE(status, 0);
			EXPECT_NE(errors_.find("AddressSanitizer: use-after-poison"), std::string::npos) << errors_;
			return;
		}
#ifndef __SANITIZE_THREAD__
		EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV) << status << errors_;
#endif
		EXPECT_EQ(errors_.find("heaplens: "), 0U) << errors_;
		EXPECT_EQ(errors_.find("heaplens: ", 1), std::string::npos) << errors_;
		size_t at = 0;
		for (const std::string& each : words) {
			std::string word = asSaid(each);
			size_t found = errors_.find(word, at);
			ASSERT_NE(found, std::string::npos) << word << "\nis not in\n" << errors_;
			at = found + word.size();
		}
	}

	std::string errors_;
};

TEST_F(Touching, TheirOwnIsAllowed) {
	EXPECT_EQ(run("fine", "true"), 0) << errors_;
	EXPECT_EQ(errors_, "");
	EXPECT_EQ(run("fine", "false"), 0) << errors_;
	EXPECT_EQ(errors_, "");
}

TEST_F(Touching, AFreedBlockByReadingTellsWhoMadeAndFreedIt) {
	dies("read-freed",
	     {"heaplens: read of freed memory: 16 bytes into the MANUAL_FREE block of 4096 bytes at 0x", " on the host, by thread main at ",
	      "toucher+0x", "\n\tallocated by thread main at ", "makeBlock in ", "main in ", "\n\tfreed by thread main at ", "dropBlock in "});
}

TEST_F(Touching, AFreedBlockByWriting) {
	dies("write-freed", {"heaplens: write of freed memory: 1 byte into the MANUAL_FREE block of 4096 bytes"});
}

TEST_F(Touching, ABlockThatAnotherThreadFreedNamesThatThread) {
	dies("thread", {"heaplens: write of freed memory: 0 bytes into", "by thread main", "\n\tallocated by thread main",
	                "\n\tfreed by thread cleaner at ", "dropBlock in "});
}

TEST_F(Touching, ASentBlockTellsWhoSentIt) {
	dies("sent-read", {"heaplens: read of memory that was sent away: 4095 bytes into the AUTO_FREE block of 4096 bytes",
	                   "\n\tallocated by thread main", "makeBlock in ", "\n\tsent away by thread main", "sendBlock in "});
	dies("sent-write", {"heaplens: write of memory that was sent away: 0 bytes into the AUTO_FREE block"});
}

TEST_F(Touching, BehindABlock) {
	dies("behind", {"heaplens: write 1 byte behind the last of the MANUAL_FREE block of 4096 bytes", "\n\tallocated by thread main",
	                "makeBlock in "});
	dies("behind-odd", {"heaplens: write 29 bytes behind the last of the MANUAL_FREE block of 100 bytes", "makeBlock in "});
}

TEST_F(Touching, BeforeABlock) {
	dies("before", {"heaplens: write 1 byte before the MANUAL_FREE block of 4096 bytes", "makeBlock in "});
}

TEST_F(Touching, MemoryOfNoBlock) {
	dies("nobodys", {"heaplens: write of memory that belongs to no block, at 0x", " on the host, by thread main"});
}

TEST_F(Touching, LeavesTheProgramsOwnHandlerInPlace) {
	if (Annotations::hasAsan()) {
		GTEST_SKIP() << "the sanitizer ends the program before the processor does";
	}
	EXPECT_EQ(WEXITSTATUS(run("own-handler-before", "true")), 33) << errors_;
	EXPECT_EQ(errors_.find(asSaid("heaplens: write of freed memory: 1 byte into")), 0U) << errors_;
	EXPECT_NE(errors_.find("\nthe program's own handler\n"), std::string::npos) << errors_;
	EXPECT_EQ(WEXITSTATUS(run("own-handler-after", "true")), 33) << errors_;
	EXPECT_EQ(errors_, "the program's own handler\n");
}

TEST_F(Touching, FaultsOfOthersAreTheirs) {
	EXPECT_EQ(WEXITSTATUS(run("foreign-fault", "true")), 33) << errors_;
	EXPECT_EQ(errors_, "the program's own handler\n");
}

TEST_F(Touching, IsToldByAddressSanitizerWithoutTheGuardToo) {
	if (!Annotations::hasAsan()) {
		GTEST_SKIP() << "not built with AddressSanitizer";
	}
	// Not what is in front of a block: without the guard its neighbour's last byte is there.
	for (const char* how : {"read-freed", "write-freed", "sent-read", "sent-write", "behind", "behind-odd", "nobodys"}) {
		EXPECT_NE(run(how, "false"), 0) << how;
		EXPECT_NE(errors_.find("AddressSanitizer: use-after-poison"), std::string::npos) << how << errors_;
	}
}

TEST_F(Touching, IsToldByValgrind) {
#ifdef HEAPLENS_VALGRIND
	if (!Annotations::knowsValgrind()) {
		GTEST_SKIP() << "built without valgrind's headers";
	}
	std::vector<std::string> valgrind{HEAPLENS_VALGRIND, "--quiet", "--error-exitcode=9", "--leak-check=no"};
	EXPECT_EQ(WEXITSTATUS(run("fine", "false", valgrind)), 0) << errors_;
	EXPECT_EQ(WEXITSTATUS(run("read-freed", "false", valgrind)), 9);
	EXPECT_NE(errors_.find("Invalid read of size 1"), std::string::npos) << errors_;
	EXPECT_NE(errors_.find("is 16 bytes inside a block of size 4,096 free'd"), std::string::npos) << errors_;
	EXPECT_NE(errors_.find("dropBlock"), std::string::npos) << errors_;
	EXPECT_EQ(WEXITSTATUS(run("sent-write", "false", valgrind)), 9);
	EXPECT_NE(errors_.find("Invalid write of size 1"), std::string::npos) << errors_;
	EXPECT_NE(errors_.find("sendBlock"), std::string::npos) << errors_;
	EXPECT_EQ(WEXITSTATUS(run("behind-odd", "false", valgrind)), 9);
	EXPECT_NE(errors_.find("Invalid write of size 1"), std::string::npos) << errors_;
#else
	GTEST_SKIP() << "no valgrind for this build";
#endif
}

} // namespace
} // namespace heaplens
