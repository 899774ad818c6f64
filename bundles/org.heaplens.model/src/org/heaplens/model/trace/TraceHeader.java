// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

import org.heaplens.model.HeapInfo;
import org.heaplens.model.Side;

/** What the header of a trace says; nothing in it is believed. One thread. */
final class TraceHeader {
	private final TraceFile file;
	private final ByteBuffer header;

	/** @param header memory that the writer shares, or a copy */
	TraceHeader(TraceFile file, ByteBuffer header) {
		this.file = file;
		this.header = header;
	}

	TraceInfo info() throws IOException {
		if ((long) TraceLayout.LONG.getAcquire(header, TraceLayout.AT_MAGIC) != TraceLayout.MAGIC) {
			throw file.broken(TraceLayout.AT_MAGIC, "no HeapLens trace");
		}
		int version = header.getInt(TraceLayout.AT_VERSION);
		if (version != TraceLayout.VERSION) {
			throw file.broken(TraceLayout.AT_VERSION,
					"written in format " + version + ", this HeapLens reads format " + TraceLayout.VERSION);
		}
		if (header.getInt(TraceLayout.AT_BYTE_ORDER) != TraceLayout.BYTE_ORDER_MARK
				|| header.getInt(TraceLayout.AT_HEADER_SIZE) != TraceLayout.HEADER_SIZE
				|| header.getInt(TraceLayout.AT_CHUNK_SIZE) != TraceLayout.CHUNK_SIZE) {
			throw file.broken(TraceLayout.AT_BYTE_ORDER, "the header is damaged");
		}
		int length = header.getInt(TraceLayout.AT_COMMAND_LENGTH);
		if (length < 0 || length > TraceLayout.COMMAND_LIMIT) {
			throw file.broken(TraceLayout.AT_COMMAND_LENGTH, "the command has the length " + length);
		}
		byte[] command = new byte[length];
		header.get(TraceLayout.AT_COMMAND, command);
		return new TraceInfo(version, header.getLong(TraceLayout.AT_PID),
				Instant.ofEpochMilli(header.getLong(TraceLayout.AT_PROCESS_START)),
				Instant.ofEpochSecond(0, header.getLong(TraceLayout.AT_BEGUN)), new String(command, UTF_8));
	}

	int heapCount() throws IOException {
		int count = (int) TraceLayout.INT.getAcquire(header, TraceLayout.AT_HEAP_COUNT);
		if (count < 0 || count > TraceLayout.HEAP_LIMIT) {
			throw file.broken(TraceLayout.AT_HEAP_COUNT, "the trace has " + count + " heaps");
		}
		return count;
	}

	static int heapPosition(int index) {
		return TraceLayout.AT_HEAPS + index * TraceLayout.HEAP_SIZE;
	}

	HeapInfo heap(int index) throws IOException {
		int at = heapPosition(index);
		try {
			return new HeapInfo(header.getInt(at), header.getInt(at + 4) == 1 ? Side.HOST : Side.DEVICE, header.getInt(at + 8),
					header.getLong(at + 16), header.getLong(at + 24));
		} catch (IllegalArgumentException e) {
			throw file.broken(at, String.valueOf(e.getMessage()));
		}
	}

	boolean flight() {
		return header.getInt(TraceLayout.AT_MODE) == TraceLayout.MODE_FLIGHT;
	}

	/** Whether the writer ended in good order. */
	boolean closed() {
		return (int) TraceLayout.INT.getAcquire(header, TraceLayout.AT_CLOSED) == 1;
	}

	long dropped() {
		return (long) TraceLayout.LONG.getVolatile(header, TraceLayout.AT_DROPPED);
	}

	long overwritten() {
		return (long) TraceLayout.LONG.getVolatile(header, TraceLayout.AT_OVERWRITTEN);
	}

	/** Where the newest index stands; 0 if there is none. */
	long index() {
		return (long) TraceLayout.LONG.getAcquire(header, TraceLayout.AT_INDEX);
	}
}
