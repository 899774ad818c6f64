// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Hands out slots, has a thread in the background move their events into segments, and hands them out again. A lane never waits for that:
 * when it is behind, another slot is made. Threads share it.
 */
final class ArchivedSlots implements Slots {
	private final PieceStore store;
	private final Archive archive;
	private final Deque<Slot> full = new ArrayDeque<>();
	private final Deque<Slot> free = new ArrayDeque<>();
	private @Nullable Thread thread;
	private @Nullable Throwable failure;
	private boolean closing;

	ArchivedSlots(PieceStore store, Archive archive) {
		this.store = store;
		this.archive = archive;
	}

	@Override
	public @Nullable Slot next(@Nullable Slot filled, int heap) {
		Slot reused;
		synchronized (this) {
			if (filled != null) {
				last(filled);
				startThread();
			}
			reused = free.pollFirst();
		}
		return reused != null ? reused : make();
	}

	private @Nullable Slot make() {
		@Nullable
		ByteBuffer chunk = store.chunk(TraceLayout.KIND_UNUSED, 0, 0);
		if (chunk == null) {
			return null;
		}
		return new Slot(chunk);
	}

	@Override
	public synchronized void last(Slot slot) {
		full.addLast(slot);
		notifyAll();
	}

	/** What went wrong in the background, if anything did: then the slots stay as they are, and nothing is lost. */
	synchronized Optional<Throwable> failure() {
		Throwable problem = failure;
		return problem == null ? Optional.empty() : Optional.of(problem);
	}

	/** Whether all events stand in segments. */
	synchronized boolean archived() {
		return full.isEmpty();
	}

	@Override
	public void finish() {
		Thread running;
		synchronized (this) {
			closing = true;
			running = thread;
			notifyAll();
		}
		joinUninterrupted(running);
		if (failure().isPresent()) {
			return;
		}
		try {
			while (!archived()) {
				if (!archiveFirst()) {
					return;
				}
			}
			archive.finish();
		} catch (IOException e) {
			// A full disk: the events stand in their slots, or are found without an index.
			return;
		}
	}

	/** Lazily: most programs that record little need no thread. The lock is held. */
	private void startThread() {
		if (thread != null) {
			return;
		}
		var archiver = new Thread(null, this::run, "heaplens-trace", 0, false);
		archiver.setDaemon(true);
		archiver.setPriority(Thread.MIN_PRIORITY);
		archiver.setContextClassLoader(null);
		try {
			archiver.start();
			thread = archiver;
		} catch (OutOfMemoryError e) {
			// No more threads in this process: the next full slot tries again, and closing does what is left.
			thread = null;
		}
	}

	private void run() {
		int tried = 0;
		try {
			while (awaitMoreThan(tried)) {
				tried = archiveFirst() ? 0 : size();
			}
		} catch (RuntimeException | Error e) {
			synchronized (this) {
				failure = e;
			}
		}
	}

	private synchronized int size() {
		return full.size();
	}

	/** Waits until there is something to do: more full slots than could not be written the last time. */
	private synchronized boolean awaitMoreThan(int tried) {
		while (!closing && full.size() <= tried) {
			try {
				wait();
			} catch (InterruptedException e) {
				// Meant for the application's threads, if for any: this one ends with the trace.
				continue;
			}
		}
		return !closing;
	}

	/** Moves the events of the oldest full slot into a segment; false if there is no room for it now. */
	private boolean archiveFirst() {
		Slot slot;
		synchronized (this) {
			slot = full.getFirst();
		}
		if (!archive.write(slot)) {
			return false;
		}
		slot.clear();
		synchronized (this) {
			full.removeFirst();
			free.addFirst(slot);
		}
		return true;
	}

	private static void joinUninterrupted(@Nullable Thread running) {
		boolean interrupted = false;
		while (running != null && running.isAlive()) {
			try {
				running.join();
			} catch (InterruptedException e) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}
}
