// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "guard_report.h"

#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <mutex>
#include <pthread.h>
#include <sched.h>
#include <ucontext.h>
#include <unistd.h>

namespace heaplens {
namespace {

/** Heaps that are watched; entries are used again and never removed, so that a handler may walk at any time. */
struct Watched {
	std::atomic<const Guard*> guard;
	Watched* next;
};

std::atomic<Watched*> watched{nullptr};
struct sigaction previous;
/** One thread at a time tells; whoever faults meanwhile waits, so that the program lives until it is told. */
std::atomic_flag telling = ATOMIC_FLAG_INIT;
/** The first is the cause of whatever follows. */
bool told = false;
/** Another thread holds a heap for less than this, unless it never gives it back. */
constexpr int PATIENCE = 100000;

/** 'r', 'w', or 0 where the processor does not say. */
char accessOf([[maybe_unused]] void* context) {
#if defined(__x86_64__)
	return (static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_ERR] & 2) != 0 ? 'w' : 'r';
#elif defined(__aarch64__)
	// Records follow each other: a word that says which, and a word of its size.
	auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
	const auto* at = reinterpret_cast<const uint8_t*>(machine.__reserved);
	const auto* end = at + sizeof machine.__reserved;
	while (end - at >= 16) {
		uint32_t head[2];
		std::memcpy(head, at, sizeof head);
		if (head[0] == 0x45535201) {
			uint64_t syndrome;
			std::memcpy(&syndrome, at + 8, sizeof syndrome);
			return (syndrome & 1U << 6) != 0 ? 'w' : 'r';
		}
		if (head[0] == 0 || head[1] < 16 || head[1] > end - at) {
			break;
		}
		at += head[1];
	}
	return 0;
#else
	return 0;
#endif
}

uintptr_t codeOf([[maybe_unused]] void* context) {
#if defined(__x86_64__)
	return uintptr_t(static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
#elif defined(__aarch64__)
	return uintptr_t(static_cast<ucontext_t*>(context)->uc_mcontext.pc);
#else
	return 0;
#endif
}

} // namespace

char GuardReport::text_[];

void GuardReport::watch(Guard& guard) {
	static std::once_flag once;
	std::call_once(once, install);
	for (Watched* entry = watched; entry != nullptr; entry = entry->next) {
		const Guard* none = nullptr;
		if (entry->guard.compare_exchange_strong(none, &guard)) {
			return;
		}
	}
	auto* entry = new Watched{{&guard}, watched.load()};
	while (!watched.compare_exchange_weak(entry->next, entry)) {
	}
}

void GuardReport::forget(Guard& guard) {
	for (Watched* entry = watched; entry != nullptr; entry = entry->next) {
		const Guard* expected = &guard;
		entry->guard.compare_exchange_strong(expected, nullptr);
	}
}

/** Handlers that were there come next, under the conditions that they asked for. */
void GuardReport::install() {
	::sigaction(SIGSEGV, nullptr, &previous);
	struct sigaction mine {};
	mine.sa_sigaction = handle;
	mine.sa_mask = previous.sa_mask;
	mine.sa_flags = SA_SIGINFO | SA_ONSTACK | (previous.sa_flags & (SA_NODEFER | SA_RESTART));
	::sigaction(SIGSEGV, &mine, nullptr);
}

void GuardReport::handle(int signal, siginfo_t* info, void* context) {
	int error = errno;
	// Sent by somebody, it has no address.
	if (info->si_code > 0 && tell(uintptr_t(info->si_addr), context)) {
		// It happens again as soon as this returns, now for whoever was to hear of it before, at its own place.
		::sigaction(SIGSEGV, &previous, nullptr);
	} else {
		handOn(signal, info, context);
	}
	errno = error;
}

void GuardReport::handOn(int signal, siginfo_t* info, void* context) {
	if ((previous.sa_flags & SA_SIGINFO) != 0) {
		previous.sa_sigaction(signal, info, context);
	} else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
		previous.sa_handler(signal);
	} else if (info->si_code > 0 || previous.sa_handler == SIG_DFL) {
		::sigaction(SIGSEGV, &previous, nullptr);
		if (info->si_code <= 0) {
			::raise(signal);
		}
	}
}

bool GuardReport::tell(uintptr_t address, void* context) {
	for (Watched* entry = watched; entry != nullptr; entry = entry->next) {
		const Guard* guard = entry->guard;
		if (guard == nullptr || !guard->contains(address)) {
			continue;
		}
		while (telling.test_and_set(std::memory_order_acquire)) {
			::sched_yield();
		}
		GuardReport report(*guard, address, context);
		bool locked = false;
		for (int round = 0; round < PATIENCE && !locked; round++) {
			locked = guard->lock_.tryLock();
			if (!locked) {
				::sched_yield();
			}
		}
		bool forbidden = report.compose();
		if (locked) {
			guard->lock_.unlock();
		}
		if (forbidden && !told) {
			told = true;
			report.write();
		}
		telling.clear(std::memory_order_release);
		return forbidden;
	}
	return false;
}

