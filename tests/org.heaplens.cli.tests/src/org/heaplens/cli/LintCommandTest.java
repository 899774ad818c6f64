// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.heaplens.lint.Rule;
import org.heaplens.lint.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** {@code heaplens lint} from the arguments to the exit code. */
class LintCommandTest {
	private static final String LEAK = """
			import org.heaplens.runtime.*;
			class Leak {
				void leak(boolean early) {
					HiaiBuffer buffer = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(buffer);
				}
			}
			""";
	private static final String SECOND = """
				void second(boolean early) {
					HiaiBuffer other = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					if (early) {
						return;
					}
					HiaiMemory.dFree(other);
				}
			}
			""";
	private static final String TWO = LEAK.substring(0, LEAK.length() - 2) + SECOND;

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	private Path write(String name, String text) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private int lint(Object... arguments) {
		out.getBuffer().setLength(0);
		err.getBuffer().setLength(0);
		String[] line = Stream.concat(Stream.of("lint"), Stream.of(arguments).map(String::valueOf)).toArray(String[]::new);
		return Main.execute(line, new PrintWriter(out, true), new PrintWriter(err, true));
	}

	@ParameterizedTest
	@CsvSource({"error, error, 1", "error, warning, 0", "warning, warning, 1", "warning, info, 0", "info, info, 1", "never, error, 0",
		"error, off, 0"})
	void theExitCodeDependsOnSeverity(String failOn, String severity, int code) throws IOException {
		write("Leak.java", LEAK);
		assertEquals(code, lint(folder, "--fail-on", failOn, "--rule", "leaked-manual-block=" + severity));
		assertEquals(severity.equals("off") ? "" : "severity",
				out.toString().replaceAll("(?s).*:4:\\d+: " + severity + ": .*", "severity"));
	}

	@Test
	void byDefaultWarningsFailAndInfosDoNot() throws IOException {
		write("Leak.java", LEAK);
		assertEquals(Main.FOUND, lint(folder, "--rule", "leaked-manual-block=warning"));
		assertEquals(Main.FINE, lint(folder, "--rule", "leaked-manual-block=info"));
	}

	@Test
	void onlyWhatIsNotInTheBaselineCounts() throws IOException {
		Path file = write("Leak.java", LEAK);
		Path baseline = folder.resolve("known.jsonl");
		assertEquals(Main.FINE, lint(folder, "--baseline", baseline, "--write-baseline"));
		assertTrue(Files.readString(baseline).contains("\"rule\":\"leaked-manual-block\",\"file\":\"Leak.java\",\"line\":4"));
		Files.writeString(file, "\n\n" + TWO);
		assertEquals(Main.FOUND, lint(folder, "--baseline", baseline));
		assertTrue(out.toString().contains("'other'") && !out.toString().contains("'buffer'"), out::toString);
		assertTrue(err.toString().contains("1 new finding in 1 file, 1 known from the baseline"), err::toString);
		Files.writeString(file, "class Leak {}");
		assertEquals(Main.FINE, lint(folder, "--baseline", baseline));
		assertTrue(err.toString().contains("1 of the baseline gone"), err::toString);
	}

	@Test
	void writingABaselineKeepsWhatWasNotLinted() throws IOException {
		write("a/Leak.java", LEAK);
		write("b/Leak.java", TWO);
		Path baseline = folder.resolve("known.jsonl");
		lint(folder, "--baseline", baseline, "--write-baseline");
		assertEquals(3, Files.readAllLines(baseline).size());
		write("b/Leak.java", LEAK);
		assertEquals(Main.FINE, lint(folder.resolve("a"), "--baseline", baseline));
		assertFalse(err.toString().contains("gone"), err::toString);
		lint(folder.resolve("b"), "--baseline", baseline, "--write-baseline");
		assertEquals(2, Files.readAllLines(baseline).size());
	}

