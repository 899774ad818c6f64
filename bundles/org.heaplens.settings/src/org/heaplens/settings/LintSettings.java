// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

import org.eclipse.jdt.annotation.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The table {@code lint} of a {@code heaplens.toml}, checked. Immutable.
 *
 * @param severities by the id of a rule; each one of {@link #SEVERITIES}
 * @param excludes   globs of files and folders that are left out, from the folder of the file
 * @param baseline   the file of known findings, from the folder of the file; empty if there is none
 */
public record LintSettings(Map<String, String> severities, List<String> excludes, Optional<String> baseline) {
	/** What a rule may be set to. */
	public static final List<String> SEVERITIES = List.of("error", "warning", "info", "off");
	/** The name of the table. */
	static final String TABLE = "lint";
	/** What linters read for themselves: the names of files with models of functions. */
	private static final String MODELS = "models";
	/** The tables beside {@link #TABLE} that are for linters: models of functions. */
	static final Set<String> MODEL_TABLES = Set.of("function", "api");

	/** Nothing is set. */
	public static final LintSettings NONE = new LintSettings(Map.of(), List.of(), Optional.empty());

	private static final Set<String> KEYS = Set.of("severity", "exclude", "baseline", MODELS);

	public LintSettings {
		severities = Map.copyOf(severities);
		excludes = List.copyOf(excludes);
	}

	/**
	 * Reads a file; what other tables hold is not looked at.
	 *
	 * @param name   how to call the file when something is wrong with it
	 * @param advice what to say of a rule that does not exist; empty for one that does
	 */
	public static LintSettings read(Path file, String name, Function<String, Optional<String>> advice) throws SettingsException {
		return new Reader(new TomlFile(name), advice).read(RunSettings.text(file, name));
	}

	private record Reader(TomlFile file, Function<String, Optional<String>> advice) {
		LintSettings read(String text) throws SettingsException {
			TomlParseResult parsed = file.parse(text);
			Object table = parsed.get(List.of(TABLE));
			if (table == null) {
				return NONE;
			}
			if (!(table instanceof TomlTable lint)) {
				throw wrong(parsed, List.of(TABLE), TABLE + " is no table; write [lint] and its settings below");
			}
			for (String key : lint.keySet()) {
				if (!KEYS.contains(key)) {
					throw wrong(parsed, List.of(TABLE, key),
							"there is no setting lint." + key + "; there are severity, exclude, baseline and models");
				}
			}
			return new LintSettings(severities(parsed, lint.get(List.of("severity"))), excludes(parsed, lint.get(List.of("exclude"))),
					baseline(parsed, lint.get(List.of("baseline"))));
		}

		private SettingsException wrong(TomlParseResult parsed, List<String> path, String what) {
			return new SettingsException(file.at(parsed.inputPositionOf(path)) + what);
		}

		private Map<String, String> severities(TomlParseResult parsed, @Nullable Object value) throws SettingsException {
			var severities = new LinkedHashMap<String, String>();
			if (value == null) {
				return severities;
			}
			if (!(value instanceof TomlTable table)) {
				throw wrong(parsed, List.of(TABLE, "severity"),
						"lint.severity is no table; write severity = { double-free = \"warning\" }");
			}
			for (String rule : table.keySet()) {
				List<String> path = List.of(TABLE, "severity", rule);
				Optional<String> unknown = advice.apply(rule);
				if (unknown.isPresent()) {
					throw wrong(parsed, path, "there is no rule " + rule + "; " + unknown.get());
				}
				Object severity = table.get(List.of(rule));
				if (!(severity instanceof String word) || !SEVERITIES.contains(word)) {
					throw wrong(parsed, path, "lint.severity." + rule + " is " + TomlFile.written(severity) + "; it has to be one of "
							+ String.join(", ", SEVERITIES) + ", in quotes");
				}
				severities.put(rule, word);
			}
			return severities;
		}

		private List<String> excludes(TomlParseResult parsed, @Nullable Object value) throws SettingsException {
			var globs = new ArrayList<String>();
			List<String> path = List.of(TABLE, "exclude");
			if (value != null && !(value instanceof TomlArray)) {
				throw wrong(parsed, path, "lint.exclude is no list; write exclude = [\"src/generated/**\"]");
			}
			if (value instanceof TomlArray array) {
				for (Object each : array.toList()) {
					if (!(each instanceof String glob) || glob.isBlank()) {
						throw wrong(parsed, path, "lint.exclude has " + TomlFile.written(each) + " in it; it has to hold globs, in quotes");
					}
					try {
						FileSystems.getDefault().getPathMatcher("glob:" + glob);
					} catch (PatternSyntaxException e) {
						throw wrong(parsed, path, "lint.exclude has \"" + glob + "\" in it, which is no glob: " + e.getDescription());
					}
					globs.add(glob);
				}
			}
			return globs;
		}

		private Optional<String> baseline(TomlParseResult parsed, @Nullable Object value) throws SettingsException {
			if (value == null) {
				return Optional.empty();
			}
			if (!(value instanceof String name) || name.isBlank()) {
				throw wrong(parsed, List.of(TABLE, "baseline"),
						"lint.baseline is " + TomlFile.written(value) + "; it has to be the name of a file, in quotes");
			}
			return Optional.of(name);
		}
	}
}
