// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MisuseException;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Codec;
import org.heaplens.runtime.SerializeRegistry.Parts;
import org.heaplens.runtime.settings.Setting;

/**
 * Carries messages from one place to another, on the sender's thread: when a send is done, its copies have arrived and an AUTO_FREE block
 * has gone back, before a receiver sees the message. Threads share it.
 */
final class Transfer {
	private final Simulator simulator;
	private final boolean copiesPlainPayloads;
	private final HiaiStatus noRoom;
	private final AtomicLong number = new AtomicLong();

	/**
	 * What became of a message.
	 *
	 * @param message the copy at the other place; null if it did not arrive
	 * @param made    the block that was made there for it; null if there is none
	 */
	record Result(HiaiStatus status, @Nullable Object message, @Nullable SimulatedBuffer made) {
		static Result arrived(Object message, @Nullable SimulatedBuffer made) {
			return new Result(HiaiStatus.OK, message, made);
		}

		static Result failed(HiaiStatus status) {
			return new Result(status, null, null);
		}
	}

	/** A message made ready for its way, which may be to several targets; it is closed after the last. One thread. */
	interface Parcel {
		/** @param timeOutMillis how long to wait for room at the receiver */
		Result carry(Receiver to, int timeOutMillis);

		/** Ends the way: with {@link HiaiStatus#OK} it has arrived everywhere, else it is still the sender's. */
		void end(HiaiStatus status);
	}

	/** Where a message goes. */
	interface Receiver {
		Place place();

		/** Whether blocks of messages have to be fit for DVPP. */
		boolean receivesForDvpp();

		/** Runs the deserializer where the receiver is. */
		Result call(Supplier<Result> part);
	}

	Transfer(Simulator simulator, Settings settings) {
		this.simulator = simulator;
		this.copiesPlainPayloads = settings.is(Setting.PLAIN_PAYLOAD, "copy");
		this.noRoom = settings.is(Setting.NO_ROOM_STATUS, "no-memory") ? HiaiStatus.GRAPH_NO_MEMORY : HiaiStatus.GRAPH_NO_USEFUL_MEMORY;
	}

	/** The block that a message would bring along, if it is known how to take the message apart and it has one. */
	static Optional<SimulatedBuffer> blockOf(String messageName, Object message) {
		Optional<Codec> codec = SerializeRegistry.find(messageName, message);
		try {
			return codec.isPresent() && codec.get() instanceof Codec.HighSpeed<?> fast
					&& serialize(fast, message).data() instanceof SimulatedBuffer block ? Optional.of(block) : Optional.empty();
		} catch (RuntimeException | Error e) {
			Recorder.warn("a serializer of " + messageName + " failed", e);
			return Optional.empty();
		}
	}

	/** Makes a message ready to leave a place; what cannot be sent has a parcel that fails. */
	Parcel pack(Place from, String messageName, Object message) {
		Optional<Codec> codec = SerializeRegistry.find(messageName, message);
		if (codec.isEmpty()) {
			return refused(from, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.UNREGISTERED_MESSAGE);
		}
		try {
			if (codec.get() instanceof Codec.HighSpeed<?> fast) {
				return packParts(fast, from, messageName, message);
			}
			Codec.Plain<?> plain = (Codec.Plain<?>) codec.get();
			return new PlainParcel(messageName, plain, encode(plain, message));
		} catch (MisuseException e) {
			// Strict: it is the sender's to know.
			throw e;
		} catch (RuntimeException | Error e) {
			return new FailedParcel(broken(messageName, e));
		}
	}

	private Parcel refused(Place from, HiaiStatus status, MisuseReason reason) {
		simulator.heap(from).note(EventKind.MISUSE, 0, status, reason, EngineRuntime.current());
		return new FailedParcel(status);
	}

	/** The program's own serializer failed: to the sender that is a send that failed. */
	private static HiaiStatus broken(String messageName, Throwable defect) {
		Recorder.warn("a serializer of " + messageName + " failed", defect);
		return HiaiStatus.GRAPH_SENDMSG_FAILED;
	}

	private static <T> Parts serialize(Codec.HighSpeed<T> codec, Object message) {
		return codec.serializer().serialize(codec.type().cast(message));
	}

	private static <T> byte[] encode(Codec.Plain<T> codec, Object message) {
		return codec.encoder().encode(codec.type().cast(message));
	}

	private Parcel packParts(Codec.HighSpeed<?> codec, Place from, String messageName, Object message) {
		Parts parts = serialize(codec, message);
		byte[] control = parts.control().clone();
		ByteBuffer payload = parts.payload();
		if (payload != null) {
			return packPayload(codec, from, messageName, control, payload);
		}
		if (parts.data() == null) {
			return new PartsParcel(messageName, codec, control);
		}
		if (!(parts.data() instanceof SimulatedBuffer block) || block.heap() != simulator.heap(from)) {
			return refused(from, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.NOT_FROM_POOL);
		}
		long transfer = number.incrementAndGet();
		HiaiStatus claimed = block.heap().beginSend(block, transfer);
		return claimed == HiaiStatus.OK
				? new BlockParcel(messageName, codec, control, block, transfer)
				: new FailedParcel(claimed);
	}

