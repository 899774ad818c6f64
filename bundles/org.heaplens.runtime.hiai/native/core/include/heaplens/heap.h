// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/clock.h"
#include "heaplens/extents.h"
#include "heaplens/heap_lock.h"
#include "heaplens/memory.h"
#include "heaplens/pool.h"
#include "heaplens/settings.h"
#include "heaplens/trace.h"
#include "heaplens/types.h"

#include <atomic>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace heaplens {

class Annotations;
class Guard;

/** What a heap does where sides differ or documents leave a question open. */
struct HeapRules {
	/** What the model manager adds to each block on a device; 256 MiB are the whole block there. */
	static constexpr uint32_t DEVICE_OVERHEAD = 96;
	static constexpr uint32_t LARGEST = 256U << 20;
	/** Blocks of huge pages count as whole ones. */
	static constexpr uint32_t HUGE_PAGE = 2U << 20;

	uint32_t largest;
	uint32_t overhead;
	uint32_t alignment;
	Extents::Policy policy;
	bool poisons;
	bool strict;
	bool freesAtEnd;
	bool acceptsFree;
	bool freesDvpp;
	bool autoOnce;
	bool manualOnce;
	bool receivedAreReleased;
	bool receivedAreFreed;
	/** Bytes of a page if each block has pages of its own and a guard behind; 0 if not. */
	uint32_t guardPage;

	static HeapRules of(Side side, const Settings& settings);

	Reason misuseOfSize(uint32_t size) const { return size == 0 ? Reason::SizeZero : size > largest ? Reason::SizeTooLarge : Reason::None; }
	uint32_t extentSize(uint32_t size, Flag flag) const {
		uint32_t unit = flag == Flag::HugePage ? HUGE_PAGE : alignment;
		unit = guardPage > unit ? guardPage : unit;
		uint32_t whole = ((size + overhead + unit - 1) & ~(unit - 1)) + guardPage;
		// The policy would add this by itself; a heap tells what it really hands out.
		return policy == Extents::Policy::Buddy && whole > 1 ? 1U << (32 - __builtin_clz(whole - 1)) : whole;
	}
	/** Whether the framework frees such a block once it has arrived on the other side. */
	bool frameworkFrees(Flag flag) const { return flag == Flag::AutoFree || (flag == Flag::Dvpp && freesDvpp); }
	/** Whether such a block may be sent but once. */
	bool once(Flag flag) const { return (flag == Flag::AutoFree && autoOnce) || (flag == Flag::ManualFree && manualOnce); }
};

/** What became of a request. */
struct Answer {
	Status status;
	/** Null unless the status is Ok. */
	void* block;
};

/** Which call gives a block back. */
enum class FreeCall { DFree, DvppDFree, ReleaseDataBuffer };

/** Hears all events of a heap, with its lock held: for tests. */
class EventListener {
public:
	virtual ~EventListener() = default;
	virtual void event(const HeapInfo& heap, const Event& event) = 0;
};

/** What follows in strict mode when a misuse has been told: the end of the program, but for tests. */
extern void (*strictEnd)(Reason reason);

/**
 * A heap of one side, in real memory: a block's address is that of the memory plus its offset. Threads share it: whatever changes it, and
 * the event that says so, happens under one lock, so that the order of events is the order of changes. It answers as the Java runtime's
 * does.
 *
 * An address is all that a C program has, so what was freed is remembered by where it began, until a block begins there again.
 */
class Heap {
public:
	Heap(uint32_t number, Place place, uint64_t capacity, const HeapRules& rules, Clock& clock, Pool& pool,
	     Memory::Kind kind = Memory::Kind::Own);
	Heap(const Heap&) = delete;
	Heap& operator=(const Heap&) = delete;
	~Heap();

	const HeapInfo& info() const { return info_; }
	/** Whether that address is one of this heap, of a block or not. */
	bool contains(const void* pointer) const { return memory_.contains(pointer); }

