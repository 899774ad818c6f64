// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/graph_file.h"
#include "text_format.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace heaplens {
namespace {

/** The vendor's limit. */
constexpr size_t MOST_GRAPHS = 2048;
/** Far more than a graph.config has, and little enough to be held. */
constexpr uint64_t MOST_BYTES = 16ULL << 20;
constexpr uint32_t MOST_THREADS = 4096;
constexpr uint32_t MOST_IN_QUEUE = 1000000;
constexpr uint32_t DAY_MILLIS = 86400000;

// The documented keys, as the Java runtime's GraphSchema has them.
extern const MessageType ITEM;
const FieldRule ITEM_FIELDS[] = {
	{"name", FieldType::String, false, nullptr}, {"value", FieldType::String, false, nullptr}, {"sub_items", FieldType::Message, true, &ITEM}};
const MessageType ITEM{"Item", ITEM_FIELDS, 3};
const FieldRule CONFIG_FIELDS[] = {{"items", FieldType::Message, true, &ITEM}};
const MessageType CONFIG{"Config", CONFIG_FIELDS, 1};
const FieldRule ENGINE_FIELDS[] = {{"id", FieldType::Uint32, false, nullptr},
                                   {"engine_name", FieldType::String, false, nullptr},
                                   {"side", FieldType::Side, false, nullptr},
                                   {"so_name", FieldType::String, true, nullptr},
                                   {"thread_num", FieldType::Uint32, false, nullptr},
                                   {"thread_priority", FieldType::Uint32, false, nullptr},
                                   {"queue_size", FieldType::Uint32, false, nullptr},
                                   {"ai_config", FieldType::Message, false, &CONFIG},
                                   {"ai_model", FieldType::Opaque, true, nullptr},
                                   {"oam_config", FieldType::Opaque, false, nullptr},
                                   {"internal_so_name", FieldType::String, true, nullptr},
                                   {"wait_inputdata_max_time", FieldType::Uint32, false, nullptr},
                                   {"is_repeat_timeout_flag", FieldType::Bool, false, nullptr},
                                   {"holdModelFileFlag", FieldType::Bool, false, nullptr},
                                   {"receive_memory_without_dvpp", FieldType::Bool, false, nullptr}};
const MessageType ENGINE{"Engine", ENGINE_FIELDS, std::size(ENGINE_FIELDS)};
const FieldRule CONNECTION_FIELDS[] = {{"src_engine_id", FieldType::Uint32, false, nullptr},
                                       {"src_port_id", FieldType::Uint32, false, nullptr},
                                       {"target_graph_id", FieldType::Uint32, false, nullptr},
                                       {"target_engine_id", FieldType::Uint32, false, nullptr},
                                       {"target_port_id", FieldType::Uint32, false, nullptr}};
const MessageType CONNECTION{"Connection", CONNECTION_FIELDS, std::size(CONNECTION_FIELDS)};

/** The vendor's documents have the number of the device in quotes; without them it is read all the same. */
struct Schema {
	explicit Schema(FieldType deviceId)
		: fields{{"graph_id", FieldType::Uint32, false, nullptr},
	             {"priority", FieldType::Int32, false, nullptr},
	             {"device_id", deviceId, false, nullptr},
	             {"engines", FieldType::Message, true, &ENGINE},
	             {"connects", FieldType::Message, true, &CONNECTION}},
		  graph{"Graph", fields, std::size(fields)}, top{{"graphs", FieldType::Message, true, &graph}}, file{"File", top, 1} {}

	const FieldRule fields[5];
	const MessageType graph;
	const FieldRule top[1];
	const MessageType file;
};

std::string advice(const std::string& said) {
	if (said.find("Enum type") != std::string::npos) {
		return "write side: HOST or side: DEVICE";
	}
	if (said.find("cannot be overwritten") != std::string::npos) {
		return "remove one of the two";
	}
	if (said.rfind("Expected string", 0) == 0) {
		return "put the value in double quotes";
	}
	if (said.rfind("Expected integer", 0) == 0 || said.find("parse integer") != std::string::npos) {
		return "write a whole number, without quotes";
	}
	return "write KEY: VALUE, or KEY { ... } for a group, and close each { with a }";
}

/** A group, with the places where its keys are. */
class Node {
public:
	explicit Node(const TextGroup& group) : group_(group) {}

