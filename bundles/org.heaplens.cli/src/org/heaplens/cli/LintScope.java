// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.Rule;
import org.heaplens.lint.Rules;
import org.heaplens.lint.Severity;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.ApiModelException;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.settings.LintSettings;
import org.heaplens.settings.RunSettings;
import org.heaplens.settings.SettingsException;

/** What is linted, and which settings hold for which file: those found from the user's path upwards. Immutable. */
final class LintScope {
	private static final String OFF = "off";

	/**
	 * A path of the user.
	 *
	 * @param path     absolute
	 * @param folder   that the settings' paths start from
	 * @param settings found for it
	 */
	private record Root(Path path, Path folder, LintSettings settings) {}

	private final List<Root> roots;
	private final Map<String, String> overrides;
	private final ApiModel model;

	private LintScope(List<Root> roots, Map<String, String> overrides, ApiModel model) {
		this.roots = roots;
		this.overrides = overrides;
		this.model = model;
	}

	/**
	 * @param file      of settings for all paths; looked for if null
	 * @param overrides severities by rule, that win over settings
	 */
	static LintScope of(List<Path> paths, @Nullable Path file, Map<String, String> overrides) {
		overrides.forEach(LintScope::check);
		var roots = new ArrayList<Root>();
		var files = new LinkedHashSet<Path>();
		for (Path path : paths) {
			Path whole = whole(path);
			Path start = Files.isDirectory(whole) ? whole : parent(whole);
			Optional<Path> found = file == null ? RunSettings.find(start) : Optional.of(file);
			found.ifPresent(files::add);
			roots.add(new Root(whole, found.map(LintScope::parent).orElse(start),
					found.map(LintScope::settings).orElse(LintSettings.NONE)));
		}
		// The most special first.
		roots.sort(Comparator.comparingInt((Root root) -> -root.path().getNameCount()));
		ApiModel model = ApiModels.builtIn();
		for (Path each : files) {
			model = model.with(model(each));
		}
		return new LintScope(List.copyOf(roots), Map.copyOf(overrides), model);
	}

	private static ApiModel model(Path settings) {
		try {
			return ApiModels.ofProject(settings, settings.toString());
		} catch (ApiModelException e) {
			throw new CannotRun(e.line(), e);
		}
	}

	/** What is known of functions without source: all files are analysed together, so it is the same for all. */
	ApiModel model() {
		return model;
	}

	private static void check(String rule, String severity) {
		advice(rule).ifPresent(advice -> {
			throw new CannotRun("--rule " + rule + "=" + severity + ": there is no rule " + rule + "; " + advice);
		});
		if (!LintSettings.SEVERITIES.contains(severity)) {
			throw new CannotRun("--rule " + rule + "=" + severity + ": the severity has to be one of "
					+ String.join(", ", LintSettings.SEVERITIES));
		}
	}

	/** What to say of a rule that does not exist; empty for one that does. */
	static Optional<String> advice(String rule) {
		return Rules.of(rule).isPresent()
				? Optional.empty()
				: Optional.of(Rules.nearest(rule).map(near -> "did you mean " + near + "?")
						.orElse("there are " + String.join(", ", Rules.ALL.stream().map(Rule::id).sorted().toList())));
	}

	private static LintSettings settings(Path file) {
		try {
			return LintSettings.read(file, file.toString(), LintScope::advice);
		} catch (SettingsException e) {
			throw new CannotRun(e.line(), e);
		}
	}

	private static Path whole(Path path) {
		return path.toAbsolutePath().normalize();
	}

	private static Path parent(Path path) {
		Path parent = whole(path).getParent();
		return parent == null ? whole(path) : parent;
	}

	private Optional<Root> root(Path file) {
		Path whole = whole(file);
		return roots.stream().filter(root -> whole.startsWith(root.path())).findFirst();
	}

	/** Whether the file is in one of the paths. */
	boolean covers(Path file) {
		return root(file).isPresent();
	}

	/** Whether settings leave the file or folder out. What the user names himself is never left out. */
	boolean excludes(Path file) {
		Optional<Root> root = root(file);
		if (root.isEmpty() || root.get().path().equals(whole(file))) {
			return false;
		}
		Path folder = root.get().folder();
		Path whole = whole(file);
		Path relative = whole.startsWith(folder) ? folder.relativize(whole) : whole;
		FileSystem files = FileSystems.getDefault();
		return root.get().settings().excludes().stream().anyMatch(glob -> files.getPathMatcher("glob:" + glob).matches(relative)
				|| glob.startsWith("**/") && files.getPathMatcher("glob:" + glob.substring(3)).matches(relative));
	}

	/** The baseline that settings name for a file. */
	Optional<Path> baseline(Path file) {
		return root(file).flatMap(LintScope::baseline);
	}

	/** All baselines that settings name. */
	List<Path> baselines() {
		return roots.stream().flatMap(root -> baseline(root).stream()).distinct().toList();
	}

	private static Optional<Path> baseline(Root root) {
		return root.settings().baseline().map(name -> root.folder().resolve(name).normalize());
	}

	/** The result with the severities that are set; what is off is not in it. */
	LintResult apply(LintResult result) {
		List<Finding> findings = result.findings().stream().flatMap(finding -> apply(finding).stream()).toList();
		List<Ignored> ignored = result.ignored().stream()
				.flatMap(each -> apply(each.finding()).map(finding -> new Ignored(finding, each.reason())).stream()).toList();
		return new LintResult(findings, result.problems(), result.files(), ignored);
	}

	private Optional<Finding> apply(Finding finding) {
		Optional<String> set = Optional.ofNullable(overrides.get(finding.rule())).or(() -> root(Path.of(finding.location().file()))
				.flatMap(root -> Optional.ofNullable(root.settings().severities().get(finding.rule()))));
		if (set.isEmpty()) {
			return Optional.of(finding);
		}
		return set.get().equals(OFF)
				? Optional.empty()
				: Optional.of(new Finding(finding.rule(), Severity.valueOf(set.get().toUpperCase(Locale.ROOT)), finding.message(),
						finding.location(), finding.path(), finding.fixes(), finding.fingerprint()));
	}
}
