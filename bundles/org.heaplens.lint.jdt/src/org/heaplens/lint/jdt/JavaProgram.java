// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.heaplens.lint.Finding;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.jdt.internal.Fixes;

/** Java files that were analysed together. Keeps what was found out about their functions. Confined to one thread. */
public final class JavaProgram {
	private final LintResult result;
	private final ProgramRun run;
	private final int jobs;

	JavaProgram(LintResult result, ProgramRun run, int jobs) {
		this.result = result;
		this.run = run;
		this.jobs = jobs;
	}

	/** What was found, without the fixes that {@link #fix} finds. */
	public LintResult result() {
		return result;
	}

	/**
	 * Looks for fixes of findings, which takes longer than to find them: a fix is only offered if with the fixed text its
	 * finding is gone and no other has appeared in any of the files.
	 *
	 * @param findings of this program, all or some
	 * @return the same findings, in the same order, with their fixes; those in files that changed since stay without
	 */
	public List<Finding> fix(List<Finding> findings) {
		Map<String, List<Finding>> byFile = new LinkedHashMap<>();
		findings.stream().filter(finding -> finding.fixes().isEmpty() && !Fixes.kinds(finding.rule()).isEmpty())
				.forEach(finding -> byFile.computeIfAbsent(finding.location().file(), file -> new ArrayList<>()).add(finding));
		Map<Finding, Finding> fixed = new HashMap<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
			run.use(threads);
			run.fix(byFile).forEach((file, with) -> {
				List<Finding> of = byFile.getOrDefault(file, List.of());
				for (int index = 0; index < of.size(); index++) {
					fixed.put(of.get(index), with.get(index));
				}
			});
		}
		return findings.stream().map(finding -> Optional.ofNullable(fixed.get(finding)).orElse(finding)).toList();
	}
}
