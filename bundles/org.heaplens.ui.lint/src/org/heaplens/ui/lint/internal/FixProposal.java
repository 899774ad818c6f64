// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.List;
import java.util.function.Function;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.core.ICompilationUnit;
import org.eclipse.jdt.ui.text.java.correction.CUCorrectionProposal;
import org.eclipse.jface.text.IDocument;
import org.eclipse.ltk.core.refactoring.TextChange;
import org.eclipse.text.edits.MalformedTreeException;
import org.eclipse.text.edits.ReplaceEdit;
import org.eclipse.text.edits.TextEdit;

/** A change in the editor's list of quick fixes, with a preview; computed when it is looked at or applied. */
final class FixProposal extends CUCorrectionProposal {
	private final Function<String, List<org.heaplens.lint.TextEdit>> change;

	/**
	 * @param relevance JDT's own proposals have 15 at most
	 * @param change    makes the edits of the text as it is then
	 */
	FixProposal(String title, ICompilationUnit unit, int relevance,
			Function<String, List<org.heaplens.lint.TextEdit>> change) {
		super(title, unit, (TextChange) null, relevance);
		this.change = change;
	}

	@Override
	protected boolean useDelegateToCreateTextChange() {
		return false;
	}

	@Override
	protected void addEdits(IDocument document, TextEdit root) throws CoreException {
		add(change.apply(document.get()), root);
	}

	/** Adds the edits to those of a change of the same text. */
	static void add(List<org.heaplens.lint.TextEdit> edits, TextEdit root) throws MalformedTreeException {
		for (var edit : edits) {
			root.addChild(new ReplaceEdit(edit.offset(), edit.length(), edit.replacement()));
		}
	}
}
