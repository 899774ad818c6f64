// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "running_graph.h"
#include "other_process.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace heaplens {
namespace {

Graphs::Made fine() {
	return {Status::Ok, ""};
}

std::string words(const EnginePort& port) {
	return std::to_string(port.graph) + "." + std::to_string(port.engine) + "." + std::to_string(port.port);
}

std::string words(Status status) {
	char text[16];
	std::snprintf(text, sizeof text, "0x%08" PRIx32, uint32_t(status));
	std::string known = name(status);
	return known == "UNKNOWN" ? text : known;
}

uint32_t usual(uint32_t timeOutMillis, uint64_t ofSettings) {
	return timeOutMillis == Outlet::USUAL_TIME_OUT ? uint32_t(ofSettings) : timeOutMillis;
}

} // namespace

/** What an engine of this graph sees of it. */
class RunningGraph::EngineOutlet final : public Outlet {
public:
	EngineOutlet(std::weak_ptr<RunningGraph> graph, std::weak_ptr<EngineRuntime> source)
		: graph_(std::move(graph)), source_(std::move(source)) {}

	Status send(uint32_t port, const std::string& name, const Message& message, uint32_t timeOutMillis) override {
		std::shared_ptr<RunningGraph> graph = graph_.lock();
		std::shared_ptr<EngineRuntime> source = source_.lock();
		if (graph == nullptr || source == nullptr) {
			return Status::GraphNotExist;
		}
		return message == nullptr ? Status::NullPointer
		                          : graph->sendFrom(*source, port, name, message,
		                                            usual(timeOutMillis, graph->platform_.settings().number(Setting::EngineSendTimeOut)));
	}
	Status receive(uint32_t port, Receiver receiver) override {
		std::shared_ptr<RunningGraph> graph = graph_.lock();
		std::shared_ptr<EngineRuntime> source = source_.lock();
		return graph == nullptr || source == nullptr ? Status::GraphNotExist
		                                             : graph->receive({graph->id(), source->id(), port}, std::move(receiver));
	}
	uint32_t queueSize() override {
		std::shared_ptr<EngineRuntime> source = source_.lock();
		return source == nullptr ? 0 : source->inbox().size();
	}
	uint32_t waiting(uint32_t port) override {
		std::shared_ptr<EngineRuntime> source = source_.lock();
		return source == nullptr || port >= EnginePort::PORTS ? 0 : source->inbox().waiting(port);
	}

private:
	const std::weak_ptr<RunningGraph> graph_;
	const std::weak_ptr<EngineRuntime> source_;
};

RunningGraph::RunningGraph(const GraphConfig& config, const std::shared_ptr<Graphs::Inside>& graphs)
	: config_(config), graphs_(graphs), platform_(graphs->platform),
	  teardown_(platform_.clock(), [this](std::vector<Teardown::Left>& left) { ended(left); }) {}

Graphs::Made RunningGraph::start() {
	/** Whatever happens on the way. */
	struct Undo {
		RunningGraph* graph;
		~Undo() {
			if (graph != nullptr) {
				for (const auto& engine : graph->engines_) {
					engine->destroy();
				}
				graph->graphs_->leave(*graph);
			}
		}
	} undo{this};
	Graphs::Made made = build();
	if (made.status == Status::Ok) {
		undo.graph = nullptr;
		run();
	}
	return made;
}

Graphs::Made RunningGraph::build() {
	try {
		Graphs::Made made = make();
		made = made.status == Status::Ok ? connect() : made;
		return made.status == Status::Ok ? initialise() : made;
	} catch (const std::exception& defect) {
		return {Status::Error, "an engine of graph " + std::to_string(id()) + " failed to be made: " + defect.what()};
	}
}

Graphs::Made RunningGraph::make() {
	auto devices = platform_.settings().number(Setting::DeviceCount);
	for (const EngineConfig& config : config_.engines) {
		auto same = [&](const EngineConfig& other) { return other.id == config.id; };
		if (std::count_if(config_.engines.begin(), config_.engines.end(), same) > 1) {
			return {Status::InvalidValue,
			        "graph " + std::to_string(id()) + " has two engines with the number " + std::to_string(config.id)};
		}
		Place place = placeOf(config);
		if (place.side == Side::Device && place.device >= devices) {
			return {Status::InvalidValue, "graph " + std::to_string(id()) + " wants device " + std::to_string(config_.device) +
			                                  ", but there are " + std::to_string(devices) +
			                                  ", counted from 0; change its device_id, or the setting " + Settings::key(Setting::DeviceCount)};
		}
		if (!runsHere(config)) {
			continue;
		}
		EngineConfig sized = config;
		if (sized.queueSize == EngineConfig::USUAL_QUEUE_SIZE) {
			sized.queueSize = uint32_t(platform_.settings().number(Setting::QueueSize));
		}
		engines_.push_back(std::make_shared<EngineRuntime>(platform_, id(), sized, place));
		engines_.back()->make();
	}
	return fine();
}

