// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.structure;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.importer.ClassFileImporter;

class PackageCycleTest {
	@Test
	void noPackagesDependOnEachOtherInACircle() throws IOException {
		List<Path> compiled = Bundles.names().stream().map(name -> Bundles.FOLDER.resolve(name).resolve("target/classes"))
				.filter(Files::exists).toList();
		var classes = new ClassFileImporter().importPaths(compiled);
		assertFalse(classes.isEmpty());
		slices().matching("org.heaplens.(**)").should().beFreeOfCycles().check(classes);
	}
}
