// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.jdt.internal.Parsing;
import org.heaplens.testkit.Expectations;

/** Lints members of a class, with and without bindings. */
final class Snippets {
	/** Stands before the members, on their first line. */
	static final String BEFORE = "package app; import org.heaplens.runtime.*; import java.io.*; import java.nio.*; import java.nio.channels.*; "
			+ "import java.util.*; import java.util.concurrent.*; import static org.heaplens.runtime.MemoryAttr.*; "
			+ "abstract class App extends Engine { ";
	static final String AFTER = "}";

	private static final Map<String, String> RUNTIME = Map.of(
			"MemoryAttr", "public enum MemoryAttr { AUTO_FREE, MANUAL_FREE }",
			"HiaiStatus", "public enum HiaiStatus { OK, ERROR, HIAI_QUEUE_FULL }",
			"HiaiBuffer",
			"public final class HiaiBuffer implements AutoCloseable { public java.nio.ByteBuffer bytes() { return null; }"
					+ " public long address() { return 0; } public int size() { return 0; } public void close() {} }",
			"HiaiMemory",
			"public final class HiaiMemory { public static HiaiBuffer dMalloc(int n) { return null; }"
					+ " public static HiaiBuffer dMalloc(int n, int t, MemoryAttr f) { return null; }"
					+ " public static HiaiStatus dFree(HiaiBuffer b) { return null; }"
					+ " public static HiaiBuffer dvppDMalloc(int n) { return null; }"
					+ " public static HiaiStatus dvppDFree(HiaiBuffer b) { return null; }"
					+ " public static boolean isDMalloc(HiaiBuffer b, int n) { return true; } }",
			"Engine",
			"public abstract class Engine { public HiaiStatus sendData(int port, String name, Object message) { return null; }"
					+ " public HiaiStatus sendData(int port, String name, Object message, int time) { return null; } }",
			"Graph",
			"public class Graph { public HiaiStatus sendData(Object port, String name, Object message) { return null; } }");
	private static final Path STUBS = stubs();

	private Snippets() {}

	private static Path stubs() {
		try {
			Path root = Files.createTempDirectory("stubs");
			Path folder = Files.createDirectories(root.resolve("org/heaplens/runtime"));
			for (Map.Entry<String, String> type : RUNTIME.entrySet()) {
				Path file = Files.writeString(folder.resolve(type.getKey() + ".java"),
						"package org.heaplens.runtime; " + type.getValue());
				file.toFile().deleteOnExit();
			}
			return root;
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Checks members of a class in both ways. */
	static void check(String members) {
		Expectations.check(source -> silent(unbound(BEFORE + source + AFTER)), members);
		Expectations.check(source -> silent(bound(BEFORE + source + AFTER)), members);
	}

	/** Checks members of a class where only bindings can tell. */
	static void checkBound(String members) {
		Expectations.check(source -> silent(bound(BEFORE + source + AFTER)), members);
	}

	/** Checks a compilation unit in both ways. */
	static void checkUnit(String unit) {
		Expectations.check(source -> silent(unbound(source)), unit);
		Expectations.check(source -> silent(bound(source)), unit);
	}

	/** Most snippets leave out what has nothing to do with their claim: the test whether there is a block. */
	static List<Finding> silent(List<Finding> findings) {
		return findings.stream().filter(finding -> !finding.rule().equals("unchecked-allocation")).toList();
	}

	/** Checks members of a class in both ways, and hears of allocations that nobody looks at, too. */
	static void checkAll(String members) {
		Expectations.check(source -> unbound(BEFORE + source + AFTER), members);
		Expectations.check(source -> bound(BEFORE + source + AFTER), members);
	}

	static List<Finding> unbound(String source) {
		return new JavaLinter().lint(Parsing.parse(source), source, "App.java");
	}

	/** The findings with their fixes. */
	static List<Finding> fixable(String source) {
		return new JavaLinter().fix(unbound(source), Parsing.parse(source), source, "App.java");
	}

	/** The same with bindings. */
	static List<Finding> fixableBound(String source) {
		return new JavaLinter().fix(bound(source), parseBound(source), source, "App.java");
	}

	static List<Finding> bound(String source) {
		return new JavaLinter().lint(parseBound(source), source, "App.java");
	}

	private static CompilationUnit parseBound(String source) {
		return Parsing.parse(source, "App.java", new String[0], new String[]{STUBS.toString()});
	}
}
