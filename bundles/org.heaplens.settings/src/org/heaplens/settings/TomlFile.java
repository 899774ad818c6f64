// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import org.eclipse.jdt.annotation.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * How what is wrong with a file in TOML is told.
 *
 * @param name how the file is called in messages
 */
record TomlFile(String name) {
	TomlParseResult parse(String text) throws SettingsException {
		TomlParseResult parsed = Toml.parse(text);
		for (TomlParseError error : parsed.errors()) {
			String said = String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
			throw new SettingsException(at(error.position()) + said + "; write KEY = VALUE, with texts in quotes");
		}
		return parsed;
	}

	/** Begins a message. */
	String at(@Nullable TomlPosition position) {
		return position == null ? name + ": " : name + ":" + position.line() + ":" + position.column() + ": ";
	}

	/** A value as it stands in the file, in one line. */
	static String written(@Nullable Object value) {
		return (value instanceof String text ? '"' + text + '"' : String.valueOf(value)).replaceAll("\\s*\\R\\s*", " ");
	}
}
