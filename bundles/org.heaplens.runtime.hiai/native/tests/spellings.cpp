// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// Compiled as each standard and as each part of the API: all spellings that applications have for one and the same.
#include "hiaiengine/ai_memory.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/status.h"

#include <memory>

#define APP_MODULE 0x6001
enum { APP_ERROR_CODE, APP_INFO_CODE };
HIAI_DEF_ERROR_CODE(APP_MODULE, HIAI_ERROR, APP_ERROR, "");
HIAI_DEF_ERROR_CODE(APP_MODULE, HIAI_INFO, APP_INFO, std::string("all is well"));

static_assert(HIAI_OK != 0, "no application may take it for false");
static_assert(HIAI_OK == 0x01013000, "the Java runtime's");
static_assert(HIAI_GRAPH_MEMORY_POOL_STOPPED == 16847020, "as documented");
static_assert(APP_INFO == 0x60013001, "module, level and number");

static_assert(hiai::MEMORY_ATTR_AUTO_FREE == 2 && hiai::MEMORY_ATTR_MANUAL_FREE == 4 && hiai::MEMORY_ATTR_MAX == 5, "");
static_assert(hiai::HIAI_MEMORY_ATTR_ATUO_FREE == 2 && hiai::HIAI_MEMORY_ATTR_MANUAL_FREE == 4, "");
static_assert(hiai::IAI_MEMORY_ATTR_MAX == 5 && hiai::HIAI_MEMORY_HUGE_PAGE == 1 && hiai::HIAI_ALIBUF_MAP_VA32BIT == 0x200, "");
static_assert(hiai::HIAI_MEMORY_ATTR::MEMORY_ATTR_ATUO_FREE == 2 && hiai::HIAI_MEMORY_ATTR::HIAI_MEMORY_ATTR_NONE == 0, "");
static_assert(MEMORY_ATTR_AUTO_FREE == 2 && MEMORY_ATTR_MANUAL_FREE == 4, "");

HIAI_StatusT everySpelling(uint32_t size);

HIAI_StatusT everySpelling(uint32_t size) {
	uint8_t* bytes = nullptr;
	HIAI_StatusT status = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)bytes, 10000);
	if (HIAI_OK != status || bytes == nullptr) {
		return HIAI_ERROR;
	}
	status = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)bytes, hiai::MALLOC_DEFAULT_TIME_OUT, hiai::HIAI_MEMORY_ATTR_MANUAL_FREE);
	status = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)bytes);
	std::shared_ptr<uint8_t> owner(bytes, hiai::HIAIMemory::HIAI_DFree);
	owner.reset(static_cast<uint8_t*>(HIAI_DMalloc(size)), [](uint8_t* pointer) { HIAI_DFree(pointer); });
	owner.reset(static_cast<uint8_t*>(HIAI_DMalloc(size, 0, MEMORY_ATTR_MANUAL_FREE)), HIAI_DFree);
#if !defined(HIAIENGINE_MATRIX_HOST_LIB)
	owner.reset(static_cast<uint8_t*>(HIAI_DVPP_DMalloc(size)), [](uint8_t* pointer) { HIAI_DVPP_DFree(pointer); });
	owner.reset(static_cast<uint8_t*>(HIAI_DVPP_DMalloc(size)), HIAI_DVPP_DFree);
#endif
	return hiai::HIAIMemory::IsDMalloc(owner.get(), size) ? status : APP_ERROR;
}
