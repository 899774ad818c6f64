// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.filesystem.EFS;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.ui.IEditorDescriptor;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.FileStoreEditorInput;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.part.FileEditorInput;
import org.heaplens.model.StackFrame;

/** A C or C++ source file: one of this workspace, or any other on this machine. */
record NativeSource(IEditorInput input, StackFrame frame) {
	private static final String TEXT_EDITOR = "org.eclipse.ui.DefaultTextEditor";
	/** What a program is built from but its user did not write. */
	private static final Path SYSTEM = Path.of("/usr");

	/** Of the innermost frame whose file is in this workspace; else of the innermost that is on this machine, the system's own last. */
	static Optional<NativeSource> find(List<StackFrame> frames) {
		List<StackFrame> known = frames.stream().filter(frame -> frame.isNative() && path(frame).filter(Files::isRegularFile).isPresent())
				.toList();
		return known.stream().flatMap(frame -> inWorkspace(frame).stream()).findFirst()
				.or(() -> known.stream().filter(frame -> !path(frame).filter(file -> file.startsWith(SYSTEM)).isPresent()).findFirst()
						.or(() -> known.stream().findFirst()).map(NativeSource::outside));
	}

	/** For the UI thread. */
	IEditorPart open() throws PartInitException {
		var workbench = PlatformUI.getWorkbench();
		@Nullable
		IEditorDescriptor editor = workbench.getEditorRegistry().getDefaultEditor(frame.fileName());
		// An editor of the system's could not be shown the line.
		String id = editor == null || !editor.isInternal() ? TEXT_EDITOR : editor.getId();
		return IDE.openEditor(workbench.getActiveWorkbenchWindow().getActivePage(), input, id, true);
	}

	private static Optional<Path> path(StackFrame frame) {
		try {
			return Optional.of(Path.of(frame.file())).filter(Path::isAbsolute);
		} catch (InvalidPathException e) {
			// What the compiler called the file is no name of one here.
			return Optional.empty();
		}
	}

	private static Optional<NativeSource> inWorkspace(StackFrame frame) {
		IFile[] files = ResourcesPlugin.getWorkspace().getRoot().findFilesForLocationURI(Path.of(frame.file()).normalize().toUri());
		return Arrays.stream(files).filter(IResource::isAccessible).findFirst()
				.map(file -> new NativeSource(new FileEditorInput(file), frame));
	}

	private static NativeSource outside(StackFrame frame) {
		return new NativeSource(new FileStoreEditorInput(EFS.getLocalFileSystem().getStore(Path.of(frame.file()).normalize().toUri())),
				frame);
	}
}
