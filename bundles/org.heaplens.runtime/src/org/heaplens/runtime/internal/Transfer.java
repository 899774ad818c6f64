// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Codec;
import org.heaplens.runtime.SerializeRegistry.Parts;

/**
 * Carries messages from one side to the other, on the sender's thread: when it is done, the copy has arrived and an AUTO_FREE block has
 * gone back, before the receiver sees the message. Threads share it.
 */
final class Transfer {
	private final Function<Side, SimulatedHeap> heaps;
	private final AtomicLong number = new AtomicLong();

	/**
	 * What became of a message.
	 *
	 * @param message the copy on the other side; null if it did not arrive
	 */
	record Result(HiaiStatus status, @Nullable Object message) {
		static Result arrived(Object message) {
			return new Result(HiaiStatus.OK, message);
		}

		static Result failed(HiaiStatus status) {
			return new Result(status, null);
		}
	}

	Transfer(Function<Side, SimulatedHeap> heaps) {
		this.heaps = heaps;
	}

	Result carry(Side from, EngineRuntime to, String messageName, Object message, int timeOutMillis) {
		Optional<Codec> codec = SerializeRegistry.find(messageName);
		try {
			if (codec.isPresent() && codec.get() instanceof Codec.HighSpeed<?> fast && fast.type().isInstance(message)) {
				return carryParts(fast, from, to, message, timeOutMillis);
			}
			if (codec.isPresent() && codec.get() instanceof Codec.Plain<?> plain && plain.type().isInstance(message)) {
				return copy(plain, to, message);
			}
		} catch (RuntimeException | Error e) {
			// The program's own serializer failed: to the sender that is a send that failed.
			Recorder.warn("a serializer of " + messageName + " failed", e);
			return Result.failed(HiaiStatus.GRAPH_SENDMSG_FAILED);
		}
		heaps.apply(from).note(EventKind.MISUSE, 0, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.UNREGISTERED_MESSAGE,
				EngineRuntime.current());
		return Result.failed(HiaiStatus.GRAPH_INVALID_VALUE);
	}

	/** The program may answer null in spite of the declaration; then there is nothing to deliver. */
	private static <T> T made(@Nullable T message) {
		if (message == null) {
			throw new IllegalStateException("it made no message");
		}
		return message;
	}

	private static <T> Result copy(Codec.Plain<T> codec, EngineRuntime to, Object message) {
		byte[] bytes = codec.encoder().encode(codec.type().cast(message));
		return to.call(() -> Result.arrived(made(codec.decoder().decode(bytes.clone()))));
	}

	private <T> Result carryParts(Codec.HighSpeed<T> codec, Side from, EngineRuntime to, Object message, int timeOutMillis) {
		Parts parts = codec.serializer().serialize(codec.type().cast(message));
		byte[] control = parts.control().clone();
		if (parts.data() == null) {
			return to.call(() -> Result.arrived(made(codec.deserializer().deserialize(control, null))));
		}
		if (!(parts.data() instanceof SimulatedBuffer block) || block.heap() != heaps.apply(from)) {
			heaps.apply(from).note(EventKind.MISUSE, 0, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.NOT_FROM_POOL,
					EngineRuntime.current());
			return Result.failed(HiaiStatus.GRAPH_INVALID_VALUE);
		}
		long transfer = number.incrementAndGet();
		HiaiStatus claimed = block.heap().beginSend(block, transfer);
		if (claimed != HiaiStatus.OK) {
			return Result.failed(claimed);
		}
		Result result = Result.failed(HiaiStatus.GRAPH_SENDMSG_FAILED);
		try {
			// What the deserializer allocates lies on the receiver's side.
			result = to.call(() -> carryBlock(codec, control, block, to.side(), transfer, timeOutMillis));
		} finally {
			block.heap().endSend(block, transfer, result.status());
		}
		return result;
	}

	private <T> Result carryBlock(Codec.HighSpeed<T> codec, byte[] control, SimulatedBuffer block, Side to, long transfer,
			int timeOutMillis) {
		Allocation room = heaps.apply(to).receive(block.size(), timeOutMillis, transfer);
		if (room.block().isEmpty() || !(room.block().get() instanceof SimulatedBuffer received)) {
			return Result.failed(room.status() == HiaiStatus.GRAPH_NO_MEMORY ? HiaiStatus.GRAPH_NO_USEFUL_MEMORY : room.status());
		}
		received.rawBytes().put(block.rawBytes());
		try {
			return Result.arrived(made(codec.deserializer().deserialize(control, received)));
		} catch (RuntimeException | Error e) {
			received.close();
			throw e;
		}
	}
}
