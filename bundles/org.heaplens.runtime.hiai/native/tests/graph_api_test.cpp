// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// A small application as its authors write it, in one process with the library.
#include "google/protobuf/text_format.h"
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/data_type_reg.h"
#include "hiaiengine/engine.h"
#include "hiaiengine/graph.h"
#include "hiaiengine/multitype_queue.h"

#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <unistd.h>

namespace {

#define ONE_INPUT 1
#define TWO_INPUTS 2

struct Frame {
	uint32_t number = 0;
	uint32_t size = 0;
	std::shared_ptr<uint8_t> data;
};

void TakeApart(void* input, std::string& control, uint8_t*& data, uint32_t& length) {
	auto* frame = static_cast<Frame*>(input);
	control.assign(reinterpret_cast<const char*>(&frame->number), sizeof frame->number);
	data = frame->data.get();
	length = frame->size;
}

std::shared_ptr<void> PutTogether(const char* control, const uint32_t&, const uint8_t* data, const uint32_t& length) {
	auto frame = std::make_shared<Frame>();
	std::memcpy(&frame->number, control, sizeof frame->number);
	frame->size = length;
	frame->data.reset(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	return std::static_pointer_cast<void>(frame);
}

HIAI_REGISTER_SERIALIZE_FUNC("ApiTestFrame", Frame, TakeApart, PutTogether);

#if HIAI_HAS_CEREAL
struct Report {
	uint32_t number = 0;
	std::vector<std::string> words;
};

template <class Archive>
void serialize(Archive& archive, Report& report) {
	archive(report.number, report.words);
}

HIAI_REGISTER_DATA_TYPE("ApiTestReport", Report);
#else
using Report = std::string;
#endif

/** Runs on the device: adds up the bytes of a frame and tells. */
class Adder : public hiai::Engine {
public:
	HIAI_StatusT Init(const hiai::AIConfig& config, const std::vector<hiai::AIModelDescription>& models) override {
		for (int index = 0; index < config.items_size(); index++) {
			if (config.items(index).name() == "offset") {
				offset_ = std::stoi(config.items(index).value());
			}
		}
		return models.size() == 1 && models[0].path() == "./a.om" ? HIAI_OK : HIAI_ERROR;
	}
	HIAI_DEFINE_PROCESS(ONE_INPUT, 1)

private:
	int offset_ = 0;
};

HIAI_IMPL_ENGINE_PROCESS("ApiTestAdder", Adder, ONE_INPUT) {
	auto frame = std::static_pointer_cast<Frame>(arg0);
	uint32_t sum = uint32_t(offset_);
	for (uint32_t index = 0; index < frame->size; index++) {
		sum += frame->data.get()[index];
	}
#if HIAI_HAS_CEREAL
	auto report = std::make_shared<Report>();
	report->number = sum;
	report->words = {"frame", std::to_string(frame->number), hiai::HIAIMemory::IsDMalloc(frame->data.get(), frame->size) ? "block" : "?"};
	return SendData(0, "ApiTestReport", std::static_pointer_cast<void>(report));
#else
	return SendData(0, "string", std::make_shared<std::string>(std::to_string(sum)));
#endif
}

/** Runs on the host: hands on what comes, when both of its ports have something. */
class Joiner : public hiai::Engine {
public:
	Joiner() : queue_(TWO_INPUTS) {}
	HIAI_DEFINE_PROCESS(TWO_INPUTS, 1)

private:
	hiai::MultiTypeQueue queue_;
};

HIAI_IMPL_ENGINE_PROCESS("ApiTestJoiner", Joiner, TWO_INPUTS) {
	EXPECT_TRUE((arg0 == nullptr) != (arg1 == nullptr));
	queue_.PushData(arg0 == nullptr ? 1 : 0, arg0 == nullptr ? arg1 : arg0);
	std::shared_ptr<Report> one;
	std::shared_ptr<Report> other;
	return queue_.PopAllData(one, other) ? SendData(0, "pair", std::make_shared<std::pair<Report, Report>>(*one, *other)) : HIAI_OK;
}

class Collector : public hiai::DataRecvInterface {
public:
	HIAI_StatusT RecvData(const std::shared_ptr<void>& message) override {
		std::lock_guard<std::mutex> held(lock_);
		pairs_.push_back(*std::static_pointer_cast<std::pair<Report, Report>>(message));
		changed_.notify_all();
		return HIAI_OK;
	}
	std::pair<Report, Report> next() {
		std::unique_lock<std::mutex> held(lock_);
		changed_.wait(held, [this] { return !pairs_.empty(); });
		auto pair = pairs_.front();
		pairs_.erase(pairs_.begin());
		return pair;
	}

private:
	std::mutex lock_;
	std::condition_variable changed_;
	std::vector<std::pair<Report, Report>> pairs_;
};

std::string Connects(int source, int target, int port) {
	return "connects { src_engine_id: " + std::to_string(source) + " src_port_id: 0 target_engine_id: " + std::to_string(target) +
	       " target_port_id: " + std::to_string(port) + " }\n";
}

const std::string ADDER = " engine_name: \"ApiTestAdder\" side: DEVICE thread_num: 1 ai_model { path: \"./a.om\" type: \"offline\" }";

std::string File(const std::string& name, const std::string& text) {
	// Tests run side by side, each in a process of its own.
	std::string path = testing::TempDir() + std::to_string(getpid()) + "-" + name;
	std::ofstream(path) << text;
	return path;
}

std::string PipelineFile() {
	return File("pipeline.config", "graphs {\n\tgraph_id: 71 priority: 1\n\tengines { id: 1" + ADDER +
	                                   " }\n\tengines { id: 2" + ADDER +
	                                   " ai_config { items { name: \"offset\" value: \"1000\" } } }\n"
	                                   "\tengines { id: 3 engine_name: \"ApiTestJoiner\" side: HOST thread_num: 1 queue_size: 7 }\n" +
	                                   Connects(1, 3, 0) + Connects(2, 3, 1) + "}\n");
}

std::shared_ptr<void> MakeFrame(uint32_t number) {
	auto frame = std::make_shared<Frame>();
	void* block = nullptr;
	EXPECT_EQ(hiai::HIAIMemory::HIAI_DMalloc(4096, block), HIAI_OK);
	std::memset(block, 1, 4096);
	frame->number = number;
	frame->size = 4096;
	frame->data.reset(static_cast<uint8_t*>(block), [](uint8_t*) {});
	return frame;
}

#if HIAI_HAS_CEREAL
TEST(GraphApi, FramesGoThroughDeviceAndHostAndOut) {
	ASSERT_EQ(HIAI_Init(0), HIAI_OK);
	ASSERT_EQ(hiai::Graph::CreateGraph(PipelineFile()), HIAI_OK);
	auto graph = hiai::Graph::GetInstance(71);
	ASSERT_NE(graph, nullptr);
	auto collector = std::make_shared<Collector>();
	EXPECT_EQ(graph->SetDataRecvFunctor({71, 3, 0}, collector), HIAI_OK);
	EXPECT_EQ(graph->SetDataRecvFunctor({71, 9, 0}, collector), HIAI_PORT_ID_ERROR);
	for (uint32_t number = 0; number < 20; number++) {
		EXPECT_EQ(graph->SendData({71, 1, 0}, "ApiTestFrame", MakeFrame(number)), HIAI_OK);
		HIAI_PortID_t target = {71, 2, 0};
		std::shared_ptr<void> frame = MakeFrame(number);
		while (HIAI_SendData(target, "ApiTestFrame", frame) == HIAI_QUEUE_FULL) {
		}
		auto [one, other] = collector->next();
		EXPECT_EQ(one.number, 4096U);
		EXPECT_EQ(other.number, 5096U);
		EXPECT_EQ(one.words, (std::vector<std::string>{"frame", std::to_string(number), "block"}));
	}
	EXPECT_EQ(graph->GetEngine(3)->GetQueueMaxSize(), 7U);
	EXPECT_EQ(graph->GetEngine(3)->GetQueueCurrentSize(0), 0U);
	EXPECT_EQ(hiai::Graph::DestroyGraph(71), HIAI_OK);
	EXPECT_EQ(hiai::Graph::DestroyGraph(71), HIAI_GRAPH_NOT_EXIST);
	EXPECT_EQ(hiai::Graph::GetInstance(71), nullptr);
	EXPECT_EQ(graph->SendData({71, 1, 0}, "ApiTestFrame", std::make_shared<Frame>()), HIAI_GRAPH_NOT_EXIST);
}
#endif

TEST(GraphApi, AFileIsReadIntoAListAndMadeOfIt) {
	hiai::GraphConfigList list;
	ASSERT_EQ(hiai::Graph::ParseConfigFile(PipelineFile(), list), HIAI_OK);
	ASSERT_EQ(list.graphs_size(), 1);
	hiai::GraphConfig* graph = list.mutable_graphs(0);
	EXPECT_EQ(graph->engines_size(), 3);
	EXPECT_EQ(graph->engines(2).side(), hiai::EngineConfig_RunSide_HOST);
	EXPECT_EQ(graph->engines(0).ai_model(0).path(), "./a.om");
	graph->set_graph_id(72);
	std::list<std::shared_ptr<hiai::Graph>> made;
	ASSERT_EQ(hiai::Graph::CreateGraph(list, made), HIAI_OK);
	ASSERT_EQ(made.size(), 1U);
	EXPECT_EQ(made.front()->GetGraphId(), 72U);
	uint32_t first = 0;
	EXPECT_EQ(HIAI_GetFirstGraphId(&first), HIAI_OK);
	EXPECT_EQ(first, 72U);
	EXPECT_EQ(HIAI_GetNextGraphId(first, &first), HIAI_GRAPH_GET_GraphId_ERROR);
	EXPECT_EQ(HIAI_DestroyGraph(72), HIAI_OK);
}

TEST(GraphApi, AListIsPrintedAsAFileIsWritten) {
	hiai::GraphConfigList list;
	ASSERT_EQ(hiai::Graph::ParseConfigFile(PipelineFile(), list), HIAI_OK);
	list.mutable_graphs(0)->mutable_engines(2)->set_thread_priority(3);
	list.mutable_graphs(0)->mutable_engines(0)->mutable_ai_config()->add_items()->set_value("a \"word\"\n\001");
	std::string text;
	ASSERT_TRUE(google::protobuf::TextFormat::PrintToString(list, &text));
	EXPECT_EQ(text.find("graphs {\n  graph_id: 71\n"), 0U) << text;
	EXPECT_NE(text.find("    thread_priority: 3\n"), std::string::npos) << text;
	EXPECT_NE(text.find("        value: \"a \\\"word\\\"\\n\\001\"\n"), std::string::npos) << text;
	hiai::GraphConfigList again;
	ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &again));
	again.mutable_graphs(0)->mutable_engines(2)->set_thread_priority(3);
	std::string second;
	google::protobuf::TextFormat::PrintToString(again, &second);
	EXPECT_EQ(second, text);
	EXPECT_FALSE(google::protobuf::TextFormat::ParseFromString("graphs {", &again));
	EXPECT_EQ(again.graphs_size(), 0);
}

