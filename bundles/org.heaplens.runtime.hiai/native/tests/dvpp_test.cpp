// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// DVPP as an application on an Atlas 200 DK has it: there is no host, so all of it is there.
#include "dvpp/idvppapi.h"
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/ai_model_manager.h"
#include "hiaiengine/c_graph.h"

#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>

namespace {

/** A JPEG of 640 x 427 up to its frame header, as DVPP looks at it. */
const unsigned char JPEG[] = {0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x04, 0x4A, 0x46, 0xFF, 0xC0, 0x00, 0x11, 0x08, 0x01, 0xAB,
                              0x02, 0x80, 0x03, 0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01, 0xFF, 0xD9};

class DvppTest : public testing::Test {
protected:
	void SetUp() override { ASSERT_EQ(CreateDvppApi(api_), 0); }
	void TearDown() override {
		EXPECT_EQ(DestroyDvppApi(api_), 0);
		EXPECT_EQ(api_, nullptr);
	}

	template <typename In, typename Out>
	int32_t run(int32_t command, In& input, Out& output) {
		dvppapi_ctl_msg message;
		message.in = &input;
		message.in_size = sizeof input;
		message.out = &output;
		message.out_size = sizeof output;
		return DvppCtl(api_, command, &message);
	}

	IDVPPAPI* api_ = nullptr;
};

TEST_F(DvppTest, AJpegHasTheAlignedSizeOfItsHeader) {
	JpegdIn input;
	input.jpegData = const_cast<unsigned char*>(JPEG);
	input.jpegDataSize = sizeof JPEG;
	JpegdOut output;
	ASSERT_EQ(run(DVPP_CTL_JPEGD_PROC, input, output), DVPP_SUCCESS);
	EXPECT_EQ(output.imgWidth, 640u);
	EXPECT_EQ(output.imgHeight, 427u);
	EXPECT_EQ(output.imgWidthAligned, 640u);
	EXPECT_EQ(output.imgHeightAligned, 432u);
	EXPECT_EQ(output.yuvDataSize, 640u * 432 * 3 / 2);
	memset(output.yuvData, 1, output.yuvDataSize);
	output.cbFree();
	EXPECT_EQ(HIAI_DVPP_DFree(output.yuvData), HIAI_GRAPH_NOT_FIND_MEMORY);
}

TEST_F(DvppTest, WhatIsNoPictureIsRefused) {
	unsigned char noise[] = {1, 2, 3, 4};
	JpegdIn input;
	input.jpegData = noise;
	input.jpegDataSize = sizeof noise;
	JpegdOut output;
	EXPECT_EQ(run(DVPP_CTL_JPEGD_PROC, input, output), DVPP_FAIL);
	EXPECT_EQ(output.yuvData, nullptr);
	// Each prefix of a picture ends somewhere within it.
	for (uint32_t size = 0; size < 19; size++) {
		input.jpegData = const_cast<unsigned char*>(JPEG);
		input.jpegDataSize = size;
		run(DVPP_CTL_JPEGD_PROC, input, output);
		if (output.cbFree) {
			output.cbFree();
			output = JpegdOut();
		}
	}
}

TEST_F(DvppTest, VpcWritesWhatFitsAndNoMore) {
	auto* image = static_cast<uint8_t*>(HIAI_DVPP_DMalloc(640 * 432 * 3 / 2));
	auto* result = static_cast<uint8_t*>(HIAI_DVPP_DMalloc(304 * 300 * 3 / 2));
	ASSERT_NE(result, nullptr);
	memset(result, 1, 304 * 300 * 3 / 2);
	VpcUserRoiConfigure roi;
	roi.outputConfigure.addr = result;
	roi.outputConfigure.bufferSize = 304 * 300 * 3 / 2;
	roi.outputConfigure.widthStride = 304;
	roi.outputConfigure.heightStride = 300;
	VpcUserImageConfigure input;
	input.bareDataAddr = image;
	input.bareDataBufferSize = 640 * 432 * 3 / 2;
	input.roiConfigure = &roi;
	char nothing = 0;
	ASSERT_EQ(run(DVPP_CTL_VPC_PROC, input, nothing), DVPP_SUCCESS);
	EXPECT_EQ(result[304 * 300 * 3 / 2 - 1], 0);
	roi.outputConfigure.bufferSize--;
	EXPECT_EQ(run(DVPP_CTL_VPC_PROC, input, nothing), DVPP_FAIL);
	EXPECT_EQ(HIAI_DVPP_DFree(result), HIAI_OK);
	EXPECT_EQ(HIAI_DVPP_DFree(image), HIAI_OK);
}

TEST(Vdec, EachPacketIsAFrame) {
	IDVPPAPI* api = nullptr;
	ASSERT_EQ(CreateVdecApi(api, 0), 0);
	int frames = 0;
	char packet[100] = {};
	vdec_in_msg input;
	strcpy(input.video_format, "h264");
	input.in_buffer = packet;
	input.in_buffer_size = sizeof packet;
	input.hiai_data = &frames;
	input.call_back = [](FRAME* frame, void* data) {
		memset(frame->buffer, 1, size_t(frame->buffer_size));
		EXPECT_STREQ(frame->video_format, "h264");
		++*static_cast<int*>(data);
	};
	dvppapi_ctl_msg message;
	message.in = &input;
	message.in_size = sizeof input;
	EXPECT_EQ(VdecCtl(api, DVPP_CTL_VDEC_PROC, &message, 0), 0);
	EXPECT_EQ(VdecCtl(api, DVPP_CTL_VDEC_PROC, &message, 0), 0);
	input.isEOS = true;
	EXPECT_EQ(VdecCtl(api, DVPP_CTL_VDEC_PROC, &message, 0), 0);
	EXPECT_EQ(frames, 2);
	EXPECT_EQ(DestroyVdecApi(api, 0), 0);
}

TEST(Inference, OutputsHaveTheSizesOfInputs) {
	hiai::AIModelManager manager;
	ASSERT_EQ(manager.Init(hiai::AIConfig()), hiai::SUCCESS);
	float picture[100] = {1};
	std::shared_ptr<hiai::IAITensor> input = hiai::AITensorFactory::GetInstance()->CreateTensor(
		hiai::AINeuralNetworkBuffer::GetDescription(), picture, sizeof picture);
	ASSERT_NE(input, nullptr);
	std::vector<std::shared_ptr<hiai::IAITensor>> outputs;
	hiai::AIContext context;
	ASSERT_EQ(manager.Process(context, {input}, outputs, 0), hiai::SUCCESS);
	ASSERT_EQ(outputs.size(), 1u);
	auto output = std::static_pointer_cast<hiai::AISimpleTensor>(outputs[0]);
	EXPECT_EQ(output->GetSize(), sizeof picture);
	EXPECT_EQ(static_cast<float*>(output->GetBuffer())[0], 0);
	EXPECT_EQ(manager.Process(context, {}, outputs, 0), hiai::FAILED);
}

TEST(Inference, AnUnknownTensorIsNone) {
	hiai::AITensorDescription description;
	description.set_type("Unknown");
	EXPECT_EQ(hiai::AITensorFactory::GetInstance()->CreateTensor(description), nullptr);
}

} // namespace

int main(int count, char** words) {
	// Before the library looks: its first call decides what there is.
	setenv("HEAPLENS_SIMULATOR_RC", "true", 1);
	testing::InitGoogleTest(&count, words);
	return RUN_ALL_TESTS();
}
