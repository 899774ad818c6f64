// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/types.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace heaplens {

class BlockTable;
class Slots;
class Slot;
class Ticks;
class TraceWriter;

struct Witness;

/** Who calls: numbers in the dictionary of the trace; 0 for none. */
struct Call {
	uint32_t thread = 0;
	uint32_t stack = 0;
	uint32_t engine = 0;
	/** The same in words, where memory is guarded. */
	const Witness* witness = nullptr;
};

/**
 * Where the events of one heap are written. One thread at a time: the caller holds the heap's lock, so that the order of records is the
 * order of what happened. Writing allocates nothing and calls nothing of the system, except where a slot begins. It never
 * fails: what cannot be written is counted as dropped.
 */
class Lane {
public:
	/** Stands for a block that the trace does not know. */
	static constexpr uint32_t NO_ENTRY = 0xFFFFFFFF;

	Lane(TraceWriter& writer, Slots& slots, std::unique_ptr<BlockTable> table, const HeapInfo& heap);
	~Lane();

	/** A block was made; its entry in the table, which later events of the block need. */
	uint32_t made(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
	              Status status);
	/** Anything else happened. @param entry of the block that it happened to */
	void append(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
	            Status status, Reason reason, uint32_t entry);
	/** Writes that the process ended in good order; what comes later is ignored. */
	void end();
	/** Events so far. */
	uint64_t sequence() const { return sequence_; }

private:
	struct Totals {
		uint64_t liveBytes = 0;
		uint64_t blocks = 0;
		uint64_t peakBytes = 0;
		uint64_t allocations = 0;
		uint64_t frees = 0;
		uint64_t autoFrees = 0;
		uint64_t misuses = 0;
		uint64_t timeouts = 0;
	};
	friend class Slot;

	bool hasRoom() { return position_ != end_ || nextSlot(); }
	bool nextSlot();
	void drop();
	uint64_t put(const Call& call, EventKind kind, uint64_t offset, uint32_t size, uint32_t requested, uint64_t argument, Flag flag,
	             Status status, Reason reason);

	/** Of the next event; at the end if there is no room in the slot, or no slot. */
	uint8_t* position_ = nullptr;
	uint8_t* end_ = nullptr;
	uint64_t sequence_ = 0;
	std::unique_ptr<Ticks> ticks_;
	uint64_t begun_;
	uint16_t heap_;
	bool full_ = false;
	bool ended_ = false;
	Totals totals_;
	std::unique_ptr<BlockTable> table_;
	Slot* slot_ = nullptr;
	uint64_t ordinal_ = 0;
	Slots& slots_;
	TraceWriter& writer_;
};

class Store;
class Dictionary;
class Archive;

/** A place in machine code: what the reader needs to find its source. */
struct NativeFrame {
	/** Path of the program or library. */
	std::string module;
	/** As hexadecimal digits; empty if it has none. */
	std::string buildId;
	/** From where the module is loaded. */
	uint64_t offset;
	/** Of the function, as far as the module's own table says it. */
	std::string function;
};

/** A place in a program of another language, as its own runtime tells it. */
struct SourceFrame {
	std::string type;
	std::string method;
	/** Empty if it is not known. */
	std::string file;
	/** From 1; -1 if it is not known. */
	int32_t line;
};

/**
 * Writes the trace of this process, in format 2. Threads may share it; each lane belongs to one heap's lock. Once it exists, it never
 * fails: when the disk is full it stops recording and counts what it drops. Finished events are compressed by a thread in the background.
 */
class TraceWriter {
public:
	/**
	 * Begins a trace in a new file, named after the process and the moment.
	 *
	 * @param folder  made if it does not exist
	 * @param command what is run, for people to recognise it
	 * @param ring    bytes of a flight recorder's ring; 0 to keep everything
	 * @param problem what is wrong if there is no trace
	 * @return null if the file cannot be made
	 */
	static std::unique_ptr<TraceWriter> create(const std::string& folder, const std::string& command, uint64_t ring, std::string& problem);
	~TraceWriter();

	const std::string& file() const { return file_; }
	/** Makes a heap known and gives its lane, which lives as long as the writer; null if there are too many. */
	Lane* lane(const HeapInfo& heap);
	/** The number of a thread's name, the same for the same name. */
	uint32_t thread(const std::string& name);
	/** A new number for a call stack; the caller knows that it is new. */
	uint32_t stack(const std::vector<NativeFrame>& frames);
	/** The same for a call from another language. */
	uint32_t stack(const std::vector<SourceFrame>& frames);
	/** The number of an engine, the same for an equal one. */
	uint32_t engine(uint32_t graph, uint32_t engine, const std::string& name, Side side);

	/** Events that could not be written. */
	uint64_t dropped() const;
	/** Events of a flight recorder that gave way to newer ones. */
	uint64_t overwritten() const;

	/** Ends every lane that has not ended, and compresses what is left. No other thread may be writing. */
	void close();

	/** Before a fork: nobody else is writing until `thaw`. */
	void freeze();
	void thaw();
	/** In the child of a fork: the trace is the parent's and stays untouched; nothing of it is released but memory. */
	void abandon();

private:
	friend class Lane;
	TraceWriter();
	void writeHeader(const std::string& command, uint32_t mode);
	void drop();

	std::string file_;
	std::unique_ptr<Store> store_;
	std::unique_ptr<Dictionary> dictionary_;
	std::unique_ptr<Archive> archive_;
	std::unique_ptr<Slots> slots_;
	std::vector<std::unique_ptr<Lane>> lanes_;
	std::mutex lock_;
	uint64_t begun_ = 0;
	bool open_ = true;
};

/** Knows the trace of this process, and who is calling. Threads share it. */
class Recorder {
public:
	/** @param frames how many of a call stack are recorded; 0 for no stacks */
	Recorder(std::unique_ptr<TraceWriter> writer, unsigned frames);

	/** Who is calling; to be asked before a heap is locked, since walking a stack takes time. */
	Call call();
	Lane* lane(const HeapInfo& heap) { return writer_->lane(heap); }
	/** Around a fork; the child abandons it. */
	void freeze();
	void thaw();
	void abandon();
	TraceWriter& writer() { return *writer_; }

	/** The number of the engine whose thread this is; 0 for none. */
	static void enterEngine(uint32_t engine);
	/** Forgets the name that the calling thread had: it has another now. */
	static void renameThread();

	/** Gives the calling thread a name that the system does not know. */
	void nameThread(const std::string& name);
	/** From now on the calling thread calls from that stack, which its own frames do not show; 0 for these again. */
	static void callFrom(uint32_t stack);
	unsigned frames() const { return frames_; }

private:
	uint32_t stack();
	uint32_t findStack(const uintptr_t* frames, unsigned count, uint64_t hash);
	uint32_t numberOf(const uintptr_t* frames, unsigned count, uint64_t hash);
	NativeFrame place(uintptr_t address);

	std::unique_ptr<TraceWriter> writer_;
	const unsigned frames_;
	/** Tells threads' memories of this recorder from those of one before a fork, and from those of libraries that are gone. */
	std::atomic<uint32_t> generation_;
	std::mutex lock_;
	/** Stacks by the hash of their places. */
	std::unordered_map<uint64_t, uint32_t> numbers_;
	std::unordered_map<uintptr_t, NativeFrame> places_;
};

} // namespace heaplens