Place RunningGraph::placeOf(const EngineConfig& engine) const {
	// Where there is no host, all is on the one device.
	bool onOneSide = platform_.settings().isOn(Setting::Rc);
	return onOneSide ? Place::onDevice(0) : engine.side == Side::Host ? Place::host() : Place::onDevice(config_.device);
}

bool RunningGraph::runsHere(const EngineConfig& engine) const {
	return graphs_->other == nullptr || placeOf(engine).side == graphs_->side;
}

Graphs::Made RunningGraph::connect() {
	for (const Connection& connection : config_.connections) {
		Graphs::Made made = check(connection.source);
		if (made.status == Status::Ok && (connection.target.graph == id() || connection.target.port >= EnginePort::PORTS)) {
			// The engines of another graph are looked for when something is sent: it may come later, or go earlier.
			made = check(connection.target);
		}
		if (made.status != Status::Ok) {
			return made;
		}
		targets_[connection.source].push_back(connection.target);
	}
	for (const auto& engine : engines_) {
		engine->body()->connect(std::make_shared<EngineOutlet>(weak_from_this(), engine));
	}
	return fine();
}

Graphs::Made RunningGraph::check(const EnginePort& port) const {
	return isHere(port) ? fine()
	                    : Graphs::Made{Status::InvalidValue, "graph " + std::to_string(id()) + " connects " + words(port) +
	                                                             ", but has no such engine or port"};
}

bool RunningGraph::isHere(const EnginePort& port) const {
	return port.graph == id() && port.port < EnginePort::PORTS &&
	       std::any_of(config_.engines.begin(), config_.engines.end(),
	                   [&](const EngineConfig& engine) { return engine.id == port.engine; });
}

Graphs::Made RunningGraph::initialise() {
	for (const auto& engine : engines_) {
		Status status = engine->init();
		if (status != Status::Ok) {
			return {Status::Error, "engine " + std::to_string(engine->id()) + " (" + engine->name() + ") of graph " + std::to_string(id()) +
			                           " refuses to be initialised: " + words(status)};
		}
	}
	return fine();
}

void RunningGraph::run() {
	home().note(EventKind::GraphCreated, id(), Status::Ok);
	running_ = true;
	auto self = shared_from_this();
	std::shared_ptr<Graphs::Inside> inside = graphs_;
	for (const auto& engine : engines_) {
		teardown_.add(engine.get());
		{
			std::lock_guard<std::mutex> guard(inside->lock);
			inside->threads += engine->threads();
		}
		engine->start([self, inside]() mutable {
			self->teardown_.threadEnded();
			// What a thread holds of its graph goes before it counts as gone.
			self.reset();
			std::lock_guard<std::mutex> guard(inside->lock);
			inside->threads--;
			inside->changed.notify_all();
		});
		platform_.heap(engine->place()).note(EventKind::EngineStarted, id(), Status::Ok, engine->number());
	}
}

std::shared_ptr<EngineRuntime> RunningGraph::engine(uint32_t id) {
	auto found = std::find_if(engines_.begin(), engines_.end(), [=](const auto& engine) { return engine->id() == id; });
	return found == engines_.end() ? nullptr : *found;
}

std::shared_ptr<EngineRuntime> RunningGraph::engine(const EnginePort& port) {
	return isHere(port) ? engine(port.engine) : nullptr;
}

std::unique_ptr<Goal> RunningGraph::goal(const EnginePort& target) {
	if (!isHere(target)) {
		return nullptr;
	}
	for (const EngineConfig& config : config_.engines) {
		if (config.id == target.engine && !runsHere(config)) {
			return std::make_unique<RemoteGoal>(*graphs_->other, target, placeOf(config));
		}
	}
	return std::make_unique<QueueGoal>(engine(target.engine), target.port);
}

Status RunningGraph::bring(Place from, const std::vector<std::unique_ptr<Goal>>& goals, const std::string& name, const Message& message,
                           uint32_t timeOutMillis) {
	Delivery delivery(platform_, graphs_->transfer, graphs_->rules, from, name, message, timeOutMillis,
	                  [this] { return stopped_.load(); });
	return delivery.to(goals);
}

Status RunningGraph::send(const EnginePort& target, const std::string& name, const Message& message, uint32_t timeOutMillis) {
	if (stopped_) {
		return Status::GraphNotExist;
	}
	if (message == nullptr) {
		return Status::InvalidValue;
	}
	std::vector<std::unique_ptr<Goal>> goals;
	goals.push_back(goal(target));
	if (goals.back() == nullptr) {
		return Status::EngineNotExist;
	}
	return bring(platform_.callersPlace(), goals, name, message,
	             usual(timeOutMillis, platform_.settings().number(Setting::GraphSendTimeOut)));
}

