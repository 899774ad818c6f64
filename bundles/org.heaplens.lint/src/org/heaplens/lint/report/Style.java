// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import org.heaplens.lint.Severity;

/** How a report looks: in colours on terminals that have them, plain elsewhere. Immutable. */
public enum Style {
	/** Only characters. */
	PLAIN,
	/** With the escape sequences of ECMA-48. */
	COLOURED;

	private static final String RESET = "\u001b[0m";

	String strong(String text) {
		return escaped("1", text);
	}

	String faint(String text) {
		return escaped("2", text);
	}

	String number(String text) {
		return escaped("36", text);
	}

	String good(String text) {
		return escaped("32", text);
	}

	String of(Severity severity, String text) {
		return escaped(switch (severity) {
			case ERROR -> "1;31";
			case WARNING -> "1;33";
			case INFO -> "1;34";
		}, text);
	}

	private String escaped(String code, String text) {
		return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + RESET;
	}
}
