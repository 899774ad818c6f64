// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.settings.Setting;

/**
 * Blocks for the transfer between host and device. Threads may call it at any time.
 *
 * <p>
 * Calls from an engine concern the heap of the engine's side, all others the host's.
 */
public final class HiaiMemory {
	/** How long a request waits for room if the caller does not say, and neither does the setting {@code simulator.malloc-time-out}. */
	public static final int DEFAULT_TIME_OUT_MILLIS = 500;

	private HiaiMemory() {}

	/** A block with {@link MemoryAttr#AUTO_FREE}, waiting {@value #DEFAULT_TIME_OUT_MILLIS} ms for room; null if there is none. */
	public static @Nullable HiaiBuffer dMalloc(int dataSize) {
		return Driver.CURRENT.allocateOrNull(dataSize, HeapDriver.USUAL_TIME_OUT, MemoryAttr.AUTO_FREE);
	}

	/**
	 * A block, or null; {@link #allocate} says why.
	 *
	 * @param dataSize      bytes; 1 to 268,435,456 on the host, 96 less on the device
	 * @param timeOutMillis how long to wait for room; 0 not at all
	 */
	public static @Nullable HiaiBuffer dMalloc(int dataSize, int timeOutMillis, MemoryAttr flag) {
		return Driver.CURRENT.allocateOrNull(dataSize, Math.max(0, timeOutMillis), flag);
	}

	/** As {@link #dMalloc(int, int, MemoryAttr)}, with the value of the flag in the C++ API; null if no flag has that value. */
	public static @Nullable HiaiBuffer dMalloc(int dataSize, int timeOutMillis, int flagCode) {
		return dMalloc(dataSize, timeOutMillis, flag(flagCode));
	}

	/** As {@link #dMalloc(int, int, MemoryAttr)}, with the reason of a failure. */
	public static Allocation allocate(int dataSize, int timeOutMillis, MemoryAttr flag) {
		return Driver.CURRENT.allocate(dataSize, Math.max(0, timeOutMillis), flag);
	}

	/**
	 * As {@link #allocate(int, int, MemoryAttr)}, with the value of the flag in the C++ API.
	 *
	 * @return {@link HiaiStatus#GRAPH_INVALID_VALUE} if no flag has that value
	 */
	public static Allocation allocate(int dataSize, int timeOutMillis, int flagCode) {
		return allocate(dataSize, timeOutMillis, flag(flagCode));
	}

	private static MemoryAttr flag(int code) {
		return MemoryAttr.of(code).orElse(MemoryAttr.MAX);
	}

	/**
	 * Frees a block that {@code dMalloc} gave or a message brought.
	 *
	 * @return {@link HiaiStatus#GRAPH_NOT_FIND_MEMORY} if it has been freed already, or belongs to DVPP
	 */
	public static HiaiStatus dFree(@Nullable HiaiBuffer dataBuffer) {
		return Driver.CURRENT.free(dataBuffer);
	}

	/**
	 * A block for the image hardware, on the device only; null on the host, or if there is no room.
	 *
	 * @param dataSize bytes; 1 to 268,435,360
	 */
	public static @Nullable HiaiBuffer dvppDMalloc(int dataSize) {
		Allocation allocation = Driver.CURRENT.allocateDvpp(dataSize);
		return allocation.block().isPresent() ? allocation.block().get() : null;
	}

	/** Frees a block that {@code dvppDMalloc} gave, sent or not. */
	public static HiaiStatus dvppDFree(@Nullable HiaiBuffer dataBuffer) {
		return Driver.CURRENT.freeDvpp(dataBuffer);
	}

	/** Whether {@code dataSize} bytes from the start of that block belong to a live block of {@code dMalloc}. */
	public static boolean isDMalloc(@Nullable HiaiBuffer dataBuffer, int dataSize) {
		return isDMalloc(dataBuffer, 0, dataSize);
	}

	/**
	 * Whether {@code dataSize} bytes from {@code offset} of that block belong to a live block of {@code dMalloc}: what the C++ API answers
	 * for an address in the middle of a block.
	 */
	public static boolean isDMalloc(@Nullable HiaiBuffer dataBuffer, int offset, int dataSize) {
		return Driver.CURRENT.isDMalloc(dataBuffer, offset, dataSize);
	}

	/** Loaded with the first call. */
	static final class Driver {
		static final HeapDriver CURRENT = Drivers.chosen(Setting.DRIVER.ofProcess());

		private Driver() {}
	}
}