bool GuardReport::compose() {
	if (guard_.gaveUp_) {
		return false;
	}
	uint64_t offset = address_ - uintptr_t(guard_.memory_.data());
	const Guard::Stories& stories = guard_.stories_;
	auto behind = stories.upper_bound(offset);
	auto at = behind == stories.begin() ? stories.end() : std::prev(behind);
	bool over = at != stories.end() && offset - at->first < at->second.extentSize;
	if (over && at->second.fate == Guard::Fate::Lives && offset < at->first + at->second.extentSize - Guard::pageSize()) {
		// Accessible: another thread has just made it so, or somebody else forbids it.
		return false;
	}
	char access = accessOf(context_);
	add(access == 'w' ? "heaplens: write " : access == 'r' ? "heaplens: read " : "heaplens: use ");
	// Just in front of a block that lives is more likely meant for it than for what is far below.
	bool before =
		behind != stories.end() && behind->second.fate == Guard::Fate::Lives && behind->second.begin - offset <= Guard::pageSize() &&
		(!over || (at->second.fate == Guard::Fate::Lives && behind->second.begin - offset < offset - at->second.begin - at->second.size));
	if (before) {
		addBytes(behind->second.begin - offset);
		add(" before ");
		composeBlock(offset, behind->second);
	} else if (over) {
		composeBlock(offset, at->second);
	} else {
		add("of memory that belongs to no block, at ");
		addAddress(address_);
		addHeap();
		addCaller();
		add("\n");
	}
	return true;
}

void GuardReport::composeBlock(uint64_t offset, const Guard::Story& story) {
	bool lives = story.fate == Guard::Fate::Lives;
	if (!lives) {
		add(story.fate == Guard::Fate::Sent ? "of memory that was sent away: " : "of freed memory: ");
	}
	if (offset >= story.begin + story.size) {
		addBytes(offset - story.begin - story.size + 1);
		add(" behind the last of ");
	} else if (offset < story.begin && !lives) {
		addBytes(story.begin - offset);
		add(" before ");
	} else if (!lives) {
		addBytes(offset - story.begin);
		add(" into ");
	}
	add("the ");
	add(name(story.flag));
	add(" block of ");
	addBytes(story.size);
	add(" at ");
	addAddress(uintptr_t(guard_.memory_.data()) + story.begin);
	addHeap();
	addCaller();
	add("\n");
	addWitness(story.flag == Flag::Received ? "received by " : "allocated by ", story.made);
	addWitness(story.fate == Guard::Fate::Sent ? "sent away by " : "sent by ", story.sent);
	if (story.fate == Guard::Fate::Freed) {
		addWitness("freed by ", story.gone);
	} else if (story.fate == Guard::Fate::FreedByFramework) {
		addWitness("freed by the framework on ", story.gone);
	}
}

void GuardReport::add(const char* text) {
	size_t size = std::strlen(text);
	size_t room = sizeof text_ - length_;
	size = size < room ? size : room;
	std::memcpy(text_ + length_, text, size);
	length_ += size;
}

void GuardReport::add(uint64_t number, unsigned base) {
	char digits[24];
	char* at = digits + sizeof digits - 1;
	*at = 0;
	do {
		*--at = "0123456789abcdef"[number % base];
		number /= base;
	} while (number != 0);
	add(at);
}

void GuardReport::addAddress(uintptr_t address) {
	add("0x");
	add(address, 16);
}

void GuardReport::addBytes(uint64_t count) {
	add(count);
	add(count == 1 ? " byte" : " bytes");
}

void GuardReport::addHeap() {
	if (guard_.place_.side == Side::Host) {
		add(" on the host");
	} else {
		add(" on device ");
		add(guard_.place_.device);
	}
}

/** The code that did it, and its thread: what is asked here takes no locks. */
void GuardReport::addCaller() {
	char thread[32] = "";
	bool first = ::getpid() == ::gettid();
	if (!first) {
		::pthread_getname_np(::pthread_self(), thread, sizeof thread);
	}
	add(", by thread ");
	add(first ? "main" : thread);
	uintptr_t code = codeOf(context_);
	dl_find_object object;
	add(" at ");
	if (code != 0 && ::_dl_find_object(reinterpret_cast<void*>(code), &object) == 0 && object.dlfo_link_map != nullptr) {
		const char* file = object.dlfo_link_map->l_name;
		const char* slash = std::strrchr(file, '/');
		add(*file == 0 ? program_invocation_short_name : slash == nullptr ? file : slash + 1);
		add("+");
		addAddress(code - object.dlfo_link_map->l_addr);
	} else {
		addAddress(code);
	}
}

void GuardReport::addWitness(const char* what, const Witness* witness) {
	if (witness != nullptr) {
		add("\t");
		add(what);
		add(witness->words.c_str());
		add("\n");
	}
}

void GuardReport::write() const {
	size_t from = 0;
	while (from < length_) {
		ssize_t written = ::write(STDERR_FILENO, text_ + from, length_ - from);
		if (written <= 0 && errno != EINTR) {
			return;
		}
		from += written > 0 ? size_t(written) : 0;
	}
}

} // namespace heaplens
