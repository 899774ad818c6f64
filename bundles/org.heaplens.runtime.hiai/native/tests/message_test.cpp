// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// What arrives of messages that go to the device and back, as an application sees them.
#include "hiaiengine/api.h"

#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace {

struct Bytes {
	uint32_t size = 0;
	std::shared_ptr<uint8_t> data;
	template <class Archive>
	void serialize(Archive& archive) {
		archive(size);
	}
};

void TakeApart(void* input, std::string& control, uint8_t*& data, uint32_t& length) {
	auto* bytes = static_cast<Bytes*>(input);
	control = "bytes";
	data = bytes->data.get();
	length = bytes->size;
}

std::shared_ptr<void> PutTogether(const char*, const uint32_t&, const uint8_t* data, const uint32_t& length) {
	auto bytes = std::make_shared<Bytes>();
	bytes->size = length;
	bytes->data.reset(const_cast<uint8_t*>(data), hiai::Graph::ReleaseDataBuffer);
	return bytes;
}

#if HIAI_HAS_CEREAL
// As applications do, the plain way first.
HIAI_REGISTER_DATA_TYPE("MessageTestBytes", Bytes);
#endif
HIAI_REGISTER_SERIALIZE_FUNC("MessageTestBytes", Bytes, TakeApart, PutTogether);

/** The first generation's: the control part has its length, and the receiver is told none. */
void TakeApartOld(void* input, std::string& control, uint8_t*& data, uint32_t& controlLength, uint32_t& length) {
	TakeApart(input, control, data, length);
	control.assign(reinterpret_cast<const char*>(&length), sizeof length);
	controlLength = sizeof length;
}

std::shared_ptr<void> PutTogetherOld(char* control, uint8_t* data) {
	uint32_t length = 0;
	std::memcpy(&length, control, sizeof length);
	return PutTogether(nullptr, 0, data, length);
}

HIAI_REGISTER_HIAI_DATA_FUNC("MessageTestOldBytes", Bytes, TakeApartOld, PutTogetherOld);

/** Sends back what it gets, under the name that it is configured with. */
class Echo : public hiai::Engine {
public:
	HIAI_StatusT Init(const hiai::AIConfig& config, const std::vector<hiai::AIModelDescription>&) override {
		name_ = config.items(0).value();
		return HIAI_OK;
	}
	HIAI_StatusT UpdateConfig(const hiai::AIConfig& config) override { return Init(config, {}); }
	HIAI_DEFINE_PROCESS(1, 1)

private:
	std::string name_;
};

HIAI_IMPL_ENGINE_PROCESS("MessageTestEcho", Echo, 1) {
	EXPECT_EQ(GetEngineName(), "MessageTestEcho");
	return SendData(0, name_, arg0);
}

class Last : public hiai::DataRecvInterface {
public:
	HIAI_StatusT RecvData(const std::shared_ptr<void>& message) override {
		std::lock_guard<std::mutex> held(lock_);
		message_ = message;
		changed_.notify_all();
		return HIAI_OK;
	}
	std::shared_ptr<void> take() {
		std::unique_lock<std::mutex> held(lock_);
		changed_.wait(held, [this] { return message_ != nullptr; });
		return std::move(message_);
	}

private:
	std::mutex lock_;
	std::condition_variable changed_;
	std::shared_ptr<void> message_;
};

class Messages : public testing::Test {
protected:
	template <typename T>
	std::shared_ptr<T> there(const std::string& name, const std::shared_ptr<T>& message) {
		// Tests run side by side, each in a process of its own.
		std::string file = testing::TempDir() + std::to_string(getpid()) + "-messages.config";
		std::ofstream(file) << "graphs { graph_id: 81 engines { id: 1 engine_name: \"MessageTestEcho\" side: DEVICE thread_num: 1\n"
							   "ai_config { items { name: \"name\" value: \"" +
								   name + "\" } } } }";
		EXPECT_EQ(hiai::Graph::CreateGraph(file), HIAI_OK);
		auto graph = hiai::Graph::GetInstance(81);
		EXPECT_EQ(graph->SetDataRecvFunctor({81, 1, 0}, last_), HIAI_OK);
		EXPECT_EQ(graph->SendData({81, 1, 0}, name, std::static_pointer_cast<void>(message)), HIAI_OK);
		return std::static_pointer_cast<T>(last_->take());
	}
	void TearDown() override { hiai::Graph::DestroyGraph(81); }

