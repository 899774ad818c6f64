// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "witness.h"
#include "heaplens/stack.h"

#include <cstdio>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace heaplens {
namespace {

/** Enough to see who meant it: an application's allocations often stand behind helpers of its own. */
constexpr unsigned FRAMES = 10;

struct Known {
	std::mutex lock;
	std::atomic<unsigned long long> unloaded{0};
	/** By the hash of the stack; of each thread's name. */
	std::unordered_map<std::string, std::unordered_map<uint64_t, std::unique_ptr<Witness>>> witnesses;
	/** What stands at these stacks' addresses now is other code; blocks still tell of these. */
	std::vector<std::unique_ptr<Witness>> old;
};

/** Never destroyed: blocks are freed behind the program's last destructor. */
Known& known() {
	static Known& result = *new Known;
	return result;
}

std::string place(uintptr_t address) {
	NativeFrame frame = locate(address);
	char offset[24];
	std::snprintf(offset, sizeof offset, "+0x%llx", static_cast<unsigned long long>(frame.offset));
	return (frame.function.empty() ? "" : frame.function + " in ") + frame.module.substr(frame.module.rfind('/') + 1) + offset;
}

std::string wordsFor(const std::string& thread, const uintptr_t* frames, unsigned count) {
	std::string result = "thread " + thread;
	for (unsigned index = 0; index < count; index++) {
		result += (index == 0 ? " at " : "\n\t\tby ") + place(frames[index]);
	}
	return result;
}

void forget(Known& all) {
	for (auto& ofThread : all.witnesses) {
		for (auto& witness : ofThread.second) {
			all.old.push_back(std::move(witness.second));
		}
	}
	all.witnesses.clear();
}

} // namespace

void Witness::freeze() {
	known().lock.lock();
}

void Witness::thaw() {
	known().lock.unlock();
}

const Witness* Witness::here() {
	uintptr_t frames[FRAMES];
	Walked walked = walkStack(frames, FRAMES);
	if (walked.inHandler) {
		// What is new needs memory, and the handler may stand in the midst of malloc.
		return nullptr;
	}
	if (!walked.exact) {
		walked.count = unwind(frames, FRAMES);
		walked.hash = hashOf(frames, walked.count);
	}
	Known& all = known();
	std::string thread = threadName();
	{
		std::lock_guard<std::mutex> guard(all.lock);
		auto& mine = all.witnesses[thread];
		auto found = mine.find(walked.hash);
		if (found != mine.end()) {
			return found->second.get();
		}
	}
	if (forgetUnloaded(all.unloaded)) {
		{
			std::lock_guard<std::mutex> guard(all.lock);
			forget(all);
		}
		return here();
	}
	// Not with the lock held: who loads a library may hold that of the system, which is asked here, and wait for ours.
	auto witness = std::make_unique<Witness>(Witness{wordsFor(thread, frames, walked.count)});
	std::lock_guard<std::mutex> guard(all.lock);
	return all.witnesses[thread].emplace(walked.hash, std::move(witness)).first->second.get();
}

} // namespace heaplens