TEST(GraphApi, AnEngineThatRefusesStopsTheGraph) {
	std::string text = "graphs { graph_id: 73 engines { id: 1 engine_name: \"ApiTestAdder\" thread_num: 1 } }";
	testing::internal::CaptureStderr();
	EXPECT_NE(hiai::Graph::CreateGraph(File("refuses.config", text)), HIAI_OK);
	EXPECT_NE(testing::internal::GetCapturedStderr().find("engine 1 (ApiTestAdder) of graph 73 refuses to be initialised"), std::string::npos);
	EXPECT_EQ(hiai::Graph::GetInstance(73), nullptr);
}

TEST(GraphApi, WhatIsWrongWithAFileIsSaidWithItsPlace) {
	std::string path = File("unknown.config", "graphs { graph_id: 74\n\tengines { id: 1 engine_name: \"Nobody\" thread_num: 1\n"
	                                          "\t\tso_name: \"./libnobody.so\" } }");
	testing::internal::CaptureStderr();
	EXPECT_EQ(HIAI_CreateGraph(path.c_str(), path.size()), HIAI_GRAPH_PROTO_FILE_PARSE_FAILED);
	EXPECT_EQ(testing::internal::GetCapturedStderr(),
	          "heaplens: " + path +
	              ":2:18: no engine is known under the name \"Nobody\"; write HIAI_IMPL_ENGINE_PROCESS for it, give its library in so_name, "
	              "or correct engine_name (not found: ./libnobody.so)\n");
	EXPECT_EQ(HIAI_CreateGraph(nullptr, 5), HIAI_GRAPH_INVALID_VALUE);
	EXPECT_EQ(HIAI_CreateGraph(path.c_str(), 256), HIAI_GRAPH_INVALID_VALUE);
}

