// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The functions of {@code libheaplens_jni.so}, which call those of the library that {@link #open} loads. Threads may call them at any time.
 *
 * <p>
 * Those for single blocks pass numbers only, addresses among them: nothing is allocated and nothing is looked up on the way. Their
 * {@code stack} is the number of the program's call stack, with which a library of ours records the call; else 0.
 */
final class NativeCalls {
	/** What the library can, as bits of {@link #abilities}. */
	static final int WITH_STATUS = 1;
	static final int DVPP = 2;
	static final int IS_DMALLOC = 4;
	static final int RELEASE = 8;
	static final int GRAPHS = 16;
	/** It is HeapLens's own, and knows {@link #set}, {@link #sizeOf} and stacks. */
	static final int OURS = 32;

	private NativeCalls() {}

	/** Loads the library; to be called once, before all others. What is wrong with it, or null. */
	static native byte @Nullable [] open(byte[] file);

	static native int abilities();

	/** Tells a setting; false if that comes too late. */
	static native boolean set(byte[] key, byte[] value);

	/** Of our library: how many frames of a stack it records; 0 for none. */
	static native int recordedFrames();

	/** Of our library: a number for a stack, four lines for each frame; 0 if nothing is recorded. */
	static native int stack(byte[] frames);

	/** Of our library: how the calling thread is called in the recording. */
	static native void nameThread(byte[] name);

	/** What the library has answered together with a block; 0 if it has not yet. */
	static native int statusOfSuccess();

	/** The address, or 0. */
	static native long allocate(int size, int timeOutMillis, int flag, int stack);

	/** The address; or, below zero, all bits of the status turned round. */
	static native long allocateWithStatus(int size, int timeOutMillis, int flag, int stack);

	/** The status. */
	static native int free(long address, int stack);

	/** As {@link #allocateWithStatus}; the status is 0 where the library does not say it. */
	static native long allocateDvpp(int size, int stack);

	/** The status. */
	static native int freeDvpp(long address, int stack);

	static native void release(long address, int stack);

	static native boolean isDMalloc(long address, int size);

	/** Bytes of the live block that begins there; 0 if none does. */
	static native int sizeOf(long address);

	/** Memory as Java sees it. */
	static native ByteBuffer bytes(long address, int size);

	/** Where a direct buffer begins. */
	static native long address(ByteBuffer buffer);

	/** The status; 0 if there was no memory to ask. */
	static native int createGraph(byte[] file);

	/** The status. */
	static native int destroyGraph(int graph);

	/** The status; 0 if there was no memory to ask. */
	static native int send(int graph, int engine, int port, byte[] name, long message);
}
