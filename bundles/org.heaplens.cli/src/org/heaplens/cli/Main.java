// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

/** Where the command line starts. */
public final class Main {
	private Main() {
	}

	public static void main(String[] arguments) {
		System.exit(arguments.length);
	}
}
