// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.LintMonitor;
import org.heaplens.testkit.Expectations;

/** Lints sources whose headers are missing. */
final class Sources {
	private Sources() {}

	/** Checks a file in C++. */
	static void check(String source) {
		Expectations.check(text -> silent(lint("app.cpp", text)), source);
	}

	/** Checks a file in C. */
	static void checkC(String source) {
		Expectations.check(text -> silent(lint("app.c", text)), source);
	}

	/** Most sources leave out what has nothing to do with their claim: the test whether there is a block. */
	static List<Finding> silent(List<Finding> findings) {
		return findings.stream().filter(finding -> !finding.rule().equals("unchecked-allocation")).toList();
	}

	static List<Finding> lint(String name, String text) {
		try {
			Path folder = Files.createTempDirectory("cpp");
			Path file = Files.writeString(folder.resolve(name), text);
			try {
				var result = new CppLinter().lint(List.of(file), 1, LintMonitor.NONE);
				if (!result.problems().isEmpty()) {
					throw new AssertionError(result.problems());
				}
				return result.findings();
			} finally {
				Files.delete(file);
				Files.delete(folder);
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
