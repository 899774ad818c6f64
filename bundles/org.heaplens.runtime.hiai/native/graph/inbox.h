// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/clock.h"
#include "heaplens/graph/engine_body.h"
#include "heaplens/graph/graph_config.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace heaplens {

class Heap;

/** A block as the framework knows it: its address may be another block's later, its number never. */
struct KnownBlock {
	Heap* heap = nullptr;
	void* pointer = nullptr;
	uint64_t number = 0;

	explicit operator bool() const { return heap != nullptr; }
};

/** A message at a port. */
struct Item {
	uint32_t port;
	Message message;
	/** The block that the framework made for it, if any. */
	KnownBlock made;
	/** The block that the framework frees once the message was processed, if any. */
	KnownBlock freeable;
};

/**
 * What waits for an engine: one queue of limited size for each input port, whose messages are taken in the order in which they came.
 * Senders that find no place wait in a queue of their own, first come, first served. Threads share it.
 */
class Inbox {
public:
	/** What a worker has to do next. */
	enum class Work { Process, Quiet, End };

	Inbox(uint32_t size, Clock& clock) : size_(size), clock_(clock) {}

	/** Messages that may wait at each port. */
	uint32_t size() const { return size_; }
	/** Messages that wait at a port. */
	uint32_t waiting(uint32_t port);

	/** Keeps a place at a port; without one a message may not be put. False if there is none in time, or never will be. */
	bool reserve(uint32_t port, int64_t nanos);
	/** Gives a place back that was not used. */
	void release(uint32_t port);
	/** Puts a message in the place that was reserved for it; false if the engine ended meanwhile: then it is still the caller's. */
	bool put(Item& item);

	/**
	 * Waits for a message.
	 *
	 * @param quietMillis after a message, how long to wait for the next until the engine is told; 0 for ever
	 * @param again       whether to tell it again after as long
	 */
	Work take(uint32_t quietMillis, bool again, std::optional<Item>& item);

	/** Whether the engine ends or has ended. */
	bool isClosed();
	/** Ends all waiting, and hands out what nobody has processed. */
	std::vector<Item> close();

private:
	/** Places at one port, taken by messages that wait or are about to. */
	struct Port {
		uint32_t taken = 0;
		std::deque<std::condition_variable*> senders;
	};

	bool await(std::unique_lock<std::mutex>& gate, Port& port, int64_t nanos);
	bool isTurn(const Port& port, const std::condition_variable* turn) const;
	void wakeSender(Port& port);
	void giveBack(Port& port);
	std::optional<Work> next(uint32_t quietMillis, bool again, std::optional<Item>& item);

	std::mutex lock_;
	std::condition_variable filled_;
	std::deque<Item> items_;
	Port ports_[EnginePort::PORTS];
	const uint32_t size_;
	Clock& clock_;
	bool closed_ = false;
	/** When the engine was last busy; it is told of quiet after that. */
	int64_t busyUntil_ = 0;
	bool toldOfQuiet_ = true;
};

} // namespace heaplens
