// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.ui.wizards.IClasspathContainerPage;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.heaplens.ui.heap.internal.Messages;

/** The page of "Add Library" for the runtime; there is nothing to choose. */
public final class RuntimeContainerPage extends WizardPage implements IClasspathContainerPage {
	public RuntimeContainerPage() {
		super("runtime");
		setTitle(Messages.RUNTIME_CONTAINER);
		setDescription(Messages.RUNTIME_CONTAINER_PURPOSE);
		setPageComplete(true);
	}

	@Override
	public void createControl(@Nullable Composite parent) {
		var page = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().applyTo(page);
		new Label(page, SWT.WRAP).setText(Messages.RUNTIME_CONTAINER_DETAIL);
		setControl(page);
	}

	@Override
	public boolean finish() {
		return true;
	}

	@Override
	public IClasspathEntry getSelection() {
		return JavaCore.newContainerEntry(RuntimeContainer.PATH);
	}

	@Override
	public void setSelection(@Nullable IClasspathEntry entry) {
		// There is only one.
	}
}