	/** A message with a block that is shorter by some bytes than it says. */
	static std::shared_ptr<Bytes> bytes(uint32_t size, uint32_t missing) {
		auto message = std::make_shared<Bytes>();
		void* block = nullptr;
		EXPECT_EQ(hiai::HIAIMemory::HIAI_DMalloc(size - missing, block), HIAI_OK);
		std::memset(block, 7, size - missing);
		message->size = size;
		message->data.reset(static_cast<uint8_t*>(block), [](uint8_t*) {});
		return message;
	}

	std::shared_ptr<Last> last_ = std::make_shared<Last>();
};

TEST_F(Messages, RawDataNeedsNoRegistration) {
	auto raw = std::make_shared<hiai::RawDataBuffer>();
	raw->len_of_byte = 1000;
	raw->data.reset(new uint8_t[1000](), std::default_delete<uint8_t[]>());
	raw->data.get()[999] = 9;
	auto back = there("RawDataBuffer", raw);
	ASSERT_NE(back, raw);
	EXPECT_EQ(back->len_of_byte, 1000U);
	EXPECT_EQ(back->data.get()[999], 9);
}

TEST_F(Messages, WhatWasFoundNeedsNoRegistration) {
	typedef hiai::BatchDetectedObjectPara<hiai::Rectangle<hiai::Point2D>, float> Found;
	auto found = std::make_shared<Found>();
	found->b_info.frame_ID = {3, 4};
	found->v_location.resize(1);
	found->v_location[0].range.push_back({{1, 2}, {30, 40}});
	found->v_location[0].confidence.push_back(0.5F);
	auto back = there("BatchDetectedObjectPara_Rectangle_Point2D_float", found);
	EXPECT_EQ(back->b_info.frame_ID, (std::vector<uint32_t>{3, 4}));
	ASSERT_EQ(back->v_location.size(), 1U);
	EXPECT_EQ(back->v_location[0].range[0].anchor_rb.y, 40);
	EXPECT_EQ(back->v_location[0].confidence[0], 0.5F);
}

TEST_F(Messages, NestedPartsNeedNoRegistration) {
	auto tree = std::make_shared<hiai::IDTreePara>();
	tree->tree.node.resize(2);
	tree->tree.node[1].nodeID = {5};
	tree->tree.is_leaf = {true, false, true};
	auto back = there("IDTreePara", tree);
	EXPECT_EQ(back->tree.node[1].nodeID, std::vector<uint32_t>{5});
	EXPECT_EQ(back->tree.is_leaf, (std::vector<bool>{true, false, true}));
	EXPECT_TRUE(back->tree.node[0].node.empty());
}

TEST_F(Messages, AttributesNeedNoRegistration) {
	auto top = std::make_shared<hiai::AttributeTopN<float>>();
	top->obj_ID = 7;
	top->attr_map["colour"].push_back({"red", 0.25F});
	auto back = there("AttributeTopN_float", top);
	EXPECT_EQ(back->attr_map["colour"][0].attr_value, "red");
	EXPECT_EQ(back->attr_map["colour"][0].score, 0.25F);
}

TEST_F(Messages, TheHighSpeedWayIsGoneIfBothAreRegistered) {
	auto message = bytes(1000, 0);
	auto back = there("MessageTestBytes", message);
	EXPECT_EQ(back->size, 1000U);
	EXPECT_TRUE(hiai::HIAIMemory::IsDMalloc(back->data.get(), 1000));
	EXPECT_EQ(back->data.get(), message->data.get()) << "the framework has freed it, and its place was free again";
}

TEST_F(Messages, WhatABlockDoesNotHaveArrivesAsZeros) {
	auto message = bytes(1000, 8);
	auto back = there("MessageTestBytes", message);
	ASSERT_EQ(back->size, 1000U);
	EXPECT_EQ(back->data.get()[991], 7);
	for (uint32_t index = 992; index < 1000; index++) {
		EXPECT_EQ(back->data.get()[index], 0) << index;
	}
	EXPECT_EQ(back->data.get(), message->data.get()) << "the framework has freed it, and its place was free again";
}

TEST_F(Messages, TheFirstGenerationsFunctionsAreRegisteredToo) {
	auto message = bytes(1000, 0);
	auto back = there("MessageTestOldBytes", message);
	EXPECT_EQ(back->size, 1000U);
	EXPECT_EQ(back->data.get()[999], 7);
	EXPECT_EQ(back->data.get(), message->data.get()) << "the framework has freed it, and its place was free again";
}

} // namespace
