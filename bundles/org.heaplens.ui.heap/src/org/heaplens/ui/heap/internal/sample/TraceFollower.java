// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.heaplens.model.Block;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.ui.heap.RecordingState;

/** Reads one trace to its end, wherever that is by now, and keeps the heaps. One thread at a time. */
final class TraceFollower implements AutoCloseable {
	/** Asking for a process reads files of the kernel, so it is not done for every frame. */
	private static final long ALIVE_NANOS = Duration.ofMillis(200).toNanos();

	private final TraceReader reader;
	private final HeapState heaps = new HeapState();
	private RecordingState state = RecordingState.LIVE;
	private long events;
	private long newestNanos;
	private long oldestOfReading;
	private long delayMillis;
	private long aliveAsked = System.nanoTime() - ALIVE_NANOS;

	TraceFollower(Path trace) throws IOException {
		reader = TraceReader.open(trace);
	}

	/**
	 * Reads on.
	 *
	 * @param maximum the most events to read; at least 1
	 * @return how many were read; 0 if there was nothing new
	 */
	int read(int maximum) throws IOException {
		boolean alive = state == RecordingState.LIVE && !goneSinceAsked();
		oldestOfReading = Long.MAX_VALUE;
		int count = reader.poll(heaps, this::take, maximum);
		events += count;
		if (count > 0) {
			delayMillis = Math.max(0, (sinceBegun() - oldestOfReading) / 1_000_000);
		} else if (!alive && state == RecordingState.LIVE) {
			// It was gone before this reading began, so nothing can follow.
			state = reader.ended() ? RecordingState.ENDED : RecordingState.KILLED;
		}
		if (reader.ended()) {
			state = RecordingState.ENDED;
		}
		return count;
	}

	/** Nothing will follow: the process is gone, and all that it wrote was read. */
	boolean finished() {
		return state != RecordingState.LIVE;
	}

	Sample sample() {
		List<HeapSnapshot> snapshots = heaps.snapshots();
		long missed = reader.overwritten() > 0 ? 0 : snapshots.stream().mapToLong(heap -> heap.totals().missed()).sum();
		long now = state == RecordingState.LIVE ? Math.max(newestNanos, sinceBegun()) : newestNanos;
		return new Sample(state, snapshots, events, Math.max(missed, reader.dropped()), reader.overwritten(), delayMillis, now,
				"");
	}

	Origin origin(Block block) throws IOException {
		return new Origin(Origin.ofUser(reader.stack(block.stack())), reader.thread(block.thread()),
				reader.engine(block.engine()).map(EngineInfo::name).orElse(""));
	}

	@Override
	public void close() throws IOException {
		reader.close();
	}

	private void take(HeapEvent event) {
		newestNanos = Math.max(newestNanos, event.timeNanos());
		oldestOfReading = Math.min(oldestOfReading, event.timeNanos());
	}

	private boolean goneSinceAsked() {
		long now = System.nanoTime();
		if (now - aliveAsked < ALIVE_NANOS) {
			return false;
		}
		aliveAsked = now;
		return !reader.info().writerAlive();
	}

	private long sinceBegun() {
		return Duration.between(reader.info().begun(), Instant.now()).toNanos();
	}
}
