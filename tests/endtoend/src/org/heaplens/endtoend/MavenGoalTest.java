// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal heaplens:lint in a build of its own, without a network and with nothing but the plugin in its repository. */
class MavenGoalTest {
	private static final String VERSION = "0.1.0-SNAPSHOT";
	private static final Path EXAMPLE = Started.HOME.resolve("examples/image-pipeline-leaking");
	/** Of packaging pom, so that it needs no other plugin. */
	private static final String POM = """
			<project xmlns="http://maven.apache.org/POM/4.0.0">
				<modelVersion>4.0.0</modelVersion>
				<groupId>example</groupId>
				<artifactId>example</artifactId>
				<version>1</version>
				<packaging>pom</packaging>
				<build>
					<sourceDirectory>src</sourceDirectory>
					<plugins>
						<plugin>
							<groupId>org.heaplens</groupId>
							<artifactId>heaplens-maven-plugin</artifactId>
							<version>%s</version>
							<executions>
								<execution>
									<goals>
										<goal>lint</goal>
									</goals>
								</execution>
							</executions>
						</plugin>
					</plugins>
				</build>
			</project>
			""".formatted(VERSION);

	@TempDir
	Path folder;
	private Path project;
	private Path repository;

	@BeforeEach
	void installPlugin() throws IOException {
		repository = folder.resolve("repository");
		Path plugin = Files.createDirectories(repository.resolve("org/heaplens/heaplens-maven-plugin/" + VERSION));
		Files.copy(Started.JAR, plugin.resolve("heaplens-maven-plugin-" + VERSION + ".jar"));
		Files.copy(Started.JAR.resolveSibling("pom.xml"), plugin.resolve("heaplens-maven-plugin-" + VERSION + ".pom"));
		Path parent = Files.createDirectories(repository.resolve("org/heaplens/heaplens/" + VERSION));
		Files.copy(Started.HOME.resolve("pom.xml"), parent.resolve("heaplens-" + VERSION + ".pom"));
		project = Files.createDirectory(folder.resolve("project"));
		Files.writeString(project.resolve("pom.xml"), POM);
		copy(EXAMPLE.resolve("src"), project.resolve("src"));
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.sorted().toList()) {
				Files.copy(file, to.resolve(from.relativize(file)));
			}
		}
	}

	private Started maven(String... arguments) throws IOException, InterruptedException {
		var line = new ArrayList<>(
				List.of(Started.HOME.resolve("mvnw").toString(), "-B", "-o", "-ntp", "-Dmaven.repo.local=" + repository));
		line.addAll(List.of(arguments));
		var program = new ProcessBuilder(line).directory(project.toFile());
		program.environment().put("JAVA_HOME", System.getProperty("java.home"));
		// Of the build that runs this test.
		program.environment().keySet()
				.removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_CMD_LINE_ARGS", "CLASSWORLDS_JAR"));
		return Started.run(program, folder);
	}

	@Test
	void verifyFailsOnFindingsAndSaysTheSameAsTheCommandLine() throws IOException, InterruptedException {
		Path report = folder.resolve("maven.jsonl");
		Started maven = maven("verify", "-Dheaplens.format=jsonl", "-Dheaplens.output=" + report);
		assertNotEquals(0, maven.code());
		assertTrue(maven.out().contains("HeapLens found what fails the build: "), maven::out);
		Started cli = Started.run(Started.heaplens(project, "lint", "src", "--format", "jsonl"), folder);
		assertEquals(1, cli.code(), cli::err);
		assertFalse(cli.out().isEmpty());
		assertEquals(cli.out(), Files.readString(report));
	}

	@Test
	void theLogShowsFindings() throws IOException, InterruptedException {
		Started maven = maven("verify");
		assertTrue(
				Pattern.compile("^\\[WARNING] src/pipeline/\\w+\\.java:\\d+:\\d+: error: ", Pattern.MULTILINE).matcher(maven.out()).find(),
				maven::out);
	}

	@Test
	void whatFailsCanBeSaid() throws IOException, InterruptedException {
		assertEquals(0, maven("verify", "-Dheaplens.failOn=never").code());
		Started skipped = maven("verify", "-Dheaplens.skip");
		assertEquals(0, skipped.code());
		assertTrue(skipped.out().contains("HeapLens is skipped"), skipped::out);
	}

	@Test
	void aBaselineLetsTheBuildPass() throws IOException, InterruptedException {
		String baseline = "-Dheaplens.baseline=" + project.resolve("known.jsonl");
		assertEquals(0, maven("heaplens:lint".replace("heaplens:", "org.heaplens:heaplens-maven-plugin:" + VERSION + ":"), baseline,
				"-Dheaplens.writeBaseline").code());
		Started maven = maven("verify", baseline);
		assertEquals(0, maven.code(), maven::out);
		assertTrue(maven.out().contains("known from the baseline"), maven::out);
	}

	@Test
	void wrongSettingsAreAnError() throws IOException, InterruptedException {
		Files.writeString(project.resolve("heaplens.toml"), "lint.exclud = []\n");
		Started maven = maven("verify");
		assertNotEquals(0, maven.code());
		assertTrue(maven.out().contains("heaplens.toml:1:1: there is no setting lint.exclud"), maven::out);
	}

	/** The plugin brings along what the product runs on. */
	@Test
	void itHasTheVersionsOfTheTargetPlatform() throws IOException {
		Map<String, String> target = versions(Started.HOME.resolve("releng/org.heaplens.target/org.heaplens.target.target"));
		Map<String, String> plugin = versions(Started.HOME.resolve("bundles/heaplens-maven-plugin/pom.xml"));
		plugin.keySet().retainAll(target.keySet());
		assertTrue(plugin.size() > 10, plugin::toString);
		plugin.forEach((artifact, version) -> assertEquals(target.get(artifact), version, artifact));
	}

	private static Map<String, String> versions(Path file) throws IOException {
		var versions = new TreeMap<String, String>();
		Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>").matcher(Files.readString(file)).results()
				.forEach(match -> versions.put(match.group(1), match.group(2)));
		return versions;
	}
}
