// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Block;
import org.heaplens.model.symbols.Symbols;
import org.heaplens.ui.heap.Recording;

/**
 * Follows one recording and keeps its newest sample. A slow screen skips samples; the process that records never notices. What is
 * public may be called by any thread and never waits for the trace.
 */
public final class HeapSampler extends Job implements AutoCloseable {
	/** One frame of a screen. */
	private static final int FRAME_MILLIS = 16;
	/** Often enough when nobody looks, or while there is no trace yet. */
	private static final int IDLE_MILLIS = 250;
	/** So many events fold in a few milliseconds. */
	private static final int EVENTS_PER_READING = 20_000;
	private static final long READING_NANOS = 40_000_000;

	private final Recording recording;
	private final Runnable sampled;
	private final Map<Site, Origin> origins = new ConcurrentHashMap<>();
	private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
	private final SymbolJob symbols;
	private @Nullable TraceFollower follower;
	private volatile Sample latest = Sample.WAITING;
	private Sample told = Sample.NONE;
	private long toldAt;
	private boolean answered;
	private volatile boolean open = true;
	private volatile boolean paused;
	private volatile boolean hidden;

	/** @param sampled told after each new sample, by the job's thread */
	public HeapSampler(Recording recording, Runnable sampled) {
		super("Reading " + recording.name());
		this.recording = recording;
		this.sampled = sampled;
		symbols = new SymbolJob("Looking for the functions of " + recording.name());
		setSystem(true);
		setPriority(INTERACTIVE);
	}

	public Recording recording() {
		return recording;
	}

	public Sample latest() {
		return latest;
	}

	/** Who made that block; empty while it is being looked up: a sample follows when it is known. */
	public Optional<Origin> origin(Block block) {
		Origin known = origins.get(site(block));
		if (known == null && questions.isEmpty()) {
			whenKnown(block, origin -> {});
		}
		return Optional.ofNullable(known);
	}

	/** Looks up who made that block and tells it, by a thread of a job. */
	public void whenKnown(Block block, Consumer<Origin> told) {
		questions.add(new Question(block, told));
		schedule();
	}

	/** While paused the newest sample stays; the trace goes on growing and is caught up with later. */
	public void pause(boolean pause) {
		paused = pause;
		schedule();
	}

	public boolean paused() {
		return paused;
	}

	/** Reads less often while nobody sees it. */
	public void hide(boolean hide) {
		hidden = hide;
		schedule();
	}

	@Override
	protected synchronized IStatus run(@Nullable IProgressMonitor monitor) {
		if (!open) {
			return Status.OK_STATUS;
		}
		boolean more;
		try {
			more = step();
		} catch (IOException e) {
			latest = latest.unreadable(String.valueOf(e.getMessage()));
			more = false;
		}
		tellIfNew();
		if (more) {
			schedule(hidden || follower == null ? IDLE_MILLIS : FRAME_MILLIS);
		}
		return Status.OK_STATUS;
	}

	/** A picture costs more than a look into the trace, so a program that pauses is not painted 60 times a second. */
	private void tellIfNew() {
		Sample now = latest;
		boolean same = now.events() == told.events() && now.state() == told.state() && !answered;
		if (!same || System.nanoTime() - toldAt > IDLE_MILLIS * 1_000_000L) {
			told = now;
			toldAt = System.nanoTime();
			answered = false;
			sampled.run();
		}
	}

	/** Asked again at every reschedule: cancel() alone would not stop a job that reschedules itself. */
	@Override
	public boolean shouldSchedule() {
		return open;
	}

	@Override
	public void close() {
		open = false;
		cancel();
		symbols.close();
		ICoreRunnable closing = monitor -> closeTrace();
		Job.createSystem("Closing " + recording.name(), closing).schedule();
	}

	/** @return whether there may be more to read later */
	private boolean step() throws IOException {
		TraceFollower reading = follower;
		if (reading == null) {
			var trace = recording.trace();
			if (trace.isEmpty()) {
				return true;
			}
			reading = new TraceFollower(trace.get());
			follower = reading;
		}
		if (!paused && !reading.finished()) {
			read(reading);
		}
		for (Question question = questions.poll(); question != null; question = questions.poll()) {
			answer(question, reading.origin(question.block()));
		}
		return !reading.finished() && !paused;
	}

	private void answer(Question question, Origin origin) {
		Site site = site(question.block());
		origins.putIfAbsent(site, origin);
		answered = true;
		if (!Symbols.isNeeded(origin.frames())) {
			question.told().accept(origin);
			return;
		}
		// Reading debug information may take seconds, and the heaps go on meanwhile.
		symbols.look(origin, found -> {
			origins.put(site, found);
			question.told().accept(found);
			sampled.run();
		});
	}

	private void read(TraceFollower reading) throws IOException {
		long until = System.nanoTime() + READING_NANOS;
		int count = reading.read(EVENTS_PER_READING);
		while (count == EVENTS_PER_READING && System.nanoTime() < until) {
			count = reading.read(EVENTS_PER_READING);
		}
		latest = reading.sample();
	}

	private static Site site(Block block) {
		return new Site(block.stack(), block.thread(), block.engine());
	}

	private synchronized void closeTrace() {
		TraceFollower reading = follower;
		follower = null;
		if (reading != null) {
			try {
				reading.close();
			} catch (IOException e) {
				ILog.get().error("Could not close the trace of " + recording.name(), e);
			}
		}
	}

	/** Blocks made at one place by one thread of one engine have one origin. */
	private record Site(int stack, int thread, int engine) {}

	/** A block whose origin somebody waits for. */
	private record Question(Block block, Consumer<Origin> told) {}
}
