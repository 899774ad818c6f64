// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
// What a developer board has beside its processor.
#include "custom/toolchain/ide_daemon_api.h"
#include "driver/peripheral_api.h"
#include "hiaiengine/power_state.h"

#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>
#include <vector>

namespace {

TEST(Camera, HasFramesOfTheSizeThatIsAskedFor) {
	ASSERT_EQ(MediaLibInit(), LIBMEDIA_STATUS_OK);
	int numbers[HIAI_MAX_CAMERA_COUNT];
	uint32_t count = HIAI_MAX_CAMERA_COUNT;
	ASSERT_EQ(QueryCameraIds(numbers, &count), 2U);
	EXPECT_EQ(QueryCameraStatus(numbers[1]), CAMERA_STATUS_CLOSED);
	ASSERT_EQ(OpenCamera(numbers[1]), 1);
	EXPECT_EQ(OpenCamera(numbers[1]), 0);
	EXPECT_EQ(QueryCameraStatus(numbers[1]), CAMERA_STATUS_OPEN);
	CameraResolution small = {352, 288};
	uint32_t fps = 60;
	EXPECT_EQ(SetCameraProperty(1, CAMERA_PROP_RESOLUTION, &small), 1);
	EXPECT_EQ(SetCameraProperty(1, CAMERA_PROP_FPS, &fps), 1);
	std::vector<char> frame(352 * 288 * 2, 1);
	int size = int(frame.size());
	ASSERT_EQ(ReadFrameFromCamera(1, frame.data(), &size), 1);
	EXPECT_EQ(size, 352 * 288 * 3 / 2);
	EXPECT_EQ(frame[0], 0);
	size--;
	EXPECT_EQ(ReadFrameFromCamera(1, frame.data(), &size), 0) << "there is no room for one";
	EXPECT_EQ(CloseCamera(1), 1);
	EXPECT_EQ(ReadFrameFromCamera(1, frame.data(), &size), 0);
}

TEST(Camera, HandsFramesOverUntilTheProgramHasEnough) {
	ASSERT_EQ(OpenCamera(0), 1);
	uint32_t fps = 60;
	EXPECT_EQ(SetCameraProperty(0, CAMERA_PROP_FPS, &fps), 1);
	int frames = 0;
	EXPECT_EQ(CapCamera(
				  0, [](const void*, int, void* count) { return ++*static_cast<int*>(count) < 3 ? 1 : 0; }, &frames),
	          1);
	EXPECT_EQ(frames, 3);
	EXPECT_EQ(CloseCamera(0), 1);
	EXPECT_EQ(CloseCamera(0), 0);
}

TEST(Camera, RefusesWhatItCannot) {
	EXPECT_EQ(QueryCameraStatus(7), CAMERA_NOT_EXISTS);
	EXPECT_EQ(OpenCamera(-1), 0);
	CameraResolution odd = {17, 3};
	uint32_t none = 0;
	EXPECT_EQ(SetCameraProperty(0, CAMERA_PROP_RESOLUTION, &odd), 0);
	EXPECT_EQ(SetCameraProperty(0, CAMERA_PROP_FPS, &none), 0);
	EXPECT_EQ(SetCameraProperty(0, CAMERA_PROP_SUPPORTED_RESOLUTION, &none), 0);
	CameraResolution all[HIAI_MAX_CAMERARESOLUTION_COUNT];
	EXPECT_EQ(GetCameraProperty(0, CAMERA_PROP_SUPPORTED_RESOLUTION, all), 1);
	EXPECT_EQ(all[0].width, 1920);
	EXPECT_EQ(all[24].width, 0);
}

TEST(Microphone, HasSilenceOfTheSizeThatIsAskedFor) {
	ASSERT_EQ(OpenMIC(), 1);
	MICProperties properties;
	ASSERT_EQ(GetMICProperty(&properties), 1);
	properties.frame_sample_rate = MIC_SAMPLE_NUM_80;
	properties.sound_mode = MIC_AUDIO_SOUND_MODE_STEREO;
	ASSERT_EQ(SetMICProperty(&properties), 1);
	char sound[1000];
	int size = sizeof sound;
	EXPECT_EQ(ReadMicSound(sound, &size), 1);
	EXPECT_EQ(size, 80 * 2 * 2);
	EXPECT_EQ(CloseMIC(), 1);
	EXPECT_EQ(QueryMICStatus(), MIC_STATUS_CLOSED);
}

std::string content(const std::string& path) {
	std::ostringstream text;
	text << std::ifstream(path).rdbuf();
	return text.str();
}

TEST(Toolchain, WritesFilesWhereTheyAreNamed) {
	std::string path = testing::TempDir() + std::to_string(getpid()) + "-dump";
	IDE_SESSION file = ideOpenFile(nullptr, path.c_str());
	ASSERT_NE(file, nullptr);
	EXPECT_EQ(ideWriteFile(file, "abcdef", 6), IDE_DAEMON_NONE_ERROR);
	EXPECT_EQ(ideCloseFile(file), IDE_DAEMON_NONE_ERROR);
	IDE_SESSION dump = IdeDumpStart(nullptr);
	unsigned char bytes[] = {'x', 'y'};
	IdeDumpChunk chunk = {&path[0], bytes, 2, 0, 1, IDE_DUMP_NONE_FLAG};
	EXPECT_EQ(IdeDumpData(dump, &chunk), IDE_DAEMON_NONE_ERROR);
	chunk.offset = -1;
	EXPECT_EQ(IdeDumpData(dump, &chunk), IDE_DAEMON_NONE_ERROR);
	EXPECT_EQ(IdeDumpEnd(dump), IDE_DAEMON_NONE_ERROR);
	EXPECT_EQ(content(path), "axydefxy");
	unlink(path.c_str());
}

TEST(Toolchain, SaysWhyItCannotWrite) {
	EXPECT_EQ(ideOpenFile(nullptr, "relative"), nullptr);
	EXPECT_EQ(ideWriteFile(nullptr, "a", 1), IDE_DAEMON_INVALID_PARAM_ERROR);
	IDE_SESSION dump = IdeDumpStart("127.0.0.1:22118;0");
	char nowhere[] = "/nonexistent/folder/file";
	unsigned char byte = 0;
	IdeDumpChunk chunk = {nowhere, &byte, 1, 1, -1, IDE_DUMP_NONE_FLAG};
	EXPECT_EQ(IdeDumpData(dump, &chunk), IDE_DAEMON_INVALID_PATH_ERROR);
	EXPECT_EQ(IdeDumpEnd(dump), IDE_DAEMON_NONE_ERROR);
}

HIAI_StatusT heard(uint32_t, hiai::PowerState::DevicePowerStateT) {
	return HIAI_OK;
}

TEST(PowerState, IsSubscribedOnce) {
	auto* power = hiai::PowerState::GetInstance();
	EXPECT_EQ(power->SubscribePowerStateEvent(heard), HIAI_OK);
	EXPECT_EQ(power->SubscribePowerStateEvent(heard), HIAI_GRAPH_INVALID_VALUE);
	EXPECT_EQ(power->UnsubscribePowerStateEvent(heard), HIAI_OK);
	EXPECT_EQ(power->UnsubscribePowerStateEvent(heard), HIAI_GRAPH_INVALID_VALUE);
}

} // namespace
