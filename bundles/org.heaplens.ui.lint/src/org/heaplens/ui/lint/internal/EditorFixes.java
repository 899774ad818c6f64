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
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.ui.text.java.IInvocationContext;
import org.eclipse.jdt.ui.text.java.IJavaCompletionProposal;
import org.eclipse.jdt.ui.text.java.IProblemLocation;
import org.eclipse.jdt.ui.text.java.IQuickFixProcessor;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.TextEdit;
import org.heaplens.ui.lint.FindingMarker;

/** The quick fixes of findings in the Java editor. JDT has one and calls it on the UI thread. */
public final class EditorFixes implements IQuickFixProcessor {
	/** One above the best of JDT's own proposals. */
	static final int RELEVANCE = 16;
	/** Below all that repairs something. */
	private static final int RELEVANCE_OF_IGNORING = -10;

	private final Linting linting = new Linting();

	@Override
	public boolean hasCorrections(ICompilationUnit unit, int problemId) {
		return problemId == IProblem.ExternalProblemFixable || problemId == IProblem.ExternalProblemNotFixable;
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
		List<Finding> findings = findings(context, source);
		var proposals = new Proposals(unit, text -> linting.fixable(text, unit), new ArrayList<>());
		findings.stream().filter(finding -> fingerprints.contains(finding.fingerprint()))
				.forEach(finding -> propose(finding, findings, proposals));
		return proposals.list().toArray(IJavaCompletionProposal[]::new);
	}

	/** From the tree the editor has, unless it is of an older text. */
	private List<Finding> findings(IInvocationContext context, String source) {
		ICompilationUnit unit = context.getCompilationUnit();
		CompilationUnit tree = context.getASTRoot();
		return tree != null && tree.getLength() == source.length()
				? linting.fixable(tree, source, unit)
				: linting.fixable(source, unit);
	}

	/** Where proposals go, and what they are made of. */
	private record Proposals(ICompilationUnit unit, Function<String, List<Finding>> linter,
			List<IJavaCompletionProposal> list) {
		void add(String title, int relevance, Function<String, List<TextEdit>> change) {
			if (list.stream().noneMatch(known -> known.getDisplayString().equals(title))) {
				list.add(new FixProposal(title, unit, relevance, change));
			}
		}
	}

	private static void propose(Finding finding, List<Finding> findings, Proposals proposals) {
		int relevance = RELEVANCE + finding.fixes().size() - 1; // in the order in which the linter offers them
		for (Fix fix : finding.fixes()) {
			proposals.add(fix.title(), relevance + 1,
					Repair.of(proposals.linter(), finding.fingerprint(), fix.id())::edits);
			long same = findings.stream().filter(other -> isSameKind(other, finding, fix)).count();
			if (same > 1) {
				proposals.add("Fix all " + same + " '" + finding.rule() + "' in file", relevance,
						Repair.ofAll(proposals.linter(), finding.rule(), fix.id())::edits);
			}
			relevance--;
		}
		proposals.add("Ignore '" + finding.rule() + "' here", RELEVANCE_OF_IGNORING,
				new Ignoring(proposals.linter(), finding.fingerprint())::edits);
	}

	private static boolean isSameKind(Finding other, Finding finding, Fix fix) {
		return other.rule().equals(finding.rule())
				&& other.fixes().stream().anyMatch(each -> each.id().equals(fix.id()));
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
