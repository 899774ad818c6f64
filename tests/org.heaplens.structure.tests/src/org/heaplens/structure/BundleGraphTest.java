// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table of docs/architecture.md. Change both, and the manifest, in one commit. */
class BundleGraphTest {
	private static final String TABLE = """
			org.heaplens.model,    17, -
			org.heaplens.runtime,  17, org.heaplens.model
			org.heaplens.runtime.hiai, 17, org.heaplens.model org.heaplens.runtime
			org.heaplens.junit,    17, org.heaplens.model org.heaplens.runtime
			org.heaplens.settings, 21, org.heaplens.runtime
			org.heaplens.lint,     21, org.heaplens.model
			org.heaplens.lint.jdt, 21, org.heaplens.lint org.heaplens.model
			org.heaplens.lint.cdt, 21, org.heaplens.lint org.heaplens.model
			org.heaplens.cli,      21, org.heaplens.lint org.heaplens.lint.cdt org.heaplens.lint.jdt org.heaplens.model org.heaplens.runtime org.heaplens.runtime.hiai org.heaplens.settings
			org.heaplens.ui.lint,  21, org.heaplens.lint org.heaplens.lint.jdt
			org.heaplens.ui.heap,  21, org.heaplens.model org.heaplens.runtime org.heaplens.settings
			org.heaplens.ide,      21, org.heaplens.model org.heaplens.ui.heap org.heaplens.ui.lint
			""";

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = TABLE)
	void bundleRequiresAtMost(String bundle, int java, @Nullable String allowed) throws IOException {
		var beyond = new TreeSet<>(requiredByUs(bundle));
		beyond.removeAll(allowed == null ? Set.of() : Set.of(allowed.split(" ")));
		assertEquals(Set.of(), beyond);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = TABLE)
	void bundleRunsOn(String bundle, int java, @Nullable String allowed) throws IOException {
		assertEquals("JavaSE-" + java, Bundles.manifest(bundle).getValue("Bundle-RequiredExecutionEnvironment"));
	}

	@ParameterizedTest
	@CsvSource({"org.heaplens.model", "org.heaplens.runtime", "org.heaplens.junit", "org.heaplens.lint"})
	void coreKnowsNothingOfEclipse(String bundle) throws IOException {
		var manifest = Bundles.manifest(bundle);
		List<String> foreign = Stream.of("Require-Bundle", "Import-Package")
				.flatMap(header -> Bundles.clauses(manifest.getValue(header)).stream())
				.filter(name -> name.startsWith("org.eclipse.") && !name.equals("org.eclipse.jdt.annotation")).toList();
		assertEquals(List.of(), foreign);
	}

	@Test
	void tableNamesEveryBundle() throws IOException {
		Set<String> named = Arrays.stream(TABLE.split("\n")).map(line -> line.split(",")[0]).collect(Collectors.toSet());
		assertEquals(Set.copyOf(Bundles.names()), named);
		assertTrue(named.size() > 1);
	}

	private static Set<String> requiredByUs(String bundle) throws IOException {
		return Bundles.clauses(Bundles.manifest(bundle).getValue("Require-Bundle")).stream()
				.filter(name -> name.startsWith("org.heaplens.")).collect(Collectors.toSet());
	}
}
