// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.heaplens.lint.api.ApiModelException;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.jdt.JavaLinter;

/**
 * The linter of each project: it knows what the project's {@code heaplens.toml} says of functions without source. That is
 * read again when it has changed. Threads may share it.
 */
final class ProjectModels {
	/** The type of the marker where a model is wrong. */
	static final String MARKER = "org.heaplens.ui.lint.model";
	private static final String SETTINGS = "heaplens.toml";
	private static final JavaLinter BUILT_IN = new JavaLinter();
	private static final Pattern PLACE = Pattern.compile("(.+?):(\\d+):\\d+: (.*)");

	/**
	 * What was read.
	 *
	 * @param files  that were looked at, the settings first
	 * @param stamps of the files, in their order: they change when the files do
	 * @param wrong  the line that says what is wrong, if something is; then only what is built in is known
	 */
	private record Known(List<Path> files, List<String> stamps, JavaLinter linter, Optional<String> wrong) {
		static final Known NOTHING = new Known(List.of(), List.of(), BUILT_IN, Optional.empty());

		boolean current(Optional<Path> settings) {
			return settings.equals(files.stream().findFirst()) && ProjectModels.stamps(files).equals(stamps);
		}
	}

	private final Map<IProject, Known> known = new ConcurrentHashMap<>();
	/** What the markers of each project were made with. */
	private final Map<IProject, List<String>> built = new ConcurrentHashMap<>();

	JavaLinter linter(IProject project) {
		return known(project).linter();
	}

	/** Marks what is wrong with a project's models, when it is about to be built; whether they have changed since it was built last. */
	boolean check(IProject project) throws CoreException {
		Known now = known(project);
		project.deleteMarkers(MARKER, true, IResource.DEPTH_INFINITE);
		if (now.wrong().isPresent()) {
			mark(project, now.wrong().get());
		}
		List<String> before = built.put(project, now.stamps());
		return before != null && !before.equals(now.stamps());
	}

	private Known known(IProject project) {
		IPath location = project.getLocation();
		Optional<Path> settings = location == null ? Optional.empty() : find(location.toPath());
		Known last = known.get(project);
		if (last != null && last.current(settings)) {
			return last;
		}
		Known now = settings.map(ProjectModels::read).orElse(Known.NOTHING);
		known.put(project, now);
		return now;
	}

	/** The nearest file from a folder upwards. */
	private static Optional<Path> find(Path folder) {
		for (Path above = folder; above != null; above = above.getParent()) {
			Path file = above.resolve(SETTINGS);
			if (Files.isRegularFile(file)) {
				return Optional.of(file);
			}
		}
		return Optional.empty();
	}

	private static Known read(Path settings) {
		List<Path> files = ApiModels.filesOfProject(settings);
		List<String> stamps = stamps(files); // before they are read: what changes meanwhile is read again
		try {
			return new Known(files, stamps, new JavaLinter(ApiModels.ofProject(settings, settings.toString())), Optional.empty());
		} catch (ApiModelException e) {
			return new Known(files, stamps, BUILT_IN, Optional.of(e.line()));
		}
	}

	private static List<String> stamps(List<Path> files) {
		var stamps = new ArrayList<String>();
		for (Path file : files) {
			var plain = file.toFile();
			stamps.add(file + " " + plain.lastModified() + " " + plain.length()); // zeros if it is not there
		}
		return List.copyOf(stamps);
	}

	/** At the line, if the file is in the project; else at the project. */
	private static void mark(IProject project, String line) throws CoreException {
		Matcher place = PLACE.matcher(line);
		Optional<IFile> file = place.matches() ? file(project, Path.of(place.group(1))) : Optional.empty();
		IMarker marker = (file.isPresent() ? file.get() : project).createMarker(MARKER);
		marker.setAttribute(IMarker.SEVERITY, IMarker.SEVERITY_ERROR);
		marker.setAttribute(IMarker.MESSAGE, file.isPresent() ? place.group(3) : line);
		if (file.isPresent()) {
			marker.setAttribute(IMarker.LINE_NUMBER, Integer.parseInt(place.group(2)));
		}
	}

	private static Optional<IFile> file(IProject project, Path path) {
		for (IFile file : project.getWorkspace().getRoot().findFilesForLocationURI(path.toUri())) {
			if (project.equals(file.getProject()) && file.exists()) {
				return Optional.of(file);
			}
		}
		return Optional.empty();
	}
}
