// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "driver/peripheral_api.h"
#include "heaplens/platform.h"

#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr CameraResolution RESOLUTIONS[] = {{1920, 1080}, {1280, 720}, {704, 576}, {704, 288}, {352, 288}};
constexpr int CAMERAS = 2;
constexpr uint32_t MOST_FRAMES_A_SECOND = 60;

/** What hands out so much at that pace. */
class Source {
public:
	bool open() {
		std::lock_guard<std::mutex> held(lock_);
		bool opened = !open_;
		open_ = true;
		next_ = Clock::now();
		return opened;
	}
	bool close() {
		std::lock_guard<std::mutex> held(lock_);
		bool closed = open_;
		open_ = false;
		return closed;
	}
	bool isOpen() {
		std::lock_guard<std::mutex> held(lock_);
		return open_;
	}
	/** Waits until the next is due; false if it is not open. */
	bool await(std::chrono::nanoseconds pace) {
		Clock::time_point due;
		{
			std::lock_guard<std::mutex> held(lock_);
			if (!open_) {
				return false;
			}
			// What nobody waited for is lost.
			due = next_ = std::max(next_ + pace, Clock::now());
		}
		std::this_thread::sleep_until(due);
		return isOpen();
	}

private:
	std::mutex lock_;
	bool open_ = false;
	Clock::time_point next_;
};

struct Camera {
	std::mutex lock;
	CameraResolution resolution = RESOLUTIONS[1];
	/** All that is a number. */
	std::map<CameraProperties, uint32_t> values{{CAMERA_PROP_FPS, 15},
	                                            {CAMERA_PROP_IMAGE_FORMAT, CAMERA_IMAGE_YUV420_SP},
	                                            {CAMERA_PROP_CAP_MODE, CAMERA_CAP_ACTIVE},
	                                            {CAMERA_PROP_BRIGHTNESS, 0},
	                                            {CAMERA_PROP_CONTRAST, 0},
	                                            {CAMERA_PROP_SATURATION, 0},
	                                            {CAMERA_PROP_HUE, 0},
	                                            {CAMERA_PROP_GAIN, 0},
	                                            {CAMERA_PROP_EXPOSURE, 0}};
	Source source;

	int bytes() {
		std::lock_guard<std::mutex> held(lock);
		return resolution.width * resolution.height * 3 / 2;
	}
	std::chrono::nanoseconds pace() {
		std::lock_guard<std::mutex> held(lock);
		return std::chrono::nanoseconds(std::chrono::seconds(1)) / values[CAMERA_PROP_FPS];
	}
};

struct Microphone {
	std::mutex lock;
	MICProperties properties{MIC_AUDIO_SAMPLE_RATE_48000, MIC_CAP_ACTIVE, MIC_AUDIO_BIT_WIDTH_16, MIC_SAMPLE_NUM_1024,
	                         MIC_AUDIO_SOUND_MODE_MONO};
	Source source;

	int bytes() {
		std::lock_guard<std::mutex> held(lock);
		return int(properties.frame_sample_rate) * (properties.bit_width == MIC_AUDIO_BIT_WIDTH_16 ? 2 : 3) * (int(properties.sound_mode) + 1);
	}
	std::chrono::nanoseconds pace() {
		std::lock_guard<std::mutex> held(lock);
		return std::chrono::nanoseconds(std::chrono::seconds(1)) * int(properties.frame_sample_rate) / int(properties.sample_rate);
	}
};

/** Whoever looks at pictures has to know that they are none. */
void sayOnceThatNothingIsSeen() {
	static std::once_flag said;
	std::call_once(said, [] { heaplens::warn("cameras and the microphone are simulated: all pictures are black, and all sound is silence"); });
}

/** Null if there is none. */
Camera* camera(int number) {
	static std::array<Camera, CAMERAS>& all = *new std::array<Camera, CAMERAS>;
	return number >= 0 && number < CAMERAS ? &all[size_t(number)] : nullptr;
}

Microphone& microphone() {
	static Microphone& only = *new Microphone;
	return only;
}

template <typename Of>
int read(Of& of, void* data, int* size) {
	if (data == nullptr || size == nullptr || *size < of.bytes() || !of.source.await(of.pace())) {
		return 0;
	}
	*size = of.bytes();
	std::memset(data, 0, size_t(*size));
	return 1;
}

template <typename Of>
int capture(Of& of, int (*callback)(const void*, int, void*), void* parameter) {
	if (callback == nullptr || !of.source.isOpen()) {
		return 0;
	}
	std::vector<char> nothing;
	while (of.source.await(of.pace())) {
		nothing.resize(size_t(of.bytes()));
		if (callback(nothing.data(), int(nothing.size()), parameter) == 0) {
			break;
		}
	}
	return 1;
}

} // namespace

