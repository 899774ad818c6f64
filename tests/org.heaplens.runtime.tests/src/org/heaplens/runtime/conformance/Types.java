// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.SerializeRegistry;
import org.heaplens.runtime.SerializeRegistry.Parts;

/** The message types of the scenarios. */
final class Types {
	/**
	 * What the scenarios send.
	 *
	 * @param type  its name
	 * @param block null if it carries none
	 */
	record Message(String type, @Nullable HiaiBuffer block) {}

	/** Names are the process's, which other tests share. */
	private static final String STRING = "string";
	private static final String PREFIX = "scenario.";

	private Types() {}

	/** The name under which a type is registered. */
	static String name(String type) {
		return type.equals(STRING) ? type : PREFIX + type;
	}

	/** What is sent for a message. */
	static Object sent(Message message) {
		return message.type().equals(STRING) ? "words" : message;
	}

	/** The message that arrived. */
	static Message received(Object message) {
		return message instanceof Message ours ? ours : new Message(STRING, null);
	}

	/** Registers the types that every scenario may use; again does nothing. */
	static void register() {
		highSpeed("frame");
		plain("plain");
		SerializeRegistry.register(name("foreign"), Message.class,
				message -> Parts.copying(message.type().getBytes(UTF_8), ForeignBuffer.memory(1000)),
				(control, data) -> new Message(new String(control, UTF_8), data));
		SerializeRegistry.register(name("broken"), Message.class, message -> new Parts(message.type().getBytes(UTF_8), message.block()),
				(control, data) -> {
					throw new IllegalStateException("a deserializer that fails, as the scenario wants");
				});
	}

	static HiaiStatus highSpeed(String type) {
		return SerializeRegistry.register(name(type), Message.class, message -> new Parts(message.type().getBytes(UTF_8), message.block()),
				(control, data) -> new Message(new String(control, UTF_8), data));
	}

	static HiaiStatus plain(String type) {
		return SerializeRegistry.registerDataType(name(type), Message.class, message -> message.type().getBytes(UTF_8),
				bytes -> new Message(new String(bytes, UTF_8), null));
	}
}
