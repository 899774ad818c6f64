// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IFolder;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IProjectDescription;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IncrementalProjectBuilder;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.launching.JavaRuntime;
import org.heaplens.ui.lint.FindingMarker;

/** A Java project that is built when a test says so; closing it deletes it. For the UI thread. */
record JavaProject(IProject project) implements AutoCloseable {
	/** As much of the API as calls can be resolved against. */
	private static final String API = """
			package org.heaplens.runtime;
			public final class %s {
				%s
			}
			""";

	/** A project whose sources know the API. */
	static JavaProject withApi(String name) throws CoreException {
		JavaProject created = withoutApi(name);
		created.write("org/heaplens/runtime/HiaiBuffer.java", API.formatted("HiaiBuffer implements AutoCloseable",
				"@Override public void close() { }"));
		created.write("org/heaplens/runtime/HiaiStatus.java", API.formatted("HiaiStatus", ""));
		created.write("org/heaplens/runtime/HiaiMemory.java", API.formatted("HiaiMemory", """
				public static HiaiBuffer dMalloc(int dataSize) { return null; }
				public static HiaiBuffer dMalloc(int dataSize, int millis, MemoryAttr flag) { return null; }
				public static HiaiStatus dFree(HiaiBuffer buffer) { return null; }
				"""));
		created.write("org/heaplens/runtime/MemoryAttr.java",
				"package org.heaplens.runtime; public enum MemoryAttr { AUTO_FREE, MANUAL_FREE }");
		return created;
	}

	/** A project whose class path has the runtime as users have it. */
	static JavaProject withRuntime(String name) throws CoreException {
		JavaProject created = withoutApi(name);
		IJavaProject java = JavaCore.create(created.project);
		var entries = new ArrayList<>(Arrays.asList(java.getRawClasspath()));
		for (String bundle : List.of("org.heaplens.model", "org.heaplens.runtime")) {
			File file = FileLocator.getBundleFileLocation(Platform.getBundle(bundle)).orElseThrow();
			entries.add(JavaCore.newLibraryEntry(IPath.fromFile(file), null, null));
		}
		java.setRawClasspath(entries.toArray(IClasspathEntry[]::new), null);
		return created;
	}

	/** A project in which the API's types are unresolved. */
	static JavaProject withoutApi(String name) throws CoreException {
		var workspace = ResourcesPlugin.getWorkspace();
		var settings = workspace.getDescription();
		settings.setAutoBuilding(false);
		workspace.setDescription(settings);
		IProject project = workspace.getRoot().getProject(name);
		project.create(null);
		project.open(null);
		IProjectDescription description = project.getDescription();
		description.setNatureIds(new String[]{JavaCore.NATURE_ID});
		project.setDescription(description, null); // only a change of the natures adds their builders
		IFolder sources = project.getFolder("src");
		sources.create(true, true, null);
		JavaCore.create(project).setRawClasspath(new IClasspathEntry[]{JavaCore.newSourceEntry(sources.getFullPath()),
			JavaRuntime.getDefaultJREContainerEntry()}, project.getFullPath().append("bin"), null);
		return new JavaProject(project);
	}

	/** Writes a source file, whose path is below the source folder. */
	IFile write(String path, String text) throws CoreException {
		IFile file = project.getFolder("src").getFile(IPath.fromPortableString(path));
		create(file.getParent());
		var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
		if (file.exists()) {
			file.setContents(bytes, IResource.KEEP_HISTORY, null);
		} else {
			file.create(bytes, true, null);
		}
		return file;
	}

	private static void create(IContainer folder) throws CoreException {
		if (folder instanceof IFolder missing && !missing.exists()) {
			create(missing.getParent());
			missing.create(true, true, null);
		}
	}

	void build() throws CoreException {
		project.build(IncrementalProjectBuilder.INCREMENTAL_BUILD, null);
	}

	/** The markers of a file or of what is in a folder, by path and line. */
	static List<IMarker> findings(IResource resource) throws CoreException {
		return Arrays.stream(resource.findMarkers(FindingMarker.TYPE, true, IResource.DEPTH_INFINITE))
				.sorted(Comparator.comparing((IMarker marker) -> marker.getResource().getFullPath().toString())
						.thenComparing(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0)))
				.toList();
	}

	/** The lines that carry a marker, first line 1. */
	static List<Integer> lines(IResource resource) throws CoreException {
		return findings(resource).stream().map(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0)).toList();
	}

	@Override
	public void close() throws Exception {
		Pump.untilIdle();
		project.delete(true, true, null);
	}
}
