// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/stack.h"
#include "modules.h"
#include "unwind_rows.h"

#include <algorithm>
#include <atomic>
#include <link.h>
#include <pthread.h>
#include <unwind.h>

namespace heaplens {
namespace {

constexpr uintptr_t WORD = sizeof(uintptr_t);
/** Frames of this library on the way to a program's. */
constexpr unsigned OWN_FRAMES = 16;

constexpr uint64_t GOLDEN = 0x9E3779B97F4A7C15ULL;

/** A place that was looked up. Threads share these without a lock: what is torn has the key of no place. All zeros are that of none. */
struct alignas(16) KnownRow {
	std::atomic<uint64_t> key;
	std::atomic<uint64_t> row;

	static uint64_t keyOf(uintptr_t place, uint64_t row) { return uint64_t(place) ^ row * GOLDEN; }
};

/** Each where the hash of its place says. */
constexpr unsigned ROW_BITS = 14;
KnownRow rows[1U << ROW_BITS];

/** What a thread need not find again. Small: it lies in the memory that threads have from their begin. */
struct Bounds {
	uintptr_t stackEnd;
	uintptr_t ownBegin;
	uintptr_t ownSize;
};

thread_local Bounds bounds;

/** This library's code; nothing where it is linked into the program, whose code cannot be told from ours. */
const Module& ownCode() {
	static const Module& own = *new Module(Module::at(uintptr_t(&walkStack)));
	return own;
}

/** Without bounds no walk is safe: then the end is 1, and the system's unwinder finds its own way. */
void findBounds(Bounds& mine) {
	const Module& own = ownCode();
	mine.ownBegin = own.name.empty() ? 0 : own.base;
	mine.ownSize = own.name.empty() ? 0 : own.end - own.base;
	pthread_attr_t attributes;
	if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
		mine.stackEnd = 1;
		return;
	}
	void* low;
	size_t size;
	pthread_attr_getstack(&attributes, &low, &size);
	pthread_attr_destroy(&attributes);
	mine.stackEnd = uintptr_t(low) + size;
}

/** A sum of what each place comes to: adding is all that a place has to wait for. */
class Hash {
public:
	void add(uintptr_t place) {
		uint64_t mixed = uint64_t(place) * GOLDEN;
		sum_ += (mixed ^ (mixed >> 32)) * factor_;
		factor_ += 2 * 0xBF58476D1CE4E5B9ULL;
	}
	/** Never 0. */
	uint64_t value() const { return (sum_ ^ (sum_ >> 29)) | 1; }

private:
	uint64_t sum_ = 0;
	/** Odd, so that nothing is lost, and another one for each place. */
	uint64_t factor_ = 0x94D049BB133111EBULL;
};

KnownRow& rowAt(uintptr_t place) {
	return rows[(uint64_t(place) * GOLDEN) >> (64 - ROW_BITS)];
}

__attribute__((noinline)) uint64_t findRow(uintptr_t place) {
	uint64_t row = UnwindRow::of(place);
	KnownRow& known = rowAt(place);
	known.row.store(row, std::memory_order_relaxed);
	known.key.store(KnownRow::keyOf(place, row), std::memory_order_relaxed);
	return row;
}

/** Without the signature that newer code for aarch64 gives its return addresses. */
inline uintptr_t withoutSignature(uintptr_t place) {
#if defined(__aarch64__)
	register uintptr_t address asm("x30") = place;
	// A hint, which older processors take for nothing.
	asm("hint 7" : "+r"(address));
	return address;
#else
	return place;
#endif
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

/** How often libraries were unloaded. */
unsigned long long unloaded() {
	unsigned long long count = 0;
	dl_iterate_phdr(
		[](dl_phdr_info* info, size_t, void* result) {
			*static_cast<unsigned long long*>(result) = info->dlpi_subs;
			return 1;
		},
		&count);
	return count;
}

} // namespace

/** Reads what other functions keep on the stack, which sanitizers are right to forbid elsewhere. */
__attribute__((no_sanitize("address", "thread", "undefined"))) bool Trail::holds(uintptr_t begin) const {
	if (begin_ != begin || number == 0 || steps_ > MOST_STEPS) {
		return false;
	}
	for (const Step* step = all_; step != all_ + steps_; step++) {
		if (*step->returnAddress != step->place || *step->framePointer != step->saved) {
			return false;
		}
	}
	return true;
}

__attribute__((no_sanitize("address", "thread", "undefined"))) Trail& Trails::find(uintptr_t begin) {
	Trail* ways = trails_[begin / 16 % SETS];
	for (unsigned way = 0; way < WAYS; way++) {
		if (ways[way].holds(begin)) {
			return ways[way];
		}
	}
	Trail& anew = ways[next_++ % WAYS];
	anew.start(begin);
	return anew;
}

__attribute__((noinline, no_sanitize("address", "thread", "undefined"))) Walked walkStack(uintptr_t* frames, unsigned limit,
                                                                                          Trails* trails) {
	Bounds& mine = bounds;
	if (__builtin_expect(mine.stackEnd == 0, 0)) {
		findBounds(mine);
	}
	auto frame = uintptr_t(__builtin_frame_address(0));
	Trail* trail = trails == nullptr ? nullptr : &trails->find(frame);
	if (trail != nullptr && trail->number != 0) {
		return {0, 0, true, false, trail};
	}
	const uintptr_t end = mine.stackEnd;
	if (frame % WORD != 0 || frame >= end || end - frame < 2 * WORD) {
		return {0, 0, false, false, nullptr};
	}
	// This function keeps a frame pointer: it points to the caller's, and the return address is the word above.
	const auto* framePointer = reinterpret_cast<const uintptr_t*>(frame);
	const uintptr_t* returnAddress = framePointer + 1;
	auto bottom = uintptr_t(__builtin_dwarf_cfa());
	unsigned own = 0;
	unsigned count = 0;
	Hash hash;
	while (true) {
		uintptr_t place = withoutSignature(*returnAddress);
		if (framePointer != nullptr) {
			frame = *framePointer;
		}
		if (trail != nullptr) {
			trail->add(returnAddress, framePointer);
		}
		if (place == 0) {
			break;
		}
		if (count == 0 && place - mine.ownBegin < mine.ownSize && own < OWN_FRAMES) {
			own++;
		} else {
			frames[count++] = place;
			hash.add(place);
			if (count == limit) {
				break;
			}
		}
		const KnownRow& known = rowAt(place);
		uint64_t row = known.row.load(std::memory_order_relaxed);
		if (__builtin_expect(known.key.load(std::memory_order_relaxed) != KnownRow::keyOf(place, row), 0)) {
			row = findRow(place);
		}
		uintptr_t base = frame;
		uint64_t kind = row >> UnwindRow::KIND_SHIFT;
		if (__builtin_expect(kind != UnwindRow::BY_FRAME_POINTER, 0)) {
			if (kind != UnwindRow::BY_STACK_POINTER) {
				if (row == UnwindRow::END) {
					break;
				}
				return {count, 0, false, row == UnwindRow::SIGNAL, nullptr};
			}
			base = bottom;
		}
		uintptr_t size = (row & UnwindRow::WORDS) * WORD;
		if (base < bottom || base % WORD != 0 || base >= end || end - base < size) {
			return {count, 0, false, false, nullptr};
		}
		bottom = base + size;
		returnAddress = reinterpret_cast<const uintptr_t*>(bottom - (row >> UnwindRow::RETURN_SHIFT & UnwindRow::WORDS) * WORD);
		uintptr_t saved = (row >> UnwindRow::SAVED_SHIFT & UnwindRow::WORDS) * WORD;
		framePointer = saved == 0 ? nullptr : reinterpret_cast<const uintptr_t*>(bottom - saved);
	}
	return {count, hash.value(), true, false, trail};
}

__attribute__((noinline)) unsigned unwind(uintptr_t* frames, unsigned limit) {
	uintptr_t all[MOST_FRAMES + OWN_FRAMES + 1];
	Unwinding unwinding{all, std::min(limit, MOST_FRAMES) + OWN_FRAMES + 1, 0};
	_Unwind_Backtrace(unwindOne, &unwinding);
	const Module& own = ownCode();
	// The first is this function's own.
	unsigned at = unwinding.count > 0 ? 1 : 0;
	while (at < unwinding.count && !own.name.empty() && all[at] - own.base < own.end - own.base) {
		at++;
	}
	unsigned count = std::min(unwinding.count - at, limit);
	std::copy_n(all + at, count, frames);
	return count;
}

uint64_t hashOf(const uintptr_t* frames, unsigned count) {
	Hash hash;
	for (unsigned index = 0; index < count; index++) {
		hash.add(frames[index]);
	}
	return hash.value();
}

bool forgetUnloaded() {
	static std::atomic<unsigned long long> known{unloaded()};
	return forgetUnloaded(known);
}

bool forgetUnloaded(std::atomic<unsigned long long>& known) {
	unsigned long long now = unloaded();
	if (known.exchange(now) == now) {
		return false;
	}
	for (KnownRow& known : rows) {
		known.key.store(0, std::memory_order_relaxed);
		known.row.store(0, std::memory_order_relaxed);
	}
	return true;
}

} // namespace heaplens
