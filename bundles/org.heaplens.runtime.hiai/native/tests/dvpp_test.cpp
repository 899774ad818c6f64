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
#include <vector>

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

TEST_F(DvppTest, TheEarlierReleasesStructuresAreTakenToo) {
	jpegd_raw_data_info input;
	input.jpeg_data = const_cast<unsigned char*>(JPEG);
	input.jpeg_data_size = sizeof JPEG;
	jpegd_yuv_data_info output;
	ASSERT_EQ(run(DVPP_CTL_JPEGD_PROC, input, output), DVPP_SUCCESS);
	EXPECT_EQ(output.img_height_aligned, 432u);
	EXPECT_EQ(output.out_format, DVPP_JPEG_DECODE_OUT_YUV420);
	output.cbFree();
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

/** Frames that come of a packet. */
int framesOf(const char* format, std::vector<char> packet) {
	IDVPPAPI* api = nullptr;
	EXPECT_EQ(CreateVdecApi(api, 0), 0);
	int frames = 0;
	vdec_in_msg input;
	strcpy(input.video_format, format);
	input.in_buffer = packet.data();
	input.in_buffer_size = int(packet.size());
	input.hiai_data = &frames;
	input.call_back = [](FRAME*, void* data) { ++*static_cast<int*>(data); };
	dvppapi_ctl_msg message;
	message.in = &input;
	message.in_size = sizeof input;
	EXPECT_EQ(VdecCtl(api, DVPP_CTL_VDEC_PROC, &message, 0), 0);
	EXPECT_EQ(DestroyVdecApi(api, 0), 0);
	return frames;
}

TEST(Vdec, APacketOfManyPicturesIsAsManyFrames) {
	// Parameters, a picture of two slices, a picture; 1 is the bit that says "first slice".
	EXPECT_EQ(framesOf("h264", {0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x65, char(0x88), 0, 0, 1, 0x65, 0x40, 0, 0, 1, 0x41, char(0x9A), 0}), 2);
	EXPECT_EQ(framesOf("h265", {0, 0, 1, 0x40, 1, 1, 0, 0, 1, 0x26, 1, char(0xAF), 0, 0, 1, 0x02, 1, char(0xD0), 0, 0, 1, 0x02, 1, 0x10}), 2);
	EXPECT_EQ(framesOf("h264", {1, 2, 3}), 1) << "nothing is known of it";
}

TEST(Venc, AStreamBeginsWithItsParameters) {
	std::vector<uint32_t> sizes;
	VencConfig config;
	config.userData = &sizes;
	config.vencOutMsgCallBack = [](VencOutMsg* packet, void* data) {
		static_cast<std::vector<uint32_t>*>(data)->push_back(packet->outputDataSize);
	};
	int32_t handle = CreateVenc(&config);
	ASSERT_GT(handle, 0) << "applications take 0 for none";
	VencInMsg image;
	EXPECT_EQ(RunVenc(handle, &image), 0);
	EXPECT_EQ(RunVenc(handle, &image), 0);
	EXPECT_EQ(sizes, (std::vector<uint32_t>{64, 4096, 4096}));
	EXPECT_EQ(DestroyVenc(handle), 0);
	EXPECT_EQ(DestroyVenc(handle), -1);
	EXPECT_EQ(RunVenc(handle, &image), -1);
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
