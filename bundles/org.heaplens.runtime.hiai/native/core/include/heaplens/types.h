// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>

/** The words that heaps and traces share. Numbers are those of the Java runtime and of the trace format. */
namespace heaplens {

enum class Side : uint8_t { Host = 1, Device = 2 };

/** Where code runs and memory lies; `device` is 0 on the host. */
struct Place {
	Side side = Side::Host;
	uint32_t device = 0;

	static constexpr Place host() { return {Side::Host, 0}; }
	static constexpr Place onDevice(uint32_t number) { return {Side::Device, number}; }
	bool operator==(const Place& other) const { return side == other.side && device == other.device; }
	bool operator!=(const Place& other) const { return !(*this == other); }
};

/** What a call answers: `module << 16 | level << 12 | number`. Only that of MemoryPoolStopped is documented. */
enum class Status : uint32_t {
	Ok = 0x01013000,
	Error = 0x01011001,
	GraphNotExist = 0x01011002,
	InvalidValue = 0x01011003,
	NotFindMemory = 0x01011004,
	MallocLarger = 0x01011005,
	NoMemory = 0x01011006,
	NoUsefulMemory = 0x01011007,
	EngineNotExist = 0x01011008,
	SrcPortNotExist = 0x01011009,
	DestroyTimeout = 0x0101100A,
	SendMsgFailed = 0x0101100B,
	MemoryPoolStopped = 0x010110AC,
	NullPointer = 0x0101100D,
	QueueFull = 0x0101100E,
	PortIdError = 0x0101100F,
	ProtoFileParseFailed = 0x01011010,
	FunctorNull = 0x01011011,
	FunctorExist = 0x01011012,
};

/** How the API was used wrongly. */
enum class Reason : uint16_t {
	None = 0,
	DoubleFree = 1,
	NotABlock = 2,
	InteriorPointer = 3,
	WrongFamily = 4,
	AutoFreeDeleter = 5,
	SentTwice = 6,
	SentFromMiddle = 7,
	UseAfterFree = 8,
	SizeZero = 9,
	SizeTooLarge = 10,
	BadFlag = 11,
	DvppOnHost = 12,
	UnregisteredMessage = 13,
	NotFromPool = 14,
	NoGraph = 15,
	PoolStopped = 16,
	SentPastEnd = 17,
};

enum class EventKind : uint16_t {
	Allocate = 1,
	Free = 2,
	AutoFree = 3,
	SendBegin = 4,
	SendEnd = 5,
	Receive = 6,
	WaitBegin = 7,
	WaitEnd = 8,
	TimeOut = 9,
	Misuse = 10,
	GraphCreated = 11,
	GraphDestroyed = 12,
	EngineStarted = 13,
	EngineStopped = 14,
	ProcessEnded = 15,
	PlainPayload = 16,
	MessagesDropped = 17,
};

/** What sort of block; None is that of no block. */
enum class Flag : uint16_t {
	None = 0,
	HugePage = 1,
	AutoFree = 2,
	ManualFree = 4,
	Dvpp = 0x100,
	Received = 0x200,
};

/** Names as they stand in messages and in conformance scenarios: `GRAPH_NO_MEMORY`, `DOUBLE_FREE`, `WAIT_BEGIN`, `host`. */
const char* name(Status status);
const char* name(Reason reason);
const char* name(EventKind kind);
const char* name(Flag flag);

/** An event as it stands in a trace; see docs/trace-format.md. */
struct Event {
	uint64_t time;
	uint64_t offset;
	uint64_t argument;
	uint32_t size;
	uint32_t requested;
	uint32_t thread;
	uint32_t stack;
	uint32_t engine;
	uint32_t status;
	uint16_t kind;
	uint16_t heap;
	uint16_t flag;
	uint16_t reason;
	uint64_t sequence;
};
static_assert(sizeof(Event) == 64, "a record has 64 bytes");

/** A heap as a trace knows it. */
struct HeapInfo {
	uint32_t number;
	Place place;
	uint64_t capacity;
	uint64_t base;
};

} // namespace heaplens
