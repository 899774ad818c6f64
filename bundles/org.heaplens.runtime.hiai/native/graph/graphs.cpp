// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/graphs.h"
#include "other_process.h"
#include "running_graph.h"

namespace heaplens {

std::shared_ptr<RunningGraph> Graphs::Inside::graph(uint32_t id) {
	std::lock_guard<std::mutex> guard(lock);
	auto found = graphs.find(id);
	return found == graphs.end() ? nullptr : found->second;
}

bool Graphs::Inside::enter(const std::shared_ptr<RunningGraph>& graph) {
	{
		std::lock_guard<std::mutex> guard(lock);
		if (!graphs.emplace(graph->id(), graph).second) {
			return false;
		}
	}
	platform.pool().begin(graph.get());
	return true;
}

void Graphs::Inside::leave(const RunningGraph& graph) {
	std::shared_ptr<RunningGraph> gone;
	{
		std::lock_guard<std::mutex> guard(lock);
		auto found = graphs.find(graph.id());
		if (found != graphs.end() && found->second.get() == &graph) {
			gone = std::move(found->second);
			graphs.erase(found);
		}
	}
	platform.pool().ended(&graph);
}

Graphs::Graphs(Platform& platform, const MessageTypes& types) : platform_(platform), inside_(std::make_shared<Inside>(platform, types)) {}

Graphs::~Graphs() {
	for (uint32_t graph : numbers()) {
		destroy(graph);
	}
	std::unique_lock<std::mutex> guard(inside_->lock);
	inside_->changed.wait(guard, [this] { return inside_->threads == 0; });
}

Graphs& Graphs::ofProcess() {
	// Threads of engines may be inside when the process ends.
	static Graphs& graphs = *new Graphs(Platform::ofProcess(), MessageTypes::ofProcess());
	return graphs;
}

Graphs::Made Graphs::create(const GraphConfig& config, const std::string& folder) {
	auto graph = std::make_shared<RunningGraph>(config, inside_);
	if (!inside_->enter(graph)) {
		return {Status::InvalidValue, "there is a graph " + std::to_string(config.id) +
		                                  " already, or one whose engines have not returned; destroy it first or choose another number"};
	}
	bool first = inside_->other != nullptr && inside_->side == Side::Host;
	Made there = first ? inside_->other->create(config, folder) : Made{Status::Ok, ""};
	if (there.status != Status::Ok) {
		inside_->leave(*graph);
		return there;
	}
	Made here = graph->start();
	if (first && here.status != Status::Ok) {
		inside_->other->destroy(config.id);
	}
	return here;
}

bool Graphs::runs(Side side) const {
	return inside_->other == nullptr || inside_->side == side;
}

std::shared_ptr<RunningGraph> Graphs::find(uint32_t graph) {
	std::shared_ptr<RunningGraph> found = inside_->graph(graph);
	return found != nullptr && found->isThere() ? found : nullptr;
}

Status Graphs::destroy(uint32_t graph) {
	std::shared_ptr<RunningGraph> found = find(graph);
	if (found == nullptr) {
		return Status::GraphNotExist;
	}
	// The device first: what it still sends finds the host's part.
	Status there = inside_->other != nullptr && inside_->side == Side::Host ? inside_->other->destroy(graph) : Status::Ok;
	Status here = found->stop();
	return here == Status::Ok && there == Status::DestroyTimeout ? there : here;
}

bool Graphs::exists(uint32_t graph) {
	return find(graph) != nullptr;
}

std::vector<uint32_t> Graphs::numbers() {
	std::vector<uint32_t> result;
	std::lock_guard<std::mutex> guard(inside_->lock);
	for (const auto& [number, graph] : inside_->graphs) {
		if (graph->isThere()) {
			result.push_back(number);
		}
	}
	return result;
}

uint32_t Graphs::device(uint32_t graph) {
	std::shared_ptr<RunningGraph> found = inside_->graph(graph);
	return found == nullptr ? 0 : found->device();
}

std::shared_ptr<EngineBody> Graphs::engine(uint32_t graph, uint32_t id) {
	std::shared_ptr<RunningGraph> found = find(graph);
	std::shared_ptr<EngineRuntime> engine = found == nullptr ? nullptr : found->engine(id);
	return engine == nullptr ? nullptr : engine->body();
}

Status Graphs::send(const EnginePort& target, const std::string& name, const Message& message, uint32_t timeOutMillis) {
	std::shared_ptr<RunningGraph> found = find(target.graph);
	return found == nullptr ? Status::GraphNotExist : found->send(target, name, message, timeOutMillis);
}

Status Graphs::receive(const EnginePort& source, Receiver receiver) {
	std::shared_ptr<RunningGraph> found = find(source.graph);
	return found == nullptr ? Status::PortIdError : found->receive(source, std::move(receiver));
}

} // namespace heaplens
