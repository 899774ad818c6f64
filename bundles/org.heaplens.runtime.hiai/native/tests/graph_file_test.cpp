// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/graph_file.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace heaplens {
namespace {

GraphFile parse(const std::string& text) {
	return GraphFile::parse("graph.config", text);
}

TEST(GraphFileText, EveryDocumentedKeyIsRead) {
	GraphFile file = parse(R"(# a comment
graphs {
  graph_id: 100
  priority: 1
  device_id: "1"   # in quotes, as the vendor's documents have it
  engines: {
    id: 1
    engine_name: "Source"
    side: HOST
    thread_num: 3
    thread_priority: 20
    queue_size: 7
    so_name: "./libHost.so"
    so_name: './libMore.so'
    internal_so_name: "libInternal.so"
    ai_config {
      items { name: "path" value: "a" "b" }
      items { name: "tree" sub_items { name: "leaf" value: "gr\145en" } }
    }
    ai_model { name: "model" type: "caffe" sub { deep: 1 } }
    oam_config { dump_list: "all" }
    wait_inputdata_max_time: 1500
    is_repeat_timeout_flag: 1
    holdModelFileFlag: true
    receive_memory_without_dvpp: 0
  }
  engines { id: 0x2 engine_name: "Sink" side: DEVICE thread_num: 1 }
  connects { src_engine_id: 1 src_port_id: 2 target_engine_id: 2 target_port_id: 15 }
  connects: { src_engine_id: 2 src_port_id: 0 target_graph_id: 200 target_engine_id: 9 target_port_id: 1 };
}
graphs { graph_id: 200, engines < id: 9 engine_name: "Sink" thread_num: 1 > }
)");
	ASSERT_EQ(file.problem, "");
	EXPECT_TRUE(file.warnings.empty());
	ASSERT_EQ(file.graphs.size(), 2U);
	const GraphConfig& first = file.graphs[0];
	EXPECT_EQ(first.id, 100U);
	EXPECT_EQ(first.device, 1U);
	const EngineConfig& source = first.engines[0];
	EXPECT_EQ(source.name, "Source");
	EXPECT_EQ(source.side, Side::Host);
	EXPECT_EQ(source.threads, 3U);
	EXPECT_EQ(source.queueSize, 7U);
	EXPECT_EQ(source.quietMillis, 1500U);
	EXPECT_TRUE(source.repeatsQuiet && source.receivesForDvpp);
	EXPECT_EQ(source.libraries, (std::vector<std::string>{"./libHost.so", "./libMore.so", "libInternal.so"}));
	EXPECT_EQ(source.items[0].value, "ab");
	EXPECT_EQ(source.items[1].under[0].value, "green");
	ASSERT_EQ(source.models.size(), 1U);
	EXPECT_EQ(source.models[0][1].value, "caffe");
	EXPECT_EQ(first.engines[1].id, 2U);
	EXPECT_EQ(first.engines[1].queueSize, EngineConfig::USUAL_QUEUE_SIZE);
	ASSERT_EQ(first.connections.size(), 2U);
	EXPECT_EQ(first.connections[0].target, (EnginePort{100, 2, 15}));
	EXPECT_EQ(first.connections[1].target, (EnginePort{200, 9, 1}));
	EXPECT_EQ(file.graphs[1].engines[0].side, Side::Device);
}

TEST(GraphFileText, WhatIsNotDocumentedIsIgnoredAndSaid) {
	GraphFile file = parse("graphs {\n  graph_id: 1\n  colour: \"red\"\n  engines { id: 1 engine_name: \"Sink\" speed { high: 1 } }\n}\n");
	EXPECT_EQ(file.problem, "");
	EXPECT_EQ(file.warnings, (std::vector<std::string>{"graph.config:3:3: colour is no key of graph that is documented; it is ignored",
	                                                   "graph.config:4:39: speed is no key of engine that is documented; it is ignored",
	                                                   "graph.config:4:13: engine 1 has no thread_num; taking 1"}));
}

TEST(GraphFileText, AnItemThatIsNamedTwiceIsSaid) {
	GraphFile file = parse("graphs { graph_id: 1 engines { id: 1 engine_name: \"Sink\" thread_num: 1 ai_config {\n"
	                       "  items { name: \"a\" value: \"1\" }\n  items { name: \"a\" value: \"2\" }\n} } }\n");
	EXPECT_EQ(file.warnings, std::vector<std::string>{"graph.config:3:11: there is an item \"a\" already; taking this one"});
	ASSERT_EQ(file.graphs[0].engines[0].items.size(), 1U);
	EXPECT_EQ(file.graphs[0].engines[0].items[0].value, "2");
}

TEST(GraphFileText, ADeviceMayStandWithoutQuotes) {
	EXPECT_EQ(parse("graphs { graph_id: 1 device_id: 3 }").graphs[0].device, 3U);
	EXPECT_EQ(parse("graphs { graph_id: 1 device_id: 3 engines { id: x } }").problem.rfind("graph.config:1:49: ", 0), 0U);
}

TEST(GraphFileText, AByteOrderMarkIsNoPartOfIt) {
	EXPECT_EQ(parse("\xEF\xBB\xBFgraphs { graph_id: 5 }").graphs[0].id, 5U);
}

struct Wrong {
	const char* text;
	const char* position;
	const char* words;
};

/** The same texts as those of the Java runtime's test. */
class WrongGraphFile : public testing::TestWithParam<Wrong> {};

TEST_P(WrongGraphFile, IsSaidWithItsPlace) {
	GraphFile file = parse(GetParam().text);
	EXPECT_EQ(file.problem.rfind(std::string("graph.config:") + GetParam().position + ": ", 0), 0U) << file.problem;
	EXPECT_NE(file.problem.find(GetParam().words), std::string::npos) << file.problem;
	EXPECT_EQ(file.problem.find('\n'), std::string::npos) << file.problem;
	EXPECT_TRUE(file.graphs.empty());
}

INSTANTIATE_TEST_SUITE_P(
	GraphFileText, WrongGraphFile,
	testing::Values(
		Wrong{"graphs { graph_id 1 }", "1:19", "Expected \":\"; write KEY: VALUE"},
		Wrong{"graphs { graph_id: 1", "1:21", "close each { with a }"},
		Wrong{"graphs { graph_id: \"1\" }", "1:20", "write a whole number, without quotes"},
		Wrong{"graphs { graph_id: -1 }", "1:20", "write a whole number, without quotes"},
		Wrong{"graphs { graph_id: 4294967296 }", "1:20", "out of range"},
		Wrong{"graphs { graph_id: 1 graph_id: 2 }", "1:30", "remove one of the two"},
		Wrong{"graphs { engines { id: 1 engine_name: Sink } }", "1:39", "put the value in double quotes"},
		Wrong{"graphs { engines { id: 1 engine_name: \"Sink } }", "1:39", "String missing ending quote"},
		Wrong{"graphs { engines { id: 1 side: MOON engine_name: \"Sink\" } }", "1:32", "write side: HOST or side: DEVICE"},
		Wrong{"graphs { engines { id: 1 } }", "1:20", "an engine needs an id and an engine_name"},
		Wrong{"graphs { engines { id: 1 engine_name: \"Sink\" thread_num: 0 } }", "1:46", "thread_num is 0; it has to be from 1 to 4096"},
		Wrong{"graphs { engines { id: 1 engine_name: \"Sink\" queue_size: 4294967295 } }", "1:46",
              "queue_size is 4294967295; it has to be from 1 to"},
		Wrong{"graphs { device_id: \"one\" }", "1:10", "device_id is \"one\"; it has to be a number"},
		Wrong{"graphs { graph_id: 1 } graphs { graph_id: 1 }", "1:33", "there is a graph 1 in this file already"},
		Wrong{"graphs { engines { id: 1 engine_name: \"Sink\" } engines { id: 1 engine_name: \"Sink\" } }", "1:58",
              "there is an engine 1 in this graph already"},
		Wrong{"graphs { connects { src_engine_id: 1 } }", "1:21", "src_engine_id is 1, but this graph has no such engine"},
		Wrong{"graphs { engines { id: 1 engine_name: \"Sink\" } connects { src_engine_id: 1 src_port_id: 16 target_engine_id: 1 } }",
              "1:76", "src_port_id is 16; it has to be from 0 to 15"},
		Wrong{"# nothing", "1:1", "there is no graph in this file"}));

TEST(GraphFileText, DeepNestingIsRefused) {
	std::string deep = "graphs { engines { ai_config { items { ";
	std::string unknown = "graphs { ";
	for (int level = 0; level < 100000; level++) {
		deep += "sub_items { ";
		unknown += "a { ";
	}
	EXPECT_EQ(parse(deep).problem.rfind("graph.config:1:", 0), 0U);
	EXPECT_EQ(parse(unknown).problem.rfind("graph.config:1:", 0), 0U);
}

TEST(GraphFileText, AFileThatIsMissingIsNamed) {
	EXPECT_EQ(GraphFile::read("/nowhere/missing.config").problem, "/nowhere/missing.config cannot be read: No such file or directory");
}

} // namespace
} // namespace heaplens
