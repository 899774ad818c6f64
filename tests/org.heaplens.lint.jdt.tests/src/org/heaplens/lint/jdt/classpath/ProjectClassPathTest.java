// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectClassPathTest {
	@TempDir
	Path folder = Path.of("");

	private Path write(String name, String text) throws IOException {
		Path file = folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

	private void output(String name) throws IOException {
		Files.createDirectories(folder.resolve(name));
	}

	private ProjectClassPath of(String... paths) {
		return ProjectClassPath.of(List.of(paths).stream().map(folder::resolve).toList(), folder.resolve("m2"), folder.resolve("gradle"));
	}

	private List<String> entries(String... paths) {
		return of(paths).entries().stream().map(entry -> folder.relativize(entry).toString().replace('\\', '/')).toList();
	}

	private void artifact(String group, String name, String version, String dependencies) throws IOException {
		String base = "m2/" + group.replace('.', '/') + "/" + name + "/" + version + "/" + name + "-" + version;
		write(base + ".jar", "");
		write(base + ".pom", "<project><groupId>" + group + "</groupId><artifactId>" + name + "</artifactId><version>" + version
				+ "</version>" + dependencies + "</project>");
	}

	private static String dependency(String text) {
		String[] parts = text.split(":");
		return "<dependency><groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId>"
				+ (parts.length > 2 && !parts[2].isEmpty() ? "<version>" + parts[2] + "</version>" : "")
				+ (parts.length > 3 ? "<scope>" + parts[3] + "</scope>" : "") + "</dependency>";
	}

	@Test
	void eclipseNamesOutputsLibrariesAndOtherProjects() throws IOException {
		write("app/.classpath", """
				<?xml version="1.0" encoding="UTF-8"?>
				<classpath>
					<classpathentry kind="src" path="src"/>
					<classpathentry combineaccessrules="false" kind="src" path="/library"/>
					<classpathentry kind="con" path="org.eclipse.jdt.launching.JRE_CONTAINER"/>
					<classpathentry kind="lib" path="jars/a.jar"/>
					<classpathentry kind="lib" path="/library/b.jar"/>
					<classpathentry kind="var" path="M2_REPO/x/y/1/y-1.jar"/>
					<classpathentry kind="lib" path="missing.jar"/>
					<classpathentry kind="output" path="bin"/>
				</classpath>
				""");
		write("library/.classpath", """
				<classpath><classpathentry kind="src" path="/app"/><classpathentry kind="output" path="bin"/></classpath>
				""");
		for (String file : List.of("app/jars/a.jar", "library/b.jar", "m2/x/y/1/y-1.jar", "app/src/A.java")) {
			write(file, "");
		}
		output("app/bin");
		output("library/bin");
		assertEquals(List.of("library/bin", "app/jars/a.jar", "library/b.jar", "m2/x/y/1/y-1.jar", "app/bin"), entries("app/src/A.java"));
	}

	@Test
	void mavenResolvesTheNearestVersion() throws IOException {
		artifact("g", "one", "1", "<dependencies>" + dependency("g:two:1") + dependency("g:three:1:test") + "</dependencies>");
		artifact("g", "two", "1", "");
		artifact("g", "two", "2", "");
		artifact("g", "three", "1", "");
		write("pom.xml", "<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies>" + dependency("g:one:1")
				+ dependency("g:two:2") + "</dependencies></project>");
		output("target/classes");
		assertEquals(List.of("target/classes", "m2/g/one/1/one-1.jar", "m2/g/two/2/two-2.jar"), entries("."));
	}

	@Test
	void mavenPutsInParentsPropertiesAndManagement() throws IOException {
		artifact("g", "one", "1.2", "<dependencies>" + dependency("g:two:1") + "</dependencies>");
		artifact("g", "two", "7", "");
		artifact("g", "bom", "3",
				"<dependencyManagement><dependencies>" + dependency("g:two:7") + "</dependencies></dependencyManagement>");
		write("pom.xml",
				"""
						<project><groupId>a</groupId><artifactId>parent</artifactId><version>1</version><modules><module>core</module><module>app</module></modules>
						<properties><one>${major}.2</one><major>1</major></properties>
						<dependencyManagement><dependencies>%s<dependency><groupId>g</groupId><artifactId>bom</artifactId><version>3</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement></project>
						"""
						.formatted(dependency("g:one:${one}")));
		String parent = "<parent><groupId>a</groupId><artifactId>parent</artifactId><version>1</version></parent>";
		write("core/pom.xml", "<project>" + parent + "<artifactId>core</artifactId></project>");
		write("app/pom.xml",
				"<project>" + parent + "<artifactId>app</artifactId><dependencies>"
						+ dependency("${project.groupId}:core:${project.version}")
						+ dependency("g:one:") + "</dependencies></project>");
		output("core/target/classes");
		output("app/target/classes");
		assertEquals(List.of("app/target/classes", "core/target/classes", "m2/g/one/1.2/one-1.2.jar", "m2/g/two/7/two-7.jar"),
				entries("app"));
		assertEquals(List.of(), of("app").notes());
	}

	@Test
	void whatIsExcludedIsNotResolved() throws IOException {
		artifact("g", "one", "1", "<dependencies>" + dependency("g:two:1") + dependency("h:three:1") + "</dependencies>");
		artifact("g", "two", "1", "<dependencies>" + dependency("h:four:1") + "</dependencies>");
		artifact("h", "three", "1", "");
		artifact("h", "four", "1", "");
		for (String[] each : new String[][]{{"h", "*", "m2/g/one/1/one-1.jar m2/g/two/1/two-1.jar"}, {"*", "*", "m2/g/one/1/one-1.jar"},
			{"g", "two", "m2/g/one/1/one-1.jar m2/h/three/1/three-1.jar"}}) {
			String exclusion = "<exclusions><exclusion><groupId>" + each[0] + "</groupId><artifactId>" + each[1]
					+ "</artifactId></exclusion></exclusions></dependency>";
			write("pom.xml", "<project><artifactId>b</artifactId><dependencies>" + dependency("g:one:1").replace("</dependency>", exclusion)
					+ "</dependencies></project>");
			assertEquals(each[2], String.join(" ", entries("")));
		}
	}

	@Test
	void whatMavenDoesNotHaveIsTold() throws IOException {
		write("pom.xml", "<project><artifactId>b</artifactId><dependencies>" + dependency("g:one:1") + dependency("g:two:")
				+ "</dependencies></project>");
		assertEquals(List.of(folder.resolve("pom.xml") + ": not in the local repository: g:one:1, g:two:?; their types are unknown"),
				of("").notes());
		assertEquals(List.of(), entries(""));
	}

	@Test
	void whatIsNotWellFormedIsToldAndTheRestIsFound() throws IOException {
		write("a/pom.xml", "<project>\n<dependencies>");
		write("b/.classpath", "no xml");
		output("a/target/classes");
		ProjectClassPath found = of("");
		assertEquals(List.of(folder.resolve("a/target/classes")), found.entries());
		assertEquals(2, found.notes().size());
		assertTrue(found.notes().stream().allMatch(note -> note.contains(": is not well-formed in line ")), found.notes().toString());
	}

	@Test
	void parentsInACircleEnd() throws IOException {
		String circle = "<project><parent><groupId>a</groupId><artifactId>%s</artifactId><version>1</version><relativePath>../%s</relativePath></parent><artifactId>%s</artifactId></project>";
		write("x/pom.xml", circle.formatted("y", "y", "x"));
		write("y/pom.xml", circle.formatted("x", "x", "y"));
		assertEquals(List.of(), entries("x"));
	}

	@Test
	void documentTypesAreNotRead() throws IOException {
		Path secret = write("secret.txt", "secret");
		write("pom.xml",
				"<!DOCTYPE project [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><project><artifactId>&x;</artifactId></project>");
		assertTrue(of("").notes().stream().noneMatch(note -> note.contains("secret\"")));
		assertEquals(List.of(), entries(""));
	}

	@Test
	void gradleHasItsOutputsItsCacheAndItsProjects() throws IOException {
		write("settings.gradle", "");
		write("app/build.gradle",
				"dependencies {\n implementation 'g:one:1'\n implementation(project(':core'))\n testImplementation \"g:two:$v\"\n}");
		write("gradle/caches/modules-2/files-2.1/g/one/1/abc/one-1.pom", "");
		write("gradle/caches/modules-2/files-2.1/g/one/1/def/one-1.jar", "");
		output("app/build/classes/java/main");
		output("core/build/classes/java/main");
		assertEquals(
				List.of("app/build/classes/java/main", "core/build/classes/java/main",
						"gradle/caches/modules-2/files-2.1/g/one/1/def/one-1.jar"),
				entries("app"));
	}

	@Test
	void jarsInTheProjectAreFound() throws IOException {
		write("app/build.gradle.kts", "");
		write("app/libs/b.jar", "");
		write("app/libs/a.jar", "");
		write("app/libs/notes.txt", "");
		assertEquals(List.of("app/libs/a.jar", "app/libs/b.jar"), entries("app"));
	}

	@Test
	void withoutABuildThereIsNone() throws IOException {
		write("src/A.java", "class A {}");
		assertEquals(new ProjectClassPath(List.of(), List.of()), of("src", "src/A.java"));
	}
}
