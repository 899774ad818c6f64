// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.ArrayList;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.manipulation.SharedASTProviderCore;
import org.eclipse.jdt.internal.ui.javaeditor.IJavaAnnotation;
import org.eclipse.jdt.internal.ui.text.correction.AssistContext;
import org.eclipse.jdt.internal.ui.text.correction.JavaCorrectionProcessor;
import org.eclipse.jdt.internal.ui.text.correction.ProblemLocation;
import org.eclipse.jdt.internal.ui.text.java.hover.AbstractAnnotationHover;
import org.eclipse.jdt.ui.text.java.CompletionProposalComparator;
import org.eclipse.jdt.ui.text.java.IJavaCompletionProposal;
import org.eclipse.jdt.ui.text.java.IProblemLocation;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.ISourceViewer;
import org.heaplens.ui.lint.FindingMarker;

/**
 * The hover of a finding: JDT's hover of a problem, with the fixes as links. JDT's own one shows links for problems of
 * its compiler alone. What it extends is internal to JDT because JDT publishes no hover of problems.
 */
public final class FindingHover extends AbstractAnnotationHover {
	/** Made by the extension point. */
	public FindingHover() {
		super(false);
	}

	/** Null leaves the place to the next hover. */
	@Override
	protected @Nullable AnnotationInfo createAnnotationInfo(Annotation annotation, Position position,
			ITextViewer viewer) {
		return annotation instanceof IJavaAnnotation java && FindingMarker.TYPE.equals(java.getMarkerType())
				? new FindingInfo(annotation, java, position, viewer)
				: null;
	}

	/** A finding with its fixes, which are computed here because the hover is painted in another thread, the UI's. */
	private static final class FindingInfo extends AnnotationInfo {
		private final ICompletionProposal[] fixes;

		FindingInfo(Annotation annotation, IJavaAnnotation java, Position position, ITextViewer viewer) {
			super(annotation, position, viewer);
			ICompilationUnit unit = java.getCompilationUnit();
			fixes = unit == null ? new ICompletionProposal[0] : fixes(unit, java, position, viewer);
		}

		private static ICompletionProposal[] fixes(ICompilationUnit unit, IJavaAnnotation java, Position position,
				ITextViewer viewer) {
			var context = new AssistContext(unit, (ISourceViewer) viewer, position.getOffset(), position.getLength(),
					SharedASTProviderCore.WAIT_ACTIVE_ONLY);
			var place = new ProblemLocation(position.getOffset(), position.getLength(), java);
			var proposals = new ArrayList<IJavaCompletionProposal>();
			JavaCorrectionProcessor.collectCorrections(context, new IProblemLocation[]{place}, proposals);
			proposals.sort(new CompletionProposalComparator());
			return proposals.toArray(ICompletionProposal[]::new);
		}

		@Override
		public ICompletionProposal[] getCompletionProposals() {
			return fixes;
		}
	}
}
