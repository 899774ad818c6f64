// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/heap.h"
#include "heaplens/stack.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace heaplens {
namespace {

constexpr int POISON = 0xDB;
constexpr int64_t NANOS_IN_MILLI = 1000000;

/*
 * The word of a quantum: 0 nothing ever began there; a live block: its handle + 1; else what was there.
 *
 *      0 .. 28  requested bytes       29 .. 51  quanta of the extent
 *     52 .. 61  flag                  62 freed  63 freed by the framework
 */
constexpr uint64_t FREED = 1ULL << 62;
constexpr uint64_t FREED_BY_FRAMEWORK = 1ULL << 63;

class Locked {
public:
	explicit Locked(HeapLock& lock) : lock_(lock) { lock_.lock(); }
	~Locked() { lock_.unlock(); }
	Locked(const Locked&) = delete;
	Locked& operator=(const Locked&) = delete;

private:
	HeapLock& lock_;
};

const char* words(Reason reason) {
	switch (reason) {
	case Reason::None:
		return "nothing is wrong";
	case Reason::DoubleFree:
		return "is freed a second time";
	case Reason::NotABlock:
		return "something is freed that is no block";
	case Reason::InteriorPointer:
		return "is freed from its middle";
	case Reason::WrongFamily:
		return "is freed with a call that does not fit it";
	case Reason::AutoFreeDeleter:
		return "is freed, which the framework does since it was sent";
	case Reason::SentTwice:
		return "is sent a second time";
	case Reason::SentFromMiddle:
		return "is sent from its middle";
	case Reason::UseAfterFree:
		return "is used after it was freed";
	case Reason::SizeZero:
		return "a block of 0 bytes is asked for";
	case Reason::SizeTooLarge:
		return "a block is asked for that is larger than one may be";
	case Reason::BadFlag:
		return "a block is asked for with a flag that does not exist";
	case Reason::DvppOnHost:
		return "a DVPP block is asked for, which only a device has";
	case Reason::UnregisteredMessage:
		return "a message is sent to the other side whose type is not registered";
	case Reason::NotFromPool:
		return "a message is sent to the other side whose payload is no block of this heap";
	case Reason::NoGraph:
		return "is used though there is no graph";
	case Reason::PoolStopped:
		return "memory is asked for while the first graph is being destroyed";
	}
	return "is misused";
}

std::string hex(uint64_t value) {
	char text[24];
	std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
	return text;
}

} // namespace

void (*strictEnd)(Reason reason) = [](Reason) { std::abort(); };

/** A request that waits for room; it stands on the stack of its thread. The heap's lock guards the list, the gate what became of it. */
struct Heap::Waiter {
	Waiter* before;
	Waiter* behind;
	Call call;
	EventKind kind;
	uint32_t size;
	uint32_t extentSize;
	Flag flag;
	uint64_t argument;
	bool forDvpp;
	int64_t begun;
	int64_t deadline;
	std::mutex gate;
	std::condition_variable changed;
	bool decided;
	Answer answer;

	void settle(Answer what) {
		std::lock_guard<std::mutex> guard(gate);
		answer = what;
		decided = true;
		changed.notify_one();
	}
};

HeapRules HeapRules::of(Side side, const Settings& settings) {
	bool host = side == Side::Host;
	return {host ? uint32_t(settings.number(Setting::HostBlockLimit)) : LARGEST - DEVICE_OVERHEAD,
	        host ? 0 : DEVICE_OVERHEAD,
	        uint32_t(std::strtoul(settings.text(host ? Setting::HostAlignment : Setting::DeviceAlignment).c_str(), nullptr, 10)),
	        settings.is(Setting::Policy, "tlsf8")       ? Extents::Policy::Tlsf8
	        : settings.is(Setting::Policy, "best-fit")  ? Extents::Policy::BestFit
	        : settings.is(Setting::Policy, "first-fit") ? Extents::Policy::FirstFit
	        : settings.is(Setting::Policy, "buddy")     ? Extents::Policy::Buddy
	                                                    : Extents::Policy::Tlsf,
	        settings.isOn(Setting::Poison),
	        settings.isOn(Setting::Strict),
	        settings.is(Setting::AutoFreeWhen, "process-end"),
	        settings.is(Setting::AutoFreeDeleter, "accept"),
	        settings.isOn(Setting::DvppAutoOnSend),
	        !settings.is(Setting::SendOnce, "manual"),
	        !settings.is(Setting::SendOnce, "auto"),
	        settings.is(Setting::ReceivedFree, "release"),
	        settings.is(Setting::ReceivedFree, "free")};
}

