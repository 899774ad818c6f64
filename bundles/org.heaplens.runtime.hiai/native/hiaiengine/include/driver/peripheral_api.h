// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DRIVER_PERIPHERAL_API_H
#define DRIVER_PERIPHERAL_API_H

/**
 * Cameras and the microphone of a developer board, simulated: there are two cameras, 0 and 1, and a microphone. Pictures are black and
 * sound is silence, in the sizes and at the pace that are asked for; the first use says so on standard error. Functions answer 1, or 0 if
 * they cannot. Threads share all of it.
 */

#include <stdint.h>

#define HIAI_MAX_CAMERA_COUNT (25)
#define HIAI_MAX_MIC_COUNT (25)
#define HIAI_MAX_CAMERARESOLUTION_COUNT (25)

enum LIBMEDIA_STATUS { LIBMEDIA_STATUS_FAILED = 0, LIBMEDIA_STATUS_OK };

enum CameraStatus { CAMERA_STATUS_OPEN = 1, CAMERA_STATUS_CLOSED = 2, CAMERA_NOT_EXISTS = 3, CAMERA_STATUS_UNKOWN = 4 };

/** With the types of their values. */
enum CameraProperties {
	/** CameraResolution. */
	CAMERA_PROP_RESOLUTION = 1,
	/** uint32_t, frames a second. */
	CAMERA_PROP_FPS = 2,
	/** CameraImageFormat. */
	CAMERA_PROP_IMAGE_FORMAT = 3,
	/** An array of HIAI_MAX_CAMERARESOLUTION_COUNT CameraResolution; only to be read. */
	CAMERA_PROP_SUPPORTED_RESOLUTION = 4,
	/** CameraCapMode. */
	CAMERA_PROP_CAP_MODE = 5,
	/** uint32_t, like all that follow. */
	CAMERA_PROP_BRIGHTNESS = 6,
	CAMERA_PROP_CONTRAST = 7,
	CAMERA_PROP_SATURATION = 8,
	CAMERA_PROP_HUE = 9,
	CAMERA_PROP_GAIN = 10,
	CAMERA_PROP_EXPOSURE = 11
};

enum CameraImageFormat { CAMERA_IMAGE_YUV420_SP = 1 };

/** Active: the program reads frames. Passive: a call back gets them. */
enum CameraCapMode { CAMERA_CAP_ACTIVE = 1, CAMERA_CAP_PASSIVE = 2 };

struct CameraResolution {
	int width;
	int height;
};

typedef int (*CAP_CAMERA_CALLBACK)(const void* pdata, int size, void* param);

enum MICCapMode { MIC_CAP_ACTIVE = 1, MIC_CAP_PASSIVE = 2 };

enum AudioSampleRate {
	MIC_AUDIO_SAMPLE_RATE_8000 = 8000,
	MIC_AUDIO_SAMPLE_RATE_12000 = 12000,
	MIC_AUDIO_SAMPLE_RATE_11025 = 11025,
	MIC_AUDIO_SAMPLE_RATE_16000 = 16000,
	MIC_AUDIO_SAMPLE_RATE_22050 = 22050,
	MIC_AUDIO_SAMPLE_RATE_24000 = 24000,
	MIC_AUDIO_SAMPLE_RATE_32000 = 32000,
	MIC_AUDIO_SAMPLE_RATE_44100 = 44100,
	MIC_AUDIO_SAMPLE_RATE_48000 = 48000,
	MIC_AUDIO_SAMPLE_RATE_64000 = 64000,
	MIC_AUDIO_SAMPLE_RATE_96000 = 96000,
	MIC_AUDIO_SAMPLE_RATE_BUTT
};

enum AudioSampleNumPerFrame {
	MIC_SAMPLE_NUM_80 = 80,
	MIC_SAMPLE_NUM_160 = 160,
	MIC_SAMPLE_NUM_240 = 240,
	MIC_SAMPLE_NUM_320 = 320,
	MIC_SAMPLE_NUM_480 = 480,
	MIC_SAMPLE_NUM_1024 = 1024,
	MIC_SAMPLE_NUM_2048 = 2048
};

enum AudioBitWidth { MIC_AUDIO_BIT_WIDTH_16 = 1, MIC_AUDIO_BIT_WIDTH_24 = 2, MIC_AUDIO_BIT_WIDTH_BUTT };

enum AudioMode { MIC_AUDIO_SOUND_MODE_MONO = 0, MIC_AUDIO_SOUND_MODE_STEREO = 1, MIC_AUDIO_SOUND_MODE_BUTT };

struct MICProperties {
	enum AudioSampleRate sample_rate;
	enum MICCapMode cap_mode;
	enum AudioBitWidth bit_width;
	enum AudioSampleNumPerFrame frame_sample_rate;
	enum AudioMode sound_mode;
};

enum MICStatus { MIC_STATUS_OPEN = 1, MIC_STATUS_CLOSED = 2, MIC_NOT_EXISTS = 3, MIC_STATUS_UNKOWN = 4 };

typedef int (*CAP_MIC_CALLBACK)(const void* pdata, int size, void* param);

#define HIAI_PERIPHERAL __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/** Before all else. @return LIBMEDIA_STATUS_OK */
HIAI_PERIPHERAL int MediaLibInit(void);
HIAI_PERIPHERAL int IsChipAlive(char* chipName);

/** @param cameraIds gets their numbers  @param count how many it can hold, and then how many there are */
HIAI_PERIPHERAL uint32_t QueryCameraIds(int* cameraIds, uint32_t* count);
HIAI_PERIPHERAL enum CameraStatus QueryCameraStatus(int cameraId);
HIAI_PERIPHERAL int OpenCamera(int cameraId);
HIAI_PERIPHERAL int SetCameraProperty(int cameraId, enum CameraProperties prop, const void* pInValue);
HIAI_PERIPHERAL int GetCameraProperty(int cameraId, enum CameraProperties prop, void* pValue);
/** Hands frames over until the call back answers 0, or the camera is closed. */
HIAI_PERIPHERAL int CapCamera(int cameraId, CAP_CAMERA_CALLBACK callback, void* param);
/** Waits for the next frame. @param size bytes that there are, and then those of the frame */
HIAI_PERIPHERAL int ReadFrameFromCamera(int cameraId, void* pdata, int* size);
HIAI_PERIPHERAL int CloseCamera(int cameraId);

HIAI_PERIPHERAL enum MICStatus QueryMICStatus(void);
HIAI_PERIPHERAL int OpenMIC(void);
HIAI_PERIPHERAL int SetMICProperty(struct MICProperties* propties);
HIAI_PERIPHERAL int GetMICProperty(struct MICProperties* propties);
/** As with a camera. */
HIAI_PERIPHERAL int CapMIC(CAP_MIC_CALLBACK callback, void* param);
HIAI_PERIPHERAL int ReadMicSound(void* pdata, int* size);
HIAI_PERIPHERAL int CloseMIC(void);

#ifdef __cplusplus
}
#endif

#endif