Status RunningGraph::sendFrom(EngineRuntime& source, uint32_t port, const std::string& name, const Message& message,
                              uint32_t timeOutMillis) {
	EnginePort from{id(), source.id(), port};
	std::vector<std::unique_ptr<Goal>> goals;
	// Kept until the delivery is over.
	std::vector<std::shared_ptr<RunningGraph>> others;
	{
		std::lock_guard<std::mutex> guard(lock_);
		auto found = listeners_.find(from);
		if (found != listeners_.end()) {
			const Listener& listener = found->second;
			goals.push_back(std::make_unique<OutsideGoal>(listener.place, listener.engine, listener.receiver));
		}
	}
	auto targets = targets_.find(from);
	if (targets != targets_.end()) {
		for (const EnginePort& target : targets->second) {
			std::shared_ptr<RunningGraph> graph = target.graph == id() ? shared_from_this() : graphs_->graph(target.graph);
			if (graph == nullptr || graph->stopped_) {
				return Status::GraphNotExist;
			}
			goals.push_back(graph->goal(target));
			if (goals.back() == nullptr) {
				return Status::EngineNotExist;
			}
			others.push_back(graph);
		}
	}
	return goals.empty() ? Status::SrcPortNotExist : bring(source.place(), goals, name, message, timeOutMillis);
}

Status RunningGraph::receive(const EnginePort& source, Receiver receiver) {
	std::shared_ptr<EngineRuntime> found = engine(source);
	Place here = platform_.callersPlace();
	if (found == nullptr || (found->place() != here && platform_.settings().is(Setting::ReceiverOtherSide, "refuse"))) {
		return Status::PortIdError;
	}
	EngineRuntime* caller = EngineRuntime::current();
	std::lock_guard<std::mutex> guard(lock_);
	listeners_[source] = {here, caller == nullptr ? nullptr : caller->shared_from_this(), std::move(receiver)};
	return Status::Ok;
}

Status RunningGraph::stop() {
	if (stopped_.exchange(true)) {
		return Status::GraphNotExist;
	}
	platform_.pool().end(this);
	if (teardown_.run(uint32_t(platform_.settings().number(Setting::DestroyTimeOut)))) {
		return Status::Ok;
	}
	noteEnd(Status::DestroyTimeout);
	return Status::DestroyTimeout;
}

void RunningGraph::noteEnd(Status status) {
	for (const auto& engine : engines_) {
		platform_.heap(engine->place())
			.note(EventKind::EngineStopped, id(), engine->hasEnded() ? Status::Ok : Status::DestroyTimeout, engine->number());
	}
	home().note(EventKind::GraphDestroyed, id(), status);
}

/** The last thread has ended, maybe long after the time-out: what the engines hold goes, and the number is free. */
void RunningGraph::ended(std::vector<Teardown::Left>& left) {
	uint64_t dropped = 0;
	for (Teardown::Left& ofEngine : left) {
		for (Item& item : ofEngine.items) {
			EngineRuntime::drop(ofEngine.engine, item.message, item.made);
		}
		dropped += ofEngine.items.size();
	}
	for (const auto& engine : engines_) {
		engine->destroy();
	}
	if (dropped > 0) {
		home().note(EventKind::MessagesDropped, dropped, Status::Ok);
	}
	reportSurvivors();
	// Before the number is free: another graph that gets it begins after this one's end.
	noteEnd(Status::Ok);
	graphs_->leave(*this);
}

/** What came with messages and was given back by nobody: freed now, it would be freed without a graph. */
void RunningGraph::reportSurvivors() {
	size_t count = 0;
	uint64_t bytes = 0;
	KnownBlock first;
	for (const auto& engine : engines_) {
		for (const KnownBlock& block : engine->survivors()) {
			bytes += block.heap->sizeOf(block.pointer);
			first = count++ == 0 ? block : first;
		}
	}
	if (count == 0) {
		return;
	}
	char where[64];
	const Place place = first.heap->info().place;
	std::snprintf(where, sizeof where, "0x%" PRIxPTR " on %s", uintptr_t(first.pointer), place.side == Side::Host ? "host" : "device ");
	warn("graph " + std::to_string(id()) + " has ended, and nobody has given back " + std::to_string(count) +
	     " of the blocks that came to it, " + std::to_string(bytes) + " bytes in all; the first is the RECEIVED block of " +
	     std::to_string(first.heap->sizeOf(first.pointer)) + " bytes at " + where +
	     (place.side == Side::Host ? "" : std::to_string(place.device)));
}

} // namespace heaplens
