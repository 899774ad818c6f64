// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a trace file, never asked for beyond its end: touching a mapping there would kill the process. */
final class TraceFile implements AutoCloseable {
	final Path path;
	private final FileChannel channel;
	private long largest;

	TraceFile(Path path) throws IOException {
		this.path = path;
		this.channel = FileChannel.open(path, StandardOpenOption.READ);
	}

	/** A file never gets shorter while it is written; if somebody cut it, what is mapped may be gone. */
	void requireUncut() throws IOException {
		long size = channel.size();
		if (size < largest) {
			throw broken(size, "the file was cut while it was read");
		}
		largest = size;
	}

	/** Whether the file goes as far as that. */
	boolean has(long position) throws IOException {
		return channel.size() >= position;
	}

	/** As many whole records of a piece as the file has. */
	ByteBuffer piece(long position, int stored) throws IOException {
		long length = Math.min(stored, channel.size() - position);
		return map(position, Math.max(0, length) / TraceLayout.RECORD_SIZE * TraceLayout.RECORD_SIZE);
	}

	ByteBuffer header() throws IOException {
		long size = channel.size();
		if (size < TraceLayout.HEADER_SIZE) {
			throw broken(size, size == 0 ? "the file is empty" : "no HeapLens trace: too short to have a header");
		}
		return map(0, TraceLayout.HEADER_SIZE);
	}

	/** The header of a piece; copied. Shorter at the end of the file. */
	ByteBuffer pieceHeader(long position) throws IOException {
		return read(position, TraceLayout.PIECE_HEADER_SIZE);
	}

	/** Bytes of a finished piece; fewer at the end of the file. */
	ByteBuffer read(long position, int length) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(length, channel.size() - position))).order(LITTLE_ENDIAN);
		while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
			continue;
		}
		return bytes.flip();
	}

	TraceFormatException broken(long offset, String problem) {
		return new TraceFormatException(path, offset, problem);
	}

	private ByteBuffer map(long position, long length) throws IOException {
		return channel.map(MapMode.READ_ONLY, position, length).order(LITTLE_ENDIAN);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
