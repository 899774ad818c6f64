// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Step;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.ApiModelException;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.jdt.internal.Parsing;
import org.heaplens.testkit.Expectations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users say of functions without source is followed as the HiAI API is. */
class ModelsTest {
	/** Wrappers of which only the class files are at hand, and what the platform makes. */
	static final String MODEL = """
			[[function]]
			class = "com.acme.Pool"
			name = "take"
			allocates = { family = "handle", nullable = true }
			throws = false

			[[function]]
			class = "com.acme.Pool"
			name = "give"
			arguments = 1
			frees = { family = "handle", block = 0 }
			throws = false

			[[function]]
			class = "com.acme.Pool"
			name = "adopt"
			keeps = 0
			throws = false

			[[function]]
			class = "com.acme.Handle"
			name = "read"
			reads = "receiver"
			throws = false

			[[function]]
			class = "com.acme.Links"
			name = "open"
			static = true
			allocates = { family = "link" }
			throws = false

			[[function]]
			class = "com.acme.Links"
			name = "shut"
			static = true
			arguments = 1
			frees = { family = "link", block = 0 }
			throws = false

			[[function]]
			class = "com.acme.Frames"
			name = "frame"
			static = true
			arguments = 1
			allocates = { family = "D", size = 0, nullable = true }
			throws = false

			[[function]]
			class = ["java.io.FileInputStream", "java.io.FileOutputStream"]
			name = "new"
			allocates = { family = "stream" }

			[[function]]
			class = "java.nio.file.Files"
			name = ["newInputStream", "newOutputStream", "newBufferedReader"]
			static = true
			allocates = { family = "stream" }

			[[function]]
			class = "java.io.InputStream"
			name = "read"
			reads = "receiver"
			""";
	private static final String BEFORE = "package app; import com.acme.Pool; import com.acme.Handle; import com.acme.Links; import com.acme.Frames; "
			+ "import java.io.*; import java.nio.file.*; import java.util.zip.*; import org.heaplens.runtime.*; abstract class App { Pool pool; ";
	private static final List<String> CLASSES = List.of(
			"Pool { public Handle take() { return null; } public void give(Object h) {} public void adopt(Object h) {} }",
			"Handle { public int read() { return 0; } }",
			"Links { public static Object open() { return null; } public static void shut(Object link) throws InterruptedException {} }",
			"Frames { public static org.heaplens.runtime.HiaiBuffer frame(int size) { return null; } }");

	@TempDir
	private Path folder = Path.of("");

	static ApiModel model() {
		try {
			return ApiModels.read(MODEL, "acme.toml", ApiModels.builtIn());
		} catch (ApiModelException e) {
			throw new AssertionError(e.line(), e);
		}
	}

	private static List<Finding> unbound(String members) {
		String source = BEFORE + members + "}";
		return new JavaLinter(model()).lint(Parsing.parse(source), source, "App.java");
	}

	private List<Finding> bound(String members) {
		String source = BEFORE + members + "}";
		return new JavaLinter(model()).fix(
				new JavaLinter(model()).lint(Parsing.parse(source, "App.java", new String[0], new String[]{stubs()}), source, "App.java"),
				Parsing.parse(source, "App.java", new String[0], new String[]{stubs()}), source, "App.java");
	}

