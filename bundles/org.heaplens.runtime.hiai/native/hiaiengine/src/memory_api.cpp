// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/platform.h"
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/c_graph.h"

namespace {

using heaplens::Answer;
using heaplens::FreeCall;
using heaplens::Platform;

HIAI_StatusT code(heaplens::Status status) {
	return static_cast<HIAI_StatusT>(status);
}

Answer allocate(uint32_t size, uint32_t timeOut, uint32_t flag) {
	return Platform::ofProcess().allocate(size, timeOut, flag);
}

} // namespace

void* HIAI_DMalloc(const uint32_t dataSize, const uint32_t timeOut, uint32_t flag) {
	return allocate(dataSize, timeOut, flag).block;
}

HIAI_StatusT HIAI_DFree(void* dataBuffer) {
	return code(Platform::ofProcess().free(dataBuffer, FreeCall::DFree));
}

void* HIAI_DVPP_DMalloc(const uint32_t dataSize) {
	return Platform::ofProcess().allocateDvpp(dataSize).block;
}

HIAI_StatusT HIAI_DVPP_DFree(void* dataBuffer) {
	return code(Platform::ofProcess().free(dataBuffer, FreeCall::DvppDFree));
}

namespace hiai {

HIAI_StatusT HIAIMemory::HIAI_DMalloc(const uint32_t dataSize, void*& dataBuffer, const uint32_t timeOut, uint32_t flag) {
	// Who leaves the time-out out says the constant; what that stands for is a setting.
	uint32_t millis = timeOut == MALLOC_DEFAULT_TIME_OUT ? Platform::ofProcess().usualTimeOutMillis() : timeOut;
	Answer answer = allocate(dataSize, millis, flag);
	dataBuffer = answer.block;
	return code(answer.status);
}

HIAI_StatusT HIAIMemory::HIAI_DFree(void* dataBuffer) {
	return ::HIAI_DFree(dataBuffer);
}

bool HIAIMemory::IsDMalloc(const void* dataBuffer, const uint32_t& dataSize) {
	return Platform::ofProcess().isDMalloc(dataBuffer, dataSize);
}

HIAI_StatusT HIAIMemory::HIAI_DVPP_DMalloc(const uint32_t dataSize, void*& dataBuffer) {
	Answer answer = Platform::ofProcess().allocateDvpp(dataSize);
	dataBuffer = answer.block;
	return code(answer.status);
}

HIAI_StatusT HIAIMemory::HIAI_DVPP_DFree(void* dataBuffer) {
	return ::HIAI_DVPP_DFree(dataBuffer);
}

} // namespace hiai