	@Test
	void settingsAreFoundFromThePathUpwards() throws IOException {
		write("heaplens.toml", """
				[lint]
				severity = { leaked-manual-block = "info" }
				exclude = ["**/generated/**", "src/Skipped.java"]
				baseline = "known.jsonl"
				""");
		write("src/a/Leak.java", LEAK);
		write("src/generated/Leak.java", LEAK);
		write("src/Skipped.java", LEAK);
		assertEquals(Main.COULD_NOT_RUN, lint(folder.resolve("src")));
		assertTrue(err.toString().contains("known.jsonl: no such file; --write-baseline makes it"), err::toString);
		assertEquals(Main.FINE, lint(folder.resolve("src"), "--write-baseline"));
		assertEquals(1, Files.readAllLines(folder.resolve("known.jsonl")).size());
		write("src/a/Other.java", LEAK.replace("class Leak", "class Other"));
		assertEquals(Main.FINE, lint(folder.resolve("src"), "--format", "jsonl", "--base", folder));
		assertEquals(List.of("src/a/Leak.java unchanged info", "src/a/Other.java new info"), out.toString().lines()
				.map(line -> line.replaceAll(".*?\"severity\":\"(\\w+)\".*?\"file\":\"([^\"]*)\".*\"baseline\":\"(\\w+)\".*", "$2 $3 $1"))
				.toList());
		assertEquals(Main.FOUND, lint(folder.resolve("src"), "--rule", "leaked-manual-block=error"));
	}

