// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "engine_runtime.h"

#include <algorithm>
#include <exception>
#include <pthread.h>
#include <system_error>

namespace heaplens {
namespace {

constexpr size_t LEAST = 64;

thread_local EngineRuntime* current_ = nullptr;
/** The engine whose thread this is, whatever it is doing for others. */
thread_local const EngineRuntime* worker = nullptr;

std::optional<Place> placeOf(const EngineRuntime* engine) {
	return engine == nullptr ? std::nullopt : std::optional<Place>(engine->place());
}

} // namespace

EngineRuntime::EngineRuntime(Platform& platform, uint32_t graph, const EngineConfig& config, Place place)
	: platform_(platform), graph_(graph), config_(config), place_(place),
	  number_(platform.engine(graph, config.id, config.name.c_str(), place.side)), inbox_(config.queueSize, platform.clock()),
	  most_(LEAST) {}

EngineRuntime::~EngineRuntime() = default;

void EngineRuntime::make() {
	As as(this);
	body_ = config_.maker();
}

EngineRuntime* EngineRuntime::current() {
	return current_;
}

EngineRuntime::As::As(EngineRuntime* engine)
	: before_(current_), place_(placeOf(engine)), stay_(place_ ? &*place_ : nullptr, engine == nullptr ? 0 : engine->number()) {
	current_ = engine;
}

EngineRuntime::As::~As() {
	current_ = before_;
}

Status EngineRuntime::init() {
	As as(this);
	return body_->init(config_.items, config_.models);
}

void EngineRuntime::start(const std::function<void()>& ended) {
	running_ += config_.threads;
	uint32_t started = 0;
	try {
		for (; started < config_.threads; started++) {
			// It ends when its graph does, which nobody may be there to wait for: an engine may destroy its own graph, or hang.
			std::thread([this, number = started, last = ended] {
				run(number);
				last();
			}).detach();
		}
	} catch (const std::system_error& problem) {
		warn("engine " + std::to_string(config_.id) + " (" + config_.name + ") has only " + std::to_string(started) + " of " +
		     std::to_string(config_.threads) + " threads: " + problem.what());
		for (; started < config_.threads; started++) {
			running_--;
			std::function<void()> last = ended;
			last();
		}
	}
}

void EngineRuntime::run(uint32_t number) {
	std::string name = "e" + std::to_string(config_.id) + "_w" + std::to_string(number);
	// What is too long for the system is cut, not lost.
	pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
	worker = this;
	current_ = this;
	Platform::enter(place_, number_);
	work();
	running_--;
}

bool EngineRuntime::hasEnded() const {
	return running_ <= (isCalling() ? 1U : 0U);
}

bool EngineRuntime::isCalling() const {
	return worker == this;
}

void EngineRuntime::destroy() {
	if (body_ != nullptr) {
		As as(this);
		body_.reset();
	}
}

void EngineRuntime::received(const KnownBlock& block) {
	std::lock_guard<std::mutex> guard(lock_);
	if (received_.size() >= most_) {
		prune();
		most_ = std::max(LEAST, 2 * received_.size());
	}
	received_.push_back(block);
}

std::vector<KnownBlock> EngineRuntime::survivors() {
	std::lock_guard<std::mutex> guard(lock_);
	prune();
	return received_;
}

void EngineRuntime::prune() {
	auto gone = [](const KnownBlock& block) { return !block.heap->isThere(block.pointer, block.number); };
	received_.erase(std::remove_if(received_.begin(), received_.end(), gone), received_.end());
}

void EngineRuntime::drop(EngineRuntime* engine, Message& message, const KnownBlock& made) {
	{
		As as(engine);
		message.reset();
	}
	if (made) {
		made.heap->close(made.pointer, made.number);
	}
}

Status EngineRuntime::attempt(const std::function<Status()>& part, const std::function<std::string()>& what) {
	try {
		return part();
	} catch (const std::exception& defect) {
		// A defect of the program. One message is lost, and all goes on with the next, as a board would.
		warn(what() + ": " + defect.what());
		return Status::Error;
	}
}

void EngineRuntime::work() {
	while (true) {
		std::optional<Item> item;
		switch (inbox_.take(config_.quietMillis, config_.repeatsQuiet, item)) {
		case Inbox::Work::Process:
			process(*item);
			break;
		case Inbox::Work::Quiet:
			attempt([this] { return body_->quiet(); }, [this] {
				return "engine " + std::to_string(config_.id) + " (" + config_.name + ") failed after " +
				       std::to_string(config_.quietMillis) + " ms without a message";
			});
			break;
		case Inbox::Work::End:
			return;
		}
	}
}

void EngineRuntime::process(Item& item) {
	attempt([&] { return body_->process(item.port, item.message); }, [&] {
		return "engine " + std::to_string(config_.id) + " (" + config_.name + ") failed on a message at port " + std::to_string(item.port);
	});
	item.message.reset();
	if (item.freeable) {
		item.freeable.heap->freeByFramework(item.freeable.pointer, item.freeable.number);
	}
}

} // namespace heaplens
