// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "teardown.h"

#include <algorithm>

namespace heaplens {

void Teardown::add(EngineRuntime* engine) {
	std::lock_guard<std::mutex> guard(lock_);
	engines_.push_back(engine);
	threads_ += engine->threads();
}

void Teardown::threadEnded() {
	bool last = false;
	{
		std::lock_guard<std::mutex> guard(lock_);
		threads_--;
		changed_.notify_all();
		last = threads_ == 0 && begun_ && !waiting_;
	}
	if (last) {
		clean();
	}
}

bool Teardown::run(uint32_t timeOutMillis) {
	bool inTime = false;
	{
		std::unique_lock<std::mutex> guard(lock_);
		begun_ = true;
		for (EngineRuntime* engine : engines_) {
			left_.push_back({engine, engine->inbox().close()});
		}
		waiting_ = true;
		uint32_t own = std::any_of(engines_.begin(), engines_.end(), [](EngineRuntime* engine) { return engine->isCalling(); }) ? 1 : 0;
		int64_t deadline = clock_.now() + int64_t(timeOutMillis) * 1000000;
		while (threads_ > own && clock_.now() < deadline) {
			clock_.await(guard, changed_, deadline);
		}
		inTime = threads_ <= own;
		waiting_ = false;
		if (threads_ > 0) {
			return inTime;
		}
	}
	clean();
	return inTime;
}

void Teardown::clean() {
	{
		std::lock_guard<std::mutex> guard(lock_);
		if (cleaned_) {
			return;
		}
		cleaned_ = true;
	}
	cleanup_(left_);
}

} // namespace heaplens
