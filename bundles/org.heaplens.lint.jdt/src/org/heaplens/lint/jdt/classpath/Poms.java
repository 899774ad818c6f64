// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code pom.xml} files, and what those refer to in the local repository; each once. One thread. */
final class Poms {
	private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");
	/** Parents, imports and properties may be nested, or go in a circle. */
	private static final int DEEPEST = 16;

	private final Path repository;
	private final List<String> notes;
	private final Map<Path, Optional<Pom>> known = new HashMap<>();

	Poms(Path repository, List<String> notes) {
		this.repository = repository;
		this.notes = notes;
	}

	/** Where the local repository would have a file of a dependency. */
	Path file(Pom.Dependency dependency, String type) {
		String classifier = type.equals(".pom") || dependency.classifier().isEmpty() ? "" : "-" + dependency.classifier();
		return repository.resolve(dependency.group().replace('.', '/')).resolve(dependency.artifact()).resolve(dependency.version())
				.resolve(dependency.artifact() + "-" + dependency.version() + classifier + type);
	}

	/** Empty if there is no such file, or it cannot be read; the latter is told. */
	Optional<Pom> read(Path file) {
		return read(file.normalize(), 0);
	}

	private Optional<Pom> read(Path file, int depth) {
		Optional<Pom> pom = known.get(file);
		if (pom == null) {
			pom = Optional.empty();
			if (depth < DEEPEST && Files.isRegularFile(file)) {
				try {
					pom = Optional.of(pom(file, XmlElement.read(file), depth));
				} catch (IOException e) {
					notes.add(file + ": " + e.getMessage());
				}
			}
			known.put(file, pom);
		}
		return pom;
	}

	private Pom pom(Path file, XmlElement project, int depth) {
		Optional<Pom> parent = project.at("parent").flatMap(element -> parent(file, element, depth));
		Map<String, String> properties = new HashMap<>(parent.map(Pom::properties).orElse(Map.of()));
		project.at("properties").ifPresent(all -> all.children().forEach(each -> properties.put(each.name(), each.text())));
		String group = first(project.textAt("groupId"), project.textAt("parent", "groupId"));
		String version = first(project.textAt("version"), project.textAt("parent", "version"));
		properties.put("project.groupId", group);
		properties.put("project.artifactId", project.textAt("artifactId"));
		properties.put("project.version", version);
		properties.put("project.parent.version", project.textAt("parent", "version"));
		Map<String, Pom.Dependency> managed = new LinkedHashMap<>(parent.map(Pom::managed).orElse(Map.of()));
		project.at("dependencyManagement", "dependencies").ifPresent(all -> all.children("dependency").forEach(each -> {
			Pom.Dependency dependency = dependency(each, properties);
			if (dependency.scope().equals("import")) {
				read(file(dependency, ".pom"), depth + 1).ifPresent(other -> other.managed().forEach(managed::putIfAbsent));
			} else {
				managed.put(dependency.key(), dependency);
			}
		}));
		var dependencies = new ArrayList<Pom.Dependency>();
		project.at("dependencies").ifPresent(all -> all.children("dependency").forEach(each -> {
			Pom.Dependency dependency = dependency(each, properties);
			dependencies.add(dependency.managedBy(managed, true));
		}));
		dependencies.addAll(parent.map(Pom::dependencies).orElse(List.of()));
		List<String> modules = project.at("modules").map(all -> all.children("module").stream().map(XmlElement::text).toList())
				.orElse(List.of());
		return new Pom(value(group, properties) + ":" + project.textAt("artifactId"), value(version, properties), properties, managed,
				dependencies, modules);
	}

	private Optional<Pom> parent(Path file, XmlElement parent, int depth) {
		Path folder = file.getParent();
		String relative = parent.at("relativePath").map(XmlElement::text).orElse("../pom.xml");
		if (folder != null && !relative.isEmpty()) {
			Path named = folder.resolve(relative).normalize();
			Optional<Pom> beside = read(Files.isDirectory(named) ? named.resolve(MavenProjects.FILE) : named, depth + 1);
			if (beside.isPresent() && beside.get().key().equals(parent.textAt("groupId") + ":" + parent.textAt("artifactId"))) {
				return beside;
			}
		}
		return read(file(dependency(parent, Map.of()), ".pom"), depth + 1);
	}

	private static Pom.Dependency dependency(XmlElement element, Map<String, String> properties) {
		return new Pom.Dependency(value(element.textAt("groupId"), properties), value(element.textAt("artifactId"), properties),
				value(element.textAt("version"), properties), value(element.textAt("classifier"), properties),
				value(element.textAt("scope"), properties), value(element.textAt("optional"), properties).equals("true"),
				element.at("exclusions").map(all -> all.children("exclusion")).orElse(List.of()).stream()
						.map(each -> value(each.textAt("groupId"), properties) + ":" + value(each.textAt("artifactId"), properties))
						.collect(Collectors.toSet()));
	}

	private static String first(String one, String other) {
		return one.isEmpty() ? other : one;
	}

	/** With properties put in, as far as they are known. */
	private static String value(String text, Map<String, String> properties) {
		String value = text;
		for (int round = 0; round < DEEPEST && value.contains("${"); round++) {
			value = PROPERTY.matcher(value).replaceAll(
					match -> Matcher
							.quoteReplacement(properties.getOrDefault(match.group(1).replaceFirst("^pom\\.", "project."), match.group())));
		}
		return value;
	}
}
