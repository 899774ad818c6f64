// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.settings.Domain;
import org.heaplens.runtime.settings.Setting;

/** What this run was told; see {@link Setting}. Immutable. */
final class Settings {
	private final Map<Setting, String> values;

	private Settings(Map<Setting, String> values) {
		this.values = values;
	}

	/** As the system properties and the environment of this process say; a value that cannot be is said once, and the default taken. */
	static Settings read() {
		return read(System::getProperty, System::getenv);
	}

	static Settings read(Function<String, @Nullable String> properties, Function<String, @Nullable String> environment) {
		var values = new EnumMap<Setting, String>(Setting.class);
		for (Setting setting : Setting.values()) {
			String name = setting.property();
			String text = text(properties.apply(name));
			if (text.isBlank()) {
				name = setting.variable();
				text = text(environment.apply(name));
			}
			if (!text.isBlank()) {
				Optional<String> problem = setting.problem(text);
				if (problem.isEmpty()) {
					values.put(setting, text.strip());
				} else {
					Recorder.warn(name + " is '" + text + "'; it " + problem.get() + "; taking " + setting.usual());
				}
			}
		}
		return new Settings(values);
	}

	/** The defaults, but for the given ones: for runs that are made by a program, such as tests. */
	static Settings of(Map<Setting, String> values) {
		values.forEach((setting, text) -> setting.problem(text).ifPresent(problem -> {
			throw new IllegalArgumentException(setting.key() + " is '" + text + "'; it " + problem);
		}));
		return new Settings(values.isEmpty() ? Map.of() : new EnumMap<>(values));
	}

	/** The value as text; empty if there is none. */
	String text(Setting setting) {
		return values.getOrDefault(setting, setting.usual());
	}

	/** Bytes. */
	long bytes(Setting setting) {
		if (setting.domain() instanceof Domain.Bytes bytes) {
			return bytes.parse(text(setting)).orElseThrow();
		}
		throw new IllegalArgumentException(setting + " is no number of bytes");
	}

	/** A number in the unit of the setting. */
	int count(Setting setting) {
		if (setting.domain() instanceof Domain.Count count) {
			return (int) count.parse(text(setting)).orElseThrow();
		}
		throw new IllegalArgumentException(setting + " is no number");
	}

	/** Whether a switch is on. */
	boolean is(Setting setting) {
		if (setting.domain() instanceof Domain.Switch onOrOff) {
			return onOrOff.parse(text(setting)).orElseThrow();
		}
		throw new IllegalArgumentException(setting + " is no switch");
	}

	/** Whether that word was chosen. */
	boolean is(Setting setting, String option) {
		if (setting.domain() instanceof Domain.Choice choice && choice.options().contains(option)) {
			return text(setting).equals(option);
		}
		throw new IllegalArgumentException(setting + " has no option " + option);
	}

	/** The folder to record into. */
	Optional<String> trace() {
		return Optional.of(text(Setting.TRACE)).filter(folder -> !folder.isEmpty());
	}

	private static String text(@Nullable String value) {
		return value == null ? "" : value;
	}
}