	bool has(const char* key) const { return group_.find(key) != nullptr; }
	std::vector<Node> groups(const char* key) const {
		std::vector<Node> result;
		for (const TextGroup::Field& field : group_.fields) {
			for (const TextGroup& group : field.groups) {
				if (field.name == key) {
					result.emplace_back(group);
				}
			}
		}
		return result;
	}
	std::string text(const char* key) const {
		const TextGroup::Field* field = group_.find(key);
		return field == nullptr ? "" : field->value;
	}
	std::vector<std::string> texts(const char* key) const {
		std::vector<std::string> result;
		for (const TextGroup::Field& field : group_.fields) {
			if (field.name == key) {
				result.push_back(field.value);
			}
		}
		return result;
	}
	uint32_t id(const char* key) const { return has(key) ? uint32_t(std::stoul(text(key))) : 0; }
	/** A number in a range. @param usual if the key is not there */
	uint32_t number(const char* key, uint32_t least, uint32_t most, uint32_t usual) const {
		uint32_t value = has(key) ? id(key) : usual;
		if (has(key) && (value < least || value > most)) {
			throw problem(key, std::string(key) + " is " + std::to_string(value) + "; it has to be from " + std::to_string(least) + " to " +
			                       std::to_string(most));
		}
		return value;
	}
	bool flag(const char* key) const { return text(key) == "true"; }
	/** A problem with a key, or with the group if the key is not there. */
	TextProblem problem(const char* key, const std::string& what) const { return {place(key), what}; }
	TextPlace place(const char* key) const { return has(key) ? group_.find(key)->place : group_.place; }
	const TextGroup& group() const { return group_; }

private:
	const TextGroup& group_;
};

std::string at(const std::string& path, TextPlace place) {
	return path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": ";
}

class Reader {
public:
	Reader(const std::string& path, GraphFile& file) : path_(path), file_(file) {}

	void graphs(const TextGroup& root) {
		Node top(root);
		for (const Node& node : top.groups("graphs")) {
			if (file_.graphs.size() == MOST_GRAPHS) {
				throw node.problem("graph_id",
				                   "there are more than " + std::to_string(MOST_GRAPHS) + " graphs; spread them over several files");
			}
			GraphConfig graph = this->graph(node);
			if (std::any_of(file_.graphs.begin(), file_.graphs.end(), [&](const GraphConfig& other) { return other.id == graph.id; })) {
				throw node.problem("graph_id", "there is a graph " + std::to_string(graph.id) +
				                                   " in this file already; give this one another graph_id");
			}
			file_.graphs.push_back(std::move(graph));
		}
		if (file_.graphs.empty()) {
			throw top.problem("graphs",
			                  "there is no graph in this file; write graphs { graph_id: 1 engines { ... } connects { ... } }");
		}
	}

private:
	void warn(TextPlace place, const std::string& what) { file_.warnings.push_back(at(path_, place) + what); }

	GraphConfig graph(const Node& node) {
		GraphConfig graph;
		graph.id = node.id("graph_id");
		if (!node.has("graph_id")) {
			warn(node.place("graph_id"), "this graph has no graph_id; taking 0");
		}
		for (const Node& engine : node.groups("engines")) {
			EngineConfig config = this->engine(engine);
			if (find(graph, config.id)) {
				throw engine.problem("id", "there is an engine " + std::to_string(config.id) +
				                               " in this graph already; give this one another id");
			}
			graph.engines.push_back(std::move(config));
		}
		for (const Node& connection : node.groups("connects")) {
			graph.connections.push_back(this->connection(connection, graph));
		}
		graph.device = device(node);
		return graph;
	}

	static bool find(const GraphConfig& graph, uint32_t engine) {
		return std::any_of(graph.engines.begin(), graph.engines.end(), [=](const EngineConfig& one) { return one.id == engine; });
	}

	static uint32_t device(const Node& node) {
		std::string text = node.text("device_id");
		text.erase(0, text.find_first_not_of(" \t\r\n"));
		text.erase(text.find_last_not_of(" \t\r\n") + 1);
		if (text.empty()) {
			return 0;
		}
		if (text.size() > 2 || text.find_first_not_of("0123456789") != std::string::npos || std::stoul(text) > 63) {
			throw node.problem("device_id", "device_id is \"" + text + "\"; it has to be a number from 0 to 63");
		}
		return uint32_t(std::stoul(text));
	}

	EngineConfig engine(const Node& node) {
		EngineConfig engine;
		engine.name = node.text("engine_name");
		if (!node.has("id") || engine.name.empty()) {
			throw node.problem("id", "an engine needs an id and an engine_name; add what is missing");
		}
		if (!node.has("thread_num")) {
			warn(node.place("id"), "engine " + node.text("id") + " has no thread_num; taking 1");
		}
		engine.id = node.id("id");
		engine.where = at(path_, node.place("engine_name"));
		engine.side = node.text("side") == "HOST" ? Side::Host : Side::Device;
		engine.threads = node.number("thread_num", 1, MOST_THREADS, 1);
		engine.queueSize = node.number("queue_size", 1, MOST_IN_QUEUE, EngineConfig::USUAL_QUEUE_SIZE);
		engine.quietMillis = node.number("wait_inputdata_max_time", 0, DAY_MILLIS, 0);
		engine.repeatsQuiet = node.flag("is_repeat_timeout_flag");
		engine.receivesForDvpp = node.has("receive_memory_without_dvpp") && !node.flag("receive_memory_without_dvpp");
		engine.libraries = node.texts("so_name");
		for (const std::string& internal : node.texts("internal_so_name")) {
			engine.libraries.push_back(internal);
		}
		for (const Node& config : node.groups("ai_config")) {
			engine.items = items(config, "items");
		}
		for (const Node& model : node.groups("ai_model")) {
			engine.models.push_back(values(model.group()));
		}
		return engine;
	}

