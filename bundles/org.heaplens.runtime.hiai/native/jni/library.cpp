// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "library.h"

#include <cstdio>
#include <dlfcn.h>

namespace heaplens::jni {
namespace {

template <typename Function> void find(void* library, const char* name, Function& function) {
	function = reinterpret_cast<Function>(dlsym(library, name));
}

/** The first of the functions without which there is no HiAI library; null if all are there. */
const char* missing(const Library& library) {
	return library.allocate == nullptr ? "HIAI_DMalloc" : library.free == nullptr ? "HIAI_DFree" : nullptr;
}

} // namespace

bool Library::open(const char* file, char* problem, size_t length) {
	// For all to see: the libraries of engines that it loads later may need its functions without naming it.
	void* library = dlopen(file, RTLD_NOW | RTLD_GLOBAL);
	if (library == nullptr) {
		snprintf(problem, length, "%s", dlerror());
		return false;
	}
	find(library, "HIAI_DMalloc", allocate);
	find(library, "HIAI_DFree", free);
	find(library, "HIAI_DVPP_DMalloc", allocateDvpp);
	find(library, "HIAI_DVPP_DFree", freeDvpp);
	find(library, "_ZN4hiai10HIAIMemory12HIAI_DMallocEjRPvjj", allocateByValue);
	find(library, "_ZN4hiai10HIAIMemory12HIAI_DMallocEjRPvRKjj", allocateByReference);
	find(library, "_ZN4hiai10HIAIMemory17HIAI_DVPP_DMallocEjRPv", allocateDvppWithStatus);
	find(library, "_ZN4hiai10HIAIMemory9IsDMallocEPKvRKj", isDMalloc);
	find(library, "_ZN4hiai5Graph17ReleaseDataBufferEPv", release);
	find(library, "HIAI_CreateGraph", createGraph);
	find(library, "HIAI_DestroyGraph", destroyGraph);
	find(library, "HIAI_C_SendData", send);
	find(library, "heaplens_set", set);
	find(library, "heaplens_size_of", sizeOf);
	find(library, "heaplens_recorded_frames", recordedFrames);
	find(library, "heaplens_stack", stack);
	find(library, "heaplens_called_from", calledFrom);
	find(library, "heaplens_thread", nameThread);
	const char* lacks = missing(*this);
	if (lacks != nullptr) {
		snprintf(problem, length, "it has no function %s", lacks);
		// It stays loaded: its static destructors may be of any kind, and the process has no use for the room.
		return false;
	}
	return true;
}

int32_t Library::abilities() const {
	bool withStatus = allocateByValue != nullptr || allocateByReference != nullptr;
	bool dvpp = allocateDvpp != nullptr && freeDvpp != nullptr;
	bool graphs = createGraph != nullptr && destroyGraph != nullptr && send != nullptr;
	bool recording = recordedFrames != nullptr && stack != nullptr && calledFrom != nullptr && nameThread != nullptr;
	bool ours = set != nullptr && sizeOf != nullptr && recording;
	return (withStatus ? WITH_STATUS : 0) | (dvpp ? DVPP : 0) | (isDMalloc != nullptr ? IS_DMALLOC : 0) |
	       (release != nullptr ? RELEASE : 0) | (graphs ? GRAPHS : 0) | (ours ? OURS : 0);
}

} // namespace heaplens::jni