int MediaLibInit() {
	sayOnceThatNothingIsSeen();
	return LIBMEDIA_STATUS_OK;
}

int IsChipAlive(char* chipName) {
	return chipName != nullptr;
}

uint32_t QueryCameraIds(int* cameraIds, uint32_t* count) {
	if (cameraIds == nullptr || count == nullptr) {
		return 0;
	}
	*count = std::min<uint32_t>(*count, CAMERAS);
	for (uint32_t number = 0; number < *count; number++) {
		cameraIds[number] = int(number);
	}
	return *count;
}

CameraStatus QueryCameraStatus(int cameraId) {
	Camera* found = camera(cameraId);
	return found == nullptr ? CAMERA_NOT_EXISTS : found->source.isOpen() ? CAMERA_STATUS_OPEN : CAMERA_STATUS_CLOSED;
}

int OpenCamera(int cameraId) {
	sayOnceThatNothingIsSeen();
	Camera* found = camera(cameraId);
	return found != nullptr && found->source.open();
}

int SetCameraProperty(int cameraId, CameraProperties prop, const void* pInValue) {
	Camera* found = camera(cameraId);
	if (found == nullptr || pInValue == nullptr) {
		return 0;
	}
	std::lock_guard<std::mutex> held(found->lock);
	if (prop == CAMERA_PROP_RESOLUTION) {
		const auto& wanted = *static_cast<const CameraResolution*>(pInValue);
		for (const CameraResolution& there : RESOLUTIONS) {
			if (wanted.width == there.width && wanted.height == there.height) {
				found->resolution = wanted;
				return 1;
			}
		}
		return 0;
	}
	uint32_t value = *static_cast<const uint32_t*>(pInValue);
	bool fits = prop == CAMERA_PROP_FPS ? value >= 1 && value <= MOST_FRAMES_A_SECOND : found->values.count(prop) > 0;
	if (fits) {
		found->values[prop] = value;
	}
	return fits;
}

int GetCameraProperty(int cameraId, CameraProperties prop, void* pValue) {
	Camera* found = camera(cameraId);
	if (found == nullptr || pValue == nullptr) {
		return 0;
	}
	std::lock_guard<std::mutex> held(found->lock);
	if (prop == CAMERA_PROP_RESOLUTION) {
		*static_cast<CameraResolution*>(pValue) = found->resolution;
	} else if (prop == CAMERA_PROP_SUPPORTED_RESOLUTION) {
		std::memset(pValue, 0, HIAI_MAX_CAMERARESOLUTION_COUNT * sizeof(CameraResolution));
		std::memcpy(pValue, RESOLUTIONS, sizeof RESOLUTIONS);
	} else if (found->values.count(prop) > 0) {
		*static_cast<uint32_t*>(pValue) = found->values[prop];
	} else {
		return 0;
	}
	return 1;
}

int CapCamera(int cameraId, CAP_CAMERA_CALLBACK callback, void* param) {
	Camera* found = camera(cameraId);
	return found == nullptr ? 0 : capture(*found, callback, param);
}

int ReadFrameFromCamera(int cameraId, void* pdata, int* size) {
	Camera* found = camera(cameraId);
	return found == nullptr ? 0 : read(*found, pdata, size);
}

int CloseCamera(int cameraId) {
	Camera* found = camera(cameraId);
	return found != nullptr && found->source.close();
}

MICStatus QueryMICStatus() {
	return microphone().source.isOpen() ? MIC_STATUS_OPEN : MIC_STATUS_CLOSED;
}

int OpenMIC() {
	sayOnceThatNothingIsSeen();
	return microphone().source.open();
}

int SetMICProperty(MICProperties* propties) {
	if (propties == nullptr || int(propties->sample_rate) < int(MIC_AUDIO_SAMPLE_RATE_8000) ||
	    int(propties->frame_sample_rate) < int(MIC_SAMPLE_NUM_80) || int(propties->sound_mode) > int(MIC_AUDIO_SOUND_MODE_STEREO)) {
		return 0;
	}
	std::lock_guard<std::mutex> held(microphone().lock);
	microphone().properties = *propties;
	return 1;
}

int GetMICProperty(MICProperties* propties) {
	if (propties == nullptr) {
		return 0;
	}
	std::lock_guard<std::mutex> held(microphone().lock);
	*propties = microphone().properties;
	return 1;
}

int CapMIC(CAP_MIC_CALLBACK callback, void* param) {
	return capture(microphone(), callback, param);
}

int ReadMicSound(void* pdata, int* size) {
	return read(microphone(), pdata, size);
}

int CloseMIC() {
	return microphone().source.close();
}
