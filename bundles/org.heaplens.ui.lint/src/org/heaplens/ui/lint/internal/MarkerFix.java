// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.internal.ui.JavaPluginImages;
import org.eclipse.ltk.core.refactoring.CompositeChange;
import org.eclipse.ltk.core.refactoring.PerformChangeOperation;
import org.eclipse.ltk.core.refactoring.RefactoringCore;
import org.eclipse.ltk.core.refactoring.TextFileChange;
import org.eclipse.swt.graphics.Image;
import org.eclipse.text.edits.MultiTextEdit;
import org.eclipse.ui.IMarkerResolutionRelevance;
import org.eclipse.ui.views.markers.WorkbenchMarkerResolution;
import org.heaplens.lint.TextEdit;
import org.heaplens.ui.lint.FindingMarker;

/** One kind of fix for one marker, or for all that are like it. Made for one list of fixes; for the UI thread. */
final class MarkerFix extends WorkbenchMarkerResolution implements IMarkerResolutionRelevance {
	private final Linting linting;
	private final IMarker marker;
	private final String fix;
	private final String title;

	MarkerFix(Linting linting, IMarker marker, String fix, String title) {
		this.linting = linting;
		this.marker = marker;
		this.fix = fix;
		this.title = title;
	}

	@Override
	public String getLabel() {
		return title;
	}

	@Override
	public String getDescription() {
		return marker.getAttribute(IMarker.MESSAGE, "") + '\n' + marker.getAttribute(FindingMarker.PATH, "");
	}

	@Override
	public Image getImage() {
		return JavaPluginImages.get(JavaPluginImages.IMG_CORRECTION_CHANGE); // as the editor shows it
	}

	@Override
	public int getRelevanceForResolution() {
		return EditorFixes.RELEVANCE;
	}

	@Override
	public IMarker[] findOtherMarkers(IMarker[] markers) {
		return Arrays.stream(markers).filter(other -> !other.equals(marker) && isSameKind(other))
				.toArray(IMarker[]::new);
	}

	private boolean isSameKind(IMarker other) {
		try {
			return other.exists() && FindingMarker.TYPE.equals(other.getType())
					&& other.getAttribute(FindingMarker.RULE, "").equals(marker.getAttribute(FindingMarker.RULE, ""))
					&& List.of(other.getAttribute(FindingMarker.FIXES, "").split(" ")).contains(fix);
		} catch (CoreException e) { // the marker vanished meanwhile
			return false;
		}
	}

	@Override
	public void run(IMarker one) {
		run(new IMarker[]{one}, new NullProgressMonitor());
	}

	/** One undoable change of all the files; a file that was saved is saved again. */
	@Override
	public void run(IMarker[] markers, IProgressMonitor monitor) {
		try {
			var changes = new CompositeChange(title);
			for (var entry : byFile(markers).entrySet()) {
				change(entry.getKey(), entry.getValue()).forEach(changes::add);
			}
			changes.initializeValidationData(new NullProgressMonitor());
			var operation = new PerformChangeOperation(changes);
			operation.setUndoManager(RefactoringCore.getUndoManager(), title);
			ResourcesPlugin.getWorkspace().run(operation, monitor);
		} catch (CoreException e) {
			ILog.get().error("The fix could not be applied", e);
		}
	}

	private static Map<IFile, Set<String>> byFile(IMarker[] markers) {
		var files = new LinkedHashMap<IFile, Set<String>>();
		for (IMarker each : markers) {
			if (each.getResource() instanceof IFile file) {
				files.computeIfAbsent(file, key -> new HashSet<>())
						.add(each.getAttribute(FindingMarker.FINGERPRINT, ""));
			}
		}
		return files;
	}

	/** The change of one file; none if nothing of this is found in its text any more. */
	private Stream<TextFileChange> change(IFile file, Set<String> fingerprints) throws CoreException {
		ICompilationUnit unit = JavaCore.createCompilationUnitFrom(file);
		var change = new TextFileChange(file.getName(), file);
		String source = change.getCurrentDocument(new NullProgressMonitor()).get();
		List<TextEdit> edits = Repair.of(text -> linting.fixable(text, unit), fingerprints, fix).edits(source);
		var root = new MultiTextEdit();
		FixProposal.add(edits, root);
		change.setEdit(root);
		change.setSaveMode(TextFileChange.KEEP_SAVE_STATE);
		return edits.isEmpty() ? Stream.empty() : Stream.of(change);
	}
}