Heap::Heap(uint32_t number, Place place, uint64_t capacity, const HeapRules& rules, Clock& clock, Pool& pool)
	: rules_(rules), clock_(clock), pool_(pool), memory_(capacity),
	  marks_(capacity / Extents::QUANTUM * sizeof(uint64_t)), info_{number, place, capacity, uint64_t(uintptr_t(memory_.data()))},
	  space_(capacity, rules.policy) {}

Answer Heap::request(EventKind kind, uint32_t size, uint32_t timeOutMillis, Flag flag, uint64_t argument, bool forDvpp) {
	Call who = call();
	std::unique_lock<HeapLock> locked(lock_);
	Reason misuse = rules_.misuseOfSize(size);
	if (misuse != Reason::None) {
		return refused(who, size, flag, misuse == Reason::SizeZero ? Status::InvalidValue : Status::MallocLarger, misuse);
	}
	uint32_t extentSize = rules_.extentSize(size, flag);
	// Whoever waits came first: a newcomer may not take what they wait for.
	int32_t handle = isNobodyWaiting() ? space_.allocate(extentSize) : Extents::NONE;
	if (handle != Extents::NONE) {
		return {Status::Ok, make(who, kind, size, flag, argument, forDvpp, handle)};
	}
	if (timeOutMillis == 0) {
		timedOut(who, size, extentSize, flag);
		return {Status::NoMemory, nullptr};
	}
	int64_t now = clock_.now();
	record(who, EventKind::WaitBegin, recorded_ ? space_.largestFree() : 0, extentSize, size, timeOutMillis, flag, Status::Ok,
	       Reason::None);
	Waiter waiter{lastWaiter_,
	              nullptr,
	              who,
	              kind,
	              size,
	              extentSize,
	              flag,
	              argument,
	              forDvpp,
	              now,
	              now + timeOutMillis * NANOS_IN_MILLI,
	              {},
	              {},
	              false,
	              {Status::NoMemory, nullptr}};
	(lastWaiter_ == nullptr ? firstWaiter_ : lastWaiter_->behind) = &waiter;
	lastWaiter_ = &waiter;
	locked.unlock();
	return await(waiter);
}

Answer Heap::await(Waiter& waiter) {
	{
		std::unique_lock<std::mutex> gate(waiter.gate);
		while (!waiter.decided && clock_.now() < waiter.deadline) {
			clock_.await(gate, waiter.changed, waiter.deadline);
		}
	}
	// Room that was made in the very last moment is still room.
	Locked locked(lock_);
	if (!waiter.decided) {
		advance(clock_.now());
	}
	if (!waiter.decided) {
		giveUp(waiter, clock_.now());
	}
	return waiter.answer;
}

bool Heap::isNobodyWaiting() {
	if (firstWaiter_ != nullptr) {
		advance(clock_.now());
	}
	return firstWaiter_ == nullptr;
}

/** Serves those that now fit, from the front, up to the first that does not. */
void Heap::serve(int64_t now) {
	for (Waiter* first = firstWaiter_; first != nullptr; first = firstWaiter_) {
		int32_t handle = space_.allocate(first->extentSize);
		if (handle == Extents::NONE) {
			return;
		}
		firstWaiter_ = first->behind;
		(firstWaiter_ == nullptr ? lastWaiter_ : firstWaiter_->before) = nullptr;
		record(first->call, EventKind::WaitEnd, recorded_ ? space_.largestFree() : 0, first->extentSize, first->size,
		       uint64_t(now - first->begun), first->flag, Status::Ok, Reason::None);
		first->settle({Status::Ok, make(first->call, first->kind, first->size, first->flag, first->argument, first->forDvpp, handle)});
	}
}

