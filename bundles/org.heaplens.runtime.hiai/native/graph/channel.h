// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace heaplens {

/**
 * Questions to another process, and its answers, over one socket; both ends ask. A question may take as long as it needs: each is worked
 * on by a thread of its own, which then waits for the next. Threads share it; it stays as long as the process.
 *
 *     0 length of the rest   8 number of the question, with the highest bit if this is its answer   16 bytes
 */
class Channel {
public:
	using Handler = std::function<std::string(const std::string& question)>;

	Channel(int socket, Handler handler) : socket_(socket), handler_(std::move(handler)) {}

	/** Begins to read, on a thread of its own. @param ended called there when the other process is gone */
	void start(std::function<void()> ended);
	/** The answer of the other process; empty if it is gone. */
	std::string ask(const std::string& question);
	/** Tells the other process that this one ends. */
	void shutdown();

private:
	struct Pending {
		std::condition_variable changed;
		bool answered = false;
		std::string answer;
	};
	struct Question {
		uint64_t number;
		std::string bytes;
	};

	static constexpr uint64_t ANSWER = 1ULL << 63;

	void read();
	void work();
	bool send(uint64_t number, const std::string& bytes);
	bool receive(void* to, uint64_t size) const;

	const int socket_;
	const Handler handler_;
	std::mutex writing_;
	std::mutex lock_;
	std::unordered_map<uint64_t, Pending*> pending_;
	std::deque<Question> questions_;
	std::condition_variable asked_;
	uint32_t idle_ = 0;
	uint64_t last_ = 0;
	bool gone_ = false;
};

} // namespace heaplens
