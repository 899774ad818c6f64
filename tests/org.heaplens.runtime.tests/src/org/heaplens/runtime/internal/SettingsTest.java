// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.settings.Domain;
import org.heaplens.runtime.settings.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
	private static final Domain.Bytes SIZE = new Domain.Bytes(1 << 20, 64L << 30);

	@Test
	void sizesHaveUnits() {
		assertEquals(512L << 20, SIZE.parse("512M").orElseThrow());
		assertEquals(2L << 30, SIZE.parse(" 2g ").orElseThrow());
		assertEquals(1 << 20, SIZE.parse("1048576").orElseThrow());
		for (String wrong : new String[]{"", "M", "much", "1", "65G", "-1M", "1.5G", "9223372036854775807G", "1MB"}) {
			assertTrue(SIZE.parse(wrong).isEmpty(), wrong);
		}
	}

	@Test
	void propertiesComeBeforeTheEnvironment() {
		Settings settings = Settings.read(Map.of("heaplens.device.count", "3")::get,
				Map.of("HEAPLENS_DEVICE_COUNT", "5", "HEAPLENS_SIMULATOR_SEND_TRIES", " 2 ")::get);
		assertEquals(3, settings.count(Setting.DEVICE_COUNT));
		assertEquals(2, settings.count(Setting.SEND_TRIES));
		assertEquals(1L << 30, settings.bytes(Setting.HOST_CAPACITY));
		assertEquals(Optional.empty(), settings.trace());
	}

	@Test
	void aBadValueIsSaidOnceAndTheDefaultTaken() {
		PrintStream before = System.err;
		var said = new ByteArrayOutputStream();
		System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
		try {
			Settings settings = Settings.read(key -> null, Map.of("HEAPLENS_SIMULATOR_POISON", "yes")::get);
			assertTrue(settings.is(Setting.POISON));
		} finally {
			System.setErr(before);
		}
		assertEquals("heaplens: HEAPLENS_SIMULATOR_POISON is 'yes'; it has to be true or false; taking true" + System.lineSeparator(),
				said.toString(StandardCharsets.UTF_8));
	}

	@Test
	void aProgramMayNotSetWhatCannotBe() {
		assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(Setting.RECEIVED_FREE, "neither")));
		assertTrue(Settings.of(Map.of(Setting.RECEIVED_FREE, "free")).is(Setting.RECEIVED_FREE, "free"));
		assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of()).is(Setting.RECEIVED_FREE, "neither"));
		assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of()).bytes(Setting.DEVICE_COUNT));
	}

	@ParameterizedTest
	@EnumSource
	void everyDefaultIsAValue(Setting setting) {
		assertTrue(setting.usual().isEmpty() || setting.problem(setting.usual()).isEmpty(), setting.usual());
		assertTrue(setting.key().matches("[a-z]+(\\.[a-z-]+)?"), setting.key());
		assertTrue(setting.meaning().endsWith("."), setting.meaning());
		assertEquals(setting, Setting.of(setting.key()).orElseThrow());
	}

	@Test
	void everyPolicyMayBeChosen() {
		assertEquals(Arrays.stream(Policy.values()).map(Policy::id).toList(), ((Domain.Choice) Setting.POLICY.domain()).options());
	}

	@Test
	void noTwoSettingsShareAVariable() {
		var variables = new HashSet<String>();
		Arrays.stream(Setting.values()).forEach(setting -> assertTrue(variables.add(setting.variable()), setting.variable()));
		assertEquals("HEAPLENS_SIMULATOR_AUTO_FREE_WHEN", Setting.AUTO_FREE_WHEN.variable());
	}

	@Test
	void aMistypedKeyHasANearestOne() {
		assertEquals(Optional.of("host.capacity"), Setting.nearest("host.capcity"));
		assertEquals(Optional.empty(), Setting.nearest("colour"));
		assertFalse(Setting.nearest("trac").isPresent());
	}

	@Test
	void theDocumentListsExactlyTheTable() throws IOException {
		String document = Files.readString(Path.of("../../docs/settings.md")).replace("\r", "");
		int begin = document.indexOf("| key |");
		int end = document.indexOf("\n\n", begin) + 1;
		assertEquals(Setting.table(), document.substring(begin, end), "replace the table of docs/settings.md by the expected one");
	}
}
