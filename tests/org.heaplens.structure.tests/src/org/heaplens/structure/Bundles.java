// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.structure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/** The bundles of this checkout, read from their folders. */
final class Bundles {
	/** Tests run in the folder of their own bundle, tests/NAME. */
	static final Path FOLDER = Path.of("../../bundles");

	private Bundles() {}

	/** Without fragments: those hold libraries for machines, and know nobody but their host. */
	static List<String> names() throws IOException {
		try (Stream<Path> folders = Files.list(FOLDER)) {
			var names = new ArrayList<String>();
			for (Path folder : folders.filter(each -> Files.exists(each.resolve("META-INF/MANIFEST.MF"))).sorted().toList()) {
				String name = folder.getFileName().toString();
				if (manifest(name).getValue("Fragment-Host") == null) {
					names.add(name);
				}
			}
			return names;
		}
	}

	static Attributes manifest(String bundle) throws IOException {
		try (var in = Files.newInputStream(FOLDER.resolve(bundle).resolve("META-INF/MANIFEST.MF"))) {
			return new Manifest(in).getMainAttributes();
		}
	}

	/** The names in a manifest header, without their versions and directives. */
	static List<String> clauses(@Nullable String header) {
		return header == null
				? List.of()
				: Stream.of(header.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.split(";")[0].strip()).toList();
	}
}