	@Test
	void whatTheUserNamesIsNeverLeftOut() throws IOException {
		write("heaplens.toml", "lint.exclude = [\"Leak.java\"]");
		Path file = write("Leak.java", LEAK);
		assertEquals(Main.FINE, lint(folder));
		assertEquals(Main.FOUND, lint(file));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--rule leaked-manual-blok=off | there is no rule leaked-manual-blok; did you mean leaked-manual-block?
			--rule double-free=high       | the severity has to be one of error, warning, info, off
			--jobs 0                      | 0 is too few
			--write-baseline              | add --baseline FILE, or set lint.baseline in heaplens.toml
			--baseline no-such-file       | no-such-file: no such file; --write-baseline makes it
			--config no-such-file         | no-such-file: there is no such file
			--explain no-such-rule        | there is no rule no-such-rule; there are
			--explain doubl-free          | there is no rule doubl-free; did you mean double-free?
			--fail-on always              | --fail-on
			""")
	void whatIsWrongIsOneLine(String options, String message) throws IOException {
		write("Leak.java", LEAK);
		Object[] arguments = Stream.concat(Stream.of(folder), Stream.of(options.split(" "))).toArray();
		assertEquals(Main.COULD_NOT_RUN, lint(arguments));
		assertEquals("", out.toString());
		assertTrue(err.toString().contains(message), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	@Test
	void badSettingsAreToldWithTheirLine() throws IOException {
		Path settings = write("heaplens.toml", "\n[lint]\nexclud = []\n");
		assertEquals(Main.COULD_NOT_RUN, lint(folder));
		assertEquals("heaplens: " + settings + ":3:1: there is no setting lint.exclud; there are severity, exclude, baseline and models",
				err.toString().strip());
	}

	@Test
	void everyRuleIsExplained() {
		for (Rule rule : Rules.ALL) {
			assertEquals(Main.FINE, lint("--explain", rule.id()));
			assertTrue(out.toString().startsWith("# " + rule.id() + "\n"), out::toString);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"\n", "\r\n"})
	void fixesKeepLineEndsAndByteOrderMark(String end) throws IOException {
		Path file = write("Leak.java", "\ufeff" + "// größer\n".repeat(2).replace("\n", end) + TWO.replace("\n", end));
		assertEquals(Main.FINE, lint(folder, "--fix"));
		String expected = "\ufeff// größer\n// größer\n" + TWO.replaceFirst("return;", "HiaiMemory.dFree(buffer);\n\t\t\treturn;");
		int second = expected.lastIndexOf("return;");
		expected = expected.substring(0, second) + "HiaiMemory.dFree(other);\n\t\t\t" + expected.substring(second);
		assertEquals(expected.replace("\n", end), Files.readString(file));
		assertTrue(err.toString().contains("fixed 2 findings in 1 file"), err::toString);
		assertTrue(err.toString().contains("Leak.java:6: Free 'buffer' before this exit [leaked-manual-block]"), err::toString);
		assertTrue(err.toString().contains("0 findings in 1 file"), err::toString);
		assertEquals(Main.FINE, lint(folder, "--fix"));
		assertTrue(err.toString().contains("fixed 0 findings in 0 files"), err::toString);
	}

	@Test
	void fixesKeepOtherEncodings() throws IOException {
		Charset gbk = Charset.forName("GBK");
		Path file = folder.resolve("Leak.java");
		byte[] before = ("// 释放内存\n" + LEAK).getBytes(gbk);
		Files.write(file, before);
		assertEquals(Main.FINE, lint(folder, "--fix"));
		assertArrayEquals(("// 释放内存\n" + LEAK.replace("return;", "HiaiMemory.dFree(buffer);\n\t\t\treturn;")).getBytes(gbk),
				Files.readAllBytes(file));
	}

	@Test
	void twoBlocksLostAtOneExitAreFixedOneAfterTheOther() throws IOException {
		Path file = write("Leak.java",
				LEAK.replace("\t\tif (early", "\t\tHiaiBuffer more = HiaiMemory.dMalloc(1, 500, MemoryAttr.MANUAL_FREE);\n\t\tif (early")
						.replace("dFree(buffer);", "dFree(buffer);\n\t\tHiaiMemory.dFree(more);"));
		assertEquals(Main.FINE, lint(folder, "--fix"));
		String fixed = Files.readString(file);
		assertEquals(4, fixed.split("dFree", -1).length - 1, fixed);
	}

	@Test
	void whatIsFixedStaysWhoseItWas() throws IOException {
		Path file = write("Leak.java", LEAK);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
		Path link = Files.createSymbolicLink(folder.resolve("Link.java"), file);
		assertEquals(Main.FINE, lint(link, "--fix"));
		assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
		assertTrue(Files.isSymbolicLink(link));
		assertTrue(Files.readString(file).contains("dFree(buffer);\n\t\t\treturn;"));
	}

	@Test
	void aReadOnlyFileIsLeftAlone() throws IOException {
		Path file = write("Leak.java", LEAK);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
		assertEquals(Main.FOUND, lint(folder, "--fix"));
		assertEquals(LEAK, Files.readString(file));
		assertTrue(err.toString().contains("heaplens: cannot fix " + file + ": it is read-only"), err::toString);
		assertTrue(err.toString().contains("fixed 0 findings"), err::toString);
	}

	@Test
	void whatCannotBeFixedIsReported() throws IOException {
		write("Leak.java", LEAK.replace("dFree(buffer);", "dFree(buffer); // heaplens:ignore double-free"));
		write("Late.java",
				"import org.heaplens.runtime.*;\nclass Late { void f(HiaiBuffer b) { HiaiMemory.dFree(b); b.bytes(); } }\n");
		assertEquals(Main.FOUND, lint(folder, "--fix"));
		assertTrue(out.toString().contains("[use-after-free]") && !out.toString().contains("[unused-ignore]"), out::toString);
	}

	@Test
	void junitFailsWhatCounts() throws Exception {
		write("Leak.java", TWO + "class Broken { void f( }");
		Path report = folder.resolve("report.xml");
		assertEquals(Main.FOUND, lint(folder, "--format", "junit", "--output", report, "--base", folder));
		assertEquals("Leak.java 3 2 1", suite(report));
		assertEquals(Main.COULD_NOT_RUN, lint(folder, "--format", "junit", "--output", report, "--base", folder, "--fail-on", "never"));
		assertEquals("Leak.java 3 0 1", suite(report));
	}

	private static String suite(Path report) throws Exception {
		Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
		var suite = document.getElementsByTagName("testsuite").item(1).getAttributes();
		return Stream.of("name", "tests", "failures", "errors").map(name -> suite.getNamedItem(name).getNodeValue())
				.reduce((one, other) -> one + " " + other)
				.orElseThrow();
	}

	@Test
	void coloursAreThereWhenAskedFor() throws IOException {
		write("Leak.java", LEAK);
		lint(folder, "--color", "always");
		assertTrue(out.toString().contains("\u001b[1;31merror:"), out::toString);
		for (String colour : List.of("auto", "never")) {
			lint(folder, "--color", colour);
			assertFalse(out.toString().contains("\u001b"), out::toString);
		}
	}

	@Test
	void theResultDoesNotDependOnTheNumberOfJobs() throws IOException {
		for (int index = 0; index < 30; index++) {
			write("src/Leak" + index + ".java", TWO);
		}
		lint(folder, "--jobs", 1);
		String one = out.toString();
		lint(folder, "--jobs", 8);
		assertEquals(one, out.toString());
	}

	@Test
	void aReportReplacesTheOldOneWhole() throws IOException {
		write("Leak.java", LEAK);
		Path report = write("report.txt", "old");
		assertEquals(Main.FOUND, lint(folder, "--output", report));
		assertTrue(Files.readString(report, StandardCharsets.UTF_8).contains("[leaked-manual-block]"));
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(List.of("Leak.java", "report.txt"), files.map(file -> file.getFileName().toString()).sorted().toList());
		}
	}

	@Test
	void typesAreResolvedByWhatTheBuildHasMade() throws Exception {
		Path library = write("library/lib/Failing.java",
				"package lib;\npublic class Failing { public static void work() throws java.io.IOException {} }\n");
		Path classes = Files.createDirectories(folder.resolve("app/target/classes"));
		assertEquals(0,
				ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-d", classes.toString(), library.toString()));
		Files.delete(library);
		Path source = write("app/src/main/java/app/A.java", """
				package app;
				import org.heaplens.runtime.*;
				class A {
					void f(int n) throws java.io.IOException {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 500, MemoryAttr.MANUAL_FREE);
						lib.Failing.work();
						HiaiMemory.dFree(b);
					}
				}
				""");
		assertEquals(Main.FINE, lint(source), out::toString);
		write("app/pom.xml", "<project><groupId>a</groupId><artifactId>app</artifactId><version>1</version></project>");
		assertEquals(Main.FOUND, lint(source));
		assertEquals(Main.FOUND, lint(folder));
		assertEquals(Main.FINE, lint(source, "--classpath", ""), out::toString);
	}

	private static final String POOL = "class P { void f(com.acme.Pool pool) { Object frame = pool.take(); } }\n";
	private static final String MODEL = """
			[[function]]
			class = "com.acme.Pool"
			name = "take"
			allocates = { family = "frame" }

