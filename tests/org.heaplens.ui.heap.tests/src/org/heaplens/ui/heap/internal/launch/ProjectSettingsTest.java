// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.heaplens.settings.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectSettingsTest {
	@TempDir
	Path folder = Path.of("");

	@Test
	void theFileAboveAProjectHoldsUnlessTheEnvironmentSaysOtherwise() throws IOException, SettingsException {
		Path project = Files.createDirectory(folder.resolve("project"));
		Files.writeString(folder.resolve("heaplens.toml"), "host.capacity = \"512M\"\ndevice.count = 2\n");
		assertEquals(List.of("-Dheaplens.device.count=2", "-Dheaplens.host.capacity=512M"), ProjectSettings.arguments(project, Map.of()));
		assertEquals(List.of("-Dheaplens.host.capacity=512M"),
				ProjectSettings.arguments(project, Map.of("HEAPLENS_DEVICE_COUNT", "3")));
	}

	@Test
	void aMistakeIsSaidWithItsPlace() throws IOException {
		Path file = Files.writeString(folder.resolve("heaplens.toml"), "\nhost.capcity = 1\n");
		var thrown = assertThrows(SettingsException.class, () -> ProjectSettings.arguments(folder, Map.of()));
		assertEquals(file + ":2:1: there is no setting host.capcity; did you mean host.capacity?", thrown.getMessage());
	}
}
