// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;

/** The pictures of this bundle. */
public final class Icons {
	public static final ImageDescriptor HEAPLENS = icon("heaplens");
	public static final ImageDescriptor OPEN = icon("open");
	public static final ImageDescriptor PAUSE = icon("pause");
	public static final ImageDescriptor RECORDINGS = icon("recordings");

	private static ImageDescriptor icon(String name) {
		return ResourceLocator.imageDescriptorFromBundle("org.heaplens.ui.heap", "icons/" + name + ".svg")
				.orElseGet(ImageDescriptor::getMissingImageDescriptor);
	}

	private Icons() {}
}
