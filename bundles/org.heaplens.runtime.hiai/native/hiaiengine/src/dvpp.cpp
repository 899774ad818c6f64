// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "dvpp/idvppapi.h"

#include "heaplens/platform.h"
#include "picture_header.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <mutex>

namespace {

using heaplens::Platform;

class Dvpp : public IDVPPAPI {};

constexpr int32_t PNG_RGB = 2;
constexpr int32_t PNG_RGBA = 6;
constexpr uint32_t JPEG_WIDTH_ALIGNMENT = 128;
constexpr uint32_t JPEG_HEIGHT_ALIGNMENT = 16;
constexpr uint32_t FRAME_WIDTH = 1920;
constexpr uint32_t FRAME_HEIGHT = 1088;
/** What describes a stream, which an encoder hands out before its first frame. */
constexpr uint32_t PARAMETER_SETS = 64;
/** What a frame of zeros takes once it is encoded; enough for a header. */
constexpr uint32_t ENCODED_PACKET = 4096;

uint32_t aligned(uint32_t value, uint32_t to) {
	return (value + to - 1) / to * to;
}

/** Whoever looks at pictures has to know that they are none. */
void sayOnceThatNothingIsComputed() {
	static std::once_flag said;
	std::call_once(said, [] { heaplens::warn("DVPP is simulated: sizes and memory are as they would be, and all pictures are black"); });
}

int32_t fail(const std::string& why) {
	heaplens::warn("DVPP: " + why);
	return DVPP_FAIL;
}

/** A block of zeros for a result; null, and said, if there is none. */
void* newResult(uint32_t size) {
	heaplens::Answer answer = Platform::ofProcess().allocateDvpp(size);
	if (answer.block == nullptr) {
		fail("no memory for a result of " + std::to_string(size) + " bytes: " + heaplens::name(answer.status));
		return nullptr;
	}
	std::memset(answer.block, 0, size);
	return answer.block;
}

std::function<void()> freeing(void* block) {
	return [block] { Platform::ofProcess().free(block, heaplens::FreeCall::DvppDFree); };
}

/** A message's input or output as its structure; null if it is absent or another one. */
template <typename T>
T* part(void* data, int32_t size) {
	return data != nullptr && size == int32_t(sizeof(T)) ? static_cast<T*>(data) : nullptr;
}

static_assert(sizeof(VpcUserImageConfigure) != sizeof(vpc_in_msg), "the size tells which release's message it is");

int32_t cropAndScale(dvppapi_ctl_msg& message) {
	auto* image = part<VpcUserImageConfigure>(message.in, message.in_size);
	if (image == nullptr) {
		auto* old = part<vpc_in_msg>(message.in, message.in_size);
		if (old == nullptr || old->in_buffer == nullptr) {
			return fail("the message to VPC has no image");
		}
		if (old->out_buffer != nullptr) {
			std::memset(old->out_buffer, 0, old->out_buffer_1_size);
		}
		return DVPP_SUCCESS;
	}
	if ((image->bareDataAddr == nullptr && !image->isCompressData) || image->roiConfigure == nullptr) {
		return fail("the message to VPC has no image, or nothing to make of it");
	}
	for (VpcUserRoiConfigure* roi = image->roiConfigure; roi != nullptr; roi = roi->next) {
		VpcUserRoiOutputConfigure& output = roi->outputConfigure;
		// Three bytes for two pixels.
		uint64_t least = uint64_t(output.widthStride) * output.heightStride * 3 / 2;
		if (output.addr == nullptr || output.bufferSize < least) {
			return fail("VPC's output has " + std::to_string(output.addr == nullptr ? 0 : output.bufferSize) + " bytes, and needs " +
			            std::to_string(least) + " for " + std::to_string(output.widthStride) + " x " + std::to_string(output.heightStride));
		}
		std::memset(output.addr, 0, output.bufferSize);
	}
	return DVPP_SUCCESS;
}

/** What the result will be, but for its memory. @return its bytes; 0 if the input is no picture */
uint32_t measureJpeg(const JpegdIn* input, JpegdOut* output) {
	if (input == nullptr || output == nullptr || input->jpegData == nullptr) {
		fail("the message to JPEGD has no picture");
		return 0;
	}
	heaplens::PictureSize size = heaplens::sizeOfJpeg(input->jpegData, input->jpegDataSize);
	if (size.width == 0) {
		fail("what JPEGD is to decode is no JPEG");
		return 0;
	}
	output->imgWidth = size.width;
	output->imgHeight = size.height;
	output->imgWidthAligned = aligned(size.width, JPEG_WIDTH_ALIGNMENT);
	output->imgHeightAligned = aligned(size.height, JPEG_HEIGHT_ALIGNMENT);
	output->outFormat = DVPP_JPEG_DECODE_OUT_YUV420;
	return output->imgWidthAligned * output->imgHeightAligned * 3 / 2;
}

// One command takes both.
static_assert(sizeof(JpegdIn) == sizeof(jpegd_raw_data_info) && sizeof(JpegdOut) == sizeof(jpegd_yuv_data_info), "of one layout");
static_assert(offsetof(JpegdIn, isVBeforeU) == offsetof(jpegd_raw_data_info, isVBeforeU), "of one layout");

int32_t decodeJpeg(dvppapi_ctl_msg& message) {
	auto* output = part<JpegdOut>(message.out, message.out_size);
	uint32_t bytes = measureJpeg(part<JpegdIn>(message.in, message.in_size), output);
	if (bytes == 0) {
		return DVPP_FAIL;
	}
	if (output->yuvData != nullptr && output->yuvDataSize >= bytes) {
		std::memset(output->yuvData, 0, bytes);
	} else {
		output->yuvData = static_cast<unsigned char*>(newResult(bytes));
		output->cbFree = freeing(output->yuvData);
	}
	output->yuvDataSize = output->yuvData == nullptr ? 0 : bytes;
	return output->yuvData == nullptr ? DVPP_FAIL : DVPP_SUCCESS;
}

uint32_t measurePng(const PngInputInfoAPI* input, PngOutputInfoAPI* output) {
	if (input == nullptr || output == nullptr || input->inputData == nullptr) {
		fail("the message to PNGD has no picture");
		return 0;
	}
	heaplens::PictureSize size = heaplens::sizeOfPng(static_cast<const uint8_t*>(input->inputData), input->inputSize);
	if (size.width == 0) {
		fail("what PNGD is to decode is no PNG");
		return 0;
	}
	bool hasAlpha = size.hasAlpha && input->transformFlag == 0;
	output->format = hasAlpha ? PNG_RGBA : PNG_RGB;
	output->width = size.width;
	output->high = size.height;
	output->widthAlign = aligned(size.width * (hasAlpha ? 4 : 3), JPEG_WIDTH_ALIGNMENT);
	output->highAlign = aligned(size.height, JPEG_HEIGHT_ALIGNMENT);
	return output->widthAlign * output->highAlign;
}

int32_t decodePng(dvppapi_ctl_msg& message) {
	auto* output = part<PngOutputInfoAPI>(message.out, message.out_size);
	uint32_t bytes = measurePng(part<PngInputInfoAPI>(message.in, message.in_size), output);
	if (bytes == 0) {
		return DVPP_FAIL;
	}
	bool isGiven = output->address != nullptr && output->size >= bytes;
	void* block = isGiven ? output->address : newResult(bytes);
	if (block == nullptr) {
		return DVPP_FAIL;
	}
	if (isGiven) {
		std::memset(block, 0, bytes);
	} else {
		output->cbFree = freeing(block);
	}
	output->address = block;
	output->size = bytes;
	output->outputData = block;
	output->outputSize = bytes;
	return DVPP_SUCCESS;
}

int32_t encodeJpeg(dvppapi_ctl_msg& message) {
	auto* input = part<sJpegeIn>(message.in, message.in_size);
	auto* output = part<sJpegeOut>(message.out, message.out_size);
	if (input == nullptr || output == nullptr || input->buf == nullptr) {
		return fail("the message to JPEGE has no image");
	}
	auto* block = static_cast<unsigned char*>(newResult(ENCODED_PACKET));
	if (block == nullptr) {
		return DVPP_FAIL;
	}
	output->jpgSize = heaplens::writeEmptyJpeg(block, ENCODED_PACKET);
	output->jpgData = block;
	output->cbFree = freeing(block);
	return DVPP_SUCCESS;
}

/** Each picture of a packet becomes a black frame, on the caller's thread; a packet of which nothing is known counts as one. */
int32_t decodeVideo(dvppapi_ctl_msg& message) {
	auto* input = part<vdec_in_msg>(message.in, message.in_size);
	if (input == nullptr || input->call_back == nullptr) {
		return fail("the message to VDEC has nobody to call back");
	}
	if (input->isEOS || input->in_buffer == nullptr || input->in_buffer_size <= 0) {
		return DVPP_SUCCESS;
	}
	const uint32_t bytes = FRAME_WIDTH * FRAME_HEIGHT * 3 / 2;
	void* block = newResult(bytes);
	if (block == nullptr) {
		return DVPP_FAIL;
	}
	FRAME frame;
	frame.width = FRAME_WIDTH;
	frame.height = FRAME_HEIGHT;
	frame.realWidth = FRAME_WIDTH;
	frame.realHeight = 1080;
	frame.buffer = static_cast<unsigned char*>(block);
	frame.buffer_size = int32_t(bytes);
	frame.stride_payload = FRAME_WIDTH;
	frame.stride_head = FRAME_WIDTH;
	frame.offset_payload_c = FRAME_WIDTH * FRAME_HEIGHT;
	frame.offset_head_c = FRAME_WIDTH * FRAME_HEIGHT;
	std::memcpy(frame.video_format, input->video_format, sizeof frame.video_format);
	std::memcpy(frame.image_format, input->image_format, sizeof frame.image_format);
	void* data = input->hiai_data != nullptr ? input->hiai_data : static_cast<void*>(input->hiai_data_sp.get());
	bool isH265 = std::strncmp(input->video_format, "h265", sizeof input->video_format) == 0;
	uint32_t pictures = heaplens::picturesIn(reinterpret_cast<const uint8_t*>(input->in_buffer), size_t(input->in_buffer_size), isH265);
	for (uint32_t index = 0; index < std::max(pictures, 1U); index++) {
		frame.frame_index = int32_t(index);
		input->call_back(&frame, data);
	}
	freeing(block)();
	return DVPP_SUCCESS;
}

struct Encoder {
	VencConfig config;
	bool hasBegun = false;
};

/** The encoders that there are. 0 is no handle: applications take it for none. */
struct Encoders {
	std::mutex lock;
	std::map<int32_t, Encoder> all;
	int32_t last = 0;

