// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes an ended trace once more without what only a running one needs, empty slots and block tables, and puts it in the place of the
 * first. Who reads the first goes on doing so; its end is in it too.
 */
final class Compaction implements AutoCloseable {
	/** Copying more while a program ends would be noticed. */
	private static final long MOST_BYTES = 512L << 20;
	/** A file is not worth writing again for a smaller part of it. */
	private static final int LEAST_PART = 16;
	private static final int PIECES_IN_INDEX = 64;

	private final FileChannel source;
	private final long end;

	private Compaction(Path file, long end) throws IOException {
		this.source = FileChannel.open(file, READ);
		this.end = end;
	}

	/**
	 * @param end where the last piece of the file ends
	 * @throws IOException if it could not be done; the file is as before
	 */
	static void run(Path file, long end) throws IOException {
		Path part = file.resolveSibling(file.getFileName() + ".part");
		try (var compaction = new Compaction(file, end)) {
			if (compaction.isWorthIt()) {
				compaction.write(part);
				Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
			}
		} finally {
			Files.deleteIfExists(part);
		}
	}

	private boolean isWorthIt() throws IOException {
		long kept = TraceLayout.HEADER_SIZE;
		for (long position = TraceLayout.HEADER_SIZE; position < end; position += stored(position)) {
			ByteBuffer header = header(position);
			int kind = header.getInt(TraceLayout.AT_PIECE_KIND);
			if (kind == TraceLayout.KIND_EVENTS && header.getInt(TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_RAW) {
				// Not everything could be compressed: the trace stays as it is.
				return false;
			}
			kept += isKept(kind) ? length(position, header) : 0;
		}
		return kept <= MOST_BYTES && kept <= end - end / LEAST_PART;
	}

	private void write(Path part) throws IOException {
		var target = new PieceStore(part, FileChannel.open(part, CREATE_NEW, READ, WRITE));
		try {
			ByteBuffer fileHeader = read(0, TraceLayout.HEADER_SIZE);
			fileHeader.putLong(TraceLayout.AT_INDEX, 0);
			target.header().put(0, fileHeader, 0, TraceLayout.HEADER_SIZE);
			for (long position = TraceLayout.HEADER_SIZE; position < end; position += stored(position)) {
				ByteBuffer header = header(position);
				if (isKept(header.getInt(TraceLayout.AT_PIECE_KIND))) {
					int length = (int) length(position, header);
					target.append(header, read(position + TraceLayout.PIECE_HEADER_SIZE, length).array(), length);
					target.index(PIECES_IN_INDEX);
				}
			}
			target.index(1);
		} finally {
			target.close();
		}
	}

	private static boolean isKept(int kind) {
		return kind == TraceLayout.KIND_EVENTS || kind == TraceLayout.KIND_CHECKPOINT || kind == TraceLayout.KIND_DICTIONARY;
	}

	private int stored(long position) throws IOException {
		return header(position).getInt(TraceLayout.AT_PIECE_STORED);
	}

	/** Bytes of a piece behind its header that mean something. */
	private long length(long position, ByteBuffer header) throws IOException {
		if (header.getInt(TraceLayout.AT_PIECE_KIND) != TraceLayout.KIND_DICTIONARY) {
			return header.getInt(TraceLayout.AT_PIECE_PACKED);
		}
		ByteBuffer entries = read(position, TraceLayout.CHUNK_SIZE);
		int at = TraceLayout.PIECE_HEADER_SIZE;
		while (at + TraceLayout.ENTRY_HEADER <= TraceLayout.CHUNK_SIZE && entries.getInt(at) > 0) {
			at += entries.getInt(at);
		}
		return at - TraceLayout.PIECE_HEADER_SIZE;
	}

	private ByteBuffer header(long position) throws IOException {
		return read(position, TraceLayout.PIECE_HEADER_SIZE);
	}

	private ByteBuffer read(long position, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
		while (bytes.hasRemaining()) {
			if (source.read(bytes, position + bytes.position()) < 0) {
				throw new EOFException("the trace ends at byte " + (position + bytes.position()));
			}
		}
		return bytes.clear();
	}

	@Override
	public void close() throws IOException {
		source.close();
	}
}
