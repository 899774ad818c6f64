// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/stack.h"
#include "heaplens/types.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>
#include <map>
#include <mutex>
#include <pthread.h>
#include <unistd.h>
#include <unwind.h>

namespace heaplens {
namespace {

constexpr unsigned MOST_FRAMES = 64;
/** Frames of this library on the way to a program's. */
constexpr unsigned OWN_FRAMES = 8;

std::atomic<uint32_t> generations{0};

/** Stands for a stack that frame pointers do not tell. */
constexpr uint32_t UNWIND = 0xFFFFFFFF;
constexpr size_t KNOWN = 1024;
/** What runs before a program's first function. */
constexpr unsigned START_FRAMES = 3;

struct Known {
	uint64_t hash;
	uint32_t number;
};

/** What a thread knows, so that it need not ask others. Small: it lies in the memory that threads have from their begin. */
struct OfThread {
	uint32_t generation;
	uint32_t thread;
	uint32_t engine;
	uintptr_t stackLow;
	uintptr_t stackHigh;
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

void findStack(OfThread& mine) {
	pthread_attr_t attributes;
	if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
		// Without bounds no walk is safe: the unwinder finds its own way.
		mine.stackLow = 1;
		mine.stackHigh = 1;
		return;
	}
	void* low;
	size_t size;
	pthread_attr_getstack(&attributes, &low, &size);
	pthread_attr_destroy(&attributes);
	mine.stackLow = uintptr_t(low);
	mine.stackHigh = uintptr_t(low) + size;
}

struct Unwinding {
	uintptr_t* frames;
	unsigned limit;
	unsigned count;
};

_Unwind_Reason_Code unwindOne(_Unwind_Context* context, void* state) {
	auto& unwinding = *static_cast<Unwinding*>(state);
	uintptr_t address = _Unwind_GetIP(context);
	if (address == 0 || unwinding.count == unwinding.limit) {
		return _URC_END_OF_STACK;
	}
	unwinding.frames[unwinding.count++] = address;
	return _URC_NO_REASON;
}

uint64_t hashOf(const uintptr_t* frames, unsigned count) {
	uint64_t hash = count;
	for (unsigned index = 0; index < count; index++) {
		hash = (hash ^ frames[index]) * 0x9E3779B97F4A7C15ULL;
		hash ^= hash >> 29;
	}
	return hash == 0 ? 1 : hash;
}

struct Module {
	uintptr_t address;
	const char* name;
	uintptr_t base;
	std::string buildId;
	bool found;
	uintptr_t end;
};

struct OwnCode {
	uintptr_t begin;
	uintptr_t end;
};

std::string hexDigits(const uint8_t* bytes, size_t count) {
	static const char DIGITS[] = "0123456789abcdef";
	std::string result;
	for (size_t index = 0; index < count; index++) {
		result += DIGITS[bytes[index] >> 4];
		result += DIGITS[bytes[index] & 15];
	}
	return result;
}

int findModule(dl_phdr_info* info, size_t, void* data) {
	auto& module = *static_cast<Module*>(data);
	bool inside = false;
	uintptr_t end = 0;
	for (int index = 0; index < info->dlpi_phnum; index++) {
		const auto& segment = info->dlpi_phdr[index];
		if (segment.p_type == PT_LOAD) {
			inside |= module.address - info->dlpi_addr - segment.p_vaddr < segment.p_memsz;
			end = std::max(end, uintptr_t(info->dlpi_addr + segment.p_vaddr + segment.p_memsz));
		}
	}
	if (!inside) {
		return 0;
	}
	module.found = true;
	module.base = info->dlpi_addr;
	module.end = end;
	module.name = info->dlpi_name;
	for (int index = 0; index < info->dlpi_phnum; index++) {
		const auto& segment = info->dlpi_phdr[index];
		if (segment.p_type != PT_NOTE) {
			continue;
		}
		const auto* at = reinterpret_cast<const uint8_t*>(info->dlpi_addr + segment.p_vaddr);
		const auto* end = at + segment.p_memsz;
		while (at + sizeof(ElfW(Nhdr)) <= end) {
			const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
			const uint8_t* name = at + sizeof *note;
			const uint8_t* content = name + ((note->n_namesz + 3) & ~3U);
			if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
				module.buildId = hexDigits(content, note->n_descsz);
			}
			at = content + ((note->n_descsz + 3) & ~3U);
		}
	}
	return 1;
}

std::string program() {
	char path[4096];
	ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
	return length <= 0 ? "" : std::string(path, size_t(length));
}

std::string threadName() {
	char text[64] = "";
	pthread_getname_np(pthread_self(), text, sizeof text);
	return ::getpid() == ::gettid() ? "main" : text[0] == 0 ? "thread" : text;
}

} // namespace