/** Ends the wait of those whose time is over, in the order of their deadlines; each may so make way for others. */
void Heap::advance(int64_t now) {
	while (true) {
		Waiter* next = nullptr;
		for (Waiter* waiter = firstWaiter_; waiter != nullptr; waiter = waiter->behind) {
			if (waiter->deadline <= now && (next == nullptr || waiter->deadline < next->deadline)) {
				next = waiter;
			}
		}
		if (next == nullptr) {
			return;
		}
		giveUp(*next, next->deadline);
	}
}

void Heap::giveUp(Waiter& waiter, int64_t now) {
	(waiter.before == nullptr ? firstWaiter_ : waiter.before->behind) = waiter.behind;
	(waiter.behind == nullptr ? lastWaiter_ : waiter.behind->before) = waiter.before;
	timedOut(waiter.call, waiter.size, waiter.extentSize, waiter.flag);
	waiter.settle({Status::NoMemory, nullptr});
	serve(now);
}

void Heap::timedOut(const Call& call, uint32_t size, uint32_t extentSize, Flag flag) {
	uint64_t largest = recorded_ ? space_.largestFree() : 0;
	record(call, EventKind::TimeOut, largest, extentSize, size, largest, flag, Status::NoMemory, Reason::None);
}

Answer Heap::refused(const Call& call, uint32_t size, Flag flag, Status status, Reason reason) {
	record(call, EventKind::Misuse, 0, 0, size, 0, flag, status, reason);
	failIfStrict(status, reason, 0, size, flag, false);
	return {status, nullptr};
}

void* Heap::make(const Call& call, EventKind kind, uint32_t size, Flag flag, uint64_t argument, bool forDvpp, int32_t handle) {
	Extent& extent = space_[handle];
	uint64_t offset = uint64_t(extent.offset) * Extents::QUANTUM;
	extent.requested = size;
	extent.meta = uint32_t(flag) | (forDvpp ? FOR_DVPP : 0);
	extent.era = pool_.era() & 0x7FFFFFFF;
	extent.entry = Lane::NO_ENTRY;
	mark(offset) = uint64_t(handle) + 1;
	if (kind == EventKind::Receive) {
		numbers_[offset] = argument;
		extent.meta |= NUMBERED;
	}
	if (recorded_) {
		recordBlock(call, kind, handle, argument, Status::Ok, Reason::None);
	}
	if (rules_.strict) {
		histories_[offset].clear();
		remember(offset, kind == EventKind::Receive ? "received" : "allocated");
	}
	return memory_.data() + offset;
}

int32_t Heap::blockAt(uint64_t offset) const {
	if (offset % Extents::QUANTUM != 0) {
		return Extents::NONE;
	}
	uint64_t word = mark(offset);
	return word != 0 && (word & (FREED | FREED_BY_FRAMEWORK)) == 0 ? int32_t(word - 1) : Extents::NONE;
}

int32_t Heap::blockAt(uint64_t offset, uint64_t number) const {
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE || (space_[handle].meta & NUMBERED) == 0) {
		return Extents::NONE;
	}
	auto found = numbers_.find(offset);
	return found != numbers_.end() && found->second == number ? handle : Extents::NONE;
}

int32_t Heap::blockOver(uint64_t offset) const {
	// No block is larger than this.
	uint64_t steps = (uint64_t(HeapRules::LARGEST) + HeapRules::HUGE_PAGE) / Extents::QUANTUM;
	uint64_t start = offset / Extents::QUANTUM * Extents::QUANTUM;
	for (uint64_t step = 0; step <= steps; step++, start -= Extents::QUANTUM) {
		int32_t handle = blockAt(start);
		if (handle != Extents::NONE) {
			return offset - start < space_.size(handle) ? handle : Extents::NONE;
		}
		if (start == 0) {
			break;
		}
	}
	return Extents::NONE;
}

std::optional<Heap::Dead> Heap::deadAt(uint64_t offset) const {
	uint64_t word = offset % Extents::QUANTUM == 0 ? mark(offset) : 0;
	if ((word & (FREED | FREED_BY_FRAMEWORK)) == 0) {
		return std::nullopt;
	}
	return Dead{uint32_t(word & 0x1FFFFFFF), uint32_t((word >> 29) & 0x7FFFFF) * Extents::QUANTUM, Flag((word >> 52) & 0x3FF),
	            (word & FREED_BY_FRAMEWORK) != 0};
}