	/** @param begins whether it is the first time */
	bool find(int32_t handle, VencConfig& config, bool& begins) {
		std::lock_guard<std::mutex> held(lock);
		auto found = all.find(handle);
		if (found == all.end()) {
			return false;
		}
		config = found->second.config;
		begins = !found->second.hasBegun;
		found->second.hasBegun = true;
		return true;
	}
};

Encoders& encoders() {
	static auto* all = new Encoders;
	return *all;
}

int32_t create(IDVPPAPI*& api) {
	sayOnceThatNothingIsComputed();
	api = nullptr;
	if (Platform::ofProcess().callersPlace().side != heaplens::Side::Device) {
		return fail("there is none on the host");
	}
	api = new Dvpp;
	return DVPP_SUCCESS;
}

int32_t destroy(IDVPPAPI*& api) {
	if (api == nullptr) {
		return DVPP_FAIL;
	}
	delete api;
	api = nullptr;
	return DVPP_SUCCESS;
}

} // namespace

char* AutoBuffer::allocBuffer(int size) {
	Reset();
	buffer_ = size <= 0 ? nullptr : static_cast<char*>(newResult(uint32_t(size)));
	size_ = buffer_ == nullptr ? 0 : size;
	return buffer_;
}

void AutoBuffer::Reset() {
	if (buffer_ != nullptr) {
		freeing(buffer_)();
	}
	buffer_ = nullptr;
	size_ = 0;
}

