// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/pool.h"

#include <algorithm>

namespace heaplens {
namespace {

bool remove(std::vector<const void*>& list, const void* graph) {
	auto found = std::find(list.begin(), list.end(), graph);
	if (found == list.end()) {
		return false;
	}
	list.erase(found);
	return true;
}

bool contains(const std::vector<const void*>& list, const void* graph) {
	return std::find(list.begin(), list.end(), graph) != list.end();
}

} // namespace

Pool::Pool(bool lazy, bool followsFirst) : lazy_(lazy), followsFirst_(followsFirst), answer_(lazy ? Answer::Open : Answer::NoGraph) {}

void Pool::begin(const void* graph) {
	std::lock_guard<std::mutex> guard(lock_);
	graphs_.push_back(graph);
	update();
}

void Pool::end(const void* graph) {
	std::lock_guard<std::mutex> guard(lock_);
	if (contains(graphs_, graph) && !contains(ending_, graph)) {
		ending_.push_back(graph);
	}
	update();
}

void Pool::ended(const void* graph) {
	std::lock_guard<std::mutex> guard(lock_);
	remove(ending_, graph);
	if (remove(graphs_, graph) && graphs_.empty()) {
		era_.fetch_add(1, std::memory_order_acq_rel);
	}
	update();
}

bool Pool::isGone(uint32_t eraOfBlock) {
	std::lock_guard<std::mutex> guard(lock_);
	return graphs_.empty() && eraOfBlock < era();
}

void Pool::update() {
	Answer now = graphs_.empty()                                       ? (lazy_ ? Answer::Open : Answer::NoGraph)
	             : followsFirst_ && contains(ending_, graphs_.front()) ? Answer::Stopped
	                                                                   : Answer::Open;
	answer_.store(now, std::memory_order_release);
}

} // namespace heaplens