	/** What is no block is copied, more slowly, and stays the sender's. */
	private Parcel packPayload(Codec.HighSpeed<?> codec, Place from, String messageName, byte[] control, ByteBuffer payload) {
		if (!copiesPlainPayloads) {
			return refused(from, HiaiStatus.GRAPH_INVALID_VALUE, MisuseReason.NOT_FROM_POOL);
		}
		if (!payload.hasRemaining()) {
			return new PartsParcel(messageName, codec, control);
		}
		long transfer = number.incrementAndGet();
		simulator.heap(from).note(EventKind.PLAIN_PAYLOAD, transfer, HiaiStatus.OK, MisuseReason.NONE, EngineRuntime.current());
		return new PayloadParcel(messageName, codec, control, payload.asReadOnlyBuffer(), transfer);
	}

	/** The program may answer null in spite of the declaration; then there is nothing to deliver. */
	private static <T> T made(@Nullable T message) {
		if (message == null) {
			throw new IllegalStateException("it made no message");
		}
		return message;
	}

	/** A message that cannot be sent. */
	private record FailedParcel(HiaiStatus status) implements Parcel {
		@Override
		public Result carry(Receiver to, int timeOutMillis) {
			return Result.failed(status);
		}

		@Override
		public void end(HiaiStatus ignored) {
			// Nothing was begun.
		}
	}

	/** What all messages have in common that are put together at the other place. */
	private abstract class Packed implements Parcel {
		private final String messageName;

		Packed(String messageName) {
			this.messageName = messageName;
		}

		@Override
		public final Result carry(Receiver to, int timeOutMillis) {
			try {
				return to.call(() -> unpack(to, timeOutMillis));
			} catch (MisuseException e) {
				throw e;
			} catch (RuntimeException | Error e) {
				return Result.failed(broken(messageName, e));
			}
		}

		abstract Result unpack(Receiver to, int timeOutMillis);

		@Override
		public void end(HiaiStatus status) {
			// Only a block has to be given back.
		}
	}

	/** A message that goes as bytes. */
	private final class PlainParcel extends Packed {
		private final Codec.Plain<?> codec;
		private final byte[] bytes;

		PlainParcel(String messageName, Codec.Plain<?> codec, byte[] bytes) {
			super(messageName);
			this.codec = codec;
			this.bytes = bytes;
		}

		@Override
		Result unpack(Receiver to, int timeOutMillis) {
			return Result.arrived(made(codec.decoder().decode(bytes.clone())), null);
		}
	}

	/** A message without a data part. */
	private class PartsParcel extends Packed {
		private final Codec.HighSpeed<?> codec;
		private final byte[] control;

		PartsParcel(String messageName, Codec.HighSpeed<?> codec, byte[] control) {
			super(messageName);
			this.codec = codec;
			this.control = control;
		}

		@Override
		Result unpack(Receiver to, int timeOutMillis) {
			return Result.arrived(assemble(null), null);
		}

		Object assemble(@Nullable SimulatedBuffer data) {
			return made(codec.deserializer().deserialize(control.clone(), data));
		}

		/** Makes room, copies, and lets the receiver put the message together. */
		Result unpack(Receiver to, int timeOutMillis, ByteBuffer source, long transfer) {
			Answer room = simulator.receive(to.place(), source.remaining(), timeOutMillis, transfer);
			if (!(room instanceof SimulatedBuffer received)) {
				return Result.failed(room.status() == HiaiStatus.GRAPH_NO_MEMORY ? noRoom : room.status());
			}
			received.rawBytes().put(source.duplicate());
			if (to.receivesForDvpp()) {
				received.fitForDvpp();
			}
			try {
				return Result.arrived(assemble(received), received);
			} catch (RuntimeException | Error e) {
				received.close();
				throw e;
			}
		}
	}

	/** A message whose data part is memory of the program. */
	private final class PayloadParcel extends PartsParcel {
		private final ByteBuffer payload;
		private final long transfer;

		PayloadParcel(String messageName, Codec.HighSpeed<?> codec, byte[] control, ByteBuffer payload, long transfer) {
			super(messageName, codec, control);
			this.payload = payload;
			this.transfer = transfer;
		}

		@Override
		Result unpack(Receiver to, int timeOutMillis) {
			return unpack(to, timeOutMillis, payload, transfer);
		}
	}

	/** A message whose data part is a block, claimed until the end. */
	private final class BlockParcel extends PartsParcel {
		private final SimulatedBuffer block;
		private final long transfer;

		BlockParcel(String messageName, Codec.HighSpeed<?> codec, byte[] control, SimulatedBuffer block, long transfer) {
			super(messageName, codec, control);
			this.block = block;
			this.transfer = transfer;
		}

		@Override
		Result unpack(Receiver to, int timeOutMillis) {
			return unpack(to, timeOutMillis, block.rawBytes(), transfer);
		}

		@Override
		public void end(HiaiStatus status) {
			block.heap().endSend(block, transfer, status);
		}
	}
}
