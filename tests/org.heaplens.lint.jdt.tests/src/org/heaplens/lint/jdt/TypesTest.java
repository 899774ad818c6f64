// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which type, which of several functions and which file is meant by what a program says. */
class TypesTest {
	private static final String PLATE = """
			package %s;
			import org.heaplens.runtime.*;
			class Plate {
				private final HiaiBuffer pixels = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
				void drop() {
					HiaiMemory.dFree(pixels);
				}
			}
			class Kitchen {
				void washed() {
					Plate plate = new Plate();
					plate.drop();
				}
				void left() {
					Plate plate = new Plate();
				}
			}
			""";

	@TempDir
	Path folder = Path.of("");

	private void write(String name, String text) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	/** File, line and rule of each leak. */
	private List<String> leaks() {
		return new JavaLinter().lint(List.of(folder), List.of(), () -> false).findings().stream()
				.filter(finding -> finding.rule().equals("leaked-manual-block"))
				.map(finding -> Path.of(finding.location().file()).getFileName() + ":" + finding.line()).toList();
	}

	@Test
	void typesOfOneNameInSeveralPackagesAreToldApart() throws IOException {
		write("first/Plate.java", PLATE.formatted("first"));
		write("second/Plate.java", PLATE.formatted("second"));
		write("third/Plate.java", "package third; class Plate { org.heaplens.runtime.HiaiBuffer b; void drop() {} }\n");
		assertEquals(List.of("Plate.java:15", "Plate.java:15"), leaks());
	}

	@Test
	void aSuperclassOfThatNameInAnotherPackageIsNotMeant() throws IOException {
		write("first/Base.java", "package first;\nclass Base {\n\tvoid done(org.heaplens.runtime.HiaiBuffer b) {}\n}\n");
		write("second/Base.java",
				"package second;\nimport org.heaplens.runtime.*;\nclass Base {\n\tvoid done(HiaiBuffer b) {\n\t\tHiaiMemory.dFree(b);\n\t}\n}\n");
		String user = """
				import org.heaplens.runtime.*;
				class User extends Base {
					void use() {
						HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
						done(b);
					}
				}
				""";
		write("first/User.java", "package first;\n" + user);
		write("second/Peer.java", "package second;\n" + user.replace("User", "Peer"));
		assertEquals(List.of("User.java:5"), leaks());
	}

	@Test
	void theOverloadThatTheCompilerChoosesIsMeant() throws IOException {
		write("app/Sink.java", """
				package app;
				import org.heaplens.runtime.*;
				class Sink {
					private final HiaiBuffer pixels;
					Sink(String name) {
						pixels = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					}
					Sink(Object other) {
						pixels = null;
					}
					void take(char[] text) {}
					void take(byte[] bytes) {}
					void take(Integer number) {
						HiaiMemory.dFree(pixels);
					}
					static void kept() {
						Sink sink = new Sink("a");
						sink.take(new byte[2]);
					}
					static void freed() {
						Sink sink = new Sink("a");
						sink.take(3);
					}
					static void empty() {
						Sink sink = new Sink(new Object());
						sink.take(new char[2]);
					}
				}
				""");
		assertEquals(List.of("Sink.java:17"), leaks());
	}

	@Test
	void whatAnOwnerInheritsIsReadWithIt() throws IOException {
		write("base/Stage.java", """
				package base;
				public abstract class Stage implements AutoCloseable {
					public int run(String text) {
						return text.length();
					}
					public int run(byte[] bytes) {
						return bytes.length;
					}
				}
				""");
		write("app/Camera.java", """
				package app;
				import org.heaplens.runtime.*;
				public class Camera extends base.Stage {
					private final HiaiBuffer frame = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					@Override
					public void close() {
						HiaiMemory.dFree(frame);
					}
				}
				""");
		write("app/User.java", """
				package app;
				class User {
					void kept() {
						Camera camera = new Camera();
						camera.run("x");
					}
					void closed() {
						Camera camera = new Camera();
						camera.run("x");
						camera.close();
					}
				}
				""");
		assertEquals(List.of("User.java:4"), leaks());
	}

	@Test
	void helpersForAnythingThatCanBeClosedAreRead() throws IOException {
		write("app/Quietly.java", """
				package app;
				public final class Quietly {
					static void end(AutoCloseable resource) {
						try {
							resource.close();
						} catch (Exception e) {
							System.err.println(e);
						}
					}
					static void note(AutoCloseable resource) {
						System.err.println(resource);
					}
				}
				""");
		write("app/User.java", """
				package app;
				import org.heaplens.runtime.*;
				class User {
					void ended() {
						HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
						Quietly.end(b);
					}
					void noted() {
						HiaiBuffer b = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
						Quietly.note(b);
					}
				}
				""");
		assertEquals(List.of("User.java:9"), leaks());
	}

	@Test
	void whatIsInheritedFromFarAwayIsKnownToCallers() throws IOException {
		write("app/Lens.java", """
				package app;
				import org.heaplens.runtime.*;
				public class Lens implements AutoCloseable {
					private final HiaiBuffer glass = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE);
					@Override
					public void close() {
						HiaiMemory.dFree(glass);
					}
				}
				""");
		write("base/Holder.java", """
				package base;
				public class Holder implements AutoCloseable {
					private final AutoCloseable inner;
					public Holder(AutoCloseable inner) {
						this.inner = inner;
					}
					@Override
					public void close() throws Exception {
						inner.close();
					}
					public int weight() {
						return 3;
					}
				}
				""");
		write("base/Mount.java", """
				package base;
				public class Mount extends Holder {
					public Mount(AutoCloseable inner) {
						super(inner);
					}
				}
				""");
		write("user/User.java", """
				package user;
				class User {
					void closed() throws Exception {
						base.Mount mount = new base.Mount(new app.Lens());
						mount.close();
					}
					void weighed() {
						base.Mount mount = new base.Mount(new app.Lens());
						mount.weight();
					}
				}
				""");
		assertEquals(List.of("User.java:8"), leaks());
	}
}
