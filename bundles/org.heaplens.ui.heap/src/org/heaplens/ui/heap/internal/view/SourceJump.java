// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.IType;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.texteditor.ITextEditor;
import org.heaplens.model.StackFrame;
import org.heaplens.ui.heap.internal.Messages;

/** Finds the source of the innermost frame that has one in this workspace, and opens it at its line. */
final class SourceJump extends Job {
	/** A frame and the source file it is in. */
	private record Place(ICompilationUnit unit, StackFrame frame, List<String> others) {}

	private final List<StackFrame> frames;
	private final String project;
	private final Display display;
	private final Consumer<String> notice;

	/**
	 * @param frames  innermost first
	 * @param project that is looked into first; empty for none
	 * @param notice  told in the UI thread what became of it, empty if it went well
	 */
	SourceJump(List<StackFrame> frames, String project, Display display, Consumer<String> notice) {
		super(Messages.SEARCHING);
		this.frames = frames;
		this.project = project;
		this.display = display;
		this.notice = notice;
		setPriority(INTERACTIVE);
		setSystem(true);
	}

	@Override
	protected IStatus run(@Nullable IProgressMonitor monitor) {
		Optional<Place> place = frames.stream().filter(frame -> !frame.isNative()).flatMap(frame -> find(frame).stream()).findFirst();
		Optional<NativeSource> code = place.isPresent() ? Optional.empty() : NativeSource.find(frames);
		if (!display.isDisposed()) {
			display.asyncExec(() -> place.ifPresentOrElse(this::open,
					() -> code.ifPresentOrElse(this::open, () -> notice.accept(Messages.NO_SOURCE + frames.get(0)))));
		}
		return Status.OK_STATUS;
	}

	private Optional<Place> find(StackFrame frame) {
		List<ICompilationUnit> units = projects().flatMap(java -> unit(java, frame.className()).stream()).distinct().toList();
		if (units.isEmpty()) {
			return Optional.empty();
		}
		ICompilationUnit first = units.get(0);
		// Only if nobody said which project is meant is there a doubt that the user has to know of.
		boolean doubtful = !isWanted(first.getJavaProject());
		List<String> others = units.stream().skip(1).map(unit -> unit.getJavaProject().getElementName()).toList();
		return Optional.of(new Place(first, frame, doubtful ? others : List.of()));
	}

	private Stream<IJavaProject> projects() {
		IJavaProject[] all;
		try {
			all = JavaCore.create(ResourcesPlugin.getWorkspace().getRoot()).getJavaProjects();
		} catch (JavaModelException e) {
			ILog.get().error("Cannot list the Java projects", e);
			return Stream.empty();
		}
		return Arrays.stream(all).sorted((left, right) -> Boolean.compare(isWanted(right), isWanted(left)));
	}

	private boolean isWanted(IJavaProject java) {
		return java.getElementName().equals(project);
	}

	/** Lambdas, anonymous and nested types are in the file of their outermost type. */
	private static Optional<ICompilationUnit> unit(IJavaProject java, String binaryName) {
		int nested = binaryName.indexOf('$', 1);
		String outermost = nested < 0 ? binaryName : binaryName.substring(0, nested);
		try {
			@Nullable
			IType type = java.findType(outermost);
			return type == null ? Optional.empty() : Optional.ofNullable(type.getCompilationUnit());
		} catch (JavaModelException e) {
			ILog.get().error("Cannot look for " + binaryName + " in " + java.getElementName(), e);
			return Optional.empty();
		}
	}

	private void open(Place place) {
		try {
			IEditorPart editor = JavaUI.openInEditor(place.unit(), true, false);
			if (editor instanceof ITextEditor text && place.frame().line() > 0) {
				select(text, place.frame().line());
			}
			notice.accept(place.others().isEmpty()
					? ""
					: Messages.SOURCE_OF + place.unit().getJavaProject().getElementName() + Messages.SOURCE_ALSO_IN
							+ String.join(", ", place.others()));
		} catch (CoreException e) {
			ILog.get().error("Cannot open " + place.unit().getElementName(), e);
		}
	}

	private void open(NativeSource source) {
		try {
			if (source.open() instanceof ITextEditor text && source.frame().line() > 0) {
				select(text, source.frame().line());
			}
			notice.accept("");
		} catch (CoreException e) {
			ILog.get().error("Cannot open " + source.frame().file(), e);
		}
	}

	private void select(ITextEditor editor, int line) {
		IDocument document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
		try {
			IRegion region = document.getLineInformation(Math.min(line, document.getNumberOfLines()) - 1);
			editor.selectAndReveal(region.getOffset(), region.getLength());
		} catch (BadLocationException e) {
			throw new IllegalStateException("line " + line + " is within the document by construction", e);
		}
	}
}
