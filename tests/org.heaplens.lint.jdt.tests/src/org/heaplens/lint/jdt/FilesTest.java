
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {
	private static final String LEAK = "package app;\nimport org.heaplens.runtime.*;\nclass %s {\n\tvoid f(int n) {\n\t\tHiaiBuffer b = HiaiMemory.dMalloc(n);\n\t}\n}\n";

	@TempDir
	Path folder = Path.of("");

	private Path write(String name, String text) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	@Test
	void foldersAreSearchedInTheOrderOfNames() throws IOException {
		write("src/app/B.java", LEAK.formatted("B"));
		write("src/app/A.java", LEAK.formatted("A"));
		write("src/app/readme.txt", LEAK.formatted("C"));
		LintResult result = new JavaLinter().lint(List.of(folder), List.of(), () -> false);
		assertEquals(2, result.files());
		assertEquals(List.of(), result.problems());
		assertEquals(List.of(folder.resolve("src/app/A.java").toString(), folder.resolve("src/app/B.java").toString()),
				result.findings().stream().map(finding -> finding.location().file()).toList());
	}

	@Test
	void aFileNamedTwiceIsAnalysedOnce() throws IOException {
		Path file = write("A.java", LEAK.formatted("A"));
		assertEquals(1, new JavaLinter().lint(List.of(file, folder, file), List.of(), () -> false).findings().size());
	}

	@Test
	void problemsDoNotStopTheRun() throws IOException {
		write("A.java", "class A { void f() { HiaiMemory.dMalloc(; } }");
		write("B.java", LEAK.formatted("B"));
		LintResult result = new JavaLinter().lint(List.of(folder, folder.resolve("missing")),
				List.of(folder.resolve("missing.jar")), () -> false);
		assertEquals(1, result.findings().stream().filter(finding -> finding.location().file().endsWith("B.java")).count());
		assertEquals(2, result.problems().size(), result.problems().toString());
		assertEquals(1, result.problems().get(1).line());
		assertTrue(result.problems().get(0).file().endsWith("missing"));
	}

	@Test
	void aByteOrderMarkIsNoProblem() throws IOException {
		write("A.java", "\uFEFF" + LEAK.formatted("A"));
		LintResult result = new JavaLinter().lint(List.of(folder), List.of(), () -> false);
		assertEquals(List.of(), result.problems());
		assertEquals(5, result.findings().get(0).line());
	}

	@Test
	void aRunCanBeCancelled() throws IOException {
		write("A.java", LEAK.formatted("A"));
		assertEquals(0, new JavaLinter().lint(List.of(folder), List.of(), () -> true).files());
	}

	@Test
	void otherFilesOfTheProjectResolveTypes() throws IOException {
		write("src/app/Failing.java",
				"package app;\npublic class Failing { public static void work() throws java.io.IOException {} }\n");
		write("src/app/A.java", LEAK.formatted("A").replace("\t\tHiai", "\t\tHiai").replace("(int n) {",
				"(int n) throws java.io.IOException {").replace("(n);\n", "(n);\n\t\tFailing.work();\n\t\tHiaiMemory.dFree(b);\n"));
		LintResult result = new JavaLinter().lint(List.of(folder), List.of(), () -> false);
		assertEquals(List.of("unsent-auto-block"), result.findings().stream().map(finding -> finding.rule()).toList());
	}

	@Test
	void theResultDoesNotDependOnTheNumberOfThreads() throws IOException {
		var files = new ArrayList<Path>();
		for (int index = 0; index < 20; index++) {
			files.add(write("src/app/A" + index + ".java", LEAK.formatted("A" + index)));
		}
		files.add(folder.resolve("missing.java"));
		LintResult one = new JavaLinter().lint(files, List.of(), 1, LintMonitor.NONE);
		assertEquals(one, new JavaLinter().lint(files, List.of(), 4, LintMonitor.NONE));
		assertEquals(20, one.findings().size());
		assertEquals(1, one.problems().size());
	}

	@Test
	void aRunTellsHowFarItIs() throws IOException {
		Path file = write("A.java", LEAK.formatted("A"));
		var told = new ConcurrentLinkedQueue<String>();
		new JavaLinter().lint(List.of(file, write("B.java", "class B {}")), List.of(), 1, new LintMonitor() {
			@Override
			public boolean cancelled() {
				return false;
			}

			@Override
			public void at(int done, int all) {
				told.add(done + "/" + all);
			}
		});
		assertEquals(List.of("1/2", "2/2", "1/1"), List.copyOf(told));
	}

	@Test
	void whatIsIgnoredIsHandedOnWithItsReason() throws IOException {
		write("A.java", LEAK.formatted("A").replace("(n);\n", "(n); // heaplens:ignore unsent-auto-block because it is a test\n"));
		LintResult result = new JavaLinter().lint(List.of(folder), List.of(), () -> false);
		assertEquals(List.of(), result.findings());
		assertEquals("unsent-auto-block", result.ignored().get(0).finding().rule());
		assertEquals("it is a test", result.ignored().get(0).reason());
	}
}
