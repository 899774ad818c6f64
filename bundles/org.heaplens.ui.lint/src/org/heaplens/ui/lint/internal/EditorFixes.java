// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.ui.text.java.IInvocationContext;
import org.eclipse.jdt.ui.text.java.IJavaCompletionProposal;
import org.eclipse.jdt.ui.text.java.IProblemLocation;
import org.eclipse.jdt.ui.text.java.IQuickFixProcessor;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.ui.lint.FindingMarker;

/** The quick fixes of findings in the Java editor. JDT has one and calls it on the UI thread. */
public final class EditorFixes implements IQuickFixProcessor {
	/** One above the best of JDT's own proposals. */
	static final int RELEVANCE = 16;

	private final Linting linting = new Linting();

	@Override
	public boolean hasCorrections(ICompilationUnit unit, int problemId) {
		return problemId == IProblem.ExternalProblemFixable;
	}

	@Override
	public IJavaCompletionProposal @Nullable [] getCorrections(IInvocationContext context, IProblemLocation[] locations)
			throws CoreException {
		Set<String> fingerprints = fingerprints(locations);
		String source = context.getCompilationUnit().getSource();
		if (fingerprints.isEmpty() || source == null) {
			return null;
		}
		ICompilationUnit unit = context.getCompilationUnit();
		Function<String, List<Finding>> linter = text -> linting.findings(text, unit);
		List<Finding> findings = linting.findings(context.getASTRoot(), source, Linting.fileName(unit));
		var proposals = new ArrayList<IJavaCompletionProposal>();
		for (Finding finding : findings) {
			if (fingerprints.contains(finding.fingerprint())) {
				propose(finding, findings, new Proposals(unit, linter, proposals));
			}
		}
		return proposals.toArray(IJavaCompletionProposal[]::new);
	}

	/** Where proposals go, and what they are made of. */
	private record Proposals(ICompilationUnit unit, Function<String, List<Finding>> linter,
			List<IJavaCompletionProposal> list) {
		void add(String title, int relevance, Repair repair) {
			if (list.stream().noneMatch(known -> known.getDisplayString().equals(title))) {
				list.add(new FixProposal(title, unit, relevance, repair));
			}
		}
	}

	private static void propose(Finding finding, List<Finding> findings, Proposals proposals) {
		int relevance = RELEVANCE + finding.fixes().size() - 1; // in the order in which the linter offers them
		for (Fix fix : finding.fixes()) {
			proposals.add(fix.title(), relevance + 1,
					Repair.of(proposals.linter(), finding.fingerprint(), fix.id()));
			long same = findings.stream().filter(other -> isSameKind(other, finding, fix)).count();
			if (same > 1) {
				proposals.add(fixAllTitle(finding.rule(), same), relevance,
						Repair.ofAll(proposals.linter(), finding.rule(), fix.id()));
			}
			relevance--;
		}
	}

	private static boolean isSameKind(Finding other, Finding finding, Fix fix) {
		return other.rule().equals(finding.rule())
				&& other.fixes().stream().anyMatch(each -> each.id().equals(fix.id()));
	}

	static String fixAllTitle(String rule, long count) {
		return "Fix all " + count + " of this kind in the file (" + rule + ")";
	}

	private static Set<String> fingerprints(IProblemLocation[] locations) {
		var fingerprints = new LinkedHashSet<String>();
		for (IProblemLocation location : locations) {
			String[] arguments = location.getProblemArguments();
			if (FindingMarker.TYPE.equals(location.getMarkerType()) && arguments != null && arguments.length == 1) {
				fingerprints.add(arguments[0]);
			}
		}
		return fingerprints;
	}
}
