// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.internal.ui.text.correction.AssistContext;
import org.eclipse.jdt.internal.ui.text.correction.JavaCorrectionAssistant;
import org.eclipse.jdt.internal.ui.text.correction.JavaCorrectionProcessor;
import org.eclipse.jdt.ui.text.java.CompletionProposalComparator;
import org.eclipse.jdt.internal.ui.text.java.hover.BestMatchHover;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.jdt.ui.text.java.IJavaCompletionProposal;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IInformationControl;
import org.eclipse.jface.text.IInformationControlExtension2;
import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.Region;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.texteditor.ITextEditor;

/** What a user sees and does in a Java editor; closing it throws away what is not saved. For the UI thread. */
record JavaEditing(ITextEditor editor, ICompilationUnit unit) implements AutoCloseable {
	static JavaEditing open(IFile file) throws CoreException {
		ICompilationUnit unit = JavaCore.createCompilationUnitFrom(file);
		return new JavaEditing((ITextEditor) JavaUI.openInEditor(unit), unit);
	}

	IDocument document() {
		return editor.getDocumentProvider().getDocument(editor.getEditorInput());
	}

	/** The lines of the findings in the text as it is, saved or not, first line 1. */
	List<Integer> findingLines() throws BadLocationException {
		var lines = new ArrayList<Integer>();
		for (Annotation annotation : problems()) {
			Position position = model().getPosition(annotation);
			// The reconciler may take an annotation away while this thread looks at it.
			if (position != null && annotation.getText().contains("\nRule: ")) {
				lines.add(document().getLineOfOffset(position.getOffset()) + 1);
			}
		}
		return lines.stream().sorted().toList();
	}

	/** All problems the editor shows, those of markers included, whoever found them. */
	List<Annotation> problems() {
		var problems = new ArrayList<Annotation>();
		for (Iterator<Annotation> all = model().getAnnotationIterator(); all.hasNext();) {
			Annotation annotation = all.next();
			if (!annotation.isMarkedDeleted() && annotation.getType().startsWith("org.eclipse.jdt.ui.")) {
				problems.add(annotation);
			}
		}
		return problems;
	}

	/** What Ctrl+1 lists at an offset, best first. */
	List<IJavaCompletionProposal> quickFixes(int offset) throws BadLocationException {
		var annotations = new ArrayList<Annotation>();
		int place = JavaCorrectionAssistant.collectQuickFixableAnnotations(editor, offset, true, annotations);
		var proposals = new ArrayList<IJavaCompletionProposal>();
		JavaCorrectionProcessor.collectProposals(new AssistContext(unit, viewer(), place, 0), model(),
				annotations.toArray(Annotation[]::new), true, true, proposals);
		proposals.sort(new CompletionProposalComparator());
		return proposals;
	}

	/** The text of the hover at an offset, links included, as far as it is a problem's hover. */
	String hover(int offset) {
		var hover = new BestMatchHover(editor);
		Object information = hover.getHoverInfo2(viewer(), new Region(offset, 1));
		if (information == null) {
			return "";
		}
		var shell = new Shell(editor.getSite().getShell());
		IInformationControl control = hover.getHoverControlCreator().createInformationControl(shell);
		try {
			((IInformationControlExtension2) control).setInput(information);
			var text = new StringBuilder();
			for (Shell child : shell.getShells()) {
				read(child, text);
			}
			return text.toString();
		} finally {
			control.dispose();
			shell.dispose();
		}
	}

	private static void read(Composite parent, StringBuilder text) {
		for (Control child : parent.getChildren()) {
			switch (child) {
				case StyledText styled -> text.append(styled.getText()).append('\n');
				case Link link -> text.append(link.getText()).append('\n');
				case Composite composite -> read(composite, text);
				default -> {
				}
			}
		}
	}

	void undo() {
		editor.getAdapter(ITextOperationTarget.class).doOperation(ITextOperationTarget.UNDO);
	}

	private ISourceViewer viewer() {
		return (ISourceViewer) editor.getAdapter(ITextViewer.class);
	}

	private IAnnotationModel model() {
		return JavaUI.getDocumentProvider().getAnnotationModel(editor.getEditorInput());
	}

	@Override
	public void close() {
		editor.getSite().getPage().closeEditor(editor, false);
	}
}