TEST(GraphApi, ANameIsRegisteredOnce) {
	EXPECT_EQ(hiai::HIAIDataTypeFactory::RegisterSerializeFunc("ApiTestFrame", TakeApart, PutTogether), HIAI_ENGINE_FUNCTOR_EXIST);
	EXPECT_EQ(hiai::HIAIDataTypeFactory::RegisterSerializeFunc("ApiTestNone", nullptr, PutTogether), HIAI_ENGINE_FUNCTOR_NULL);
	EXPECT_EQ(hiai::EngineFactory::Register("ApiTestAdder", nullptr), HIAI_ENGINE_FUNCTOR_NULL);
}

TEST(GraphApi, QueuesAreEmptiedTogetherOrNotAtAll) {
	hiai::MultiTypeQueue queue(2, 1);
	EXPECT_TRUE(queue.PushData(0, std::make_shared<int>(1)));
	EXPECT_FALSE(queue.PushData(0, std::make_shared<int>(2)));
	EXPECT_FALSE(queue.PushData(2, std::make_shared<int>(2)));
	std::shared_ptr<int> one;
	std::shared_ptr<int> other;
	EXPECT_FALSE(queue.PopAllData(one, other));
	EXPECT_TRUE(queue.FrontData(0, one));
	EXPECT_EQ(*one, 1);
	EXPECT_TRUE(queue.PushData(1, std::make_shared<int>(3)));
	EXPECT_TRUE(queue.PopAllData(one, other));
	EXPECT_EQ(*other, 3);
	EXPECT_FALSE(queue.PopData(0, one));
}

} // namespace
