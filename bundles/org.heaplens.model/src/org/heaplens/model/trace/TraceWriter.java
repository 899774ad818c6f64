// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/**
 * Writes the trace of this process. Threads may share it; each {@link Lane} belongs to one heap's lock.
 *
 * <p>
 * Once it exists, it never fails: when the disk is full it stops recording and counts what it drops. Finished events are compressed by a
 * daemon thread of low priority, which begins when there is something to do.
 */
public final class TraceWriter implements AutoCloseable {
	/** Of a flight recorder whose maker does not say. */
	public static final long DEFAULT_RING = 4L << 20;

	private final Path file;
	private final PieceStore store;
	private final ByteBuffer header;
	private final Dictionary dictionary;
	private final @Nullable Archive archive;
	private final Slots slots;
	private final Map<Integer, Lane> lanes = new LinkedHashMap<>();
	private final long begunNanos = System.nanoTime();
	private boolean open = true;

	/** @param ring bytes of a flight recorder's ring; 0 to keep everything */
	private TraceWriter(Path file, Path part, FileChannel channel, String command, long ring) throws IOException {
		this.file = file;
		PieceStore begun = null;
		try {
			begun = new PieceStore(part, channel);
			this.store = begun;
			this.header = store.header();
			writeHeader(command, ring > 0 ? TraceLayout.MODE_FLIGHT : TraceLayout.MODE_ALL);
			// Under its own name only now: whoever watches the folder never opens half a trace.
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
			store.renamed(file);
		} catch (IOException e) {
			// Leave no file behind that is no trace.
			if (begun != null) {
				begun.close();
			}
			Files.deleteIfExists(part);
			throw e;
		}
		this.dictionary = new Dictionary(store);
		if (ring > 0) {
			this.archive = null;
			this.slots = new SlotRing(store, (int) Math.min(Integer.MAX_VALUE, ring / TraceLayout.CHUNK_SIZE));
		} else {
			var segments = new Archive(store);
			this.archive = segments;
			this.slots = new ArchivedSlots(store, segments);
		}
	}

	/**
	 * Begins the trace of this process in a new file, named after the process and the moment.
	 *
	 * @param directory made if it does not exist
	 * @param command   what is run, for people to recognise it
	 * @throws IOException if the file cannot be made; the message says where and what to do
	 */
	public static TraceWriter create(Path directory, String command) throws IOException {
		return begin(directory, command, 0);
	}

	/**
	 * The same as a flight recorder: the file keeps its size, and of the events only the newest.
	 *
	 * @param ringBytes how much of the events; at least a few hundred KiB for each heap are kept
	 */
	public static TraceWriter createFlight(Path directory, String command, long ringBytes) throws IOException {
		return begin(directory, command, Math.max(1, ringBytes));
	}

	private static TraceWriter begin(Path directory, String command, long ring) throws IOException {
		try {
			Files.createDirectories(directory);
			for (long stamp = System.currentTimeMillis();; stamp++) {
				Path file = directory.resolve(ProcessHandle.current().pid() + "-" + stamp + TraceLayout.EXTENSION);
				if (Files.exists(file)) {
					continue;
				}
				Path part = directory.resolve(file.getFileName() + ".part");
				try {
					return new TraceWriter(file, part, FileChannel.open(part, CREATE_NEW, READ, WRITE), command, ring);
				} catch (FileAlreadyExistsException e) {
					// Somebody in this process began a trace in the same millisecond: take the next.
					continue;
				}
			}
		} catch (IOException e) {
			throw new IOException("cannot record into " + directory.toAbsolutePath() + " (" + e + "); choose a folder that can be written",
					e);
		}
	}

	public Path file() {
		return file;
	}

