// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Maven project with what it has from its parents, its properties put in. Immutable.
 *
 * @param key          group and artifact
 * @param managed      dependencies by group and artifact, imported ones included
 * @param dependencies in their order
 * @param modules      paths from its folder
 */
record Pom(String key, String version, Map<String, String> properties, Map<String, Dependency> managed, List<Dependency> dependencies,
		List<String> modules) {
	Pom {
		properties = Map.copyOf(properties);
		managed = Map.copyOf(managed);
		dependencies = List.copyOf(dependencies);
		modules = List.copyOf(modules);
	}

	/**
	 * Another project that one needs; texts are empty where nothing is said.
	 *
	 * @param exclusions group and artifact of what it needs in turn and is not to be brought; either may be {@code *}
	 */
	record Dependency(String group, String artifact, String version, String classifier, String scope, boolean optional,
			Set<String> exclusions) {
		Dependency {
			exclusions = Set.copyOf(exclusions);
		}

		boolean excludedBy(Set<String> patterns) {
			return Stream.of(key(), group + ":*", "*:" + artifact, "*:*").anyMatch(patterns::contains);
		}

		String key() {
			return group + ":" + artifact;
		}

		/**
		 * With the version that is managed.
		 *
		 * @param direct whether the project itself names it: then its own version wins
		 */
		Dependency managedBy(Map<String, Dependency> managed, boolean direct) {
			Dependency other = managed.get(key());
			return other == null || direct && !version.isEmpty()
					? this
					: new Dependency(group, artifact, other.version(), classifier, scope.isEmpty() ? other.scope() : scope, optional,
							Stream.concat(exclusions.stream(), other.exclusions().stream()).collect(Collectors.toSet()));
		}
	}
}
