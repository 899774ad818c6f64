// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import org.heaplens.cli.text.Units;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the values of options; what cannot be read is complained of with the option's name. */
final class Options {
	private Options() {}

	/** In nanoseconds. */
	static long duration(CommandSpec spec, String option, String text) {
		try {
			return Units.parseDuration(text);
		} catch (IllegalArgumentException e) {
			throw misused(spec, option, e);
		}
	}

	static long bytes(CommandSpec spec, String option, String text) {
		try {
			return Units.parseBytes(text);
		} catch (IllegalArgumentException e) {
			throw misused(spec, option, e);
		}
	}

	static double share(CommandSpec spec, String option, String text) {
		try {
			return Units.parseShare(text);
		} catch (IllegalArgumentException e) {
			throw misused(spec, option, e);
		}
	}

	/** A whole number of at most 18 digits. */
	static long number(CommandSpec spec, String option, String text) {
		if (!text.matches("\\d{1,18}")) {
			throw new ParameterException(spec.commandLine(), option + ": '" + text + "' is no number");
		}
		return Long.parseLong(text);
	}

	private static ParameterException misused(CommandSpec spec, String option, IllegalArgumentException reason) {
		return new ParameterException(spec.commandLine(), option + ": " + reason.getMessage());
	}
}
