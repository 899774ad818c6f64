// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// The native methods of org.heaplens.runtime.hiai.NativeCalls. Those for single blocks pass numbers alone, and so cost no more than a call
// from Java to C has to.
#include "library.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <jni.h>

#define HEAPLENS_CALL(type, name) extern "C" JNIEXPORT type JNICALL Java_org_heaplens_runtime_hiai_NativeCalls_##name

using heaplens::jni::Library;
using heaplens::jni::Port;

namespace {

Library library;
/** What the library answers with a block: the only status that is known without being told. */
std::atomic<uint32_t> statusOfSuccess{0};

/** An array of bytes as text that ends with zero. */
class Text {
public:
	Text(JNIEnv* java, jbyteArray bytes) : length_(size_t(java->GetArrayLength(bytes))), text_(static_cast<char*>(malloc(length_ + 1))) {
		if (text_ != nullptr) {
			java->GetByteArrayRegion(bytes, 0, jsize(length_), reinterpret_cast<jbyte*>(text_));
			text_[length_] = 0;
		}
	}
	~Text() { free(text_); }
	Text(const Text&) = delete;
	Text& operator=(const Text&) = delete;

	/** Null if there was no memory. */
	const char* get() const { return text_; }
	size_t length() const { return length_; }

private:
	size_t length_;
	char* text_;
};

void* pointer(jlong address) {
	return reinterpret_cast<void*>(uintptr_t(address));
}

/** Has a call recorded with the stack of the program in Java that makes it; 0 if nothing is recorded. */
class CalledFrom {
public:
	explicit CalledFrom(jint stack) : isTold_(stack != 0) {
		if (isTold_) {
			library.calledFrom(uint32_t(stack));
		}
	}
	~CalledFrom() {
		if (isTold_) {
			library.calledFrom(0);
		}
	}
	CalledFrom(const CalledFrom&) = delete;
	CalledFrom& operator=(const CalledFrom&) = delete;

private:
	const bool isTold_;
};

/** An address, which is above zero; or, below zero, all bits of the status turned round. */
jlong answer(uint32_t status, void* block) {
	if (block == nullptr) {
		return ~jlong(status);
	}
	if (statusOfSuccess.load(std::memory_order_relaxed) != status) {
		statusOfSuccess.store(status, std::memory_order_relaxed);
	}
	return jlong(uintptr_t(block));
}

} // namespace

/** What is wrong, or null. */
HEAPLENS_CALL(jbyteArray, open)(JNIEnv* java, jclass, jbyteArray file) {
	char problem[4096] = "there is no memory";
	Text name(java, file);
	if (name.get() != nullptr && library.open(name.get(), problem, sizeof problem)) {
		return nullptr;
	}
	auto length = jsize(strlen(problem));
	jbyteArray result = java->NewByteArray(length);
	if (result != nullptr) {
		java->SetByteArrayRegion(result, 0, length, reinterpret_cast<const jbyte*>(problem));
	}
	return result;
}

HEAPLENS_CALL(jint, abilities)(JNIEnv*, jclass) {
	return library.abilities();
}

HEAPLENS_CALL(jboolean, set)(JNIEnv* java, jclass, jbyteArray key, jbyteArray value) {
	Text name(java, key);
	Text text(java, value);
	return jboolean(name.get() != nullptr && text.get() != nullptr && library.set(name.get(), text.get()));
}

HEAPLENS_CALL(jint, recordedFrames)(JNIEnv*, jclass) {
	return jint(library.recordedFrames());
}

HEAPLENS_CALL(jint, stack)(JNIEnv* java, jclass, jbyteArray frames) {
	Text text(java, frames);
	return text.get() == nullptr ? 0 : jint(library.stack(text.get(), text.length()));
}

HEAPLENS_CALL(void, nameThread)(JNIEnv* java, jclass, jbyteArray name) {
	Text text(java, name);
	if (text.get() != nullptr) {
		library.nameThread(text.get());
	}
}

HEAPLENS_CALL(jint, statusOfSuccess)(JNIEnv*, jclass) {
	return jint(statusOfSuccess.load(std::memory_order_relaxed));
}

HEAPLENS_CALL(jlong, allocate)(JNIEnv*, jclass, jint size, jint timeOut, jint flag, jint stack) {
	CalledFrom site(stack);
	return jlong(uintptr_t(library.allocate(uint32_t(size), uint32_t(timeOut), uint32_t(flag))));
}

HEAPLENS_CALL(jlong, allocateWithStatus)(JNIEnv*, jclass, jint size, jint timeOut, jint flag, jint stack) {
	CalledFrom site(stack);
	void* block = nullptr;
	uint32_t status = library.allocateByValue != nullptr
	                      ? library.allocateByValue(uint32_t(size), block, uint32_t(timeOut), uint32_t(flag))
	                      : library.allocateByReference(uint32_t(size), block, uint32_t(timeOut), uint32_t(flag));
	return answer(status, block);
}

HEAPLENS_CALL(jint, free)(JNIEnv*, jclass, jlong block, jint stack) {
	CalledFrom site(stack);
	return jint(library.free(pointer(block)));
}

/** As `allocateWithStatus`; the status is 0 where the library does not say it. */
HEAPLENS_CALL(jlong, allocateDvpp)(JNIEnv*, jclass, jint size, jint stack) {
	CalledFrom site(stack);
	if (library.allocateDvppWithStatus == nullptr) {
		void* block = library.allocateDvpp(uint32_t(size));
		return block == nullptr ? ~jlong(0) : jlong(uintptr_t(block));
	}
	void* block = nullptr;
	uint32_t status = library.allocateDvppWithStatus(uint32_t(size), block);
	return answer(status, block);
}

HEAPLENS_CALL(jint, freeDvpp)(JNIEnv*, jclass, jlong block, jint stack) {
	CalledFrom site(stack);
	return jint(library.freeDvpp(pointer(block)));
}

HEAPLENS_CALL(void, release)(JNIEnv*, jclass, jlong block, jint stack) {
	CalledFrom site(stack);
	library.release(pointer(block));
}

HEAPLENS_CALL(jboolean, isDMalloc)(JNIEnv*, jclass, jlong block, jint size) {
	return jboolean(library.isDMalloc(pointer(block), uint32_t(size)));
}

HEAPLENS_CALL(jint, sizeOf)(JNIEnv*, jclass, jlong block) {
	return jint(library.sizeOf(pointer(block)));
}

HEAPLENS_CALL(jobject, bytes)(JNIEnv* java, jclass, jlong block, jint size) {
	return java->NewDirectByteBuffer(pointer(block), size);
}

HEAPLENS_CALL(jlong, address)(JNIEnv* java, jclass, jobject buffer) {
	return jlong(uintptr_t(java->GetDirectBufferAddress(buffer)));
}

HEAPLENS_CALL(jint, createGraph)(JNIEnv* java, jclass, jbyteArray file) {
	Text name(java, file);
	return name.get() == nullptr ? 0 : jint(library.createGraph(name.get(), name.length()));
}

HEAPLENS_CALL(jint, destroyGraph)(JNIEnv*, jclass, jint graph) {
	return jint(library.destroyGraph(uint32_t(graph)));
}

HEAPLENS_CALL(jint, send)(JNIEnv* java, jclass, jint graph, jint engine, jint port, jbyteArray type, jlong message) {
	Text name(java, type);
	Port target{uint32_t(graph), uint32_t(engine), uint32_t(port)};
	return name.get() == nullptr ? 0 : jint(library.send(target, name.get(), name.length(), pointer(message)));
}
