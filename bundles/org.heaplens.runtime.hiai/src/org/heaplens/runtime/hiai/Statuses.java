// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.HiaiStatus;

/**
 * What the statuses of a library mean. Threads share it.
 *
 * <p>
 * HeapLens's own are those of {@link HiaiStatus}. Of a board's, one is documented, and the one for success is what comes with the first
 * block; the others are failures without a more precise reason, and said once.
 */
final class Statuses {
	/** Where there is no status to understand. */
	static final int UNSAID = 0;

	private static final Map<Integer, HiaiStatus> BY_CODE = new HashMap<>();

	static {
		for (HiaiStatus status : HiaiStatus.values()) {
			BY_CODE.put(status.code(), status);
		}
	}

	private final boolean ours;
	private final Set<Integer> said = ConcurrentHashMap.newKeySet();
	/** Threads that learn it at the same time learn the same. */
	private volatile int success;

	/** @param ours whether the library is HeapLens's own */
	Statuses(boolean ours) {
		this.ours = ours;
		this.success = ours ? HiaiStatus.OK.code() : UNSAID;
	}

	boolean isSuccess(int code) {
		return code == success && code != UNSAID;
	}

	boolean knowsSuccess() {
		return success != UNSAID;
	}

	/** This is what the library answers when all is well. */
	void learnSuccess(int code) {
		success = code;
	}

	HiaiStatus of(int code) {
		if (isSuccess(code)) {
			return HiaiStatus.OK;
		}
		@Nullable
		HiaiStatus known = BY_CODE.get(code);
		if (known != null && (ours || known == HiaiStatus.GRAPH_MEMORY_POOL_STOPPED)) {
			return known;
		}
		if (code != UNSAID && said.add(code)) {
			NativeDriver.warn("the library answers 0x" + Integer.toHexString(code) + ", which its documents do not explain; Java sees "
					+ HiaiStatus.ERROR);
		}
		return HiaiStatus.ERROR;
	}
}
