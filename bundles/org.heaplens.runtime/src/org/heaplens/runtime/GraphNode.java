// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;

/** A group of a {@code graph.config}, with the places where its keys are. Immutable. */
final class GraphNode {
	private final String file;
	private final Message message;
	private final TextFormatParseInfoTree places;
	private final TextFormatParseLocation place;

	/** The whole file. */
	GraphNode(String file, Message message, TextFormatParseInfoTree places) {
		this(file, message, places, TextFormatParseLocation.EMPTY);
	}

	private GraphNode(String file, Message message, TextFormatParseInfoTree places, TextFormatParseLocation place) {
		this.file = file;
		this.message = message;
		this.places = places;
		this.place = place;
	}

	private FieldDescriptor field(String key) {
		return message.getDescriptorForType().findFieldByName(key);
	}

	boolean has(String key) {
		return message.hasField(field(key));
	}

	/** The groups under a key. */
	List<GraphNode> groups(String key) {
		FieldDescriptor field = field(key);
		var groups = new ArrayList<GraphNode>();
		if (field.isRepeated()) {
			for (int index = 0; index < message.getRepeatedFieldCount(field); index++) {
				groups.add(new GraphNode(file, (Message) message.getRepeatedField(field, index), places.getNestedTree(field, index),
						places.getLocation(field, index)));
			}
		} else if (message.hasField(field)) {
			groups.add(
					new GraphNode(file, (Message) message.getField(field), places.getNestedTree(field, 0), places.getLocation(field, 0)));
		}
		return groups;
	}

	/** A text, or the name of a side; empty if the key is not there. */
	String text(String key) {
		return has(key) ? String.valueOf(message.getField(field(key))) : "";
	}

	/** A number, read without a sign. */
	OptionalLong number(String key) {
		return has(key) ? OptionalLong.of(((Integer) message.getField(field(key))) & 0xFFFF_FFFFL) : OptionalLong.empty();
	}

	/** A number of the form that ids have. */
	int id(String key) {
		return (int) number(key).orElse(0);
	}

	/**
	 * A number in a range.
	 *
	 * @param usual if the key is not there
	 */
	int number(String key, long least, long most, int usual) {
		OptionalLong number = number(key);
		if (number.isPresent() && (number.getAsLong() < least || number.getAsLong() > most)) {
			throw problem(key, key + " is " + number.getAsLong() + "; it has to be from " + least + " to " + most);
		}
		return (int) number.orElse(usual);
	}

	/** Whether a flag is set; not if it is not there. */
	boolean flag(String key) {
		return has(key) && (Boolean) message.getField(field(key));
	}

	/** A problem with a key, or with the group if the key is not there. */
	GraphFormatException problem(String key, String what) {
		return new GraphFormatException(file, line(key), column(key), what);
	}

	/** A warning about a key, or about the group if the key is not there. */
	String warning(String key, String what) {
		return file + ":" + line(key) + ":" + column(key) + ": " + what;
	}

	private int line(String key) {
		return Math.max(1, location(key).getLine() + 1);
	}

	private int column(String key) {
		return Math.max(1, location(key).getColumn() + 1);
	}

	private TextFormatParseLocation location(String key) {
		return has(key) ? places.getLocation(field(key), 0) : place;
	}
}
