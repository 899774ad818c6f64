// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "api_engine.h"
#include "google/protobuf/text_format.h"
#include "heaplens/graph/graph_file.h"
#include "heaplens/platform.h"

#include <cstdio>

namespace {

/** Writes fields as protobuf's text format has them: those that are there, groups in braces. */
class Text {
public:
	explicit Text(std::string& out) : out_(out) {}

	void number(const char* name, int64_t value) { line(name, ": " + std::to_string(value)); }
	void flag(const char* name, bool value) { line(name, value ? ": true" : ": false"); }
	void word(const char* name, const char* value) { line(name, std::string(": ") + value); }
	void text(const char* name, const std::string& value) {
		if (!value.empty()) {
			line(name, ": \"" + escaped(value) + "\"");
		}
	}
	template <typename Message>
	void group(const char* name, const Message& message) {
		line(name, " {");
		depth_++;
		write(message);
		depth_--;
		line("}", "");
	}
	template <typename Messages>
	void groups(const char* name, const Messages& messages) {
		for (const auto& message : messages) {
			group(name, message);
		}
	}
	template <typename Texts>
	void texts(const char* name, const Texts& texts) {
		for (const std::string& one : texts) {
			line(name, ": \"" + escaped(one) + "\"");
		}
	}
	void write(const hiai::GraphConfig& graph);

private:
	void write(const hiai::EngineConfig& engine);
	void write(const hiai::ConnectConfig& connection);
	void write(const hiai::AIModelDescription& model);
	void write(const hiai::AIConfig& config) { groups("items", config.items()); }
	void write(const hiai::AIConfigItem& item) {
		text("name", item.name());
		text("value", item.value());
		groups("sub_items", item.sub_items());
	}
	void line(const char* name, const std::string& rest) { out_ += std::string(2 * depth_, ' ') + name + rest + "\n"; }
	static std::string escaped(const std::string& text);

	std::string& out_;
	size_t depth_ = 0;
};

std::string Text::escaped(const std::string& text) {
	std::string result;
	for (char c : text) {
		if (c == '"' || c == '\\' || c == '\'') {
			result += '\\';
			result += c;
		} else if (c == '\n') {
			result += "\\n";
		} else if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~') {
			char octal[8];
			std::snprintf(octal, sizeof octal, "\\%03o", static_cast<unsigned char>(c));
			result += octal;
		} else {
			result += c;
		}
	}
	return result;
}

#define IF_THERE(message, field)                                                                                                           \
	if ((message).has_##field()) {                                                                                                         \
		number(#field, (message).field());                                                                                                 \
	}

void Text::write(const hiai::GraphConfig& graph) {
	IF_THERE(graph, graph_id)
	IF_THERE(graph, priority)
	text("device_id", graph.device_id());
	groups("engines", graph.engines());
	groups("connects", graph.connects());
}

void Text::write(const hiai::EngineConfig& engine) {
	IF_THERE(engine, id)
	text("engine_name", engine.engine_name());
	if (engine.has_side()) {
		word("side", engine.side() == hiai::EngineConfig_RunSide_HOST ? "HOST" : "DEVICE");
	}
	texts("so_name", engine.so_name());
	IF_THERE(engine, thread_num)
	IF_THERE(engine, thread_priority)
	IF_THERE(engine, queue_size)
	if (engine.has_ai_config()) {
		group("ai_config", engine.ai_config());
	}
	groups("ai_model", engine.ai_model());
	texts("internal_so_name", engine.internal_so_name());
	IF_THERE(engine, wait_inputdata_max_time)
	if (engine.has_is_repeat_timeout_flag()) {
		flag("is_repeat_timeout_flag", engine.is_repeat_timeout_flag());
	}
	if (engine.has_holdmodelfileflag()) {
		flag("holdModelFileFlag", engine.holdmodelfileflag());
	}
	if (engine.has_receive_memory_without_dvpp()) {
		flag("receive_memory_without_dvpp", engine.receive_memory_without_dvpp());
	}
}

void Text::write(const hiai::ConnectConfig& connection) {
	IF_THERE(connection, src_engine_id)
	IF_THERE(connection, src_port_id)
	IF_THERE(connection, target_graph_id)
	IF_THERE(connection, target_engine_id)
	IF_THERE(connection, target_port_id)
}

void Text::write(const hiai::AIModelDescription& model) {
	text("name", model.name());
	text("type", model.type());
	text("version", model.version());
	if (model.size() != 0) {
		number("size", model.size());
	}
	text("path", model.path());
	texts("sub_path", model.sub_path());
	text("key", model.key());
	texts("sub_key", model.sub_key());
	if (model.frequency() != 0) {
		number("frequency", model.frequency());
	}
	if (model.device_frequency() != 0) {
		number("device_frequency", model.device_frequency());
	}
}

} // namespace

namespace google {
namespace protobuf {

bool TextFormat::PrintToString(const hiai::GraphConfigList& message, std::string* output) {
	if (output == nullptr) {
		return false;
	}
	output->clear();
	Text(*output).groups("graphs", message.graphs());
	return true;
}

bool TextFormat::ParseFromString(const std::string& input, hiai::GraphConfigList* output) {
	if (output == nullptr) {
		return false;
	}
	output->Clear();
	heaplens::GraphFile file = heaplens::GraphFile::parse("graph", input);
	for (const std::string& warning : file.warnings) {
		heaplens::warn(warning);
	}
	if (!file.problem.empty()) {
		heaplens::warn(file.problem);
		return false;
	}
	for (const heaplens::GraphConfig& graph : file.graphs) {
		heaplens::write(graph, *output->add_graphs());
	}
	return true;
}

} // namespace protobuf
} // namespace google
