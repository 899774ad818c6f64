// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

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
	private static final Map<String, Codec> CODECS = new ConcurrentHashMap<>();

	/** How one message type crosses. */
	public sealed interface Codec {
		/** Control part and block apart. */
		record HighSpeed<T>(Class<T> type, Serializer<T> serializer, Deserializer<T> deserializer) implements Codec {}

		/** All in bytes. */
		record Plain<T>(Class<T> type, Encoder<T> encoder, Decoder<T> decoder) implements Codec {}
	}

	/**
	 * A message taken apart.
	 *
	 * @param control the small part
	 * @param data    the block; null if the message has none
	 */
	public record Parts(byte[] control, @Nullable HiaiBuffer data) {}

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

	/** Registers the fast way for a name. A name that is taken keeps what it has. Returns whether it was free. */
	public static <T> boolean register(String messageName, Class<T> type, Serializer<T> serializer, Deserializer<T> deserializer) {
		return CODECS.putIfAbsent(messageName, new Codec.HighSpeed<>(type, serializer, deserializer)) == null;
	}

	/** Registers the plain way for a name. A name that is taken keeps what it has. Returns whether it was free. */
	public static <T> boolean registerDataType(String messageName, Class<T> type, Encoder<T> encoder, Decoder<T> decoder) {
		return CODECS.putIfAbsent(messageName, new Codec.Plain<>(type, encoder, decoder)) == null;
	}

	/** What was registered for a name. */
	public static Optional<Codec> find(String messageName) {
		return Optional.ofNullable(CODECS.get(messageName));
	}
}
