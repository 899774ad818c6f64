// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_MULTITYPE_QUEUE_H
#define HIAIENGINE_MULTITYPE_QUEUE_H

/** For engines that join what comes to several ports. */

#include <stdint.h>

#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace hiai {

/** Several queues of limited size that are emptied together. Threads share it. */
class MultiTypeQueue {
public:
	static const uint32_t DEFAULT_QUEUE_SIZE = 200;

	/**
	 * @param queueCount how many queues
	 * @param maxSize    what each may hold
	 * @param duration   ms that an entry may wait; 0 for ever. Kept for applications that give it
	 */
	explicit MultiTypeQueue(uint32_t queueCount, uint32_t maxSize = DEFAULT_QUEUE_SIZE, uint32_t duration = 0)
		: queues_(queueCount), size_(maxSize) {
		(void)duration;
	}
	MultiTypeQueue(const MultiTypeQueue&) = delete;
	MultiTypeQueue& operator=(const MultiTypeQueue&) = delete;

	/** Adds at the end of a queue; false if it is full, or there is no such queue. */
	bool PushData(uint32_t queue, const std::shared_ptr<void>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (queue >= queues_.size() || queues_[queue].size() >= size_) {
			return false;
		}
		queues_[queue].push_back(data);
		return true;
	}

	/** What is first in a queue, which stays there; false if it is empty, or there is no such queue. */
	template <typename T>
	bool FrontData(uint32_t queue, std::shared_ptr<T>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (queue >= queues_.size() || queues_[queue].empty()) {
			return false;
		}
		data = std::static_pointer_cast<T>(queues_[queue].front());
		return true;
	}

	/** Takes what is first in a queue; false if it is empty, or there is no such queue. */
	template <typename T>
	bool PopData(uint32_t queue, std::shared_ptr<T>& data) {
		std::lock_guard<std::mutex> held(lock_);
		if (queue >= queues_.size() || queues_[queue].empty()) {
			return false;
		}
		data = std::static_pointer_cast<T>(queues_[queue].front());
		queues_[queue].pop_front();
		return true;
	}

	/** Takes the first of every queue, in their order; false, and takes none, if one is empty or there are not as many queues. */
	template <typename... Ts>
	bool PopAllData(std::shared_ptr<Ts>&... data) {
		std::lock_guard<std::mutex> held(lock_);
		if (sizeof...(Ts) != queues_.size()) {
			return false;
		}
		for (const std::deque<std::shared_ptr<void> >& queue : queues_) {
			if (queue.empty()) {
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
	template <typename T>
	void Take(uint32_t queue, std::shared_ptr<T>& data) {
		data = std::static_pointer_cast<T>(queues_[queue].front());
		queues_[queue].pop_front();
	}

	std::mutex lock_;
	std::vector<std::deque<std::shared_ptr<void> > > queues_;
	const uint32_t size_;
};

} // namespace hiai

#endif