Status Heap::free(void* pointer, FreeCall with) {
	Call who = call();
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (__builtin_expect(handle == Extents::NONE, 0)) {
		std::optional<Dead> dead = deadAt(offset);
		if (dead) {
			return freeDead(who, offset, *dead, with);
		}
		int32_t over = blockOver(offset);
		Reason reason = over == Extents::NONE ? Reason::NotABlock : Reason::InteriorPointer;
		if (over == Extents::NONE) {
			record(who, EventKind::Misuse, offset, 0, 0, 0, Flag::None, Status::NotFindMemory, reason);
			failIfStrict(Status::NotFindMemory, reason, offset, 0, Flag::None, false);
		} else {
			recordBlock(who, EventKind::Misuse, over, 0, Status::NotFindMemory, reason);
			failIfStrict(Status::NotFindMemory, reason, space_.offset(over), space_[over].requested, flag(over), true);
		}
		return Status::NotFindMemory;
	}
	bool received = flag(handle) == Flag::Received;
	bool wrong = with == FreeCall::DFree ? rules_.receivedAreReleased && received
	                                     : with == FreeCall::ReleaseDataBuffer && (rules_.receivedAreFreed || !received);
	if (wrong) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::NotFindMemory, Reason::WrongFamily);
		failIfStrict(Status::NotFindMemory, Reason::WrongFamily, offset, space_[handle].requested, flag(handle), true);
		return Status::NotFindMemory;
	}
	uint32_t era = space_[handle].era;
	bool gone = era != (pool_.era() & 0x7FFFFFFF) && pool_.isGone(era);
	if (gone) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::GraphNotExist, Reason::NoGraph);
		failIfStrict(Status::GraphNotExist, Reason::NoGraph, offset, space_[handle].requested, flag(handle), true);
		if (!pool_.reclaims()) {
			return Status::GraphNotExist;
		}
	}
	Reason misuse = misuseOfFree(handle, with == FreeCall::DvppDFree && !isForDvpp(handle));
	if (misuse != Reason::None) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::NotFindMemory, misuse);
		failIfStrict(Status::NotFindMemory, misuse, offset, space_[handle].requested, flag(handle), true);
		return Status::NotFindMemory;
	}
	giveBackOnceSent(who, handle);
	return gone ? Status::GraphNotExist : Status::Ok;
}

Status Heap::freeDead(const Call& call, uint64_t offset, const Dead& dead, FreeCall with) {
	bool received = dead.flag == Flag::Received;
	bool wrong = with == FreeCall::DFree ? rules_.receivedAreReleased && received
	                                     : with == FreeCall::ReleaseDataBuffer && (rules_.receivedAreFreed || !received);
	if (!wrong && dead.byFramework && rules_.acceptsFree) {
		mark(offset) = (mark(offset) & ~FREED_BY_FRAMEWORK) | FREED;
		return Status::Ok;
	}
	Reason reason = wrong ? Reason::WrongFamily : dead.byFramework ? Reason::AutoFreeDeleter : Reason::DoubleFree;
	record(call, EventKind::Misuse, offset, dead.size, dead.requested, 0, dead.flag, Status::NotFindMemory, reason);
	failIfStrict(Status::NotFindMemory, reason, offset, dead.requested, dead.flag, true);
	return Status::NotFindMemory;
}

Reason Heap::misuseOfFree(int32_t handle, bool asDvpp) const {
	Reason frameworks = rules_.acceptsFree ? Reason::None : Reason::AutoFreeDeleter;
	State now = state(handle);
	if (now == State::FreedWhileSending) {
		return Reason::DoubleFree;
	}
	if (now == State::Sent) {
		return frameworks;
	}
	if (asDvpp != (flag(handle) == Flag::Dvpp)) {
		return Reason::WrongFamily;
	}
	return now == State::Sending && rules_.frameworkFrees(flag(handle)) ? frameworks : Reason::None;
}

