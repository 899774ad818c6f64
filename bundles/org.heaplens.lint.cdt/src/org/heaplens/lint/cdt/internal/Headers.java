// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.cdt.core.index.IIndexFileLocation;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.internal.core.parser.IMacroDictionary;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContent;
import org.eclipse.cdt.internal.core.parser.scanner.InternalFileContentProvider;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The headers among the files of a program, wherever they stand: nobody has to say where. Those that are not there are missing, which
 * is no problem. For one file; confined to one thread.
 */
public final class Headers extends InternalFileContentProvider {
	/** A file of the program, by its absolute path. */
	public record Header(Path path, String text) {}

	/** All files of a program by the last part of their path. Immutable once filled. */
	public static final class Library {
		private final Map<String, List<Header>> byName = new HashMap<>();

		public void add(Path path, String text) {
			Path whole = path.toAbsolutePath().normalize();
			byName.computeIfAbsent(String.valueOf(whole.getFileName()), name -> new ArrayList<>()).add(new Header(whole, text));
		}

		Optional<Header> find(Path path) {
			return named(path).stream().filter(header -> header.path().equals(path)).findFirst();
		}

		private List<Header> named(Path path) {
			return byName.getOrDefault(String.valueOf(path.getFileName()), List.of());
		}

		/** The nearest file whose path ends like that. */
		Optional<Header> nearest(Path end, Path from) {
			return named(end).stream().filter(header -> header.path().endsWith(end))
					.reduce((best, other) -> common(other.path(), from) > common(best.path(), from) ? other : best);
		}
	}

	private final Library library;
	private final Path from;

	public Headers(Library library, Path from) {
		this.library = library;
		this.from = from.toAbsolutePath().normalize();
	}

	/** How many folders two paths have in common. */
	static int common(Path one, Path other) {
		int same = 0;
		while (same < Math.min(one.getNameCount(), other.getNameCount()) && one.getName(same).equals(other.getName(same))) {
			same++;
		}
		return same;
	}

	private Optional<Header> header(@Nullable String path) {
		if (path == null) {
			return Optional.empty();
		}
		if (path.equals(Parsing.PRELUDE)) {
			return Optional.of(new Header(Path.of(path), Parsing.PRELUDE_TEXT));
		}
		Path asked = Path.of(path).normalize();
		Path anywhere = Path.of(Parsing.ANYWHERE);
		return asked.startsWith(anywhere) && asked.getNameCount() > 1
				? library.nearest(anywhere.relativize(asked), from)
				: library.find(asked);
	}

	@Override
	public boolean getInclusionExists(@Nullable String path) {
		return header(path).isPresent();
	}

	@Override
	public @Nullable InternalFileContent getContentForInclusion(@Nullable String path, @Nullable IMacroDictionary macros) {
		Optional<Header> header = header(path);
		return header.isEmpty() ? null : content(header.get());
	}

	@Override
	public @Nullable InternalFileContent getContentForInclusion(@Nullable IIndexFileLocation location, @Nullable String path) {
		return getContentForInclusion(path, (IMacroDictionary) null);
	}

	private static @Nullable InternalFileContent content(Header header) {
		return FileContent.create(header.path().toString(), header.text().toCharArray()) instanceof InternalFileContent content
				? content
				: null;
	}
}
