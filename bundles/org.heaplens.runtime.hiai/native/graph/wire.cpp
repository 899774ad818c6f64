// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "wire.h"

namespace heaplens {
namespace {

void write(Writer& writer, const std::vector<ConfigItem>& items) {
	writer.number(items.size());
	for (const ConfigItem& item : items) {
		writer.text(item.name).text(item.value);
		write(writer, item.under);
	}
}

std::vector<ConfigItem> readItems(Reader& reader) {
	std::vector<ConfigItem> items;
	for (uint64_t left = reader.number(); left > 0; left--) {
		ConfigItem item{reader.text(), "", {}};
		item.value = reader.text();
		item.under = readItems(reader);
		items.push_back(std::move(item));
	}
	return items;
}

void write(Writer& writer, const EngineConfig& engine) {
	writer.number(engine.id).text(engine.name).text(engine.where).number(uint64_t(engine.side)).number(engine.threads);
	writer.number(engine.queueSize).number(engine.quietMillis).number(engine.repeatsQuiet).number(engine.receivesForDvpp);
	write(writer, engine.items);
	writer.number(engine.models.size());
	for (const auto& model : engine.models) {
		write(writer, model);
	}
	writer.number(engine.libraries.size());
	for (const std::string& library : engine.libraries) {
		writer.text(library);
	}
}

EngineConfig readEngine(Reader& reader) {
	EngineConfig engine;
	engine.id = uint32_t(reader.number());
	engine.name = reader.text();
	engine.where = reader.text();
	engine.side = Side(reader.number());
	engine.threads = uint32_t(reader.number());
	engine.queueSize = uint32_t(reader.number());
	engine.quietMillis = uint32_t(reader.number());
	engine.repeatsQuiet = reader.number() != 0;
	engine.receivesForDvpp = reader.number() != 0;
	engine.items = readItems(reader);
	for (uint64_t left = reader.number(); left > 0; left--) {
		engine.models.push_back(readItems(reader));
	}
	for (uint64_t left = reader.number(); left > 0; left--) {
		engine.libraries.push_back(reader.text());
	}
	return engine;
}

} // namespace

void write(Writer& writer, const GraphConfig& graph) {
	writer.number(graph.id).number(graph.device).number(graph.engines.size());
	for (const EngineConfig& engine : graph.engines) {
		write(writer, engine);
	}
	writer.number(graph.connections.size());
	for (const Connection& connection : graph.connections) {
		writer.port(connection.source).port(connection.target);
	}
}

GraphConfig readGraph(Reader& reader) {
	GraphConfig graph;
	graph.id = uint32_t(reader.number());
	graph.device = uint32_t(reader.number());
	for (uint64_t left = reader.number(); left > 0; left--) {
		graph.engines.push_back(readEngine(reader));
	}
	for (uint64_t left = reader.number(); left > 0; left--) {
		EnginePort source = reader.port();
		graph.connections.push_back({source, reader.port()});
	}
	return graph;
}

} // namespace heaplens
