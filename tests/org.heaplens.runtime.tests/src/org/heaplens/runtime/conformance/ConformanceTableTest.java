// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.heaplens.runtime.settings.Setting;
import org.junit.jupiter.api.Test;

/** Holds docs/conformance.md and the scenarios together. */
class ConformanceTableTest {
	private static final Path TABLE = Path.of("../../docs/conformance.md");
	private static final Pattern NAME = Pattern.compile("`([^`]+)`");
	private static final Pattern ROW_OF_7 = Pattern.compile("7\\.\\d+");

	/** Each name in the third column, with the sections that name it. */
	private static Map<String, Set<String>> table() throws IOException {
		var names = new TreeMap<String, Set<String>>();
		String section = "";
		for (String line : Files.readAllLines(TABLE)) {
			if (line.startsWith("## ")) {
				section = line.split(" ")[1];
			}
			String[] cells = line.split("\\|");
			if (line.startsWith("|") && cells.length > 3) {
				var row = ROW_OF_7.matcher(cells[1].strip());
				String number = section.equals("7") && row.lookingAt() ? row.group() : section;
				NAME.matcher(cells[3]).results().forEach(name -> names.computeIfAbsent(name.group(1), key -> new TreeSet<>()).add(number));
			}
		}
		return names;
	}

	private static Map<String, Set<String>> files() throws IOException {
		var sections = new TreeMap<String, Set<String>>();
		for (Path file : ConformanceTest.files()) {
			Scenario scenario = Scenario.read(file);
			sections.put(scenario.file().replace(".scenario", ""), new TreeSet<>(scenario.sections()));
		}
		return sections;
	}

	@Test
	void eachScenarioStandsInTheRowsOfItsSectionsAndNoOthers() throws IOException {
		Map<String, Set<String>> files = files();
		Map<String, Set<String>> table = table();
		table.keySet().removeIf(name -> name.endsWith("Test"));
		assertTrue(files.size() > 100);
		assertEquals(text(files), text(table));
	}

	@Test
	void testClassesThatAreNamedExist() throws IOException {
		Set<String> classes;
		try (Stream<Path> sources = Files.walk(Path.of("src"))) {
			classes = sources.map(source -> source.getFileName().toString()).collect(Collectors.toSet());
		}
		List<String> missing = table().keySet().stream().filter(name -> name.endsWith("Test"))
				.filter(name -> !classes.contains(name + ".java")).toList();
		assertEquals(List.of(), missing);
	}

	/** For the questions that the documents leave open, both answers are held. */
	@Test
	void everySettingOfTheSimulatorIsUsedByAScenario() throws IOException {
		// Those that C and C++ programs alone have are held by the native tests.
		var used = new TreeSet<String>(Set.of(Setting.INFERENCE_TIME.key(), Setting.DEVICE_PROCESS.key(), Setting.GUARD.key()));
		for (Path file : ConformanceTest.files()) {
			used.addAll(Scenario.read(file).settings().keySet());
		}
		List<String> unused = Stream.of(Setting.values()).map(Setting::key)
				.filter(key -> key.startsWith("simulator.") || key.equals("device.count")).filter(key -> !used.contains(key)).toList();
		assertEquals(List.of(), unused);
	}

	private static String text(Map<String, Set<String>> sections) {
		return sections.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
	}
}
