// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as they lie in repositories. */
class FilesTest {
	private static final String LEAK = "void leak(unsigned size) {\n\tvoid* block = HIAI_DMalloc(size, 500, MANUAL_FREE);\n}\n";

	@TempDir
	Path folder = Path.of("");

	private LintResult lint(Path... files) {
		return new CppLinter().lint(List.of(files), 1, LintMonitor.NONE);
	}

	private static List<String> found(LintResult result) {
		return result.findings().stream().filter(finding -> !finding.rule().equals("unchecked-allocation")).map(FilesTest::text).toList();
	}

	private static String text(Finding finding) {
		return Path.of(finding.location().file()).getFileName() + ":" + finding.line() + ":" + finding.rule();
	}

	@Test
	void commentsMayBeChinese() throws IOException {
		Path file = Files.write(folder.resolve("a.cpp"), ("// \u5185\u5b58\u6cc4\u6f0f\n" + LEAK).getBytes(Charset.forName("GBK")));
		assertEquals(List.of("a.cpp:3:leaked-manual-block"), found(lint(file)));
	}

	@Test
	void linesMayEndWithCarriageReturns() throws IOException {
		Path file = Files.writeString(folder.resolve("a.cpp"), LEAK.replace("\n", "\r\n"));
		assertEquals(List.of("a.cpp:2:leaked-manual-block"), found(lint(file)));
	}

	@Test
	void brokenFunctionsDoNotHideOthers() throws IOException {
		Path file = Files.writeString(folder.resolve("a.cpp"), "#include \"missing.h\"\nint broken( { ]] ;\n}\n" + LEAK);
		assertEquals(List.of("a.cpp:5:leaked-manual-block"), found(lint(file)));
	}

	@Test
	void macrosOfProjectHeadersAreExpanded() throws IOException {
		Files.createDirectories(folder.resolve("inc"));
		Path header = Files.writeString(folder.resolve("inc/macros.h"), "#define RELEASE(p) do { HIAI_DFree(p); } while (0)\n");
		Path file = Files.writeString(folder.resolve("a.cpp"), "#include \"macros.h\"\n" + LEAK.replace("}\n", "\tRELEASE(block);\n}\n"));
		assertEquals(List.of(), found(lint(file, header)));
		Files.writeString(header, "#define RELEASE(p)\n");
		assertEquals(List.of("a.cpp:3:leaked-manual-block"), found(lint(file, header)));
	}

	@Test
	void wrappersInOtherFilesAreUnderstood() throws IOException {
		Path wrapper = Files.writeString(folder.resolve("wrapper.cpp"),
				"void* make(unsigned size) {\n\treturn HIAI_DMalloc(size, 500, MANUAL_FREE);\n}\nvoid drop(void* block) {\n\tHIAI_DFree(block);\n}\n");
		Path user = Files.writeString(folder.resolve("user.cpp"),
				"void fine(unsigned size) {\n\tvoid* block = make(size);\n\tif (block) drop(block);\n}\nvoid leak(unsigned size) {\n\tvoid* block = make(size);\n}\n");
		assertEquals(List.of("user.cpp:6:leaked-manual-block"), found(lint(user, wrapper)));
	}

	@Test
	void requestsToIgnoreAreHeard() throws IOException {
		Path file = Files.writeString(folder.resolve("a.cpp"),
				LEAK.replace("FREE);", "FREE); // heaplens:ignore leaked-manual-block because the process ends"));
		LintResult result = lint(file);
		assertEquals(List.of(), found(result));
		assertEquals("the process ends", result.ignored().get(0).reason());
	}
}