	/** A block for a caller. @param timeOutMillis how long to wait for room; 0 not at all */
	Answer allocate(uint32_t size, uint32_t timeOutMillis, Flag flag) {
		return request(EventKind::Allocate, size, timeOutMillis, flag, 0, false);
	}
	/** A block for a message that arrives. @param forDvpp whether DVPP may use it, and its call free it */
	Answer receive(uint32_t size, uint32_t timeOutMillis, uint64_t transfer, bool forDvpp) {
		return request(EventKind::Receive, size, timeOutMillis, Flag::Received, transfer, forDvpp);
	}
	/** Gives back what begins there. */
	Status free(void* pointer, FreeCall call);
	/** Gives a received block back unless that has been done, whoever else may be freeing or sending it, and says nothing. */
	void close(void* pointer, uint64_t transfer);
	/** Whether what came with that transfer has not been given back. */
	bool isThere(void* pointer, uint64_t transfer);
	/** Remembers the live AUTO_FREE block that begins there by a number that only it has; false if there is none. */
	bool claim(void* pointer, uint64_t number);
	/** Gives a block back which the framework frees although it stayed on its side, unless that has been done. */
	void freeByFramework(void* pointer, uint64_t number);

	/** Claims a block for a transfer; anything but Ok: it cannot be sent. The extent stays until `endSend`. */
	Status beginSend(void* pointer, uint64_t transfer);
	/** Records that more is sent than a block has: what follows it is nobody's, and does not go along. */
	void sentPastEnd(void* pointer, uint64_t transfer);
	/** Ends a transfer: what the framework frees and has arrived goes back, any other block is its owner's again. */
	void endSend(void* pointer, uint64_t transfer, Status status);

	/** Whether these bytes lie in one live block that is none of DVPP. */
	bool isDMalloc(const void* pointer, uint64_t size);
	/** Bytes that were asked for, of the live block that begins there; 0 if there is none. */
	uint32_t sizeOf(const void* pointer);

	/** Records a request that was wrong or came at the wrong time; returns the status. */
	Status refuse(uint32_t size, Flag flag, Status status, Reason reason);
	/** Records what concerns no block. @param engine number in the trace; 0 for that of the calling thread */
	void note(EventKind kind, uint64_t argument, Status status, uint32_t engine = 0);

	/** Requests that wait for room. */
	size_t waiting();
	/** What is wrong with the bookkeeping; null if nothing is. */
	const char* damage();
	/** Offset and extent of all live blocks, in the order of addresses. */
	std::vector<std::pair<uint64_t, uint32_t>> blocks();
	/** FNV-1a over these, as everywhere in HeapLens. */
	uint64_t digest();

	/** From now on events go there; null for nowhere. Live blocks are told again if `again`, as in the child of a fork. */
	void record(Recorder* recorder, bool again = false);
	void listen(EventListener* listener);
	/** Ends the heap's part of the trace; what happens later is not recorded. */
	void end();

	/** Its bytes, which may be another process's as well. */
	Memory& memory() { return memory_; }
	/** Takes its bytes away from this process; another one has the heap. */
	void withdraw();
	/** Around a fork. */
	HeapLock& lock() { return lock_; }
	/** In the child of a fork, where the threads that waited do not exist. */
	void forgetWaiters() { firstWaiter_ = lastWaiter_ = nullptr; }

private:
	enum class State : uint32_t { Live, Sending, FreedWhileSending, Sent, Kept };
	/** What was at an address: bytes that were asked for, the extent, the flag, and who freed it. */
	struct Dead {
		uint32_t requested;
		uint32_t size;
		Flag flag;
		bool byFramework;
	};
	struct Waiter;

	Answer request(EventKind kind, uint32_t size, uint32_t timeOutMillis, Flag flag, uint64_t argument, bool forDvpp);
	Answer refused(const Call& call, uint32_t size, Flag flag, Status status, Reason reason);
	bool isNobodyWaiting() { return firstWaiter_ == nullptr || endWaits(); }
	bool endWaits();
	void* make(const Call& call, EventKind kind, uint32_t size, Flag flag, uint64_t argument, bool forDvpp, int32_t handle);
	Answer await(Waiter& waiter);
	int32_t take(uint32_t extentSize);
	void serve(int64_t now);
	void advance(int64_t now);
	void giveUp(Waiter& waiter, int64_t now);
	void timedOut(const Call& call, uint32_t size, uint32_t extentSize, Flag flag);

	Reason misuseOfFree(int32_t handle, bool asDvpp) const;
	Reason misuseOfSend(int32_t handle) const;
	Status freeDead(const Call& call, uint64_t offset, const Dead& dead, FreeCall with);
	void giveBackOnceSent(const Call& call, int32_t handle);
	void giveBack(const Call& call, EventKind kind, int32_t handle, uint64_t argument, bool byFramework);
	void leave(const Call& call, int32_t handle, uint64_t transfer, bool goes);
	void watch(const Call& call, int32_t handle);
	void hide(const Call& call, int32_t handle, bool sent, bool byFramework);
	void release(int32_t handle);

