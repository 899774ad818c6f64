// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.internal.SimulatedBuffer.State;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.settings.Setting;

/**
 * What a heap does where sides differ or documents leave a question open. Immutable.
 *
 * @param policy        how it chooses the place of a block
 * @param largest       bytes; the largest request
 * @param overhead      bytes that are added to each request
 * @param alignment     bytes; a power of two, at least 64
 * @param poisons       whether a block that was sent away is overwritten
 * @param strict        whether a misuse throws
 * @param freesAtEnd    whether what the framework frees goes back when the program ends, not when it has arrived
 * @param acceptsFree   whether the caller may free what the framework frees as well
 * @param freesDvpp     whether the framework frees DVPP blocks that were sent
 * @param autoOnce      whether an AUTO_FREE block may be sent but once
 * @param manualOnce    whether a MANUAL_FREE block may be sent but once
 */
record HeapRules(Policy policy, int largest, int overhead, int alignment, boolean poisons, boolean strict, boolean freesAtEnd,
		boolean acceptsFree, boolean freesDvpp, boolean autoOnce, boolean manualOnce) {
	/** What the model manager adds to each block on the device; 256 MiB are the whole block there. */
	static final int DEVICE_OVERHEAD = 96;
	/** The largest block. */
	static final int LARGEST = 256 << 20;
	/** Blocks of huge pages count as whole ones. */
	static final int HUGE_PAGE = 2 << 20;

	static HeapRules of(Side side, Settings settings) {
		boolean host = side == Side.HOST;
		return new HeapRules(Policy.of(settings.text(Setting.POLICY)),
				host ? (int) settings.bytes(Setting.HOST_BLOCK_LIMIT) : LARGEST - DEVICE_OVERHEAD,
				host ? 0 : DEVICE_OVERHEAD,
				Integer.parseInt(settings.text(host ? Setting.HOST_ALIGNMENT : Setting.DEVICE_ALIGNMENT)),
				settings.is(Setting.POISON),
				settings.is(Setting.STRICT),
				settings.is(Setting.AUTO_FREE_WHEN, "process-end"),
				settings.is(Setting.AUTO_FREE_DELETER, "accept"),
				settings.is(Setting.DVPP_AUTO_ON_SEND),
				!settings.is(Setting.SEND_ONCE, "manual"),
				!settings.is(Setting.SEND_ONCE, "auto"));
	}

	/** What is wrong with a request of that size. The C++ API counts without a sign: what is negative here is more than 2 GiB there. */
	MisuseReason misuseOfSize(int size) {
		if (size == 0) {
			return MisuseReason.SIZE_ZERO;
		}
		return size < 0 || size > largest ? MisuseReason.SIZE_TOO_LARGE : MisuseReason.NONE;
	}

	/** Bytes that a block takes. */
	int extentSize(int size, BlockFlag flag) {
		int unit = flag == BlockFlag.HUGE_PAGE ? HUGE_PAGE : alignment;
		int whole = size + overhead + unit - 1 & -unit;
		// The policy would add this by itself; a heap tells what it really hands out.
		return policy == Policy.BUDDY ? Integer.highestOneBit(2 * whole - 1) : whole;
	}

	/** Whether the framework frees such a block once it has arrived on the other side. */
	boolean frameworkFrees(BlockFlag flag) {
		return flag == BlockFlag.AUTO_FREE || flag == BlockFlag.DVPP && freesDvpp;
	}

	/** Whether such a block may be sent but once. */
	boolean once(BlockFlag flag) {
		return flag == BlockFlag.AUTO_FREE && autoOnce || flag == BlockFlag.MANUAL_FREE && manualOnce;
	}

	/**
	 * What is wrong with freeing a block; with its heap's lock.
	 *
	 * @param asDvpp whether the call for DVPP blocks is used
	 */
	MisuseReason misuseOfFree(SimulatedBuffer block, boolean asDvpp) {
		MisuseReason frameworks = acceptsFree ? MisuseReason.NONE : MisuseReason.AUTO_FREE_DELETER;
		return switch (block.state()) {
			case FREED, FREED_WHILE_SENDING -> MisuseReason.DOUBLE_FREE;
			case SENT, AUTO_FREED -> frameworks;
			case LIVE, SENDING -> {
				if (asDvpp != (block.flag() == BlockFlag.DVPP)) {
					yield MisuseReason.WRONG_FAMILY;
				}
				yield block.state() == State.SENDING && frameworkFrees(block.flag()) ? frameworks : MisuseReason.NONE;
			}
		};
	}

	/** What is wrong with sending a block; with its heap's lock. */
	MisuseReason misuseOfSend(SimulatedBuffer block) {
		return switch (block.state()) {
			case LIVE -> block.hasArrivedOnce() && once(block.flag()) ? MisuseReason.SENT_TWICE : MisuseReason.NONE;
			case SENDING, SENT, AUTO_FREED -> MisuseReason.SENT_TWICE;
			case FREED, FREED_WHILE_SENDING -> MisuseReason.USE_AFTER_FREE;
		};
	}
}
