// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/stack.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <unistd.h>

namespace heaplens {
namespace {

std::atomic<uint32_t> generations{0};

constexpr size_t KNOWN = 1024;
/** Deep enough to leave this library. */
constexpr unsigned CALL_SITE_FRAMES = 9;

struct KnownStack {
	uint64_t hash;
	uint32_t number;
};

/** All zeros at first. */
struct Known {
	KnownStack stacks[KNOWN];
	Trails trails;
};

/** What a thread knows, so that it need not ask others. Small: it lies in the memory that threads have from their begin. */
struct OfThread {
	uint32_t generation;
	uint32_t thread;
	uint32_t engine;
	/** The stack that another language's runtime has told; 0 for none. */
	uint32_t told;
	Known* known;
};

thread_local OfThread ofThread;

/** Frees what a thread knows when it ends; what it does after that makes it anew. */
pthread_key_t endOfThread() {
	static const pthread_key_t key = [] {
		pthread_key_t made;
		pthread_key_create(&made, [](void* known) {
			std::free(known);
			ofThread.known = nullptr;
		});
		return made;
	}();
	return key;
}

/** What the calling thread knows, without what it knew of another recorder. */
inline OfThread& current(uint32_t generation) {
	OfThread& mine = ofThread;
	if (__builtin_expect(mine.generation != generation, 0)) {
		mine.generation = generation;
		mine.thread = 0;
		if (mine.known != nullptr) {
			std::memset(static_cast<void*>(mine.known), 0, sizeof(Known));
		}
	}
	return mine;
}

} // namespace

std::string threadName() {
	char text[64] = "";
	pthread_getname_np(pthread_self(), text, sizeof text);
	return ::getpid() == ::gettid() ? "main" : text[0] == 0 ? "thread" : text;
}

std::string callSite() {
	uintptr_t frames[CALL_SITE_FRAMES];
	Walked walked = walkStack(frames, CALL_SITE_FRAMES);
	// In a handler, what was walked up to there is all: see stack().
	unsigned count = walked.exact || walked.inHandler ? walked.count : unwind(frames, CALL_SITE_FRAMES);
	std::string result = "thread " + threadName();
	for (unsigned index = 0; index < count; index++) {
		NativeFrame frame = locate(frames[index]);
		if (frame.function.compare(0, 10, "heaplens::") == 0) {
			continue;
		}
		size_t slash = frame.module.rfind('/');
		char offset[24];
		std::snprintf(offset, sizeof offset, "0x%llx", static_cast<unsigned long long>(frame.offset));
		return result + " at " + (frame.function.empty() ? "" : frame.function + " in ") + frame.module.substr(slash + 1) + "+" + offset;
	}
	return result;
}

Recorder::Recorder(std::unique_ptr<TraceWriter> writer, unsigned frames)
	: writer_(std::move(writer)), frames_(std::min(frames, MOST_FRAMES)), generation_(++generations) {}

Call Recorder::call() {
	OfThread& mine = current(generation_.load(std::memory_order_relaxed));
	if (mine.thread == 0) {
		mine.thread = writer_->thread(threadName());
	}
	return {mine.thread, mine.told != 0 ? mine.told : frames_ == 0 ? 0 : stack(), mine.engine, nullptr};
}

void Recorder::freeze() {
	lock_.lock();
	writer_->freeze();
}

void Recorder::thaw() {
	writer_->thaw();
	lock_.unlock();
}

void Recorder::abandon() {
	writer_->abandon();
}

void Recorder::enterEngine(uint32_t engine) {
	ofThread.engine = engine;
}

void Recorder::renameThread() {
	ofThread.thread = 0;
}

void Recorder::nameThread(const std::string& name) {
	current(generation_.load(std::memory_order_relaxed)).thread = writer_->thread(name);
}

void Recorder::callFrom(uint32_t stack) {
	ofThread.told = stack;
}

/** A stack that was seen before costs the walk and a look; one that the thread saw of late, a look at the words that tell. */
uint32_t Recorder::stack() {
	Known* known = ofThread.known;
	uintptr_t frames[MOST_FRAMES];
	Walked walked = walkStack(frames, frames_, known == nullptr ? nullptr : &known->trails);
	Trail* trail = walked.trail;
	if (__builtin_expect(trail != nullptr && trail->number != 0, 1)) {
		return trail->number;
	}
	if (__builtin_expect(!walked.exact, 0)) {
		if (walked.inHandler) {
			// A stack that is new needs memory, and the handler may stand in the midst of malloc. Nor may the system's unwinder go on from
			// here: where the C library binds functions as they are first called, its tables for aarch64 are wrong, and unwinders crash.
			return 0;
		}
		walked.count = unwind(frames, frames_);
		walked.hash = hashOf(frames, walked.count);
	}
	uint32_t number = 0;
	if (known != nullptr) {
		const KnownStack& one = known->stacks[walked.hash >> 1 & (KNOWN - 1)];
		number = one.hash == walked.hash ? one.number : 0;
	}
	if (number == 0) {
		number = findStack(frames, walked.count, walked.hash);
	}
	if (trail != nullptr) {
		trail->number = number;
	}
	return number;
}

uint32_t Recorder::findStack(const uintptr_t* frames, unsigned count, uint64_t hash) {
	OfThread& mine = ofThread;
	if (mine.known == nullptr) {
		mine.known = static_cast<Known*>(std::calloc(1, sizeof(Known)));
		if (mine.known == nullptr) {
			return 0;
		}
		pthread_setspecific(endOfThread(), mine.known);
	}
	if (forgetUnloaded()) {
		// Other code may stand at these addresses now, and this stack may have been walked by what held for the code before.
		{
			std::lock_guard<std::mutex> guard(lock_);
			numbers_.clear();
			places_.clear();
			generation_ = ++generations;
		}
		return stack();
	}
	uint32_t number = numberOf(frames, count, hash);
	mine.known->stacks[hash >> 1 & (KNOWN - 1)] = {hash, number};
	return number;
}

uint32_t Recorder::numberOf(const uintptr_t* frames, unsigned count, uint64_t hash) {
	std::vector<NativeFrame> places;
	{
		std::lock_guard<std::mutex> guard(lock_);
		auto known = numbers_.find(hash);
		if (known != numbers_.end()) {
			return known->second;
		}
	}
	// Not with the lock held: who loads a library may hold that of the system, which is asked here, and wait for ours.
	for (unsigned index = 0; index < count; index++) {
		places.push_back(place(frames[index]));
	}
	std::lock_guard<std::mutex> guard(lock_);
	auto [entry, isNew] = numbers_.emplace(hash, 0);
	if (isNew) {
		entry->second = writer_->stack(places);
	}
	return entry->second;
}

NativeFrame Recorder::place(uintptr_t address) {
	{
		std::lock_guard<std::mutex> guard(lock_);
		auto known = places_.find(address);
		if (known != places_.end()) {
			return known->second;
		}
	}
	NativeFrame found = locate(address);
	std::lock_guard<std::mutex> guard(lock_);
	return places_.emplace(address, std::move(found)).first->second;
}

} // namespace heaplens
