// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The file that a trace is written to: pieces are put at its end, one at a time, each committed last. Behind the last there is always the
 * empty header of the next, so that whoever reads finds the end, whatever a piece that failed has left there. Threads share it.
 */
final class PieceStore {
	private Path file;
	private FileChannel channel;
	private final ByteBuffer zeros = ByteBuffer.allocateDirect(TraceLayout.CHUNK_SIZE + TraceLayout.PIECE_HEADER_SIZE);
	private final IndexEntries entries = new IndexEntries();
	private final ByteBuffer header;
	private long end = TraceLayout.HEADER_SIZE;
	private boolean closed;

	/** Takes over the channel, which is closed if the file cannot be begun. */
	PieceStore(Path file, FileChannel channel) throws IOException {
		this.file = file;
		this.channel = channel;
		try {
			write(zeros(TraceLayout.HEADER_SIZE + TraceLayout.PIECE_HEADER_SIZE), 0);
			header = map(0, TraceLayout.HEADER_SIZE);
		} catch (IOException e) {
			channel.close();
			throw e;
		}
	}

	ByteBuffer header() {
		return header;
	}

	/** The file has another name from now on. */
	synchronized void renamed(Path name) {
		file = name;
	}

	/** Bytes of the file that hold pieces. */
	synchronized long end() {
		return end;
	}

	/** A new chunk in memory, committed; null if there is no room for it. */
	synchronized @Nullable ByteBuffer chunk(int kind, int heap, long ordinal) {
		if (closed) {
			return null;
		}
		try {
			ByteBuffer chunk = uninterrupted(() -> {
				// Real zeros, not a hole: a disk that fills up later would kill the process with SIGBUS.
				write(zeros(TraceLayout.CHUNK_SIZE + TraceLayout.PIECE_HEADER_SIZE), end);
				return map(end, TraceLayout.CHUNK_SIZE);
			});
			chunk.putInt(TraceLayout.AT_PIECE_KIND, kind);
			chunk.putInt(TraceLayout.AT_PIECE_HEAP, heap);
			chunk.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal);
			chunk.putInt(TraceLayout.AT_PIECE_STORED, TraceLayout.CHUNK_SIZE);
			entries.add(chunk, end);
			TraceLayout.LONG.setRelease(chunk, TraceLayout.AT_PIECE_COMMIT, 1L);
			end += TraceLayout.CHUNK_SIZE;
			return chunk;
		} catch (IOException e) {
			// Who asked counts what is dropped now, which every reader shows.
			return null;
		}
	}

	/**
	 * Puts a finished piece at the end and commits it.
	 *
	 * @param pieceHeader without commit word and stored bytes
	 * @throws IOException if there is no room; the file is as before
	 */
	synchronized void append(ByteBuffer pieceHeader, byte[] packed, int length) throws IOException {
		if (closed) {
			throw new ClosedChannelException();
		}
		int stored = TraceLayout.stored(length);
		pieceHeader.putInt(TraceLayout.AT_PIECE_STORED, stored);
		pieceHeader.putInt(TraceLayout.AT_PIECE_PACKED, length);
		pieceHeader.putLong(TraceLayout.AT_PIECE_COMMIT, 0);
		ByteBuffer whole = ByteBuffer.allocate(stored + TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
		whole.put(0, pieceHeader, 0, TraceLayout.PIECE_HEADER_SIZE).put(TraceLayout.PIECE_HEADER_SIZE, packed, 0, length);
		uninterrupted(() -> {
			write(whole.clear(), end);
			// In a call of its own: all of the rest is there before it.
			write(whole.clear().putLong(0, 1).limit(Long.BYTES), end + TraceLayout.AT_PIECE_COMMIT);
			return whole;
		});
		entries.add(pieceHeader, end);
		end += stored;
	}

	/** Writes an index of what was put since the last, if that is at least so much. */
	synchronized void index(int least) throws IOException {
		if (entries.count() < least || entries.count() == 0) {
			return;
		}
		ByteBuffer pieceHeader = ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
		pieceHeader.putInt(TraceLayout.AT_PIECE_KIND, TraceLayout.KIND_INDEX);
		pieceHeader.putLong(TraceLayout.AT_PIECE_ORDINAL, entries.ordinal());
		pieceHeader.putLong(TraceLayout.AT_PIECE_FIRST, header.getLong(TraceLayout.AT_INDEX));
		byte[] list = entries.bytes();
		pieceHeader.putInt(TraceLayout.AT_PIECE_RAW, list.length);
		long position = end;
		append(pieceHeader, list, list.length);
		entries.next();
		TraceLayout.LONG.setRelease(header, TraceLayout.AT_INDEX, position);
	}

	/** Nothing is put into the file any more. */
	synchronized void close() throws IOException {
		closed = true;
		channel.close();
	}

	private interface Action {
		ByteBuffer run() throws IOException;
	}

	/**
	 * An interrupt of the application's thread closes the channel; that is meant for the application and must not end the trace. The
	 * lock is held, so nobody else is using the channel.
	 */
	private ByteBuffer uninterrupted(Action action) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			while (true) {
				try {
					return action.run();
				} catch (ClosedChannelException e) {
					interrupted |= Thread.interrupted();
					channel = FileChannel.open(file, READ, WRITE);
				}
			}
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private ByteBuffer zeros(int length) {
		return zeros.duplicate().clear().limit(length);
	}

	private void write(ByteBuffer bytes, long position) throws IOException {
		int begin = bytes.position();
		while (bytes.hasRemaining()) {
			channel.write(bytes, position + bytes.position() - begin);
		}
	}

	private ByteBuffer map(long position, int length) throws IOException {
		return channel.map(MapMode.READ_WRITE, position, length).order(LITTLE_ENDIAN);
	}
}