			[[function]]
			class = "com.acme.Pool"
			name = "give"
			arguments = 1
			frees = { family = "frame", block = 0 }
			""";

	@Test
	void functionsWithoutSourceAreDescribedInTheSettings() throws IOException {
		Path file = write("src/P.java", POOL);
		assertEquals(0, lint(file), err.toString());
		write("heaplens.toml", MODEL);
		assertEquals(1, lint(file), err.toString());
		assertTrue(out.toString().contains("Frame 'frame' is never released on a path that reaches the end: release it before"),
				out.toString());
		assertEquals(0, lint(file, "--fix"), err.toString());
		assertTrue(Files.readString(file).contains("Object frame = pool.take(); pool.give(frame); }"), Files.readString(file));
	}

	@Test
	void modelsMayBeInFilesThatTheSettingsName() throws IOException {
		Path file = write("src/P.java", POOL);
		write("models/acme.toml", MODEL);
		write("heaplens.toml", "[lint]\nmodels = [\"models/acme.toml\"]\n");
		assertEquals(1, lint(file), err.toString());
	}

	@Test
	void allProjectsOfARunShareTheirModels() throws IOException {
		write("one/heaplens.toml", MODEL);
		write("two/P.java", POOL);
		assertEquals(0, lint(folder.resolve("two")), err.toString());
		write("one/Q.java", "class Q {}");
		assertEquals(1, lint(folder.resolve("one"), folder.resolve("two")), err.toString());
	}

	@Test
	void aMistakeInAModelIsToldInOneLineWithItsPlace() throws IOException {
		Path file = write("src/P.java", POOL);
		Path settings = write("heaplens.toml", MODEL.replace("allocates", "alocates"));
		assertEquals(2, lint(file));
		assertEquals("heaplens: " + settings + ":4:1: there is no key alocates in function; did you mean allocates?\n",
				err.toString().replace("\r", ""));
		write("models/acme.toml", MODEL.replace("block = 0", "block = 4"));
		write("heaplens.toml", "[lint]\nmodels = \"models/acme.toml\"\n");
		assertEquals(2, lint(file));
		assertEquals("heaplens: " + folder.resolve("models/acme.toml") + ":10:29: block is argument 4, but calls have at most 1; "
				+ "arguments count from 0\n", err.toString().replace("\r", ""));
	}
}
