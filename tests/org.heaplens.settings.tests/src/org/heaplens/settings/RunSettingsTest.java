// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.heaplens.runtime.settings.Domain;
import org.heaplens.runtime.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunSettingsTest {
	@TempDir
	Path folder = Path.of("");

	private RunSettings read(String text) throws IOException, SettingsException {
		return RunSettings.read(Files.writeString(folder.resolve("heaplens.toml"), text), "heaplens.toml");
	}

	@Test
	void aFileBecomesVariables() throws IOException, SettingsException {
		RunSettings settings = read("""
				# sizes
				host.capacity = "512M"
				device = { capacity = 1073741824, count = 2 }

				[simulator]
				rc = true
				received-free = "free"   # 7.5
				host-alignment = 128
				""");
		assertEquals(Map.of("HEAPLENS_HOST_CAPACITY", "512M", "HEAPLENS_DEVICE_CAPACITY", "1073741824", "HEAPLENS_DEVICE_COUNT", "2",
				"HEAPLENS_SIMULATOR_RC", "true", "HEAPLENS_SIMULATOR_RECEIVED_FREE", "free", "HEAPLENS_SIMULATOR_HOST_ALIGNMENT", "128"),
				settings.variables(Map.of()));
	}

	@Test
	void theEnvironmentWinsOverTheFileAndSingleSettingsOverBoth() throws IOException, SettingsException {
		RunSettings settings = read("host.capacity = \"512M\"\ndevice.capacity = \"512M\"\n").with("device.capacity = 2G")
				.with("device.count=3");
		assertEquals(Map.of("HEAPLENS_DEVICE_CAPACITY", "2G", "HEAPLENS_DEVICE_COUNT", "3"),
				settings.variables(Map.of("HEAPLENS_HOST_CAPACITY", "1G", "HEAPLENS_DEVICE_CAPACITY", "1G")));
		assertEquals(Map.of(), RunSettings.NONE.variables(Map.of("HEAPLENS_HOST_CAPACITY", "1G")));
	}

	@ParameterizedTest
	@EnumSource
	void everySettingMayStandInAFileWithItsDefault(Setting setting) throws IOException, SettingsException {
		if (setting.inFile()) {
			boolean bare = setting.domain() instanceof Domain.Count || setting.domain() instanceof Domain.Switch;
			String usual = setting.usual().isEmpty() ? "a/file" : setting.usual();
			String value = bare ? usual : '"' + usual + '"';
			assertEquals(Map.of(setting.variable(), usual), read(setting.key() + " = " + value).variables(Map.of()));
		} else {
			assertThrows(SettingsException.class, () -> read(setting.key() + " = \"x\""));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '%', textBlock = """
			host.capcity = 1            | 1:1 | there is no setting host.capcity; did you mean host.capacity?
			colour = "red"              | 1:1 | there is no setting colour; docs/settings.md lists all
			trace = "folder"            | 1:1 | trace belongs to a run, and is not set here; use --trace, or HEAPLENS_TRACE
			[simulater]                 | 1:1 | there are no settings under simulater; docs/settings.md lists all
			simulator = 1               | 1:1 | there is no setting simulator; docs/settings.md lists all
			host.capacity.more = 1      | 1:1 | there are no settings under host.capacity; docs/settings.md lists all
			host.capacity = "65G"       | 1:1 | host.capacity is "65G"; it has to be a number of bytes from 1M to 64G, such as 512M or 2G
			host.capacity = 1.5         | 1:1 | host.capacity is 1.5; it has to be a number of bytes from 1M to 64G, such as 512M or 2G, the latter in quotes
			device.count = "2"          | 1:1 | device.count is "2"; it has to be a whole number of devices from 1 to 64, without quotes
			device.count = 65           | 1:1 | device.count is 65; it has to be a whole number of devices from 1 to 64
			simulator.rc = "true"       | 1:1 | simulator.rc is "true"; it has to be true or false, without quotes
			simulator.rc = [true]       | 1:1 | simulator.rc is %
			simulator.policy = "worst"  | 1:1 | simulator.policy is "worst"; it has to be one of tlsf, tlsf8, best-fit, first-fit, buddy
			device.count =              | 1:15 | Unexpected end of input
			device.count = 1 2          | 1:18 | Unexpected
			[device                     | 1:8 | Unexpected end of input
			""")
	void whatCannotBeIsSaidWithItsPlace(String text, String position, String words) {
		var thrown = assertThrows(SettingsException.class, () -> read(text));
		assertTrue(thrown.line().startsWith("heaplens.toml:" + position + ": " + words.replace("%", "")), thrown::line);
		assertEquals(1, thrown.line().lines().count(), thrown::line);
	}

	@Test
	void theSameKeyTwiceIsSaidAtTheSecond() {
		var thrown = assertThrows(SettingsException.class, () -> read("[device]\ncount = 1\n\n[host]\n[device]\ncount = 2\n"));
		assertTrue(thrown.line().startsWith("heaplens.toml:5:1: "), thrown::line);
	}

	@Test
	void aFileThatIsMissingOrUnreadableIsSaid() throws IOException {
		var missing = assertThrows(SettingsException.class, () -> RunSettings.read(folder.resolve("none.toml"), "none.toml"));
		assertEquals("none.toml: there is no such file; make it, or leave out what names it", missing.line());
		Files.write(folder.resolve("bytes.toml"), new byte[]{(byte) 0xC3, (byte) 0x28});
		for (String name : new String[]{"bytes.toml", "."}) {
			var unreadable = assertThrows(SettingsException.class, () -> RunSettings.read(folder.resolve(name), name));
			assertEquals(name + ": cannot be read: is it a file in UTF-8 that you may read?", unreadable.line());
		}
	}

	@Test
	void aSingleSettingIsChecked() {
		for (String wrong : new String[]{"host.capacity", "=1", "host.capacity=much", "trace=x", "host.capcity=1G"}) {
			assertThrows(SettingsException.class, () -> RunSettings.NONE.with(wrong), wrong);
		}
	}

	@Test
	void theNearestFileHolds() throws IOException {
		Path inner = Files.createDirectories(folder.resolve("a/b"));
		Files.createDirectory(folder.resolve("a/b/heaplens.toml"));
		Path outer = Files.writeString(folder.resolve("heaplens.toml"), "");
		assertEquals(Optional.of(outer.toRealPath()), RunSettings.find(inner.toRealPath()));
		Path nearer = Files.writeString(folder.resolve("a/heaplens.toml"), "");
		assertEquals(Optional.of(nearer.toRealPath()), RunSettings.find(inner.toRealPath()));
	}
}
