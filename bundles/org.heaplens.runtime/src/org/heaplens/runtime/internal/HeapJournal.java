// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.trace.Lane;
import org.heaplens.runtime.HeapDriver.Caller;
import org.heaplens.runtime.HeapDriver.Observer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MisuseException;

/**
 * Tells what happens in a heap to all who want to know: the trace, observers, and the histories of blocks. Its heap's lock guards all but
 * {@link #call()}; a null call means that nobody wants to know.
 */
final class HeapJournal {
	private final HeapInfo info;
	private final Recorder recorder;
	private final boolean strict;
	private final @Nullable Lane lane;
	/** Whether only observers may want to know. */
	private final boolean quiet;
	/** Of blocks that the program still has, if they are kept. A buffer is equal to itself alone. */
	private final Map<SimulatedBuffer, History> histories = new WeakHashMap<>();

	/** @param strict whether a misuse throws, and histories are kept for its message */
	HeapJournal(HeapInfo info, Recorder recorder, boolean strict) {
		this.info = info;
		this.recorder = recorder;
		this.strict = strict;
		this.lane = recorder.lane(info);
		this.quiet = lane == null && !strict;
	}

	/** Who calls; null if nobody wants to know. To be asked before the lock is taken. */
	@Nullable
	Call call() {
		return quiet && recorder.observers().isEmpty() ? null : Call.of(recorder, EngineRuntime.current(), strict);
	}

	/** A block was made, as that kind of event says. Who waited for it is told of by {@link #handedOver}. */
	void made(Call call, EventKind kind, SimulatedBuffer block, long argument) {
		record(call, kind, block, argument, HiaiStatus.OK, MisuseReason.NONE);
		if (strict) {
			histories.put(block, new History());
			remember(call, block, kind == EventKind.RECEIVE ? "received" : "allocated");
		}
	}

	/** A block has come to the thread that asked for it: observers ask which that is. */
	void handedOver(@Nullable Call call, SimulatedBuffer block) {
		if (call != null) {
			tell(call, (observer, caller) -> observer.made(block, info.side(), info.device(), block.flag(), caller));
		}
	}

	/** What happens to a request that waits: the offset is that of no block, and tells the largest hole. */
	void waiting(Request request, EventKind kind, long extentSize, long argument, HiaiStatus status, long largestFree) {
		Call call = request.call();
		if (call != null) {
			record(call, kind, largestFree, (int) extentSize, request.size(), argument, request.flag(), status, MisuseReason.NONE);
		}
	}

	void freed(@Nullable Call call, EventKind kind, SimulatedBuffer block, long transfer) {
		if (call != null) {
			record(call, kind, block, transfer, HiaiStatus.OK, MisuseReason.NONE);
			remember(call, block, kind == EventKind.AUTO_FREE ? "freed by the framework" : "freed");
			tell(call, (observer, caller) -> observer.freed(block, kind == EventKind.AUTO_FREE, caller));
		}
	}

	void sending(@Nullable Call call, SimulatedBuffer block, long transfer) {
		if (call != null) {
			record(call, EventKind.SEND_BEGIN, block, transfer, HiaiStatus.OK, MisuseReason.NONE);
		}
	}

	void sent(@Nullable Call call, SimulatedBuffer block, long transfer, HiaiStatus status) {
		if (call != null) {
			boolean arrived = status == HiaiStatus.OK;
			record(call, EventKind.SEND_END, block.offset(), arrived ? block.extentSize() : 0, block.size(), transfer, block.flag(), status,
					MisuseReason.NONE);
			remember(call, block, arrived ? "sent" : "not sent, " + status + ",");
			tell(call, (observer, caller) -> observer.sent(block, status, caller));
		}
	}

	/** A wrong use that concerns a block; throws if that is what misuses do, else returns the status. */
	HiaiStatus misuse(@Nullable Call call, SimulatedBuffer block, HiaiStatus status, MisuseReason reason) {
		if (call != null) {
			record(call, EventKind.MISUSE, block, 0, status, reason);
			tell(call, (observer, caller) -> observer.misused(reason, status, block, caller));
			throwIfStrict(call, block, block.size(), status, reason);
		}
		return status;
	}

	/** A wrong use that concerns no block; throws if that is what misuses do, else returns the status. */
	HiaiStatus misuse(@Nullable Call call, int size, @Nullable BlockFlag flag, HiaiStatus status, MisuseReason reason) {
		if (call != null) {
			record(call, EventKind.MISUSE, 0, 0, size, 0, flag, status, reason);
			tell(call, (observer, caller) -> observer.misused(reason, status, null, caller));
			throwIfStrict(call, null, size, status, reason);
		}
		return status;
	}

	private void throwIfStrict(Call call, @Nullable SimulatedBuffer block, int size, HiaiStatus status, MisuseReason reason) {
		// The vendor advises to try again while the pool is stopped: that is to be expected, and no defect.
		if (strict && reason != MisuseReason.POOL_STOPPED) {
			throw History.exception(reason, status, block, size, info.name(), call.caller(), block == null ? null : histories.get(block));
		}
	}

	/** What concerns neither a block nor a request. */
	void note(Call call, EventKind kind, long argument, HiaiStatus status) {
		record(call, kind, 0, 0, 0, argument, null, status, MisuseReason.NONE);
	}

	/** Ends the heap's part of the trace. */
	void end() {
		Lane events = lane;
		if (events != null) {
			events.end();
		}
	}

	private void remember(Call call, SimulatedBuffer block, String what) {
		@Nullable
		History history = histories.get(block);
		Caller caller = call.caller();
		if (history != null && caller != null) {
			history.add(what, caller);
		}
	}

	private void tell(Call call, BiConsumer<Observer, Caller> what) {
		Caller caller = call.caller();
		if (caller == null) {
			return;
		}
		MisuseException fatal = null;
		for (Observer observer : recorder.observers()) {
			try {
				what.accept(observer, caller);
			} catch (MisuseException e) {
				// All have to hear of it; one is thrown.
				fatal = e;
			}
		}
		if (fatal != null) {
			throw fatal;
		}
	}

	private void record(Call call, EventKind kind, SimulatedBuffer block, long argument, HiaiStatus status, MisuseReason reason) {
		record(call, kind, block.offset(), block.extentSize(), block.size(), argument, block.flag(), status, reason);
	}

	private void record(Call call, EventKind kind, long offset, int extentSize, int requested, long argument, @Nullable BlockFlag flag,
			HiaiStatus status, MisuseReason reason) {
		Lane events = lane;
		if (events != null) {
			events.append(kind, offset, extentSize, requested, argument, flag == null ? 0 : flag.code(), status.code(), reason,
					call.thread(), call.stack(), call.engine());
		}
	}
}
