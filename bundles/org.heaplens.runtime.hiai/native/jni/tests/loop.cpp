// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// What calls of a HiAI library cost in C: the measure for those from Java, in the same process. Of tests/benchmarks, class NativeLoop.
#include <cstdint>
#include <dlfcn.h>
#include <jni.h>

namespace {

void* (*allocate)(uint32_t size, uint32_t timeOut, uint32_t flag);
uint32_t (*giveBack)(void* block);

constexpr uint32_t MANUAL_FREE = 4;

} // namespace

extern "C" JNIEXPORT jboolean JNICALL Java_org_heaplens_benchmarks_NativeLoop_open(JNIEnv* java, jclass, jstring file) {
	const char* name = java->GetStringUTFChars(file, nullptr);
	void* library = dlopen(name, RTLD_NOW | RTLD_GLOBAL);
	java->ReleaseStringUTFChars(file, name);
	if (library == nullptr) {
		return JNI_FALSE;
	}
	allocate = reinterpret_cast<decltype(allocate)>(dlsym(library, "HIAI_DMalloc"));
	giveBack = reinterpret_cast<decltype(giveBack)>(dlsym(library, "HIAI_DFree"));
	return jboolean(allocate != nullptr && giveBack != nullptr);
}

extern "C" JNIEXPORT jlong JNICALL Java_org_heaplens_benchmarks_NativeLoop_pairs(JNIEnv*, jclass, jint count, jint size) {
	jlong sum = 0;
	for (jint index = 0; index < count; index++) {
		void* block = allocate(uint32_t(size), 0, MANUAL_FREE);
		sum += jlong(giveBack(block));
	}
	return sum;
}
