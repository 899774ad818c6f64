// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_MULTITYPE_QUEUE_H
#define HIAIENGINE_MULTITYPE_QUEUE_H

/** For engines that join what comes to several ports. */

#include <stdint.h>

#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "hiaiengine/log.h"

namespace hiai {

/** Several queues of limited size that are emptied together. Threads share it. */
class MultiTypeQueue {
public:
	/**
	 * @param queueCount how many queues
	 * @param maxSize    what each may hold
	 * @param duration   ms after which an entry is dropped instead of being taken; 0 for never
	 */
	explicit MultiTypeQueue(uint32_t queueCount, uint32_t maxSize = 1024, uint32_t duration = 0)
		: queues_(queueCount), size_(maxSize), duration_(duration) {}
	MultiTypeQueue(const MultiTypeQueue&) = delete;
	MultiTypeQueue& operator=(const MultiTypeQueue&) = delete;

	/** Adds at the end of a queue; false for null, if it is full, or if there is no such queue. */
	bool PushData(uint32_t queue, const std::shared_ptr<void>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (data == nullptr || queue >= queues_.size() || queues_[queue].size() >= size_) {
			return false;
		}
		queues_[queue].push_back(Entry(Clock::now(), data));
		return true;
	}

	/** What is first in a queue, which stays there; false if it is empty, or there is no such queue. */
	template <typename T>
	bool FrontData(uint32_t queue, std::shared_ptr<T>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (queue >= queues_.size() || queues_[queue].empty()) {
			return false;
		}
		data = std::static_pointer_cast<T>(queues_[queue].front().second);
		return true;
	}

	/** Takes what is first in a queue; false if it is empty, or there is no such queue. */
	template <typename T>
	bool PopData(uint32_t queue, std::shared_ptr<T>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (queue >= queues_.size() || !HasEntry(queues_[queue])) {
			return false;
		}
		Take(queue, data);
		return true;
	}

	/** Takes the first of every queue, in their order; false, and takes none, if one is empty or there are not as many queues. */
	template <typename... Ts>
	bool PopAllData(std::shared_ptr<Ts>&... data) {
		std::lock_guard<std::mutex> held(lock_);
		if (sizeof...(Ts) != queues_.size()) {
			return false;
		}
		for (Queue& queue : queues_) {
			if (!HasEntry(queue)) {
				return false;
			}
		}
		uint32_t queue = 0;
		// In the order of the list, as the standard has it for braces.
		int taken[] = {0, (Take(queue++, data), 0)...};
		(void)taken;
		return true;
	}

private:
	typedef std::chrono::steady_clock Clock;
	typedef std::pair<Clock::time_point, std::shared_ptr<void> > Entry;
	typedef std::deque<Entry> Queue;

	/** Drops what has waited too long. */
	bool HasEntry(Queue& queue) const {
		while (duration_ > 0 && !queue.empty() && Clock::now() - queue.front().first >= std::chrono::milliseconds(duration_)) {
			queue.pop_front();
		}
		return !queue.empty();
	}

	template <typename T>
	void Take(uint32_t queue, std::shared_ptr<T>& data) {
		data = std::static_pointer_cast<T>(queues_[queue].front().second);
		queues_[queue].pop_front();
	}

	std::mutex lock_;
	std::vector<Queue> queues_;
	const uint32_t size_;
	const uint32_t duration_;
};

} // namespace hiai

#endif
