// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/engine_body.h"
#include "heaplens/graph/graph_config.h"
#include "hiaiengine/engine.h"
#include "hiaiengine/graph_config.h"

#include <memory>
#include <string>
#include <vector>

/** What connects an engine of the application to its graph. */
class hiai::Engine::Link {
public:
	Link(uint32_t ofGraph, uint32_t number, std::string called, std::shared_ptr<heaplens::Outlet> to)
		: graph(ofGraph), id(number), name(std::move(called)), outlet(std::move(to)) {}

	const uint32_t graph;
	const uint32_t id;
	const std::string name;
	const std::shared_ptr<heaplens::Outlet> outlet;
};

namespace heaplens {

/** An engine of the application, as the runtime sees it. */
class ApiEngine final : public EngineBody {
public:
	ApiEngine(std::shared_ptr<hiai::Engine> engine, uint32_t graph, uint32_t id, std::string name)
		: engine_(std::move(engine)), graph_(graph), id_(id), name_(std::move(name)) {}

	void connect(const std::shared_ptr<Outlet>& outlet) override;
	Status init(const std::vector<ConfigItem>& items, const std::vector<std::vector<ConfigItem>>& models) override;
	Status process(uint32_t port, const Message& message) override;
	Status quiet() override;

	const std::shared_ptr<hiai::Engine>& engine() const { return engine_; }

	/** Makes an engine of that name, if there is one. */
	static EngineMaker maker(const std::string& name, uint32_t graph, uint32_t id);

private:
	const std::shared_ptr<hiai::Engine> engine_;
	const uint32_t graph_;
	const uint32_t id_;
	const std::string name_;
};

/** A receiver of the application, as the runtime sees it. */
Receiver receiverOf(const std::shared_ptr<hiai::DataRecvInterface>& interface);

/** What the file says, as the API has it, and the other way round. */
void write(const std::vector<ConfigItem>& items, hiai::AIConfig& config);
void write(const std::vector<ConfigItem>& items, hiai::AIModelDescription& model);
void write(const GraphConfig& graph, hiai::GraphConfig& config);
/** @param problem what cannot be; empty if nothing */
GraphConfig read(const hiai::GraphConfig& config, std::string& problem);

} // namespace heaplens
