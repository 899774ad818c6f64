// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ILog;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchesListener2;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.ui.heap.HeapLensIds;
import org.heaplens.ui.heap.Recording;

/** The recordings of this workspace. Tells of new ones until it is closed. Any thread may call it. */
public final class Recordings implements ILaunchesListener2, AutoCloseable {
	private static final int STAMP_LENGTH = "yyyyMMdd-HHmmss-SSS-".length();

	private final Consumer<Recording> begun;
	private Path newest = Path.of("");

	/** @param begun told of each launch that begins to record, by the thread that launches */
	public Recordings(Consumer<Recording> begun) {
		this.begun = begun;
		DebugPlugin.getDefault().getLaunchManager().addLaunchListener(this);
	}

	/** The newest first, those that run among them. */
	public List<Recording> recent() {
		var recordings = new ArrayList<Recording>();
		try {
			for (Path folder : TraceFolders.ofWorkspace().newestFirst()) {
				Recording recording = past(folder);
				if (recording.trace().isPresent()) {
					recordings.add(recording);
				}
			}
		} catch (IOException e) {
			ILog.get().error("Cannot list the recordings of this workspace", e);
		}
		return recordings;
	}

	/** A recording that is opened as a file; its project is known if it lies where launches record. */
	public static Recording opened(Path file) {
		Path folder = file.toAbsolutePath().getParent();
		return new Recording(file.getFileName().toString(), file, folder == null ? "" : TraceFolders.project(folder));
	}

	/** The newest that a launch of this session makes. */
	public Optional<Recording> newestLaunched() {
		var launches = List.of(DebugPlugin.getDefault().getLaunchManager().getLaunches());
		return launches.stream().flatMap(launch -> recording(launch).stream()).max(Comparator.comparing(Recording::path));
	}

	/** Whether a process of this session may still record into that folder. */
	public boolean mayRecord(Path folder) {
		return launched(folder).filter(launch -> !launch.isTerminated()).isPresent();
	}

	@Override
	public void launchesChanged(ILaunch @Nullable [] launches) {
		// A launch gets its folder after it was added, and changes when its process is there.
		for (ILaunch launch : launches == null ? new ILaunch[0] : launches) {
			recording(launch).filter(this::isNew).ifPresent(begun);
		}
	}

	@Override
	public void launchesAdded(ILaunch @Nullable [] launches) {
		// It has no folder yet.
	}

	@Override
	public void launchesRemoved(ILaunch @Nullable [] launches) {
		// Its recording stays.
	}

	@Override
	public void launchesTerminated(ILaunch @Nullable [] launches) {
		// The trace itself tells whether its process ended or was killed.
	}

	@Override
	public void close() {
		DebugPlugin.getDefault().getLaunchManager().removeLaunchListener(this);
	}

	private synchronized boolean isNew(Recording recording) {
		boolean isNew = recording.path().compareTo(newest) > 0;
		if (isNew) {
			newest = recording.path();
		}
		return isNew;
	}

	private static Optional<ILaunch> launched(Path folder) {
		for (ILaunch launch : DebugPlugin.getDefault().getLaunchManager().getLaunches()) {
			if (folder.toString().equals(launch.getAttribute(HeapLensIds.TRACE_FOLDER))) {
				return Optional.of(launch);
			}
		}
		return Optional.empty();
	}

	private static Optional<Recording> recording(ILaunch launch) {
		String folder = launch.getAttribute(HeapLensIds.TRACE_FOLDER);
		return folder == null ? Optional.empty() : Optional.of(past(Path.of(folder)));
	}

	private static Recording past(Path folder) {
		String name = folder.getFileName().toString();
		String project = TraceFolders.project(folder);
		if (name.length() <= STAMP_LENGTH) {
			return new Recording(name, folder, project);
		}
		String time = name.substring(9, 11) + ":" + name.substring(11, 13) + ":" + name.substring(13, 15);
		return new Recording(name.substring(STAMP_LENGTH) + " (" + time + ")", folder, project);
	}
}
