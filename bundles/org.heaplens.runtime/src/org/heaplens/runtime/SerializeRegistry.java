// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How messages cross from one side to the other, by name. Threads may share it.
 *
 * <p>
 * {@link #register} is {@code HIAI_REGISTER_SERIALIZE_FUNC}: a small control part is copied as bytes, the block goes as it is, and with
 * {@link MemoryAttr#AUTO_FREE} the framework frees it. {@link #registerDataType} is {@code HIAI_REGISTER_DATA_TYPE}: all of the message is
 * copied as bytes, and the framework never sees a block in it.
 */
public final class SerializeRegistry {
	private static final Map<String, Codec> HIGH_SPEED = new ConcurrentHashMap<>();
	private static final Map<String, Codec> PLAIN = new ConcurrentHashMap<>();

	/** The vendor's samples send it without registering it. */
	private static final Codec STRING = new Codec.Plain<>(String.class, text -> text.getBytes(StandardCharsets.UTF_8),
			bytes -> new String(bytes, StandardCharsets.UTF_8));

	/** How one message type crosses. */
	public sealed interface Codec {
		/** What messages of that name have to be. */
		Class<?> type();

		/** Control part and block apart. */
		record HighSpeed<T>(Class<T> type, Serializer<T> serializer, Deserializer<T> deserializer) implements Codec {}

		/** All in bytes. */
		record Plain<T>(Class<T> type, Encoder<T> encoder, Decoder<T> decoder) implements Codec {}
	}

	/**
	 * A message taken apart.
	 *
	 * @param control the small part
	 * @param data    the block, all of it; null if the message has none
	 * @param payload memory that is no block, from its position to its limit, which is copied, more slowly, and stays the sender's; null if
	 *                there is none
	 */
	public record Parts(byte[] control, @Nullable HiaiBuffer data, @Nullable ByteBuffer payload) {
		public Parts {
			if (data != null && payload != null) {
				throw new IllegalArgumentException("a message has one data part, a block or other memory");
			}
		}

		/** With a block, or without data. */
		public Parts(byte[] control, @Nullable HiaiBuffer data) {
			this(control, data, null);
		}

		/** With memory of the program instead of a block. */
		public static Parts copying(byte[] control, ByteBuffer payload) {
			return new Parts(control, null, payload);
		}
	}

	/** Takes a message apart, on the sender's side. */
	@FunctionalInterface
	public interface Serializer<T> {
		Parts serialize(T message);
	}

	/** Puts a message together, on the receiver's side; owns {@code data}, which is null if the message has none. */
	@FunctionalInterface
	public interface Deserializer<T> {
		T deserialize(byte[] control, @Nullable HiaiBuffer data);
	}

	/** Writes a message as bytes. */
	@FunctionalInterface
	public interface Encoder<T> {
		byte[] encode(T message);
	}

	/** Reads a message from bytes. */
	@FunctionalInterface
	public interface Decoder<T> {
		T decode(byte[] bytes);
	}

	private SerializeRegistry() {}

	/**
	 * Registers the fast way for a name. It is the one that messages go, also if the plain one is registered for that name.
	 *
	 * @return {@link HiaiStatus#ENGINE_FUNCTOR_EXIST} if the name has a fast way: it keeps what it has
	 */
	public static <T> HiaiStatus register(String messageName, Class<T> type, Serializer<T> serializer, Deserializer<T> deserializer) {
		return enter(HIGH_SPEED, messageName, new Codec.HighSpeed<>(type, serializer, deserializer));
	}

	/**
	 * Registers the plain way for a name.
	 *
	 * @return {@link HiaiStatus#ENGINE_FUNCTOR_EXIST} if the name has a plain way: it keeps what it has
	 */
	public static <T> HiaiStatus registerDataType(String messageName, Class<T> type, Encoder<T> encoder, Decoder<T> decoder) {
		return enter(PLAIN, messageName, new Codec.Plain<>(type, encoder, decoder));
	}

	private static HiaiStatus enter(Map<String, Codec> codecs, String messageName, Codec codec) {
		return codecs.putIfAbsent(messageName, codec) == null ? HiaiStatus.OK : HiaiStatus.ENGINE_FUNCTOR_EXIST;
	}

	/** The way that messages of a name go, as it was registered. */
	public static Optional<Codec> find(String messageName) {
		return Optional.ofNullable(HIGH_SPEED.get(messageName)).or(() -> Optional.ofNullable(PLAIN.get(messageName)));
	}

	/** What was registered for a name, if it is meant for messages of that kind. A string under the name "string" needs no registration. */
	public static Optional<Codec> find(String messageName, Object message) {
		Optional<Codec> builtIn = messageName.equals("string") ? Optional.of(STRING) : Optional.empty();
		return find(messageName).or(() -> builtIn).filter(codec -> codec.type().isInstance(message));
	}
}
