// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.runtime.DataReceiver;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.internal.Transfer.Result;

/**
 * One message on its way to all that is connected: to all of them, or, if one has no place or no room, to none. On its own side it goes by
 * reference, elsewhere as a copy. One thread.
 */
final class Delivery {
	/** Longer than any program runs, and no overflow when it is added to a time. */
	private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 4;

	private final Simulator simulator;
	private final Place from;
	private final String messageName;
	private final Object message;
	private final int timeOutMillis;
	private final List<Arrived> arrived = new ArrayList<>();
	private Transfer.@Nullable Parcel parcel;

	/** Where a message may go. */
	sealed interface Goal extends Transfer.Receiver {
		/** What plays the part of the deleter of a message that does not get here. */
		void drop(Object message, @Nullable SimulatedBuffer made);
	}

	/** A port of an engine. */
	record Queue(EngineRuntime engine, int port) implements Goal {
		@Override
		public Place place() {
			return engine.place();
		}

		@Override
		public boolean receivesForDvpp() {
			return engine.receivesForDvpp();
		}

		@Override
		public Result call(Supplier<Result> part) {
			return engine.call(part);
		}

		@Override
		public void drop(Object message, @Nullable SimulatedBuffer made) {
			EngineRuntime.drop(engine, message, made);
		}
	}

	/**
	 * A receiver that the program has set.
	 *
	 * @param engine that set it; null if it was set outside of engines
	 */
	record Outside(Place place, @Nullable EngineRuntime engine, DataReceiver receiver) implements Goal {
		@Override
		public boolean receivesForDvpp() {
			return false;
		}

		@Override
		public Result call(Supplier<Result> part) {
			return EngineRuntime.as(engine, part);
		}

		@Override
		public void drop(Object message, @Nullable SimulatedBuffer made) {
			EngineRuntime.drop(engine, message, made);
		}
	}

	/** What has reached a goal, and waits there until it has reached all. */
	private record Arrived(Goal goal, Result result) {}

	/** @param timeOutMillis for each try; 0 not to wait at all */
	Delivery(Simulator simulator, Place from, String messageName, Object message, int timeOutMillis) {
		this.simulator = simulator;
		this.from = from;
		this.messageName = messageName;
		this.message = message;
		this.timeOutMillis = timeOutMillis;
	}

	/** @param stopped whether the sender's graph has ended */
	HiaiStatus to(List<? extends Goal> goals, BooleanSupplier stopped) {
		HiaiStatus status = HiaiStatus.GRAPH_SENDMSG_FAILED;
		try {
			status = bring(goals, stopped);
		} finally {
			// Also after an exception, which a misuse is in strict mode.
			Transfer.Parcel carried = parcel;
			if (carried != null) {
				// Before anybody sees the message, an AUTO_FREE block is gone.
				carried.end(status);
			}
			if (status != HiaiStatus.OK) {
				takeBack();
			}
		}
		return status == HiaiStatus.OK ? handOver() : status;
	}

	private HiaiStatus bring(List<? extends Goal> goals, BooleanSupplier stopped) {
		HiaiStatus status = HiaiStatus.OK;
		for (Goal goal : goals) {
			status = status == HiaiStatus.OK ? bring(goal, stopped) : status;
		}
		return status;
	}

	/** A place in the queue first: a message that was carried over and then found no place would be lost. */
	private HiaiStatus bring(Goal goal, BooleanSupplier stopped) {
		boolean across = !from.equals(goal.place());
		int tries = across && timeOutMillis > 0 ? simulator.sendTries() : 1;
		long nanos = Math.min(FOR_EVER_NANOS / tries, TimeUnit.MILLISECONDS.toNanos(timeOutMillis)) * tries;
		long deadline = simulator.clock().nanoTime() + nanos;
		if (goal instanceof Queue queue && !queue.engine().inbox().reserve(queue.port(), nanos)) {
			return stopped.getAsBoolean() || queue.engine().inbox().isClosed() ? HiaiStatus.GRAPH_NOT_EXIST : simulator.queueFull();
		}
		Result result = Result.failed(HiaiStatus.GRAPH_SENDMSG_FAILED);
		try {
			result = across ? carry(goal, deadline) : Result.arrived(message, null);
		} finally {
			if (result.status() == HiaiStatus.OK) {
				arrived.add(new Arrived(goal, result));
			} else if (goal instanceof Queue queue) {
				queue.engine().inbox().release(queue.port());
			}
		}
		return result.status();
	}

	private Result carry(Goal goal, long deadline) {
		Transfer.Parcel packed = parcel;
		if (packed == null) {
			packed = simulator.transfer().pack(from, messageName, message);
			parcel = packed;
		}
		long left = TimeUnit.NANOSECONDS.toMillis(Math.max(0, deadline - simulator.clock().nanoTime()));
		return packed.carry(goal, (int) Math.min(Integer.MAX_VALUE, left));
	}

	private HiaiStatus handOver() {
		HiaiStatus answer = HiaiStatus.OK;
		for (Arrived one : arrived) {
			Object delivered = one.result().message();
			if (delivered != null) {
				HiaiStatus status = one.goal() instanceof Outside outside ? receive(outside, delivered) : put(one, delivered);
				answer = answer == HiaiStatus.OK ? status : answer;
			}
		}
		return answer;
	}

	private HiaiStatus put(Arrived one, Object delivered) {
		if (!(one.goal() instanceof Queue queue)) {
			throw new IllegalStateException("no queue: " + one.goal());
		}
		SimulatedBuffer made = one.result().made();
		if (made != null) {
			queue.engine().received().add(made);
		}
		if (queue.engine().inbox().put(new Inbox.Item(queue.port(), delivered, made, freeable()))) {
			return HiaiStatus.OK;
		}
		// Its graph ended in this very moment.
		dropCopy(one);
		return HiaiStatus.GRAPH_NOT_EXIST;
	}

	/** The block of a message that the framework frees also on its own side, if it is told to and one receiver only has it. */
	private @Nullable SimulatedBuffer freeable() {
		if (!simulator.freesOnEveryRoute() || parcel != null || arrived.size() > 1) {
			return null;
		}
		Optional<SimulatedBuffer> block = Transfer.blockOf(messageName, message);
		return block.isPresent() && block.get().flag() == BlockFlag.AUTO_FREE ? block.get() : null;
	}

	private static HiaiStatus receive(Outside outside, Object delivered) {
		return EngineRuntime.as(outside.engine(), () -> {
			try {
				return outside.receiver().receive(delivered);
			} catch (RuntimeException | Error e) {
				// A defect of the program, and not of the engine that sends.
				Recorder.warn("a receiver failed on a message", e);
				return HiaiStatus.ERROR;
			}
		});
	}

	private void takeBack() {
		for (Arrived one : arrived) {
			if (one.goal() instanceof Queue queue) {
				queue.engine().inbox().release(queue.port());
			}
			dropCopy(one);
		}
	}

	/** What went by reference is still the sender's; a copy is nobody's. */
	private void dropCopy(Arrived one) {
		Object copy = one.result().message();
		if (copy != null && !from.equals(one.goal().place())) {
			one.goal().drop(copy, one.result().made());
		}
	}
}
