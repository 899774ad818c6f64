// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintSettingsTest {
	@TempDir
	Path folder = Path.of("");

	private LintSettings read(String text) throws IOException, SettingsException {
		return LintSettings.read(Files.writeString(folder.resolve("heaplens.toml"), text), "heaplens.toml",
				rule -> rule.equals("double-free") ? Optional.empty() : Optional.of("did you mean double-free?"));
	}

	@Test
	void allIsRead() throws IOException, SettingsException {
		assertEquals(
				new LintSettings(Map.of("double-free", "off"), List.of("src/generated/**", "**/*Test.java"), Optional.of("known.jsonl")),
				read("""
						host.capacity = "512M"

						[lint]
						severity = { double-free = "off" }
						exclude = ["src/generated/**", "**/*Test.java"]
						baseline = "known.jsonl"
						"""));
	}

	@Test
	void aFileWithoutTheTableSetsNothing() throws IOException, SettingsException {
		assertEquals(LintSettings.NONE, read("host.capacity = \"512M\""));
		assertEquals(LintSettings.NONE, read("[lint]"));
	}

	@Test
	void modelsOfFunctionsAreLeftToLintersByAll() throws IOException, SettingsException {
		String text = "host.capacity = \"512M\"\n[lint]\nmodels = [\"my.toml\"]\n[api]\nok = \"OK\"\n[api.flags]\nA = \"auto\"\n"
				+ "[[function]]\nclass = \"x.Y\"\nname = \"f\"\nfrees = { family = \"D\", block = 0 }\n";
		assertEquals(LintSettings.NONE, read(text));
		assertEquals(Map.of("heaplens.host.capacity", "512M"),
				RunSettings.read(folder.resolve("heaplens.toml"), "heaplens.toml").properties(Map.of()));
	}

	@Test
	void aRunDoesNotMindTheTable() throws IOException, SettingsException {
		Path file = Files.writeString(folder.resolve("heaplens.toml"),
				"host.capacity = \"512M\"\n[lint.severity]\ndouble-free = \"off\"\n[device]\ncount = 2\n");
		assertEquals(Map.of("heaplens.host.capacity", "512M", "heaplens.device.count", "2"),
				RunSettings.read(file, "heaplens.toml").properties(Map.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			lint = 1                               | :2:1: lint is no table; write [lint] and its settings below
			lint.severety = {}                     | :2:1: there is no setting lint.severety; there are severity, exclude, baseline and models
			lint.severity = "error"                | :2:1: lint.severity is no table; write severity = { double-free = "warning" }
			lint.severity = {double-fre = "off"}   | :2:18: there is no rule double-fre; did you mean double-free?
			lint.severity = {double-free = "high"} | :2:18: lint.severity.double-free is "high"; it has to be one of error, warning, info, off, in quotes
			lint.severity = {double-free = 1}      | :2:18: lint.severity.double-free is 1; it has to be one of error, warning, info, off, in quotes
			lint.exclude = "src"                   | :2:1: lint.exclude is no list; write exclude = ["src/generated/**"]
			lint.exclude = [1]                     | :2:1: lint.exclude has 1 in it; it has to hold globs, in quotes
			lint.exclude = ["[a"]                  | :2:1: lint.exclude has "[a" in it, which is no glob: Missing ']
			lint.baseline = 1                      | :2:1: lint.baseline is 1; it has to be the name of a file, in quotes
			lint.baseline =                        | :2:16: Unexpected end of line, expected a value; write KEY = VALUE, with texts in quotes
			""")
	void whatIsWrongIsToldWithItsPlace(String line, String message) {
		SettingsException failure = assertThrows(SettingsException.class, () -> read("\n" + line + "\n"));
		assertEquals("heaplens.toml" + message, failure.line());
	}
}