void Heap::close(void* pointer, uint64_t transfer) {
	Call who = call();
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), transfer);
	if (handle != Extents::NONE && (state(handle) == State::Live || state(handle) == State::Sending)) {
		giveBackOnceSent(who, handle);
	}
}

bool Heap::isThere(void* pointer, uint64_t transfer) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), transfer);
	return handle != Extents::NONE && (state(handle) == State::Live || state(handle) == State::Sending);
}

bool Heap::claim(void* pointer, uint64_t number) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer));
	if (handle == Extents::NONE || flag(handle) != Flag::AutoFree) {
		return false;
	}
	numbers_[offsetOf(pointer)] = number;
	space_[handle].meta |= NUMBERED;
	return true;
}

void Heap::freeByFramework(void* pointer, uint64_t number) {
	Call who = call();
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer), number);
	if (handle != Extents::NONE && state(handle) == State::Live) {
		giveBack(who, EventKind::AutoFree, handle, 0, true);
	}
}

void Heap::giveBackOnceSent(const Call& call, int32_t handle) {
	if (state(handle) == State::Sending) {
		// The transfer still reads it: it goes back when that is over, and nobody gets its extent before.
		enter(handle, State::FreedWhileSending);
		return;
	}
	giveBack(call, EventKind::Free, handle, 0, false);
}

void Heap::giveBack(const Call& call, EventKind kind, int32_t handle, uint64_t argument, bool byFramework) {
	bool waited = !isNobodyWaiting();
	const Extent& extent = space_[handle];
	uint64_t offset = uint64_t(extent.offset) * Extents::QUANTUM;
	mark(offset) =
		(byFramework ? FREED_BY_FRAMEWORK : FREED) | uint64_t(flag(handle)) << 52 | uint64_t(extent.size) << 29 | extent.requested;
	if (recorded_) {
		recordBlock(call, kind, handle, argument, Status::Ok, Reason::None);
	}
	if ((extent.meta & NUMBERED) != 0) {
		numbers_.erase(offset);
	}
	if (rules_.strict) {
		remember(offset, kind == EventKind::AutoFree ? "freed by the framework" : "freed");
	}
	space_.free(handle);
	if (waited) {
		serve(clock_.now());
	}
}

Status Heap::beginSend(void* pointer, uint64_t transfer) {
	Call who = call();
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE) {
		std::optional<Dead> dead = deadAt(offset);
		Reason reason = !dead ? Reason::NotFromPool : dead->byFramework ? Reason::SentTwice : Reason::UseAfterFree;
		int32_t over = dead ? Extents::NONE : blockOver(offset);
		if (over != Extents::NONE) {
			recordBlock(who, EventKind::Misuse, over, 0, Status::InvalidValue, Reason::SentFromMiddle);
			failIfStrict(Status::InvalidValue, Reason::SentFromMiddle, space_.offset(over), space_[over].requested, flag(over), true);
			return Status::InvalidValue;
		}
		Dead what = dead.value_or(Dead{0, 0, Flag::None, false});
		record(who, EventKind::Misuse, offset, what.size, what.requested, 0, what.flag, Status::InvalidValue, reason);
		failIfStrict(Status::InvalidValue, reason, offset, what.requested, what.flag, dead.has_value());
		return Status::InvalidValue;
	}
	Reason misuse = misuseOfSend(handle);
	if (misuse != Reason::None) {
		recordBlock(who, EventKind::Misuse, handle, 0, Status::InvalidValue, misuse);
		failIfStrict(Status::InvalidValue, misuse, offset, space_[handle].requested, flag(handle), true);
		return Status::InvalidValue;
	}
	enter(handle, State::Sending);
	if (recorded_) {
		recordBlock(who, EventKind::SendBegin, handle, transfer, Status::Ok, Reason::None);
	}
	return Status::Ok;
}

Reason Heap::misuseOfSend(int32_t handle) const {
	switch (state(handle)) {
	case State::Live:
		return hasArrivedOnce(handle) && rules_.once(flag(handle)) ? Reason::SentTwice : Reason::None;
	case State::Sending:
	case State::Sent:
		return Reason::SentTwice;
	case State::FreedWhileSending:
		return Reason::UseAfterFree;
	}
	return Reason::None;
}