int32_t CreateDvppApi(IDVPPAPI*& api) {
	return create(api);
}

int32_t DestroyDvppApi(IDVPPAPI*& api) {
	return destroy(api);
}

int32_t DvppCtl(IDVPPAPI*& api, int32_t command, dvppapi_ctl_msg* message) {
	if (api == nullptr || message == nullptr) {
		return fail(api == nullptr ? "used before CreateDvppApi" : "called without a message");
	}
	switch (command) {
	case DVPP_CTL_VPC_PROC:
		return cropAndScale(*message);
	case DVPP_CTL_JPEGD_PROC:
		return decodeJpeg(*message);
	case DVPP_CTL_PNGD_PROC:
		return decodePng(*message);
	case DVPP_CTL_JPEGE_PROC:
		return encodeJpeg(*message);
	case DVPP_CTL_TOOL_CASE_GET_RESIZE_PARAM:
	case DVPP_CTL_DVPP_CAPABILITY:
		return DVPP_SUCCESS;
	default:
		return fail("command " + std::to_string(command) + " is not simulated");
	}
}

int32_t DvppGetOutParameter(void* in, void* out, int32_t command) {
	if (command == GET_JPEGD_OUT_PARAMETER) {
		auto* output = static_cast<JpegdOut*>(out);
		uint32_t bytes = measureJpeg(static_cast<JpegdIn*>(in), output);
		if (bytes != 0) {
			output->yuvDataSize = bytes;
		}
		return bytes == 0 ? DVPP_FAIL : DVPP_SUCCESS;
	}
	if (command == GET_PNGD_OUT_PARAMETER) {
		auto* output = static_cast<PngOutputInfoAPI*>(out);
		uint32_t bytes = measurePng(static_cast<PngInputInfoAPI*>(in), output);
		if (bytes != 0) {
			output->size = bytes;
		}
		return bytes == 0 ? DVPP_FAIL : DVPP_SUCCESS;
	}
	return fail("there is no output of kind " + std::to_string(command));
}