	/** Makes a heap known and gives its lane. */
	public synchronized Lane lane(HeapInfo heap) {
		int index = lanes.size();
		if (index >= TraceLayout.HEAP_LIMIT) {
			throw new IllegalArgumentException("more than " + TraceLayout.HEAP_LIMIT + " heaps in one trace");
		}
		if (lanes.containsKey(heap.id())) {
			throw new IllegalArgumentException("two heaps with the number " + heap.id());
		}
		int at = TraceLayout.AT_HEAPS + index * TraceLayout.HEAP_SIZE;
		header.putInt(at, heap.id());
		header.putInt(at + 4, code(heap.side()));
		header.putInt(at + 8, heap.device());
		header.putLong(at + 16, heap.capacity());
		header.putLong(at + 24, heap.baseAddress());
		Archive segments = archive;
		if (segments != null) {
			segments.add(heap);
		}
		var lane = new Lane(this, slots, new BlockTable(store, heap.id()), heap, begunNanos);
		lanes.put(heap.id(), lane);
		TraceLayout.INT.setRelease(header, TraceLayout.AT_HEAP_COUNT, index + 1);
		return lane;
	}

	/** The number of a thread's name, the same for the same name; 1 or more. */
	public int thread(String name) {
		return dictionary.thread(name);
	}

	/** The number of a call stack, the same for an equal one; 1 or more, 0 for an empty one. */
	public int stack(List<StackFrame> frames) {
		return dictionary.stack(frames);
	}

	/** The number of an engine, the same for an equal one; 1 or more. */
	public int engine(int graph, int engine, String name, Side side) {
		return dictionary.engine(graph, engine, name, side);
	}

	/** Events that could not be written. */
	public long dropped() {
		return (long) TraceLayout.LONG.getVolatile(header, TraceLayout.AT_DROPPED);
	}

	/** Events of a flight recorder that gave way to newer ones. */
	public long overwritten() {
		return (long) TraceLayout.LONG.getVolatile(header, TraceLayout.AT_OVERWRITTEN);
	}

	/** What went wrong while finished events were compressed, if anything did: then they are in the file as they were. */
	public Optional<Throwable> compressionFailure() {
		return slots instanceof ArchivedSlots archived ? archived.failure() : Optional.empty();
	}

	/**
	 * Ends every lane that has not ended, and compresses what is left. No other thread may be writing: end the lanes of heaps in use
	 * under their locks first.
	 */
	@Override
	public synchronized void close() throws IOException {
		if (!open) {
			return;
		}
		open = false;
		lanes.values().forEach(Lane::end);
		slots.finish();
		TraceLayout.INT.setRelease(header, TraceLayout.AT_CLOSED, 1);
		store.close();
		Archive segments = archive;
		if (segments != null) {
			segments.close();
			if (slots instanceof ArchivedSlots archived && archived.archived()) {
				compact();
			}
		}
	}

	void drop() {
		TraceLayout.LONG.getAndAdd(header, TraceLayout.AT_DROPPED, 1L);
	}

	/** The trace is whole with or without this; only its size differs. */
	private void compact() {
		boolean interrupted = Thread.interrupted();
		try {
			Compaction.run(file, store.end());
		} catch (IOException e) {
			// The disk is full, the folder is gone, or the system lets nobody replace a file that others read.
			return;
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	static int code(Side side) {
		return side == Side.HOST ? 1 : 2;
	}

	private void writeHeader(String command, int mode) {
		byte[] text = Dictionary.utf8(command, TraceLayout.COMMAND_LIMIT);
		ProcessHandle process = ProcessHandle.current();
		Instant now = Instant.now();
		header.putInt(TraceLayout.AT_VERSION, TraceLayout.VERSION);
		header.putInt(TraceLayout.AT_BYTE_ORDER, TraceLayout.BYTE_ORDER_MARK);
		header.putInt(TraceLayout.AT_HEADER_SIZE, TraceLayout.HEADER_SIZE);
		header.putInt(TraceLayout.AT_CHUNK_SIZE, TraceLayout.CHUNK_SIZE);
		header.putInt(TraceLayout.AT_MODE, mode);
		header.putLong(TraceLayout.AT_PID, process.pid());
		header.putLong(TraceLayout.AT_PROCESS_START, process.info().startInstant().orElse(now).toEpochMilli());
		header.putLong(TraceLayout.AT_BEGUN, Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano()));
		header.putInt(TraceLayout.AT_COMMAND_LENGTH, text.length);
		header.put(TraceLayout.AT_COMMAND, text);
		// The magic last: a reader that comes too early sees no trace rather than half a one.
		TraceLayout.LONG.setRelease(header, TraceLayout.AT_MAGIC, TraceLayout.MAGIC);
	}
}
