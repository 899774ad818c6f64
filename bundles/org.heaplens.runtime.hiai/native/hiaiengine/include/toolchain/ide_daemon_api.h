// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef TOOLCHAIN_IDE_DAEMON_API_H
#define TOOLCHAIN_IDE_DAEMON_API_H

/** Files that a device writes on the developer's machine: here that is this machine, so they are written as they are named. */

#include <stdint.h>

#define IDE_DAEMON_IP_LEN (16)

typedef void* IDE_SESSION;

/** Of the developer's machine; not needed here. */
typedef struct tagConnInfo {
	char ip[IDE_DAEMON_IP_LEN];
	int port;
	int deviceID;
} connInfo_t;

typedef enum tagIdeError {
	IDE_DAEMON_NONE_ERROR = 0,
	IDE_DAEMON_UNKNOW_ERROR = 1,
	IDE_DAEMON_WRITE_ERROR = 2,
	IDE_DAEMON_NO_SPACE_ERROR = 3,
	IDE_DAEMON_INVALID_PATH_ERROR = 4,
	IDE_DAEMON_INVALID_PARAM_ERROR = 5,
	IDE_DAEMON_TCP_CONNECT_ERROR = 6,
	IDE_DAEMON_TCP_CHANNEL_ERROR = 7,
	IDE_DAEMON_MALLOC_ERROR = 8,
	IDE_DAEMON_HDC_CHANNEL_ERROR = 9,
	IDE_DAEMON_CHANNEL_ERROR = 10,
	IDE_DAEMON_MKDIR_ERROR = 11,
	IDE_DAEMON_MEMCPY_ERROR = 12,
	IDE_DAEMON_MEMSET_ERROR = 13,
	IDE_DAEMON_INVALID_IP_ERROR = 14,
	IDE_DAEMON_INTERGER_REVERSED_ERROR = 15,
	IDE_DAEMON_DUMP_QUEUE_FULL = 16,
	NR_IDE_DAEMON_ERROR
} ideError_t;
typedef ideError_t IdeErrorT;

enum IdeDumpFlag { IDE_DUMP_NONE_FLAG = 0 };

struct IdeDumpChunk {
	/** Absolute. */
	char* fileName;
	unsigned char* dataBuf;
	unsigned int bufLen;
	unsigned int isLastChunk;
	/** Where it goes in the file; -1 for its end. */
	long long offset;
	enum IdeDumpFlag flag;
};

#define HIAI_TOOLCHAIN __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/** @param fileName absolute. @return null if it cannot be written */
HIAI_TOOLCHAIN IDE_SESSION ideOpenFile(connInfo_t* connInfo, const char* fileName);
HIAI_TOOLCHAIN ideError_t ideWriteFile(IDE_SESSION session, const void* data, uint32_t len);
HIAI_TOOLCHAIN ideError_t ideCloseFile(IDE_SESSION session);

/** @param privInfo `host:port;device`, or null. @return null if there is no memory */
HIAI_TOOLCHAIN IDE_SESSION IdeDumpStart(const char* privInfo);
HIAI_TOOLCHAIN IdeErrorT IdeDumpData(IDE_SESSION session, const struct IdeDumpChunk* dumpChunk);
HIAI_TOOLCHAIN IdeErrorT IdeDumpEnd(IDE_SESSION session);

#ifdef __cplusplus
}
#endif

#endif