int32_t CreateVdecApi(IDVPPAPI*& api, int32_t) {
	return create(api);
}

int32_t DestroyVdecApi(IDVPPAPI*& api, int32_t) {
	return destroy(api);
}

int32_t VdecCtl(IDVPPAPI*& api, int32_t command, dvppapi_ctl_msg* message, int32_t) {
	if (api == nullptr || message == nullptr || command != DVPP_CTL_VDEC_PROC) {
		return fail(api == nullptr ? "VDEC used before CreateVdecApi" : "VDEC called without a message, or with another's command");
	}
	return decodeVideo(*message);
}

int32_t CreateVenc(VencConfig* vencConfig) {
	sayOnceThatNothingIsComputed();
	if (vencConfig == nullptr || vencConfig->vencOutMsgCallBack == nullptr) {
		return fail("VENC has nobody to call back");
	}
	Encoders& known = encoders();
	std::lock_guard<std::mutex> held(known.lock);
	known.all[++known.last] = Encoder{*vencConfig, false};
	return known.last;
}

int32_t RunVenc(int32_t vencHandle, VencInMsg* vencInMsg) {
	VencConfig config;
	bool begins = false;
	if (vencInMsg == nullptr || !encoders().find(vencHandle, config, begins)) {
		return fail("there is no VENC of that handle, or no message to it");
	}
	uint8_t packet[ENCODED_PACKET] = {};
	VencOutMsg result;
	result.outputData = packet;
	if (begins) {
		result.outputDataSize = PARAMETER_SETS;
		config.vencOutMsgCallBack(&result, config.userData);
	}
	result.outputDataSize = sizeof packet;
	config.vencOutMsgCallBack(&result, config.userData);
	return DVPP_SUCCESS;
}

int32_t DestroyVenc(int32_t vencHandle) {
	std::lock_guard<std::mutex> held(encoders().lock);
	return encoders().all.erase(vencHandle) > 0 ? DVPP_SUCCESS : DVPP_FAIL;
}
