// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.export.AtomicFile;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.report.Baseline;
import org.heaplens.lint.report.LintReport;

/** The baselines of a run: one that the user names, or those of the settings. */
final class LintBaseline {
	private final LintScope scope;
	private final @Nullable Path named;

	/** @param named by the user, for all files; null if settings decide */
	LintBaseline(LintScope scope, @Nullable Path named) {
		this.scope = scope;
		this.named = named;
	}

	private List<Path> files() {
		Path file = named;
		return file == null ? scope.baselines() : List.of(file);
	}

	private Optional<Path> of(Finding finding) {
		Path file = named;
		return file == null ? scope.baseline(Path.of(finding.location().file())) : Optional.of(file);
	}

	private Map<Path, List<Finding>> grouped(LintResult result) {
		var groups = new LinkedHashMap<Path, List<Finding>>();
		files().forEach(file -> groups.put(file, new ArrayList<>()));
		for (Finding finding : result.findings()) {
			of(finding).ifPresent(file -> groups.computeIfAbsent(file, key -> new ArrayList<>()).add(finding));
		}
		return groups;
	}

	/** What is new, and what of the baselines is gone. */
	LintReport compare(LintResult result) {
		if (files().isEmpty()) {
			return LintReport.of(result);
		}
		Set<Finding> known = new HashSet<>();
		var gone = new ArrayList<Baseline.Entry>();
		grouped(result).forEach((file, findings) -> {
			Baseline.Comparison comparison = read(file).compare(findings, folder(file));
			known.addAll(comparison.known());
			comparison.gone().stream().map(entry -> here(entry, file)).filter(entry -> scope.covers(Path.of(entry.file())))
					.forEach(gone::add);
		});
		return new LintReport(
				result.findings().stream().map(finding -> new LintReport.Entry(finding, known.contains(finding), Optional.empty()))
						.toList(),
				result.ignored(), result.problems(), result.files(), true, gone, Optional.empty());
	}

	/** The entry with a file that is found from here. */
	private static Baseline.Entry here(Baseline.Entry entry, Path file) {
		return new Baseline.Entry(entry.fingerprint(), entry.rule(), folder(file).resolve(entry.file()).toString(), entry.line(),
				entry.message());
	}

	/** Writes what is found now; what was known of files that were not linted is kept. */
	List<Path> write(LintResult result) {
		if (files().isEmpty()) {
			throw new CannotRun("--write-baseline does not know where; add --baseline FILE, or set lint.baseline in heaplens.toml");
		}
		grouped(result).forEach((file, findings) -> {
			List<Baseline.Entry> others = Files.exists(file)
					? read(file).entries().stream().filter(entry -> !scope.covers(Path.of(here(entry, file).file()))).toList()
					: List.of();
			try (AtomicFile written = AtomicFile.begin(file, true)) {
				written.stream().write(Baseline.of(findings, folder(file)).and(others).text().getBytes(StandardCharsets.UTF_8));
				written.commit();
			} catch (IOException e) {
				throw new CannotRun("cannot write " + file + ": " + Reasons.of(e), e);
			}
		});
		return files();
	}

	private static Path folder(Path file) {
		Path folder = file.toAbsolutePath().normalize().getParent();
		return folder == null ? Path.of("") : folder;
	}

	private static Baseline read(Path file) {
		if (!Files.exists(file)) {
			throw new CannotRun("cannot read the baseline " + file + ": no such file; --write-baseline makes it");
		}
		try {
			return Baseline.read(Files.readString(file));
		} catch (IOException e) {
			throw new CannotRun("cannot read the baseline " + file + ": " + Reasons.of(e), e);
		}
	}
}
