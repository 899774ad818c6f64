// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of a model file, read with an eye on mistakes.
 *
 * @param file  how the file is called in messages
 * @param path  how the table is called in messages
 * @param table what was parsed
 */
record ApiTable(String file, String path, TomlTable table) {
	static final String RECEIVER = "receiver";
	static final String RESULT = "result";

	/** Begins a message. */
	static String at(String file, @Nullable TomlPosition position) {
		return position == null ? file + ": " : file + ":" + position.line() + ":" + position.column() + ": ";
	}

	/** A mistake in the value of a key. */
	ApiModelException wrong(String key, String what) {
		return new ApiModelException(at(file, table.inputPositionOf(List.of(key))) + what);
	}

	/** Complains of the first key that means nothing. */
	void only(Set<String> keys) throws ApiModelException {
		for (String key : table.keySet()) {
			if (!keys.contains(key)) {
				String advice = Nearest.of(key, keys).map(nearest -> "did you mean " + nearest + "?")
						.orElse("there are " + String.join(", ", new TreeSet<>(keys)));
				throw wrong(key, "there is no key " + key + " in " + path + "; " + advice);
			}
		}
	}

	boolean has(String key) {
		return value(key) != null;
	}

	private @Nullable Object value(String key) {
		return table.get(List.of(key));
	}

	/** What is written, in one line. */
	static String written(@Nullable Object value) {
		String text = switch (value) {
			case String word -> '"' + word + '"';
			case TomlTable inner -> "a table";
			case TomlArray list -> "a list";
			case null, default -> String.valueOf(value);
		};
		return text.replaceAll("\\s*\\R\\s*", " ");
	}

	private ApiModelException unfit(String key, @Nullable Object value, String domain) {
		return wrong(key, key + " is " + written(value) + "; it has to be " + domain);
	}

	Optional<String> text(String key) throws ApiModelException {
		Object value = value(key);
		if (value == null) {
			return Optional.empty();
		}
		if (!(value instanceof String text) || text.isBlank()) {
			throw unfit(key, value, "a text, in quotes");
		}
		return Optional.of(text);
	}

	/** One of some words. */
	Optional<String> word(String key, List<String> words) throws ApiModelException {
		Optional<String> text = text(key);
		if (text.isPresent() && !words.contains(text.get())) {
			throw unfit(key, text.get(), "one of " + String.join(", ", words) + ", in quotes");
		}
		return text;
	}

	/** A text, or a list of some. */
	List<String> texts(String key) throws ApiModelException {
		var texts = new ArrayList<String>();
		for (Object each : several(key)) {
			if (!(each instanceof String text) || text.isBlank()) {
				throw unfit(key, each, "a text or a list of texts, in quotes");
			}
			texts.add(text);
		}
		return texts;
	}

	private List<Object> several(String key) throws ApiModelException {
		Object value = value(key);
		if (value == null) {
			return List.of();
		}
		if (value instanceof TomlArray list) {
			if (list.isEmpty()) {
				throw wrong(key, key + " is an empty list; write what is meant, or leave " + key + " out");
			}
			return list.toList();
		}
		return List.of(value);
	}

	boolean truth(String key, boolean otherwise) throws ApiModelException {
		Object value = value(key);
		if (value == null) {
			return otherwise;
		}
		if (!(value instanceof Boolean truth)) {
			throw unfit(key, value, "true or false, without quotes");
		}
		return truth;
	}

	/** A number of arguments, or the least and the most. */
	Arity arity(String key) throws ApiModelException {
		List<Object> values = several(key);
		if (values.isEmpty()) {
			return Arity.ANY;
		}
		long least = values.get(0) instanceof Long number ? number : -1;
		long most = values.get(values.size() - 1) instanceof Long number ? number : -1;
		if (values.size() > 2 || least < 0 || most < least || most > 255) {
			throw unfit(key, value(key), "a number of arguments from 0 to 255, such as 2, or the least and the most, such as [2, 4]");
		}
		return new Arity((int) least, (int) most);
	}

	/** One of what takes part in a call. */
	Optional<Slot> slot(String key, Call call) throws ApiModelException {
		Object value = value(key);
		return value == null ? Optional.empty() : Optional.of(slot(key, value, call));
	}

	/** Some of what takes part in a call. */
	List<Slot> slots(String key, Call call) throws ApiModelException {
		var slots = new ArrayList<Slot>();
		for (Object each : several(key)) {
			slots.add(slot(key, each, call));
		}
		return slots;
	}

	/** What a call of the function looks like. */
	record Call(Arity arity, boolean ofClass, boolean constructor) {}

	private Slot slot(String key, Object value, Call call) throws ApiModelException {
		if (value instanceof Long number) {
			if (number < 0 || number >= call.arity().most()) {
				throw wrong(key, key + " is argument " + number + ", but calls have " + (call.arity().most() == 0
						? "none"
						: "at most " + call.arity().most()) + "; arguments count from 0");
			}
			return new Slot.Argument((int) Math.min(number, Integer.MAX_VALUE));
		}
		if (RESULT.equals(value)) {
			return Slot.RESULT;
		}
		if (!RECEIVER.equals(value)) {
			throw unfit(key, value, "the number of an argument, from 0, or \"receiver\", or \"result\"");
		}
		if (!call.ofClass() || call.constructor()) {
			throw wrong(key, key + " is \"receiver\", but calls have none; " + (call.constructor()
					? "what a constructor makes is its \"result\""
					: "name the class of the function, or an argument"));
		}
		return Slot.RECEIVER;
	}

	/** A table in this one. */
	Optional<ApiTable> inner(String key, String example) throws ApiModelException {
		Object value = value(key);
		if (value == null) {
			return Optional.empty();
		}
		if (!(value instanceof TomlTable inner)) {
			throw unfit(key, value, "a table, such as " + key + " = " + example);
		}
		return Optional.of(new ApiTable(file, key, inner));
	}
}
