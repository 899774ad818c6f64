// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** How reports for programs name files: from a folder, so that they say the same on every machine. Immutable. */
public final class ReportPaths {
	private final Path base;

	/** @param base the folder that names start from; files outside of it keep their whole path */
	public ReportPaths(Path base) {
		this.base = base.toAbsolutePath().normalize();
	}

	/** With slashes. */
	public String of(String file) {
		Path path = Path.of(file).toAbsolutePath().normalize();
		return (path.startsWith(base) ? base.relativize(path) : path).toString().replace('\\', '/');
	}

	boolean inside(String file) {
		return Path.of(file).toAbsolutePath().normalize().startsWith(base);
	}

	/** Relative inside of the base, else whole. */
	String uri(String file) {
		if (!inside(file)) {
			return Path.of(file).toAbsolutePath().normalize().toUri().toString();
		}
		try {
			return new URI(null, null, of(file), null).getRawPath();
		} catch (URISyntaxException e) {
			throw new IllegalStateException("a path is a path of a URI", e);
		}
	}
}
