// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "toolchain/ide_daemon_api.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <new>
#include <unistd.h>

namespace {

ideError_t errorOf(int number) {
	switch (number) {
	case ENOSPC:
		return IDE_DAEMON_NO_SPACE_ERROR;
	case ENOENT:
	case ENOTDIR:
	case EISDIR:
		return IDE_DAEMON_INVALID_PATH_ERROR;
	default:
		return IDE_DAEMON_WRITE_ERROR;
	}
}

/** The session of a dump, which has no file of its own: each piece names one. */
struct Dump {};

/** All of it, or why not. @param offset -1 for the end */
ideError_t writeAll(int file, const unsigned char* bytes, size_t left, long long offset) {
	while (left > 0) {
		ssize_t written = offset < 0 ? write(file, bytes, left) : pwrite(file, bytes, left, offset);
		if (written < 0 && errno == EINTR) {
			continue;
		}
		if (written <= 0) {
			return errorOf(errno);
		}
		bytes += written;
		left -= size_t(written);
		offset += offset < 0 ? 0 : written;
	}
	return IDE_DAEMON_NONE_ERROR;
}

} // namespace

IDE_SESSION ideOpenFile(connInfo_t*, const char* fileName) {
	return fileName == nullptr || fileName[0] != '/' ? nullptr : std::fopen(fileName, "wb");
}

ideError_t ideWriteFile(IDE_SESSION session, const void* data, uint32_t len) {
	if (session == nullptr || data == nullptr) {
		return IDE_DAEMON_INVALID_PARAM_ERROR;
	}
	return std::fwrite(data, 1, len, static_cast<FILE*>(session)) == len ? IDE_DAEMON_NONE_ERROR : errorOf(errno);
}

ideError_t ideCloseFile(IDE_SESSION session) {
	if (session == nullptr) {
		return IDE_DAEMON_INVALID_PARAM_ERROR;
	}
	return std::fclose(static_cast<FILE*>(session)) == 0 ? IDE_DAEMON_NONE_ERROR : errorOf(errno);
}

IDE_SESSION IdeDumpStart(const char*) {
	return new (std::nothrow) Dump;
}

IdeErrorT IdeDumpData(IDE_SESSION session, const IdeDumpChunk* dumpChunk) {
	if (session == nullptr || dumpChunk == nullptr || dumpChunk->fileName == nullptr || dumpChunk->dataBuf == nullptr ||
	    dumpChunk->offset < -1) {
		return IDE_DAEMON_INVALID_PARAM_ERROR;
	}
	int file = open(dumpChunk->fileName, O_WRONLY | O_CREAT | O_CLOEXEC | (dumpChunk->offset < 0 ? O_APPEND : 0), 0666);
	if (file < 0) {
		return errorOf(errno);
	}
	ideError_t error = writeAll(file, dumpChunk->dataBuf, dumpChunk->bufLen, dumpChunk->offset);
	return close(file) == 0 || error != IDE_DAEMON_NONE_ERROR ? error : errorOf(errno);
}

IdeErrorT IdeDumpEnd(IDE_SESSION session) {
	if (session == nullptr) {
		return IDE_DAEMON_INVALID_PARAM_ERROR;
	}
	delete static_cast<Dump*>(session);
	return IDE_DAEMON_NONE_ERROR;
}
