// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_STATUS_H
#define HIAIENGINE_STATUS_H

/**
 * What calls answer. A code is `module << 16 | level << 12 | number`. Of the vendor's numbers only that of
 * HIAI_GRAPH_MEMORY_POOL_STOPPED is documented; the others are stable in HeapLens, and are not those of a board. HIAI_OK is not zero:
 * compare with it.
 */

#include <stdint.h>

#include "hiaiengine/profile.h"

typedef uint32_t HIAI_StatusT;

/** A code from its parts; for preprocessor and constants alike. */
#define HIAI_STATUS_CODE(moduleId, logLevel, number)                                                                                       \
	((0xFFFFu & (uint32_t)(moduleId)) << 16 | (0xFu & (uint32_t)(logLevel)) << 12 | (0xFFFu & (uint32_t)(number)))

#ifdef __cplusplus

#include <string>

namespace hiai {

/** Remembers what a code of the application means, for the log. Threads share it. */
class StatusText {
public:
	/** @param text as the log shows it; empty or null for none */
	__attribute__((visibility("default"))) StatusText(HIAI_StatusT code, const char* name, const char* text);
	StatusText(HIAI_StatusT code, const char* name, const std::string& text) : StatusText(code, name, text.c_str()) {}
};

} // namespace hiai

#define HIAI_STATUS_CONSTANT(name, value) static const HIAI_StatusT name = value

/**
 * A code of the application: `name` becomes a constant, of the number `name_CODE`, which has to be defined before.
 *
 *     #define APP_NO_FRAME_CODE 7
 *     HIAI_DEF_ERROR_CODE(0x6001, HIAI_ERROR, APP_NO_FRAME, "no frame to read");
 */
#define HIAI_DEF_ERROR_CODE(moduleId, logLevel, codeName, codeDesc)                                                                        \
	HIAI_STATUS_CONSTANT(codeName, HIAI_STATUS_CODE(moduleId, logLevel, codeName##_CODE));                                                 \
	static const ::hiai::StatusText codeName##_STATUS_TEXT(codeName, #codeName, codeDesc)

/** Levels of the log. Applications also return HIAI_ERROR as the failure that has no other name. */
HIAI_STATUS_CONSTANT(HIAI_FATAL, 0);
HIAI_STATUS_CONSTANT(HIAI_ERROR, 1);
HIAI_STATUS_CONSTANT(HIAI_WARNING, 2);
HIAI_STATUS_CONSTANT(HIAI_INFO, 3);
HIAI_STATUS_CONSTANT(HIAI_DEBUG, 4);
HIAI_STATUS_CONSTANT(HIAI_EVENT, 5);
HIAI_STATUS_CONSTANT(HIAI_DEBUG_INFO, 4);

#define HIAI_MATRIX_STATUS(name, level, number) HIAI_STATUS_CONSTANT(name, HIAI_STATUS_CODE(0x0101, level, number))

#else

/* In C, a constant of a header is an enumerator, since a static variable would be defined in each file. */
enum { HIAI_FATAL = 0, HIAI_ERROR = 1, HIAI_WARNING = 2, HIAI_INFO = 3, HIAI_DEBUG = 4, HIAI_EVENT = 5 };

#define HIAI_MATRIX_STATUS(name, level, number) enum { name = HIAI_STATUS_CODE(0x0101, level, number) }

#endif

/* Done. */
HIAI_MATRIX_STATUS(HIAI_OK, 3, 0x000);
/* There is no such graph, or no graph at all. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_NOT_EXIST, 1, 0x002);
/* An argument is out of its range, or the message cannot be sent. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_INVALID_VALUE, 1, 0x003);
/* What was to be freed is no block, or no longer. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_NOT_FIND_MEMORY, 1, 0x004);
/* More was asked for than one block may have. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_MALLOC_LARGER, 1, 0x005);
/* No room in the heap, also after waiting. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_NO_MEMORY, 1, 0x006);
/* No room in the receiver's heap, also after waiting. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_NO_USEFUL_MEMORY, 1, 0x007);
HIAI_MATRIX_STATUS(HIAI_GRAPH_ENGINE_NOT_EXIST, 1, 0x008);
/* Nothing is connected to that port. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_SRC_PORT_NOT_EXIST, 1, 0x009);
/* The graph's threads did not end in time. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_DESTROY_TIMEOUT, 1, 0x00A);
/* The transfer failed. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_SENDMSG_FAILED, 1, 0x00B);
/* The pool is being stopped; try again a little later. The one number that is documented. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_MEMORY_POOL_STOPPED, 1, 0x0AC);
/* There is no message. */
HIAI_MATRIX_STATUS(HIAI_ENGINE_NULL_POINTER, 1, 0x00D);
/* The receiver's queue stayed full; the message was not taken. */
HIAI_MATRIX_STATUS(HIAI_QUEUE_FULL, 1, 0x00E);
HIAI_MATRIX_STATUS(HIAI_PORT_ID_ERROR, 1, 0x00F);
/* The graph file cannot be read, or says what cannot be. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_PROTO_FILE_PARSE_FAILED, 1, 0x010);
/* A function that should be registered is none. */
HIAI_MATRIX_STATUS(HIAI_ENGINE_FUNCTOR_NULL, 1, 0x011);
/* The name is registered already, and keeps what it has. */
HIAI_MATRIX_STATUS(HIAI_ENGINE_FUNCTOR_EXIST, 1, 0x012);

/* Those below are never answered here; they are for applications that compare with them, or return them. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_MEMORY_POOL_NOT_EXISTED, 1, 0x020);
HIAI_MATRIX_STATUS(HIAI_GRAPH_MEMORY_POOL_INITED, 1, 0x021);
HIAI_MATRIX_STATUS(HIAI_MEMORY_POOL_UPDATE_FAILED, 1, 0x022);
HIAI_MATRIX_STATUS(HIAI_GRAPH_GET_INSTANCE_NULL, 1, 0x023);
HIAI_MATRIX_STATUS(HIAI_GRAPH_ENGINE_DESTROY_FAILED, 1, 0x024);
HIAI_MATRIX_STATUS(HIAI_GRAPH_EXISTED, 1, 0x025);
HIAI_MATRIX_STATUS(HIAI_GRAPH_INIT_FAILED, 1, 0x026);
HIAI_MATRIX_STATUS(HIAI_INIT_FAIL, 1, 0x027);
HIAI_MATRIX_STATUS(HIAI_ENGINE_RUN_ARGS_NOT_RIGHT, 1, 0x028);
HIAI_MATRIX_STATUS(HIAI_ENGINE_INIT_FAILED, 1, 0x029);
HIAI_MATRIX_STATUS(HIAI_HDC_SEND_MSG_ERROR, 1, 0x02A);
HIAI_MATRIX_STATUS(HIAI_HDC_SEND_ERROR, 1, 0x02B);
HIAI_MATRIX_STATUS(HIAI_MEMORY_EXHAUSTED, 1, 0x02C);

/* There is no such graph or device, or nowhere to put the answer. */
HIAI_MATRIX_STATUS(HIAI_GRAPH_GET_GraphId_ERROR, 1, 0x030);
HIAI_MATRIX_STATUS(HIAI_GRAPH_GET_DEVNUM_ERROR, 1, 0x031);
HIAI_MATRIX_STATUS(HIAI_GRAPH_GET_DEVID_ERROR, 1, 0x032);
HIAI_MATRIX_STATUS(HIAI_GRAPH_GET_PCIEINFO_ERROR, 1, 0x033);

#endif
