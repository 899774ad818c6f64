// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "api_engine.h"
#include "heaplens/settings.h"

#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace {

struct Makers {
	std::mutex lock;
	std::unordered_map<std::string, hiai::EngineFactory::Maker> byName;
};

/** Never destroyed: libraries register in static constructors. */
Makers& makers() {
	static Makers* known = new Makers;
	return *known;
}

HIAI_StatusT code(heaplens::Status status) {
	return static_cast<HIAI_StatusT>(status);
}

} // namespace

namespace hiai {

Engine::Engine() = default;
Engine::~Engine() = default;

void Engine::HiaiConnect(const std::shared_ptr<Link>& link) {
	link_ = link;
}

HIAI_StatusT Engine::SendData(const uint32_t portId, const std::string& messageName, const std::shared_ptr<void>& dataPtr) {
	return SendData(portId, messageName, dataPtr, heaplens::Outlet::USUAL_TIME_OUT);
}

HIAI_StatusT Engine::SendData(const uint32_t portId, const std::string& messageName, const std::shared_ptr<void>& dataPtr,
                              const uint32_t timeOut) {
	return link_ == nullptr ? HIAI_GRAPH_ENGINE_NOT_EXIST : code(link_->outlet->send(portId, messageName, dataPtr, timeOut));
}

HIAI_StatusT Engine::SetDataRecvFunctor(const uint32_t portId, const std::shared_ptr<DataRecvInterface>& dataRecv) {
	if (dataRecv == nullptr) {
		return HIAI_ENGINE_NULL_POINTER;
	}
	return link_ == nullptr ? HIAI_GRAPH_ENGINE_NOT_EXIST : code(link_->outlet->receive(portId, heaplens::receiverOf(dataRecv)));
}

uint32_t Engine::GetQueueMaxSize() const {
	return link_ == nullptr ? 0 : link_->outlet->queueSize();
}

uint32_t Engine::GetQueueCurrentSize(const uint32_t portId) const {
	return link_ == nullptr ? 0 : link_->outlet->waiting(portId);
}

uint32_t Engine::GetGraphId() const {
	return link_ == nullptr ? 0 : link_->graph;
}

uint32_t Engine::GetEngineId() const {
	return link_ == nullptr ? 0 : link_->id;
}

const std::string& Engine::GetEngineName() const {
	static const std::string none;
	return link_ == nullptr ? none : link_->name;
}

HIAI_StatusT EngineFactory::Register(const std::string& name, Maker maker) {
	if (maker == nullptr) {
		return HIAI_ENGINE_FUNCTOR_NULL;
	}
	std::lock_guard<std::mutex> held(makers().lock);
	return makers().byName.emplace(name, maker).second ? HIAI_OK : HIAI_ENGINE_FUNCTOR_EXIST;
}

} // namespace hiai

namespace heaplens {

EngineMaker ApiEngine::maker(const std::string& name, uint32_t graph, uint32_t id) {
	std::lock_guard<std::mutex> held(makers().lock);
	auto found = makers().byName.find(name);
	if (found == makers().byName.end()) {
		return nullptr;
	}
	return [make = found->second, name, graph, id]() -> std::shared_ptr<EngineBody> {
		std::shared_ptr<hiai::Engine> engine(make());
		if (engine == nullptr) {
			throw std::runtime_error("no memory for an engine " + name);
		}
		return std::make_shared<ApiEngine>(engine, graph, id, name);
	};
}

void ApiEngine::connect(const std::shared_ptr<Outlet>& outlet) {
	engine_->HiaiConnect(std::make_shared<hiai::Engine::Link>(graph_, id_, name_, outlet));
}

Status ApiEngine::init(const std::vector<ConfigItem>& items, const std::vector<std::vector<ConfigItem>>& models) {
	hiai::AIConfig parameters;
	write(items, parameters);
	std::vector<hiai::AIModelDescription> descriptions;
	for (const std::vector<ConfigItem>& model : models) {
		descriptions.emplace_back();
		write(model, descriptions.back());
	}
	return Status(engine_->Init(parameters, descriptions));
}

Status ApiEngine::process(uint32_t port, const Message& message) {
	if (port >= engine_->HiaiInputPorts()) {
		warn("engine " + std::to_string(id_) + " of graph " + std::to_string(graph_) + " got a message at port " + std::to_string(port) +
		     ", but HIAI_DEFINE_PROCESS gives it " + std::to_string(engine_->HiaiInputPorts()) + ", counted from 0; it is lost");
		return Status(HIAI_ENGINE_RUN_ARGS_NOT_RIGHT);
	}
	std::shared_ptr<void> messages[hiai::HIAI_MAX_PORTS];
	messages[port] = message;
	return Status(engine_->HiaiRun(messages));
}

Status ApiEngine::quiet() {
	std::shared_ptr<void> nothing[hiai::HIAI_MAX_PORTS];
	return Status(engine_->HiaiRun(nothing));
}

Receiver receiverOf(const std::shared_ptr<hiai::DataRecvInterface>& interface) {
	return [interface](const Message& message) { return Status(interface->RecvData(message)); };
}

} // namespace heaplens
