// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaModelMarker;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.ui.IMarkerResolution;
import org.eclipse.ui.IMarkerResolutionGenerator2;
import org.heaplens.lint.Finding;
import org.heaplens.ui.lint.FindingMarker;

/** The quick fixes of findings in the Problems view. The workbench has one and calls it on the UI thread. */
public final class MarkerFixes implements IMarkerResolutionGenerator2 {
	private final Linting linting = new Linting();

	@Override
	public boolean hasResolutions(IMarker marker) {
		return marker.getAttribute(IJavaModelMarker.ID, -1) == IProblem.ExternalProblemFixable
				&& marker.getResource() instanceof IFile file && JavaCore.createCompilationUnitFrom(file) != null;
	}

	@Override
	public IMarkerResolution[] getResolutions(IMarker marker) {
		ICompilationUnit unit = marker.getResource() instanceof IFile file
				? JavaCore.createCompilationUnitFrom(file)
				: null;
		if (unit == null) {
			return new IMarkerResolution[0];
		}
		String fingerprint = marker.getAttribute(FindingMarker.FINGERPRINT, "");
		return findings(unit).stream().filter(finding -> finding.fingerprint().equals(fingerprint))
				.flatMap(finding -> finding.fixes().stream())
				.map(fix -> new MarkerFix(linting, marker, fix.id(), fix.title())).toArray(IMarkerResolution[]::new);
	}

	private List<Finding> findings(ICompilationUnit unit) {
		try {
			String source = unit.getSource();
			return source == null ? List.of() : linting.fixable(source, unit);
		} catch (JavaModelException e) {
			Linting.log(Linting.fileName(unit), e);
			return List.of();
		}
	}
}