void Heap::endSend(void* pointer, uint64_t transfer, Status status) {
	Call who = call();
	bool arrived = status == Status::Ok;
	uint32_t size = 0;
	bool goes = false;
	{
		Locked locked(lock_);
		int32_t handle = blockAt(offsetOf(pointer));
		if (handle == Extents::NONE || (state(handle) != State::Sending && state(handle) != State::FreedWhileSending)) {
			return;
		}
		goes = arrived && rules_.frameworkFrees(flag(handle));
		size = space_[handle].requested;
	}
	if (goes && rules_.poisons) {
		// It is nobody's but the transfer's now, so that others need not wait for this.
		std::memset(pointer, POISON, size);
	}
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	record(who, EventKind::SendEnd, offset, arrived ? space_.size(handle) : 0, size, transfer, flag(handle), status, Reason::None,
	       space_[handle].entry);
	if (rules_.strict) {
		remember(offset, arrived ? "sent" : "not sent");
	}
	if (arrived) {
		space_[handle].meta |= ARRIVED;
	}
	leave(who, handle, transfer, goes);
}

void Heap::leave(const Call& call, int32_t handle, uint64_t transfer, bool goes) {
	bool freed = state(handle) == State::FreedWhileSending;
	if (goes && rules_.freesAtEnd && !freed) {
		enter(handle, State::Sent);
		sent_.push_back(space_.offset(handle));
	} else if (goes) {
		giveBack(call, EventKind::AutoFree, handle, transfer, !(freed && rules_.acceptsFree));
	} else if (freed) {
		giveBack(call, EventKind::Free, handle, 0, false);
	} else {
		enter(handle, State::Live);
	}
}

bool Heap::isDMalloc(const void* pointer, uint64_t size) {
	Locked locked(lock_);
	uint64_t offset = offsetOf(pointer);
	int32_t handle = blockAt(offset);
	if (handle == Extents::NONE) {
		handle = blockOver(offset);
	}
	if (handle == Extents::NONE || flag(handle) == Flag::Dvpp || (state(handle) != State::Live && state(handle) != State::Sending)) {
		return false;
	}
	uint64_t within = offset - space_.offset(handle);
	return within <= space_[handle].requested && size <= space_[handle].requested - within;
}

uint32_t Heap::sizeOf(const void* pointer) {
	Locked locked(lock_);
	int32_t handle = blockAt(offsetOf(pointer));
	return handle == Extents::NONE ? 0 : space_[handle].requested;
}

Status Heap::refuse(uint32_t size, Flag flag, Status status, Reason reason) {
	Call who = call();
	Locked locked(lock_);
	return refused(who, size, flag, status, reason).status;
}

void Heap::note(EventKind kind, uint64_t argument, Status status, uint32_t engine) {
	Call who = call();
	if (engine != 0) {
		who.engine = engine;
	}
	Locked locked(lock_);
	record(who, kind, 0, 0, 0, argument, Flag::None, status, Reason::None);
}

size_t Heap::waiting() {
	Locked locked(lock_);
	size_t count = 0;
	for (Waiter* waiter = firstWaiter_; waiter != nullptr; waiter = waiter->behind) {
		count++;
	}
	return count;
}

const char* Heap::damage() {
	Locked locked(lock_);
	const char* wrong = space_.damage();
	if (wrong != nullptr) {
		return wrong;
	}
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (!space_[handle].isFree && blockAt(space_.offset(handle)) != handle) {
			return "a block is not found where it begins";
		}
		if (space_[handle].isFree && blockAt(space_.offset(handle)) != Extents::NONE) {
			return "a block is found where none is";
		}
	}
	return nullptr;
}

std::vector<std::pair<uint64_t, uint32_t>> Heap::blocks() {
	Locked locked(lock_);
	std::vector<std::pair<uint64_t, uint32_t>> result;
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (!space_[handle].isFree) {
			result.emplace_back(space_.offset(handle), space_.size(handle));
		}
	}
	return result;
}