	private String stubs() {
		try {
			Path acme = Files.createDirectories(folder.resolve("com/acme"));
			for (String each : CLASSES) {
				Files.writeString(acme.resolve(each.substring(0, each.indexOf(' ')) + ".java"), "package com.acme; public class " + each);
			}
			return folder.toString();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private void check(String members) {
		Expectations.check(ModelsTest::unbound, members);
		Expectations.check(this::bound, members);
	}

	private String only(String members) {
		List<Finding> found = bound(members);
		assertEquals(1, found.size(), found.toString());
		assertEquals(found.get(0).message(), unbound(members).get(0).message());
		return found.get(0).message();
	}

	@Test
	void aWrapperWithoutSourceMakesAndFrees() {
		check("""
				void leaks(boolean skip) {
					Handle h = pool.take(); // finds leaked-manual-block
					if (skip) {
						return;
					}
					pool.give(h);
				}
				void frees(Pool other) {
					Handle h = other.take();
					try {
						h.hashCode();
					} finally {
						other.give(h);
					}
				}
				void twice() {
					Handle h = pool.take();
					pool.give(h);
					pool.give(h); // finds double-free
				}
				void late() {
					Handle h = pool.take();
					if (h == null) {
						return;
					}
					pool.give(h);
					h.read(); // finds use-after-free
				}
				void unlooked() {
					Handle h = pool.take();
					h.read(); // finds unchecked-allocation
					pool.give(h);
				}
				void kept() {
					pool.adopt(pool.take());
				}
				void lost() {
					for (int i = 0; i < 3; i++) {
						Handle h = pool.take(); // finds lost-block
					}
				}
				""");
	}

	@Test
	void familiesHaveTheirOwnFree() {
		check("""
				void handle() {
					Handle h = pool.take();
					Links.shut(h); // finds mismatched-free
				}
				void link() {
					Object l = Links.open();
					pool.give(l); // finds mismatched-free
				}
				void right() {
					Object l = Links.open();
					Links.shut(l);
				}
				""");
	}

	@Test
	void aWrapperOfTheApiMakesItsBlocks() {
		check("""
				void leaks() {
					HiaiBuffer f = Frames.frame(4096 * 1024); // finds leaked-manual-block
				}
				void frees() {
					HiaiBuffer f = Frames.frame(4096 * 1024);
					HiaiMemory.dFree(f);
				}
				void link() {
					HiaiBuffer f = Frames.frame(4096 * 1024);
					Links.shut(f); // finds mismatched-free
				}
				void small() {
					HiaiBuffer f = Frames.frame(16); // finds size-not-recommended
					HiaiMemory.dFree(f);
				}
				""");
	}

	@Test
	void streamsOfThePlatformAreClosed() {
		check("""
				int leaks(File f) throws IOException {
					InputStream in = new FileInputStream(f); // finds leaked-manual-block
					return in.available();
				}
				int closes(File f) throws IOException {
					try (InputStream in = new FileInputStream(f)) {
						return in.read();
					}
				}
				int closesLast(File f) throws IOException {
					FileInputStream in = null;
					try {
						in = new FileInputStream(f);
						return in.read();
					} finally {
						if (in != null) {
							in.close();
						}
					}
				}
				void closesTwice(File f) throws IOException {
					try (FileInputStream in = new FileInputStream(f)) {
						in.close();
					}
				}
				int late(Path p) throws IOException {
					InputStream in = Files.newInputStream(p);
					in.close();
					return in.read(); // finds use-after-free
				}
				InputStream made(File f) throws IOException {
					return new FileInputStream(f);
				}
				void uses(File f) throws IOException {
					try (InputStream in = made(f)) {
						in.available();
					}
				}
				void forgets(File f) throws IOException {
					InputStream in = made(f); // finds leaked-manual-block
				}
				""");
	}

	@Test
	void whatIsOpenWhenAnotherOneCannotBeOpenedIsLeft() {
		Expectations.check(this::bound, """
				void both(File f, File g) throws IOException {
					FileInputStream in = new FileInputStream(f); // finds leaked-manual-block
					FileOutputStream out = new FileOutputStream(g); // finds leaked-manual-block
					in.close();
					out.close();
				}
				void one(File f) throws IOException {
					FileInputStream in = new FileInputStream(f);
					in.close();
				}
				int zipped(File f) throws IOException {
					try (var in = new GZIPInputStream(new FileInputStream(f))) { // finds leaked-manual-block
						return in.read();
					}
				}
				""");
	}

	@Test
	void whatWrapsAStreamClosesIt() {
		check("""
				int reads(File f) throws IOException {
					try (var in = new BufferedInputStream(new FileInputStream(f))) {
						return in.read();
					}
				}
				InputStream hands(File f) throws IOException {
					return new BufferedInputStream(new FileInputStream(f));
				}
				int forgets(File f) throws IOException {
					var in = new BufferedInputStream(new FileInputStream(f)); // finds leaked-manual-block
					return in.available();
				}
				void gives(File f) throws IOException {
					strange(new FileInputStream(f));
				}
				abstract void strange(Object o);
				""");
	}

	@Test
	void messagesSpeakOfWhatTheFamilyIs() {
		assertEquals("Handle 'h' is never released on a path that reaches the end: release it before",
				only("void f() { Handle h = pool.take(); }"));
		assertEquals("Handle 'h' is released a second time: remove one of the two",
				only("void f() { Handle h = pool.take(); pool.give(h); pool.give(h); }"));
		assertEquals("Link 'l' is released as if it were a handle: use the call that fits it",
				only("void f() { Object l = Links.open(); pool.give(l); }"));
		assertEquals("Handle 'h' is released as if DMalloc had made it: use the call that fits it",
				only("void f() { HiaiBuffer h = (HiaiBuffer) (Object) pool.take(); HiaiMemory.dFree(h); }"));
		assertEquals("Link is never released, and no variable holds it: keep it and release it", only("void f() { Links.open(); }"));
		assertEquals("Link is never released, though it is kept in 'l': release it where its owner is closed",
				only("private Object l; void f() { l = Links.open(); }"));
		List<Step> path = unbound("void f() { Handle h = pool.take(); pool.give(h); pool.give(h); }").get(0).path();
		assertEquals(List.of("allocated here", "released here", "released again here"), path.stream().map(Step::text).toList());
	}

	/** The text after all fixes. */
	private String fixed(String members) {
		String source = BEFORE + members + "}";
		String text = source;
		for (Finding finding : bound(members)) {
			assertFalse(finding.fixes().isEmpty(), finding.message());
			text = finding.fixes().get(0).applyTo(source);
		}
		return text.substring(BEFORE.length(), text.length() - 1);
	}

	@Test
	void fixesFreeWithTheCallOfTheFamily() {
		assertEquals("void f(boolean b) { Handle h = pool.take(); if (b) { pool.give(h); return; } pool.give(h); }",
				fixed("void f(boolean b) { Handle h = pool.take(); if (b) { return; } pool.give(h); }"));
		assertEquals("void f() throws Exception { Object l = Links.open(); Links.shut(l); }",
				fixed("void f() throws Exception { Object l = Links.open(); }"));
		assertEquals("void f(File f) throws IOException { var in = new FileInputStream(f); in.close(); }",
				fixed("void f(File f) throws IOException { var in = new FileInputStream(f); }"));
	}

	@Test
	void aFixThrowsNothingThatIsNotHandled() {
		assertTrue(bound("void f() { Object l = Links.open(); }").get(0).fixes().isEmpty());
		assertTrue(bound("void f(File f) throws FileNotFoundException { var in = new FileInputStream(f); }").get(0).fixes().isEmpty());
		assertFalse(bound("void f() { try { Object l = Links.open(); } catch (InterruptedException e) { } }").get(0).fixes().isEmpty());
		assertTrue(bound("void f() throws Exception { Runnable r = () -> { Object l = Links.open(); }; }").get(0).fixes().isEmpty());
	}

	@Test
	void aFixDoesNotCallOnWhatMayBeAnotherObject() {
		assertTrue(bound("void f() { Handle h = pool().take(); } Pool pool() { return pool; }").get(0).fixes().isEmpty());
	}

	@Test
	void aModelSaysMoreThanTheSourceOfTheSameClass() throws IOException, ApiModelException {
		Path file = Files.writeString(folder.resolve("A.java"),
				"package a; class A { private Object spare; Object make() { return spare; } void use() { Object o = make(); } }");
		ApiModel model = ApiModels.read("[[function]]\nclass = 'a.A'\nname = 'make'\nallocates = { family = 'D' }", "m.toml",
				ApiModels.builtIn());
		assertEquals(List.of("leaked-manual-block"), new JavaLinter(model).lint(List.of(file), List.of(), () -> false).findings().stream()
				.map(Finding::rule).toList());
	}

	@Test
	void sourceSaysMoreThanAModelOfWhatIsAbove() throws IOException, ApiModelException {
		Path file = Files.writeString(folder.resolve("A.java"),
				"package a; interface I { Object make(); } class A implements I { private Object spare; public Object make() { return spare; }"
						+ " void use() { Object o = make(); } void above(I i) { Object o = i.make(); } }");
		ApiModel model = ApiModels.read("[[function]]\nclass = 'a.I'\nname = 'make'\nallocates = { family = 'D' }", "m.toml",
				ApiModels.builtIn());
		List<Finding> found = new JavaLinter(model).lint(List.of(file), List.of(), () -> false).findings();
		assertEquals(List.of("leaked-manual-block"), found.stream().map(Finding::rule).toList());
		assertTrue(found.get(0).location().column() > 160, found.toString());
	}

	@Test
	void aClassOfAnotherPackageIsAnother() {
		String source = "package app; import org.other.Pool; class App { void f(Pool pool) { Object h = pool.take(); } }";
		assertEquals(List.of(), new JavaLinter(model()).lint(Parsing.parse(source), source, "App.java"));
	}

	@Test
	void staticFunctionsMayBeImported() {
		String source = "package app; import static com.acme.Links.*; class App { void f() { Object l = open(); } void g() { shut(open()); } }";
		assertEquals(List.of("Link 'l' is never released on a path that reaches the end: release it before"),
				new JavaLinter(model()).lint(Parsing.parse(source), source, "App.java").stream().map(Finding::message).toList());
	}

	@Test
	void inheritedFunctionsAreKnownInClassesBelow() {
		String source = "package app; import com.acme.Pool; class Mine extends Pool { void f() { Object h = take(); } void g() { give(take()); } }"
				+ " class App { void f(Mine mine) { Object h = mine.take(); } }";
		assertEquals(2, new JavaLinter(model()).lint(Parsing.parse(source), source, "App.java").size());
	}

	@Test
	void whatNoModelNamesIsNotLookedAt() {
		var linter = new JavaLinter(model());
		assertTrue(linter.concerns("class A { Object o = x.take(); }"));
		assertTrue(linter.concerns("class A { InputStream in = new FileInputStream(f); }"));
		assertTrue(linter.concerns("// heaplens:ignore"));
		assertFalse(linter.concerns("class A { void mistake() { takes(); retake(); FileInputStreams.of(); } }"));
		assertFalse(new JavaLinter().concerns("class A { Object o = x.take(); }"));
		assertTrue(new JavaLinter().concerns("HiaiMemory.dFree(b)"));
	}
}
