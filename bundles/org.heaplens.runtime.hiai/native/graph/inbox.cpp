// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "inbox.h"

#include <algorithm>

namespace heaplens {
namespace {

constexpr int64_t NANOS_IN_MILLI = 1000000;
constexpr int64_t FOR_EVER = INT64_MAX;

} // namespace

uint32_t Inbox::waiting(uint32_t port) {
	std::lock_guard<std::mutex> guard(lock_);
	return uint32_t(std::count_if(items_.begin(), items_.end(), [=](const Item& item) { return item.port == port; }));
}

bool Inbox::reserve(uint32_t number, int64_t nanos) {
	std::unique_lock<std::mutex> gate(lock_);
	Port& port = ports_[number];
	if (!closed_ && port.senders.empty() && port.taken < size_) {
		port.taken++;
		return true;
	}
	return !closed_ && nanos > 0 && await(gate, port, nanos);
}

bool Inbox::await(std::unique_lock<std::mutex>& gate, Port& port, int64_t nanos) {
	std::condition_variable turn;
	port.senders.push_back(&turn);
	int64_t deadline = clock_.now() + nanos;
	while (!closed_ && !isTurn(port, &turn) && clock_.now() < deadline) {
		clock_.await(gate, turn, deadline);
	}
	bool taken = !closed_ && isTurn(port, &turn);
	port.senders.erase(std::find(port.senders.begin(), port.senders.end(), &turn));
	if (taken) {
		port.taken++;
	}
	wakeSender(port);
	return taken;
}

bool Inbox::isTurn(const Port& port, const std::condition_variable* turn) const {
	return port.taken < size_ && port.senders.front() == turn;
}

void Inbox::wakeSender(Port& port) {
	if (!port.senders.empty() && port.taken < size_) {
		port.senders.front()->notify_one();
	}
}

void Inbox::release(uint32_t number) {
	std::lock_guard<std::mutex> guard(lock_);
	giveBack(ports_[number]);
}

void Inbox::giveBack(Port& port) {
	port.taken--;
	wakeSender(port);
}

bool Inbox::put(Item& item) {
	std::lock_guard<std::mutex> guard(lock_);
	if (!closed_) {
		items_.push_back(std::move(item));
		toldOfQuiet_ = false;
		filled_.notify_one();
	}
	return !closed_;
}

Inbox::Work Inbox::take(uint32_t quietMillis, bool again, std::optional<Item>& item) {
	std::unique_lock<std::mutex> gate(lock_);
	busyUntil_ = clock_.now();
	while (!closed_) {
		std::optional<Work> work = next(quietMillis, again, item);
		if (work) {
			return *work;
		}
		bool tells = quietMillis > 0 && !toldOfQuiet_;
		clock_.await(gate, filled_, tells ? busyUntil_ + quietMillis * NANOS_IN_MILLI : FOR_EVER);
	}
	return Work::End;
}

std::optional<Inbox::Work> Inbox::next(uint32_t quietMillis, bool again, std::optional<Item>& item) {
	if (!items_.empty()) {
		item = std::move(items_.front());
		items_.pop_front();
		giveBack(ports_[item->port]);
		return Work::Process;
	}
	if (quietMillis > 0 && !toldOfQuiet_ && clock_.now() >= busyUntil_ + quietMillis * NANOS_IN_MILLI) {
		busyUntil_ = clock_.now();
		toldOfQuiet_ = !again;
		return Work::Quiet;
	}
	return std::nullopt;
}

bool Inbox::isClosed() {
	std::lock_guard<std::mutex> guard(lock_);
	return closed_;
}

std::vector<Item> Inbox::close() {
	std::lock_guard<std::mutex> guard(lock_);
	closed_ = true;
	filled_.notify_all();
	for (Port& port : ports_) {
		for (std::condition_variable* turn : port.senders) {
			turn->notify_one();
		}
	}
	std::vector<Item> left(std::make_move_iterator(items_.begin()), std::make_move_iterator(items_.end()));
	items_.clear();
	return left;
}

} // namespace heaplens
