// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "channel.h"

#include <cerrno>
#include <pthread.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace heaplens {
namespace {

/** A transfer of plain memory is the longest; more than this is no message of ours. */
constexpr uint64_t LONGEST = 1ULL << 32;

void nameThread(const char* name) {
	pthread_setname_np(pthread_self(), name);
}

} // namespace

void Channel::start(std::function<void()> ended) {
	std::thread([this, ended = std::move(ended)] {
		nameThread("heaplens-link");
		read();
		ended();
	}).detach();
}

std::string Channel::ask(const std::string& question) {
	Pending mine;
	uint64_t number = 0;
	{
		std::lock_guard<std::mutex> guard(lock_);
		if (gone_) {
			return "";
		}
		number = ++last_;
		pending_[number] = &mine;
	}
	bool sent = send(number, question);
	std::unique_lock<std::mutex> guard(lock_);
	mine.changed.wait(guard, [&] { return mine.answered || gone_ || !sent; });
	pending_.erase(number);
	return mine.answer;
}

void Channel::shutdown() {
	::shutdown(socket_, SHUT_RDWR);
}

void Channel::read() {
	uint64_t head[2];
	while (receive(head, sizeof head) && head[0] >= sizeof *head && head[0] < LONGEST) {
		std::string bytes(head[0] - sizeof *head, '\0');
		if (!receive(&bytes[0], bytes.size())) {
			break;
		}
		std::lock_guard<std::mutex> guard(lock_);
		if ((head[1] & ANSWER) != 0) {
			auto found = pending_.find(head[1] & ~ANSWER);
			if (found != pending_.end()) {
				found->second->answer = std::move(bytes);
				found->second->answered = true;
				found->second->changed.notify_one();
			}
			continue;
		}
		questions_.push_back({head[1], std::move(bytes)});
		if (questions_.size() > idle_) {
			std::thread([this] { work(); }).detach();
		} else {
			asked_.notify_one();
		}
	}
	std::lock_guard<std::mutex> guard(lock_);
	gone_ = true;
	for (auto& [number, waiting] : pending_) {
		waiting->changed.notify_one();
	}
	asked_.notify_all();
}

void Channel::work() {
	nameThread("heaplens-work");
	std::unique_lock<std::mutex> guard(lock_);
	while (true) {
		idle_++;
		asked_.wait(guard, [this] { return gone_ || !questions_.empty(); });
		idle_--;
		if (questions_.empty()) {
			return;
		}
		Question question = std::move(questions_.front());
		questions_.pop_front();
		guard.unlock();
		// An answer that nobody takes is for a process that is gone.
		send(question.number | ANSWER, handler_(question.bytes));
		guard.lock();
	}
}

bool Channel::send(uint64_t number, const std::string& bytes) {
	std::string whole(2 * sizeof(uint64_t), '\0');
	uint64_t head[2] = {sizeof number + bytes.size(), number};
	whole.replace(0, sizeof head, reinterpret_cast<const char*>(head), sizeof head);
	whole += bytes;
	std::lock_guard<std::mutex> guard(writing_);
	for (size_t at = 0; at < whole.size();) {
		ssize_t written = ::send(socket_, whole.data() + at, whole.size() - at, MSG_NOSIGNAL);
		if (written < 0 && errno != EINTR) {
			return false;
		}
		at += written < 0 ? 0 : size_t(written);
	}
	return true;
}

bool Channel::receive(void* to, uint64_t size) const {
	auto* at = static_cast<char*>(to);
	for (uint64_t left = size; left > 0;) {
		ssize_t count = ::recv(socket_, at, left, 0);
		if (count == 0 || (count < 0 && errno != EINTR)) {
			return false;
		}
		at += count < 0 ? 0 : count;
		left -= count < 0 ? 0 : uint64_t(count);
	}
	return true;
}

} // namespace heaplens