	uint64_t offsetOf(const void* pointer) const { return uint64_t(uintptr_t(pointer) - uintptr_t(memory_.data())); }
	uint64_t& mark(uint64_t offset) const { return reinterpret_cast<uint64_t*>(marks_.data())[offset / Extents::QUANTUM]; }
	/** Where the block of an extent begins: with it, or, where it is guarded, so that it ends with its last page. */
	uint64_t begin(int32_t handle) const {
		uint64_t offset = space_.offset(handle);
		return __builtin_expect(rules_.guardPage == 0, 1) ? offset : offset + shift(handle);
	}
	uint32_t shift(int32_t handle) const {
		uint32_t size = (space_[handle].requested + rules_.alignment - 1) & ~(rules_.alignment - 1);
		return space_.size(handle) - rules_.guardPage - size;
	}
	/** Bytes from there to the end of the extent. */
	uint32_t size(int32_t handle) const { return space_.size(handle) - (rules_.guardPage == 0 ? 0 : shift(handle)); }
	/** Whether the extent is that of a block. */
	bool isBlock(int32_t handle) const { return !space_[handle].isFree && state(handle) != State::Kept; }
	/** The live block that begins there, or NONE. */
	int32_t blockAt(uint64_t offset) const;
	/** The live block that begins there and is the one meant by that number, or NONE: others may have come since. */
	int32_t blockAt(uint64_t offset, uint64_t number) const;
	/** The live block over that byte, or NONE: walks, for what is rare. */
	int32_t blockOver(uint64_t offset) const;
	std::optional<Dead> deadAt(uint64_t offset) const;

	State state(int32_t handle) const { return State((space_[handle].meta >> 16) & 0xF); }
	void enter(int32_t handle, State state) { space_[handle].meta = (space_[handle].meta & ~0xF0000U) | (uint32_t(state) << 16); }
	Flag flag(int32_t handle) const { return Flag(space_[handle].meta & 0xFFFF); }
	bool hasArrivedOnce(int32_t handle) const { return (space_[handle].meta & ARRIVED) != 0; }
	bool isForDvpp(int32_t handle) const { return (space_[handle].meta & FOR_DVPP) != 0; }

	Call call() const {
		Recorder* recorder = recorder_.load(std::memory_order_acquire);
		Call result = recorder == nullptr ? Call{} : recorder->call();
		if (__builtin_expect(guard_ != nullptr, 0)) {
			result.witness = thisWitness();
		}
		return result;
	}
	static const Witness* thisWitness();
	void record(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
	            Status status, Reason reason, uint32_t entry = Lane::NO_ENTRY);
	void recordBlock(const Call& call, EventKind kind, int32_t handle, uint64_t argument, Status status, Reason reason);
	void remember(uint64_t offset, const char* what);
	void failIfStrict(Status status, Reason reason, uint64_t offset, uint32_t size, Flag flag, bool ofBlock);

	static constexpr uint32_t ARRIVED = 1U << 20;
	static constexpr uint32_t FOR_DVPP = 1U << 21;
	static constexpr uint32_t NUMBERED = 1U << 22;

	HeapLock lock_;
	bool recorded_ = false;
	std::atomic<Recorder*> recorder_{nullptr};
	Lane* lane_ = nullptr;
	EventListener* listener_ = nullptr;
	const HeapRules rules_;
	Clock& clock_;
	Pool& pool_;
	Memory memory_;
	/** A word for each quantum: what begins there, or began there last. */
	Memory marks_;
	HeapInfo info_;
	Extents space_;
	/** Null unless misuse of memory is to end the program. */
	std::unique_ptr<Guard> guard_;
	/** Null unless somebody listens. */
	std::unique_ptr<Annotations> annotations_;
	/** Whether one of these is there. */
	bool watched_ = false;
	/** Those that wait, the one that came first at first. */
	Waiter* firstWaiter_ = nullptr;
	Waiter* lastWaiter_ = nullptr;
	/** Numbers of the live blocks that the framework has to know again, by their offsets. */
	std::unordered_map<uint64_t, uint64_t> numbers_;
	/** What the framework gives back when the program ends: offsets. */
	std::vector<uint64_t> sent_;
	/** Only where misuses end the program. */
	std::unordered_map<uint64_t, std::vector<std::string>> histories_;
};

} // namespace heaplens
