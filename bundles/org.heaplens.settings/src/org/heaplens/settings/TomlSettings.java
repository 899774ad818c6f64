// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.settings.Domain;
import org.heaplens.runtime.settings.Setting;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Reads settings from TOML. */
final class TomlSettings {
	private final TomlFile file;

	/** @param name how the file is called in messages */
	TomlSettings(String name) {
		this.file = new TomlFile(name);
	}

	Map<Setting, String> read(String text) throws SettingsException {
		TomlParseResult parsed = file.parse(text);
		var values = new EnumMap<Setting, String>(Setting.class);
		for (List<String> path : parsed.keyPathSet(true)) {
			if (path.get(0).equals(LintSettings.TABLE) || LintSettings.MODEL_TABLES.contains(path.get(0))) {
				continue; // read by who lints
			}
			String key = String.join(".", path);
			String where = file.at(parsed.inputPositionOf(path));
			Object value = parsed.get(path);
			if (value instanceof TomlTable) {
				checkTable(key, where);
			} else {
				Setting setting = RunSettings.setting(key, where);
				values.put(setting, text(setting, value, where));
			}
		}
		return values;
	}

	/** A table without settings is told where it begins: it may have none in it. */
	private static void checkTable(String key, String where) throws SettingsException {
		if (Arrays.stream(Setting.values()).noneMatch(setting -> setting.inFile() && setting.key().startsWith(key + "."))) {
			throw new SettingsException(where + "there are no settings under " + key + "; docs/settings.md lists all");
		}
	}

	private static String text(Setting setting, @Nullable Object value, String where) throws SettingsException {
		boolean fits = switch (setting.domain()) {
			case Domain.Bytes bytes -> value instanceof Long || value instanceof String;
			case Domain.Count count -> value instanceof Long;
			case Domain.Choice choice -> value instanceof Long || value instanceof String;
			case Domain.Switch onOrOff -> value instanceof Boolean;
			case Domain.File path -> value instanceof String;
			case Domain.Folder folder -> value instanceof String;
		};
		String text = String.valueOf(value);
		Optional<String> problem = setting.problem(text);
		if (!fits || problem.isPresent()) {
			throw new SettingsException(where + setting.key() + " is " + TomlFile.written(value) + "; it has to be "
					+ setting.domain().words() + (fits ? "" : advice(setting)));
		}
		return text;
	}

	private static String advice(Setting setting) {
		return switch (setting.domain()) {
			case Domain.Count count -> ", without quotes";
			case Domain.Switch onOrOff -> ", without quotes";
			case Domain.Bytes bytes -> ", the latter in quotes";
			case Domain.Choice choice -> ", in quotes";
			case Domain.File path -> ", in quotes";
			case Domain.Folder folder -> ", in quotes";
		};
	}
}