	std::vector<ConfigItem> items(const Node& node, const char* key) {
		std::vector<ConfigItem> result;
		for (const Node& item : node.groups(key)) {
			ConfigItem made{item.text("name"), item.text("value"), items(item, "sub_items")};
			auto same = std::find_if(result.begin(), result.end(), [&](const ConfigItem& other) { return other.name == made.name; });
			if (same != result.end() && made.under.empty() && same->under.empty()) {
				warn(item.place("name"), "there is an item \"" + made.name + "\" already; taking this one");
				*same = std::move(made);
			} else {
				result.push_back(std::move(made));
			}
		}
		return result;
	}

	/** A group of which nothing is known. */
	static std::vector<ConfigItem> values(const TextGroup& group) {
		std::vector<ConfigItem> result;
		for (const TextGroup::Field& field : group.fields) {
			ConfigItem item{field.name, field.value, {}};
			for (const TextGroup& under : field.groups) {
				std::vector<ConfigItem> inner = values(under);
				item.under.insert(item.under.end(), inner.begin(), inner.end());
			}
			result.push_back(std::move(item));
		}
		return result;
	}

	static Connection connection(const Node& node, const GraphConfig& graph) {
		uint32_t targetGraph = node.has("target_graph_id") ? node.id("target_graph_id") : graph.id;
		check(node, "src_engine_id", graph);
		if (targetGraph == graph.id) {
			check(node, "target_engine_id", graph);
		}
		constexpr uint32_t LAST_PORT = EnginePort::PORTS - 1;
		return {{graph.id, node.id("src_engine_id"), node.number("src_port_id", 0, LAST_PORT, 0)},
		        {targetGraph, node.id("target_engine_id"), node.number("target_port_id", 0, LAST_PORT, 0)}};
	}

	static void check(const Node& connection, const char* key, const GraphConfig& graph) {
		if (find(graph, connection.id(key))) {
			return;
		}
		std::string engines;
		for (const EngineConfig& engine : graph.engines) {
			engines += (engines.empty() ? "" : ", ") + std::to_string(engine.id);
		}
		throw connection.problem(key, std::string(key) + " is " + std::to_string(connection.id(key)) +
		                                  ", but this graph has no such engine; it has " + engines);
	}

	const std::string& path_;
	GraphFile& file_;
};

/** The vendor's documents have quotes around the number of the device; without them it is read all the same. */
TextGroup parseEither(const std::string& text, std::vector<std::string>& unknown) {
	static const Schema QUOTED(FieldType::String);
	static const Schema PLAIN(FieldType::Uint32);
	try {
		return parseText(text, QUOTED.file, unknown);
	} catch (const TextProblem& quoted) {
		unknown.clear();
		try {
			return parseText(text, PLAIN.file, unknown);
		} catch (const TextProblem& plain) {
			// Whichever came further knows better what is wrong.
			const TextProblem& further = quoted.place < plain.place ? plain : quoted;
			std::string said = further.what();
			std::string without = said.back() == '.' ? said.substr(0, said.size() - 1) : said;
			throw TextProblem(further.place, without + "; " + advice(said));
		}
	}
}

} // namespace

GraphFile GraphFile::parse(const std::string& path, const std::string& text) {
	GraphFile file;
	// A byte order mark is no part of the text, but editors write it.
	std::string bare = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? text.substr(3) : text;
	try {
		std::vector<std::string> unknown;
		TextGroup root = parseEither(bare, unknown);
		for (const std::string& line : unknown) {
			file.warnings.push_back(path + ":" + line);
		}
		Reader(path, file).graphs(root);
	} catch (const TextProblem& problem) {
		file.graphs.clear();
		file.problem = at(path, problem.place) + problem.what();
	}
	return file;
}

GraphFile GraphFile::read(const std::string& path) {
	std::ifstream stream(path, std::ios::binary | std::ios::ate);
	GraphFile file;
	if (!stream) {
		file.problem = path + " cannot be read: " + std::strerror(errno);
		return file;
	}
	auto size = uint64_t(stream.tellg());
	if (size > MOST_BYTES) {
		file.problem = path + ":1:1: this is no graph.config: it has " + std::to_string(size) + " bytes";
		return file;
	}
	stream.seekg(0);
	std::ostringstream text;
	text << stream.rdbuf();
	return parse(path, text.str());
}

} // namespace heaplens
