// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/**
 * Writes the trace of this process. Threads may share it; each {@link Lane} belongs to one heap's lock.
 *
 * <p>
 * Once it exists, it never fails: when the disk is full it stops recording and counts what it drops.
 */
public final class TraceWriter implements AutoCloseable {
	private final Path file;
	private FileChannel channel;
	private final ByteBuffer header;
	private final ByteBuffer zeros = ByteBuffer.allocateDirect(TraceLayout.CHUNK_SIZE);
	private final Dictionary dictionary = new Dictionary(this);
	private final List<Lane> lanes = new ArrayList<>();
	private final long begunNanos = System.nanoTime();
	private long chunks;
	private boolean open = true;

	private TraceWriter(Path file, Path part, FileChannel channel, String command) throws IOException {
		this.file = file;
		this.channel = channel;
		try {
			writeZeros(0, TraceLayout.HEADER_SIZE);
			this.header = map(0, TraceLayout.HEADER_SIZE);
			writeHeader(command);
			// Under its own name only now: whoever watches the folder never opens half a trace.
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
		} catch (IOException e) {
			// Leave no file behind that is no trace.
			channel.close();
			Files.deleteIfExists(part);
			throw e;
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
		try {
			Files.createDirectories(directory);
			for (long stamp = System.currentTimeMillis();; stamp++) {
				Path file = directory.resolve(ProcessHandle.current().pid() + "-" + stamp + TraceLayout.EXTENSION);
				if (Files.exists(file)) {
					continue;
				}
				Path part = directory.resolve(file.getFileName() + ".part");
				try {
					return new TraceWriter(file, part, FileChannel.open(part, CREATE_NEW, READ, WRITE), command);
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
		int at = TraceLayout.AT_HEAPS + index * TraceLayout.HEAP_SIZE;
		header.putInt(at, heap.id());
		header.putInt(at + 4, code(heap.side()));
		header.putInt(at + 8, heap.device());
		header.putLong(at + 16, heap.capacity());
		header.putLong(at + 24, heap.baseAddress());
		var lane = new Lane(this, heap);
		lanes.add(lane);
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

	/**
	 * Ends every lane that has not ended. No other thread may be writing: end the lanes of heaps in use under their locks first.
	 */
	@Override
	public synchronized void close() throws IOException {
		lanes.forEach(Lane::end);
		TraceLayout.INT.setRelease(header, TraceLayout.AT_CLOSED, 1);
		open = false;
		channel.close();
	}

	long elapsedNanos() {
		return System.nanoTime() - begunNanos;
	}

	void drop() {
		TraceLayout.LONG.getAndAdd(header, TraceLayout.AT_DROPPED, 1L);
	}

	/** A new chunk with its header written; null if there is no room for it, now and for ever. */
	synchronized @Nullable ByteBuffer chunk(int kind, int heap, long ordinal, long firstSequence) {
		if (!open) {
			return null;
		}
		long position = TraceLayout.HEADER_SIZE + chunks * TraceLayout.CHUNK_SIZE;
		try {
			ByteBuffer chunk = zeroedUninterrupted(position);
			chunk.putInt(TraceLayout.AT_PIECE_KIND, kind);
			chunk.putInt(TraceLayout.AT_PIECE_HEAP, heap);
			chunk.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal);
			chunk.putLong(TraceLayout.AT_PIECE_FIRST, firstSequence);
			chunk.putInt(TraceLayout.AT_PIECE_CODEC, TraceLayout.CODEC_RAW);
			chunk.putInt(TraceLayout.AT_PIECE_STORED, TraceLayout.CHUNK_SIZE);
			TraceLayout.LONG.setRelease(chunk, TraceLayout.AT_PIECE_COMMIT, 1L);
			chunks++;
			return chunk;
		} catch (IOException e) {
			// The trace ends here. Events that follow are counted as dropped, which every reader shows.
			open = false;
			return null;
		}
	}

	/** An interrupt of the application's thread closes the channel; that is meant for the application and must not end the trace. */
	private ByteBuffer zeroedUninterrupted(long position) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			while (true) {
				try {
					// Real zeros, not a hole: a disk that fills up later would kill the process with SIGBUS.
					writeZeros(position, TraceLayout.CHUNK_SIZE);
					return map(position, TraceLayout.CHUNK_SIZE);
				} catch (ClosedByInterruptException e) {
					interrupted = true;
					Thread.interrupted();
					channel = FileChannel.open(file, READ, WRITE);
				}
			}
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	static int code(Side side) {
		return side == Side.HOST ? 1 : 2;
	}

	private void writeZeros(long position, int length) throws IOException {
		ByteBuffer source = zeros.duplicate().limit(length);
		while (source.hasRemaining()) {
			channel.write(source, position + source.position());
		}
	}

	private ByteBuffer map(long position, int length) throws IOException {
		return channel.map(MapMode.READ_WRITE, position, length).order(LITTLE_ENDIAN);
	}

	private void writeHeader(String command) {
		byte[] text = Dictionary.utf8(command, TraceLayout.COMMAND_LIMIT);
		ProcessHandle process = ProcessHandle.current();
		Instant now = Instant.now();
		header.putInt(TraceLayout.AT_VERSION, TraceLayout.VERSION);
		header.putInt(TraceLayout.AT_BYTE_ORDER, TraceLayout.BYTE_ORDER_MARK);
		header.putInt(TraceLayout.AT_HEADER_SIZE, TraceLayout.HEADER_SIZE);
		header.putInt(TraceLayout.AT_CHUNK_SIZE, TraceLayout.CHUNK_SIZE);
		header.putInt(TraceLayout.AT_MODE, TraceLayout.MODE_ALL);
		header.putLong(TraceLayout.AT_PID, process.pid());
		header.putLong(TraceLayout.AT_PROCESS_START, process.info().startInstant().orElse(now).toEpochMilli());
		header.putLong(TraceLayout.AT_BEGUN, Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano()));
		header.putInt(TraceLayout.AT_COMMAND_LENGTH, text.length);
		header.put(TraceLayout.AT_COMMAND, text);
		// The magic last: a reader that comes too early sees no trace rather than half a one.
		TraceLayout.LONG.setRelease(header, TraceLayout.AT_MAGIC, TraceLayout.MAGIC);
	}
}