/** Where frame pointers do not lead upwards through the thread's stack, there are none. */
__attribute__((noinline)) unsigned walkFramePointers(uintptr_t* frames, unsigned limit) {
	OfThread& mine = ofThread;
	if (mine.stackLow == 0) {
		findStack(mine);
	}
	auto frame = uintptr_t(__builtin_frame_address(0));
	unsigned count = 0;
	while (count < limit && frame >= mine.stackLow && frame + 2 * sizeof(uintptr_t) <= mine.stackHigh && frame % sizeof(uintptr_t) == 0) {
		const auto* words = reinterpret_cast<const uintptr_t*>(frame);
		if (words[1] == 0) {
			break;
		}
		frames[count++] = words[1];
		if (words[0] <= frame) {
			break;
		}
		frame = words[0];
	}
	return count;
}

__attribute__((noinline)) unsigned unwind(uintptr_t* frames, unsigned limit) {
	Unwinding unwinding{frames, limit, 0};
	_Unwind_Backtrace(unwindOne, &unwinding);
	// The first is this function's own.
	unsigned own = unwinding.count > 0 ? 1 : 0;
	std::copy(frames + own, frames + unwinding.count, frames);
	return unwinding.count - own;
}

/** How many of the innermost frames are this library's. In a program that it is linked into, no more than the functions that walk. */
static unsigned ownFrames(const uintptr_t* frames, unsigned count) {
	static const OwnCode own = [] {
		Module module{uintptr_t(&walkFramePointers), "", 0, "", false, 0};
		dl_iterate_phdr(findModule, &module);
		bool isProgram = !module.found || module.name[0] == 0;
		return OwnCode{isProgram ? 0 : module.base, isProgram ? 0 : module.end};
	}();
	unsigned at = 0;
	while (at < count && frames[at] >= own.begin && frames[at] < own.end) {
		at++;
	}
	return at > 0 ? at : std::min(count, 1U);
}

NativeFrame locate(uintptr_t address) {
	// The call itself stands before the address that it returns to.
	Module module{address - 1, "", 0, "", false, 0};
	dl_iterate_phdr(findModule, &module);
	if (!module.found) {
		return {"?", "", address, ""};
	}
	NativeFrame frame{module.name[0] == 0 ? program() : module.name, module.buildId, address - 1 - module.base, ""};
	Dl_info info;
	if (dladdr(reinterpret_cast<void*>(address - 1), &info) != 0 && info.dli_sname != nullptr) {
		int status = 0;
		char* readable = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
		frame.function = status == 0 ? readable : info.dli_sname;
		std::free(readable);
	}
	return frame;
}

std::string callSite() {
	uintptr_t frames[OWN_FRAMES + 1];
	unsigned count = unwind(frames, OWN_FRAMES + 1);
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
	OfThread& mine = ofThread;
	if (mine.generation != generation_) {
		mine.generation = generation_;
		mine.thread = 0;
		if (mine.known != nullptr) {
			std::memset(mine.known, 0, KNOWN * sizeof(Known));
		}
	}
	if (mine.thread == 0) {
		mine.thread = writer_->thread(threadName());
	}
	return {mine.thread, frames_ == 0 ? 0 : stack(), mine.engine};
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

/**
 * A stack that frame pointers tell and that was seen before costs the walk and a look. One that is new is unwound by tables once: if these
 * say the same, frame pointers are to be trusted; else the tables are asked each time.
 */
uint32_t Recorder::stack() {
	uintptr_t frames[MOST_FRAMES + OWN_FRAMES];
	unsigned count = walkFramePointers(frames, frames_ + OWN_FRAMES);
	uint64_t hash = hashOf(frames, count);
	OfThread& mine = ofThread;
	if (mine.known == nullptr) {
		mine.known = static_cast<Known*>(std::calloc(KNOWN, sizeof(Known)));
		if (mine.known == nullptr) {
			return 0;
		}
		pthread_setspecific(endOfThread(), mine.known);
	}
	Known& known = mine.known[hash % KNOWN];
	if (known.hash == hash && known.number != UNWIND) {
		return known.number;
	}
	bool trusted = false;
	uint32_t number = unwound(frames, count, trusted);
	known = {hash, trusted ? number : UNWIND};
	return number;
}

uint32_t Recorder::unwound(const uintptr_t* walked, unsigned walkedCount, bool& trusted) {
	uintptr_t frames[MOST_FRAMES + OWN_FRAMES];
	unsigned count = unwind(frames, frames_ + OWN_FRAMES);
	unsigned own = ownFrames(frames, count);
	unsigned walkedOwn = ownFrames(walked, walkedCount);
	unsigned kept = std::min(count - own, frames_);
	unsigned same = 0;
	while (same < kept && walkedOwn + same < walkedCount && frames[own + same] == walked[walkedOwn + same]) {
		same++;
	}
	trusted = same == kept || (count < frames_ + OWN_FRAMES && kept - same <= START_FRAMES);
	uint64_t hash = hashOf(frames + own, kept);
	std::lock_guard<std::mutex> guard(lock_);
	auto known = numbers_.find(hash);
	if (known != numbers_.end()) {
		return known->second;
	}
	std::vector<NativeFrame> places;
	for (unsigned index = 0; index < kept; index++) {
		places.push_back(locate(frames[own + index]));
	}
	uint32_t number = writer_->stack(places);
	numbers_.emplace(hash, number);
	return number;
}

} // namespace heaplens
