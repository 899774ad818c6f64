// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Path;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.core.IClasspathContainer;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.heaplens.ui.heap.HeapLensIds;
import org.heaplens.ui.heap.internal.Messages;
import org.osgi.framework.Bundle;

/** What a HiAI application in Java is compiled against and runs on: the bundles of this installation. Immutable. */
final class RuntimeContainer implements IClasspathContainer {
	static final IPath PATH = new Path(HeapLensIds.RUNTIME_CONTAINER);
	/** The last is used only by programs that read a {@code graph.config}. */
	private static final List<String> BUNDLES = List.of("org.heaplens.runtime", "org.heaplens.model", "com.google.protobuf");
	/** Where classes are in a bundle that is a folder: built by Tycho, by PDE, or unpacked. */
	private static final List<String> OUTPUTS = List.of("target/classes", "bin");

	private final IClasspathEntry[] entries;

	RuntimeContainer() {
		var found = new ArrayList<IClasspathEntry>();
		for (String name : BUNDLES) {
			Bundle bundle = Platform.getBundle(name);
			if (bundle != null) {
				FileLocator.getBundleFileLocation(bundle).map(RuntimeContainer::classes)
						.ifPresent(file -> found.add(JavaCore.newLibraryEntry(new Path(file.getAbsolutePath()), null, null)));
			}
		}
		entries = found.toArray(IClasspathEntry[]::new);
	}

	@Override
	public IClasspathEntry[] getClasspathEntries() {
		return entries;
	}

	@Override
	public String getDescription() {
		return Messages.RUNTIME_CONTAINER;
	}

	@Override
	public int getKind() {
		return K_APPLICATION;
	}

	@Override
	public IPath getPath() {
		return PATH;
	}

	private static File classes(File bundle) {
		if (bundle.isDirectory()) {
			for (String output : OUTPUTS) {
				var folder = new File(bundle, output);
				if (folder.isDirectory()) {
					return folder;
				}
			}
		}
		return bundle;
	}
}