uint64_t Heap::digest() {
	uint64_t hash = 0xcbf29ce484222325ULL;
	auto add = [&hash](uint64_t number) {
		for (int shift = 0; shift < 64; shift += 8) {
			hash = (hash ^ (number >> shift & 0xFF)) * 0x100000001b3ULL;
		}
	};
	for (auto [offset, size] : blocks()) {
		add(offset);
		add(size);
	}
	return hash;
}

void Heap::record(Recorder* recorder, bool again) {
	recorder_ = recorder;
	lane_ = recorder == nullptr ? nullptr : recorder->lane(info_);
	recorded_ = lane_ != nullptr || listener_ != nullptr;
	if (!again || lane_ == nullptr) {
		return;
	}
	Call who = call();
	for (int32_t handle = space_.first(); handle != Extents::NONE; handle = space_[handle].behind) {
		if (!space_[handle].isFree) {
			recordBlock(who, EventKind::Allocate, handle, 0, Status::Ok, Reason::None);
		}
	}
}

void Heap::listen(EventListener* listener) {
	Locked locked(lock_);
	listener_ = listener;
	recorded_ = lane_ != nullptr || listener_ != nullptr;
}

void Heap::end() {
	Call who = call();
	Locked locked(lock_);
	for (uint64_t offset : sent_) {
		int32_t handle = blockAt(offset);
		if (handle != Extents::NONE && state(handle) == State::Sent) {
			giveBack(who, EventKind::AutoFree, handle, 0, true);
		}
	}
	sent_.clear();
	if (lane_ != nullptr) {
		lane_->end();
	}
	lane_ = nullptr;
	recorder_ = nullptr;
	recorded_ = listener_ != nullptr;
}

void Heap::recordBlock(const Call& call, EventKind kind, int32_t handle, uint64_t argument, Status status, Reason reason) {
	Extent& extent = space_[handle];
	uint64_t offset = uint64_t(extent.offset) * Extents::QUANTUM;
	if (lane_ != nullptr && (kind == EventKind::Allocate || kind == EventKind::Receive)) {
		extent.entry = lane_->made(call, kind, offset, extent.size * Extents::QUANTUM, extent.requested, argument, flag(handle), status);
		if (listener_ == nullptr) {
			return;
		}
	}
	record(call, kind, offset, extent.size * Extents::QUANTUM, extent.requested, argument, flag(handle), status, reason, extent.entry);
}

void Heap::record(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
                  Status status, Reason reason, uint32_t entry) {
	if (!recorded_) {
		return;
	}
	if (lane_ != nullptr && kind != EventKind::Allocate && kind != EventKind::Receive) {
		lane_->append(call, kind, offset, size, requested, argument, flag, status, reason, entry);
	}
	if (listener_ != nullptr) {
		Event event{0,
		            offset,
		            argument,
		            size,
		            requested,
		            call.thread,
		            call.stack,
		            call.engine,
		            uint32_t(status),
		            uint16_t(kind),
		            uint16_t(info_.number),
		            uint16_t(flag),
		            uint16_t(reason),
		            0};
		listener_->event(info_, event);
	}
}

void Heap::remember(uint64_t offset, const char* what) {
	histories_[offset].push_back(std::string(what) + " by " + callSite());
}

/** The vendor advises to try again while the pool is stopped: that is to be expected, and no defect. */
void Heap::failIfStrict(Status status, Reason reason, uint64_t offset, uint32_t size, Flag flag, bool ofBlock) {
	if (!rules_.strict || reason == Reason::PoolStopped) {
		return;
	}
	std::string heap = info_.place.side == Side::Host ? "the host" : "device " + std::to_string(info_.place.device);
	std::string message = std::string(name(reason)) + " (" + name(status) + "): ";
	message += ofBlock ? std::string("the ") + name(flag) + " block of " + std::to_string(size) + " bytes at " + hex(info_.base + offset) +
	                         " on " + heap + " "
	                   : "on " + heap + ", ";
	message += std::string(words(reason)) + ", by " + callSite();
	auto history = histories_.find(offset);
	if (ofBlock && history != histories_.end()) {
		for (const std::string& line : history->second) {
			message += "\n\t" + line;
		}
	}
	warn(message);
	strictEnd(reason);
}

} // namespace heaplens
