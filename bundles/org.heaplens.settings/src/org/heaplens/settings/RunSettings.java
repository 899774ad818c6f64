// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.heaplens.runtime.settings.Setting;

/** What a run is told by a file and by single settings, each as checked text. Immutable. */
public final class RunSettings {
	/** The name of the file that is looked for. */
	public static final String FILE_NAME = "heaplens.toml";

	/** Nothing is told. */
	public static final RunSettings NONE = new RunSettings(Map.of(), Map.of());

	private final Map<Setting, String> ofFile;
	private final Map<Setting, String> single;

	private RunSettings(Map<Setting, String> ofFile, Map<Setting, String> single) {
		this.ofFile = ofFile;
		this.single = single;
	}

	/** The file that holds for a folder: in it, or in the nearest folder above that has one. */
	public static Optional<Path> find(Path folder) {
		for (Path above = folder.toAbsolutePath().normalize(); above != null; above = above.getParent()) {
			Path file = above.resolve(FILE_NAME);
			if (Files.isRegularFile(file)) {
				return Optional.of(file);
			}
		}
		return Optional.empty();
	}

	/**
	 * Reads a file.
	 *
	 * @param name how to call the file when something is wrong with it
	 */
	public static RunSettings read(Path file, String name) throws SettingsException {
		return new RunSettings(new TomlSettings(name).read(text(file, name)), Map.of());
	}

	/** What stands in a file of settings. */
	static String text(Path file, String name) throws SettingsException {
		try {
			return Files.readString(file);
		} catch (NoSuchFileException e) {
			throw new SettingsException(name + ": there is no such file; make it, or leave out what names it");
		} catch (IOException e) {
			throw new SettingsException(name + ": cannot be read: is it a file in UTF-8 that you may read?");
		}
	}

	/** The same, and a single setting, {@code a.b-c=VALUE}, which wins. */
	public RunSettings with(String keyAndValue) throws SettingsException {
		int equals = keyAndValue.indexOf('=');
		if (equals < 0) {
			throw new SettingsException("'" + keyAndValue + "' sets nothing; write KEY=VALUE, such as host.capacity=512M");
		}
		String key = keyAndValue.substring(0, equals).strip();
		String value = keyAndValue.substring(equals + 1).strip();
		Setting setting = setting(key, "");
		Optional<String> problem = setting.problem(value);
		if (problem.isPresent()) {
			throw new SettingsException(key + " is '" + value + "'; it " + problem.get());
		}
		var more = new EnumMap<Setting, String>(Setting.class);
		more.putAll(single);
		more.put(setting, value);
		return new RunSettings(ofFile, more);
	}

	/** The setting with a key that may be set here. */
	static Setting setting(String key, String where) throws SettingsException {
		Optional<Setting> setting = Setting.of(key);
		if (setting.isPresent() && setting.get().inFile()) {
			return setting.get();
		}
		if (setting.isPresent()) {
			throw new SettingsException(
					where + key + " belongs to a run, and is not set here; use --" + key + ", or " + setting.get().variable());
		}
		String advice = Setting.nearest(key).map(nearest -> "did you mean " + nearest + "?").orElse("docs/settings.md lists all");
		throw new SettingsException(where + "there is no setting " + key + "; " + advice);
	}

	/**
	 * As environment variables, for a process with that environment. What is in the environment wins over the file, and loses against single
	 * settings.
	 */
	public Map<String, String> variables(Map<String, String> environment) {
		return handedOn(environment, Setting::variable);
	}

	/** As system properties for a JVM with that environment; the same that {@link #variables} has. */
	public Map<String, String> properties(Map<String, String> environment) {
		return handedOn(environment, Setting::property);
	}

	private Map<String, String> handedOn(Map<String, String> environment, Function<Setting, String> name) {
		var values = new TreeMap<String, String>();
		ofFile.forEach((setting, value) -> {
			if (environment.getOrDefault(setting.variable(), "").isBlank()) {
				values.put(name.apply(setting), value);
			}
		});
		single.forEach((setting, value) -> values.put(name.apply(setting), value));
		return values;
	}
}
