// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_C_GRAPH_H
#define HIAIENGINE_C_GRAPH_H

/** Memory, graphs and messages for C callers; C++ callers have default arguments and shared pointers on top. */

#include <stddef.h>
#include <stdint.h>

#include "hiaiengine/memory_attr.h"
#include "hiaiengine/profile.h"
#include "hiaiengine/status.h"

/** A port of an engine of a graph. */
typedef struct HIAI_PortID {
	uint32_t graph_id;
	uint32_t engine_id;
	uint32_t port_id;
} HIAI_PortID_t;

typedef HIAI_StatusT (*HIAI_RecvDataCallbackT)(void*);
typedef uint32_t HIAI_API_VERSION;

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A block of the heap where the caller runs.
 *
 * @param dataSize bytes; 1 to 268,435,456 on the host, 96 less on a device
 * @param timeOut  ms to wait for room; 0 not at all
 * @param flag     a HIAI_MEMORY_ATTR
 * @return null if there is none; aligned to 64 bytes on the host, 128 on a device; not zeroed
 */
HIAI_COMMON_LIB_EXPORT void* HIAI_DMalloc(const uint32_t dataSize, const uint32_t timeOut, uint32_t flag);

/** Gives a block back. @return HIAI_OK; HIAI_GRAPH_INVALID_VALUE for null; HIAI_GRAPH_NOT_FIND_MEMORY for what is no live block */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_DFree(void* dataBuffer);

/** A block that DVPP can use; only on a device. @return null if there is none */
HIAI_DEVICE_LIB_EXPORT void* HIAI_DVPP_DMalloc(const uint32_t dataSize);

HIAI_DEVICE_LIB_EXPORT HIAI_StatusT HIAI_DVPP_DFree(void* dataBuffer);

/** Before all else. @param deviceID 0 to 63; a graph's `device_id` decides where its engines run */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_Init(uint32_t deviceID);

/**
 * Makes the graphs of a file, and starts their engines.
 *
 * @param graphConfigFile name, not necessarily ended by a zero
 * @param len             its characters, 1 to 255
 */
HIAI_HOST_LIB_EXPORT HIAI_StatusT HIAI_CreateGraph(const char* graphConfigFile, size_t len);

/** Ends a graph; messages that its engines did not take are dropped. */
HIAI_HOST_LIB_EXPORT HIAI_StatusT HIAI_DestroyGraph(uint32_t graphID);

/** Sends what stays the caller's. @param len characters of the name */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_C_SendData(HIAI_PortID_t targetPortConfig, const char* messageName, size_t len, void* dataPtr);

/** Has a function called with what arrives at an output port; what it is given goes when it returns. */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_SetDataRecvFunctor(HIAI_PortID_t targetPortConfig, HIAI_RecvDataCallbackT recvFunc);

/** The graphs that there are, by their numbers. @return HIAI_GRAPH_GET_GraphId_ERROR after the last */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetFirstGraphId(uint32_t* firstGraphId);
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetNextGraphId(uint32_t currentGraphId, uint32_t* nextGraphId);

/** The devices that there are. @return HIAI_GRAPH_GET_DEVID_ERROR after the last */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetDeviceNum(uint32_t* deviceCount);
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetFirstDeviceId(uint32_t* firstDeviceId);
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetNextDeviceId(uint32_t currentDeviceId, uint32_t* nextDeviceId);

/** Where a device is plugged in: simulated ones have slots of their own on bus 0. */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_GetPCIeInfo(const uint32_t devId, int32_t* bus, int32_t* dev, int32_t* func);

/** Of this library; a board's has its own. */
HIAI_COMMON_LIB_EXPORT HIAI_API_VERSION HIAI_GetAPIVersion(void);

#ifdef __cplusplus
} // extern "C"

#include <memory>
#include <string>

/** The guide calls HIAI_DMalloc with one argument, or two. */
inline void* HIAI_DMalloc(const uint32_t dataSize, const uint32_t timeOut = 500) {
	return HIAI_DMalloc(dataSize, timeOut, hiai::HIAI_MEMORY_ATTR_AUTO_FREE);
}

/** Sends a message to an engine. @param timeOut ms that each try may wait; 0 not at all */
HIAI_COMMON_LIB_EXPORT HIAI_StatusT HIAI_SendData(HIAI_PortID_t targetPortConfig, const std::string& messageName,
                                                  std::shared_ptr<void>& dataPtr, const uint32_t timeOut = 0);

#endif

#endif
