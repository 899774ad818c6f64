// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the dependencies of a {@code pom.xml} as Maven does where nothing is unusual: the nearest version wins, management of the project
 * wins over it. What is not in the local repository is left out and told. One thread.
 */
final class MavenProjects {
	static final String FILE = "pom.xml";
	private static final int SHOWN = 3;
	private static final Set<String> PASSED_ON = Set.of("", "compile", "runtime");

	private final Poms poms;
	private final List<String> notes;
	/** Modules beside a project, by group and artifact. */
	private final Map<Path, Map<String, Path>> reactors = new HashMap<>();

	MavenProjects(Path repository, List<String> notes) {
		this.poms = new Poms(repository, notes);
		this.notes = notes;
	}

	/** What the project compiles into and against. */
	List<Path> of(Path project) {
		Path file = project.resolve(FILE);
		if (!Files.isRegularFile(file)) {
			return List.of();
		}
		var entries = new LinkedHashSet<Path>();
		entries.add(project.resolve("target/classes"));
		entries.add(project.resolve("target/test-classes"));
		Optional<Pom> pom = poms.read(file);
		if (pom.isPresent()) {
			resolve(project, pom.get(), entries);
		}
		return List.copyOf(entries);
	}

	/** What is left to look at, with what was excluded on the way to it. */
	private record Open(Pom.Dependency dependency, boolean direct, Set<String> excluded) {
		Open next(Pom.Dependency of, Pom.Dependency next) {
			var all = new HashSet<>(excluded);
			all.addAll(of.exclusions());
			return new Open(next, false, all);
		}
	}

	private void resolve(Path project, Pom pom, Set<Path> entries) {
		Map<String, Path> modules = modules(project);
		Map<String, Pom.Dependency> managed = pom.managed();
		var missing = new ArrayList<String>();
		Set<String> done = new HashSet<>();
		Deque<Open> queue = new ArrayDeque<>();
		pom.dependencies().forEach(dependency -> queue.add(new Open(dependency, true, Set.of())));
		while (!queue.isEmpty()) {
			Open open = queue.poll();
			Pom.Dependency dependency = open.dependency();
			boolean wanted = open.direct() || PASSED_ON.contains(dependency.scope()) && !dependency.optional();
			if (!wanted || dependency.excludedBy(open.excluded()) || !done.add(dependency.key())) {
				continue;
			}
			Path module = modules.get(dependency.key());
			if (module != null) {
				entries.add(module.resolve("target/classes"));
				poms.read(module.resolve(FILE))
						.ifPresent(other -> other.dependencies().forEach(next -> queue.add(open.next(dependency, next))));
				continue;
			}
			Pom.Dependency versioned = dependency.managedBy(managed, open.direct());
			Path jar = poms.file(versioned, ".jar");
			if (Files.exists(jar)) {
				entries.add(jar);
			} else {
				missing.add(versioned.key() + ":" + (versioned.version().isEmpty() ? "?" : versioned.version()));
			}
			poms.read(poms.file(versioned, ".pom"))
					.ifPresent(other -> other.dependencies().forEach(next -> queue.add(open.next(versioned, next))));
		}
		if (!missing.isEmpty()) {
			notes.add(project.resolve(FILE) + ": not in the local repository: "
					+ String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())))
					+ (missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "") + "; their types are unknown");
		}
	}

	/** The modules of the outermost project that has this one in it. */
	private Map<String, Path> modules(Path project) {
		Path root = project;
		for (Path above = project.getParent(); above != null && Files.isRegularFile(above.resolve(FILE)); above = above.getParent()) {
			root = above;
		}
		Map<String, Path> known = reactors.get(root);
		if (known == null) {
			known = new LinkedHashMap<>();
			collect(root, known, new HashSet<>());
			reactors.put(root, known);
		}
		return known;
	}

	private void collect(Path folder, Map<String, Path> modules, Set<Path> seen) {
		Path file = folder.resolve(FILE);
		if (seen.add(folder) && Files.isRegularFile(file)) {
			poms.read(file).ifPresent(pom -> {
				modules.put(pom.key(), folder);
				pom.modules().forEach(module -> collect(folder.resolve(module).normalize(), modules, seen));
			});
		}
	}
}
