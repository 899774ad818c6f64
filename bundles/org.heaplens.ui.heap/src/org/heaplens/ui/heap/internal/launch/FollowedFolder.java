// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.ui.heap.Recording;

/**
 * Looks into a folder that programs record into which this workbench does not start, and tells of the newest recording, and of each that
 * begins there later, until it is closed. The folder need not be there yet.
 */
public final class FollowedFolder extends Job implements AutoCloseable {
	private static final long PERIOD_MILLIS = 500;
	private static final String SUFFIX = ".heaptrace";

	private final Path folder;
	private final Consumer<Recording> begun;
	private Optional<Path> newest = Optional.empty();
	private volatile boolean open = true;

	/** @param begun told by the thread of a job */
	public FollowedFolder(Path folder, Consumer<Recording> begun) {
		super("Recordings in " + folder);
		this.folder = folder;
		this.begun = begun;
		setSystem(true);
		schedule();
	}

	public Path folder() {
		return folder;
	}

	@Override
	protected IStatus run(@Nullable IProgressMonitor monitor) {
		Optional<Path> now = newest();
		if (now.isPresent() && !now.equals(newest)) {
			newest = now;
			begun.accept(named(now.get()));
		}
		schedule(PERIOD_MILLIS);
		return Status.OK_STATUS;
	}

	/** Asked again at each reschedule: to cancel would not stop a job that reschedules itself. */
	@Override
	public boolean shouldSchedule() {
		return open;
	}

	@Override
	public void close() {
		open = false;
		cancel();
	}

	/** Called after the program and its begin, as launches are. */
	private static Recording named(Path file) {
		Recording opened = Recordings.opened(file);
		try (var reader = TraceReader.open(file)) {
			String program = reader.info().command().split(" ")[0];
			LocalTime begun = LocalTime.ofInstant(reader.info().begun(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
			String name = program.substring(program.lastIndexOf('/') + 1) + " (" + begun.format(DateTimeFormatter.ISO_LOCAL_TIME) + ")";
			return new Recording(name, file, opened.project());
		} catch (IOException e) {
			// Whoever shows it says what is wrong with it.
			return opened;
		}
	}

	private Optional<Path> newest() {
		if (!Files.isDirectory(folder)) {
			return Optional.empty();
		}
		try (var files = Files.list(folder)) {
			return files.filter(file -> file.toString().endsWith(SUFFIX)).max(Comparator.comparingLong(FollowedFolder::begun));
		} catch (IOException e) {
			// It was removed a moment ago, and may come again.
			return Optional.empty();
		}
	}

	/** Files are called PID-MILLISECONDS after their process and its begin. What is called otherwise comes before them. */
	private static long begun(Path file) {
		String name = file.getFileName().toString();
		String digits = name.substring(name.lastIndexOf('-') + 1, name.length() - SUFFIX.length());
		try {
			return Long.parseLong(digits);
		} catch (NumberFormatException e) {
			return 0;
		}
	}
}
