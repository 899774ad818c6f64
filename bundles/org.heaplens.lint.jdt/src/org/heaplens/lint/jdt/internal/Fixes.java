// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.BodyDeclaration;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.NodeFinder;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.api.ApiModel;

/**
 * Offers fixes: only those after which the program, analysed again, has fewer findings and no new ones. Stateless.
 */
public final class Fixes {
	/** Analyses the program as if one of its files had another text. */
	@FunctionalInterface
	public interface Trial {
		Baseline of(SourceText text);
	}

	/**
	 * What a program has: those with fixed texts are compared with it.
	 *
	 * @param errors of the file that is to be fixed
	 */
	public record Baseline(Set<String> fingerprints, int findings, int errors) {
		/**
		 * @param analyses of all files of the program
		 * @param unit     the file that is to be fixed
		 */
		public static Baseline of(List<Analysis> analyses, CompilationUnit unit) {
			var fingerprints = new HashSet<String>();
			int findings = 0;
			for (Analysis analysis : analyses) {
				findings += analysis.diagnoses().size();
				analysis.diagnoses().forEach(diagnosis -> fingerprints.add(diagnosis.finding().fingerprint()));
			}
			int errors = 0;
			for (IProblem problem : unit.getProblems()) {
				errors += problem.isError() ? 1 : 0;
			}
			return new Baseline(fingerprints, findings, errors);
		}

		/** Whether {@code fixed} is what remains after at least so many findings are gone. */
		boolean without(Baseline fixed, int gone) {
			return fixed.findings <= findings - gone && fixed.errors <= errors && fingerprints.containsAll(fixed.fingerprints);
		}
	}

	private Fixes() {}

	/** A trial with a file of which nothing else is known, without the help of bindings. */
	public static Baseline alone(SourceText source, ApiModel model) {
		CompilationUnit unit = Parsing.parse(source.text());
		return Baseline.of(List.of(Analysis.of(unit, source, model)), unit);
	}

	/** Ids of the fixes that findings of a rule may have, best first. */
	public static List<String> kinds(String rule) {
		return switch (rule) {
			case "leaked-manual-block", "unsent-auto-block", "leaked-dvpp-block", "lost-block" -> List.of(FreeBeforeExit.ID);
			case "leak-on-send-failure" -> List.of(FreeBeforeExit.ID, SmallFixes.FREE_ON_FAILURE);
			case "mismatched-free" -> List.of(SmallFixes.MATCHING_FREE);
			case "double-free" -> List.of(SmallFixes.REMOVE_FREE);
			case "bad-flag" -> List.of(SmallFixes.FLAG);
			case "unchecked-allocation" -> List.of(SmallFixes.TEST_ALLOCATION);
			default -> List.of();
		};
	}

	/** A fix that is not verified yet. */
	private record Candidate(Finding finding, Fix fix) {}

	/**
	 * The findings with their fixes. Takes as long as some runs of the linter.
	 *
	 * @param diagnoses all of the text or some
	 */
	public static List<Finding> add(List<Diagnosis> diagnoses, CompilationUnit unit, SourceText source, ApiModel model,
			Trial trial) {
		var models = new Models(unit, model);
		var free = new FreeBeforeExit(unit, source, models);
		var small = new SmallFixes(unit, source, models);
		var verified = new IdentityHashMap<Finding, Fix>();
		for (Function<Diagnosis, Optional<Fix>> fixes : List.<Function<Diagnosis, Optional<Fix>>>of(free::fix, free::fixInCatch,
				small::freeOnFailure, small::matchingFree, small::removeFree, small::manualFlag, small::autoFlag,
				small::testAllocation)) {
			tryFixes(fixes, diagnoses, unit, source, trial, verified);
		}
		return diagnoses.stream().map(Diagnosis::finding)
				.map(finding -> verified.containsKey(finding) ? finding.withFixes(List.of(verified.get(finding))) : finding)
				.toList();
	}

	/** Verifies a fix for each finding that has none yet. */
	private static void tryFixes(Function<Diagnosis, Optional<Fix>> fixes, List<Diagnosis> diagnoses, CompilationUnit unit,
			SourceText source, Trial trial, Map<Finding, Fix> verified) {
		var rounds = new ArrayList<Map<Integer, Candidate>>();
		for (Diagnosis diagnosis : diagnoses) {
			Optional<Fix> fix = verified.containsKey(diagnosis.finding()) ? Optional.empty() : fixes.apply(diagnosis);
			if (fix.isPresent()) {
				enlist(new Candidate(diagnosis.finding(), fix.get()), member(unit, diagnosis.finding()), rounds);
			}
		}
		if (!rounds.isEmpty()) {
			var check = new Check(source, trial, trial.of(source));
			rounds.forEach(round -> verify(List.copyOf(round.values()), check, verified));
		}
	}

	/** Where the member of a class stands that the finding is in. */
	private static int member(CompilationUnit unit, Finding finding) {
		ASTNode node = NodeFinder.perform(unit, finding.location().offset(), finding.location().length());
		int member = 0;
		for (; node != null; node = node.getParent()) {
			member = node instanceof BodyDeclaration && !(node instanceof AbstractTypeDeclaration)
					? node.getStartPosition()
					: member;
		}
		return member;
	}

	/** Members are analysed one by one, so fixes of different ones can be verified together. */
	private static void enlist(Candidate candidate, int member, List<Map<Integer, Candidate>> rounds) {
		for (Map<Integer, Candidate> round : rounds) {
			if (!round.containsKey(member)) {
				round.put(member, candidate);
				return;
			}
		}
		rounds.add(new TreeMap<>(Map.of(member, candidate)));
	}

	private static void verify(List<Candidate> candidates, Check check, Map<Finding, Fix> verified) {
		if (check.good(candidates)) {
			candidates.forEach(candidate -> verified.put(candidate.finding(), candidate.fix()));
		} else if (candidates.size() > 1) {
			int middle = candidates.size() / 2;
			verify(candidates.subList(0, middle), check, verified);
			verify(candidates.subList(middle, candidates.size()), check, verified);
		}
	}

	/** Tells whether fixes repair what they are for, and break nothing. */
	private record Check(SourceText source, Trial trial, Baseline before) {
		boolean good(List<Candidate> candidates) {
			var edits = candidates.stream().flatMap(candidate -> candidate.fix().edits().stream()).toList();
			String text = new Fix("all", "all", false, edits).applyTo(source.text());
			try {
				Baseline after = trial.of(new SourceText(source.file(), text));
				boolean known = candidates.stream()
						.allMatch(candidate -> before.fingerprints().contains(candidate.finding().fingerprint()));
				return known && before.without(after, candidates.size());
			} catch (RuntimeException e) {
				return false; // JDT's recovery gave up on the fixed text: nothing is known about it
			}
		}
	}
}
