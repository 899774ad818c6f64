// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;

/**
 * Makes recipes of true recordings, for the fuzzer to begin with: run by hand when the format has changed. The argument is the folder to
 * put them in.
 */
final class Seeds {
	private static final int EVENTS = 40;

	private Seeds() {}

	public static void main(String[] arguments) throws IOException, DataFormatException {
		Path target = Files.createDirectories(Path.of(arguments[0]));
		Path folder = Files.createTempDirectory("heaplens-seeds");
		Path all = record(TraceWriter.create(folder, "seed"), target, "running");
		save(target, "ended", Files.readAllBytes(all));
		save(target, "checkpointed", withCheckpoint(Files.readAllBytes(all)));
		Path flight = record(TraceWriter.createFlight(folder, "seed", 1), target, "flight");
		save(target, "flight-ended", Files.readAllBytes(flight));
		try (var files = Files.list(folder)) {
			for (Path file : files.toList()) {
				Files.delete(file);
			}
		}
		Files.delete(folder);
	}

	/** Saves what there is before the end. */
	private static Path record(TraceWriter writer, Path target, String name) throws IOException, DataFormatException {
		try (writer) {
			write(writer, EVENTS);
			save(target, name, Files.readAllBytes(writer.file()));
			return writer.file();
		}
	}

	/** Something of everything. */
	private static void write(TraceWriter writer, int events) {
		Lane host = writer.lane(new HeapInfo(0, Side.HOST, 0, 1 << 20, 0x1000));
		Lane device = writer.lane(new HeapInfo(1, Side.DEVICE, 0, 1 << 20, 0x8000));
		int thread = writer.thread("main");
		int stack = writer.stack(List.of(new StackFrame("a.B", "c", "B.java", 7), new StackFrame("a.D", "main", "D.java", 9)));
		int engine = writer.engine(1, 2, "Engine", Side.DEVICE);
		for (int event = 0; event < events; event++) {
			long offset = event % 5 * 4096L;
			EventKind[] kinds = {EventKind.ALLOCATE, EventKind.SEND_BEGIN, EventKind.SEND_END, EventKind.AUTO_FREE, EventKind.WAIT_BEGIN,
				EventKind.TIMEOUT, EventKind.MISUSE, EventKind.FREE};
			EventKind kind = kinds[event % kinds.length];
			host.append(kind, offset, 4096, 4000, event, 2, 0, kind == EventKind.MISUSE ? MisuseReason.DOUBLE_FREE : MisuseReason.NONE,
					thread, stack, 0);
			device.append(event % 3 < 2 ? EventKind.RECEIVE : EventKind.FREE, event % 3 * 8192L, 8192, 8000, event, 0x200, 0,
					MisuseReason.NONE, thread, stack, engine);
		}
	}

	/** The recording with a checkpoint of the first heap put behind its last segment, and another segment behind that. */
	private static byte[] withCheckpoint(byte[] file) {
		ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
		var pieces = new ByteArrayOutputStream();
		pieces.write(file, 0, TraceLayout.HEADER_SIZE);
		var live = new LiveBlocks(1 << 20);
		long sequence = 1;
		for (int round = 0; round < 2; round++) {
			for (int at : pieces(bytes)) {
				if (bytes.getInt(at + TraceLayout.AT_PIECE_KIND) == TraceLayout.KIND_DICTIONARY && round == 0) {
					pieces.write(file, at, bytes.getInt(at + TraceLayout.AT_PIECE_STORED));
				}
			}
			sequence = putSegment(pieces, live, round, sequence);
			putCheckpoint(pieces, live, round, sequence - 1);
		}
		pieces.write(new byte[TraceLayout.PIECE_HEADER_SIZE], 0, TraceLayout.PIECE_HEADER_SIZE);
		byte[] result = pieces.toByteArray();
		ByteBuffer.wrap(result).order(LITTLE_ENDIAN).putLong(TraceLayout.AT_INDEX, 0);
		return result;
	}

	private static long putSegment(ByteArrayOutputStream pieces, LiveBlocks live, int ordinal, long first) {
		ByteBuffer records = ByteBuffer.allocate(EVENTS * TraceLayout.RECORD_SIZE).order(LITTLE_ENDIAN);
		for (int number = 0; number < EVENTS; number++) {
			int at = number * TraceLayout.RECORD_SIZE;
			boolean free = number % 3 == 2;
			records.putLong(at + TraceLayout.AT_TIME, (first + number) * 1000);
			records.putLong(at + TraceLayout.AT_OFFSET, (free ? number - 1 : number) * 8192L);
			records.putInt(at + TraceLayout.AT_SIZE, 4096).putInt(at + TraceLayout.AT_REQUESTED, 4000);
			records.putShort(at + TraceLayout.AT_KIND, (short) (free ? EventKind.FREE : EventKind.ALLOCATE).code());
			records.putShort(at + TraceLayout.AT_FLAG, (short) 4);
			records.putLong(at + TraceLayout.AT_SEQUENCE, first + number);
		}
		var summary = new SegmentSummary(live);
		ByteBuffer header = header(TraceLayout.KIND_EVENTS, ordinal, EVENTS);
		header.putLong(TraceLayout.AT_PIECE_FIRST, first).putLong(TraceLayout.AT_PIECE_LAST, first + EVENTS - 1);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, first * 1000).putLong(TraceLayout.AT_PIECE_LAST_TIME, (first + EVENTS - 1) * 1000);
		summary.begin(header);
		try (var encoder = new SegmentEncoder()) {
			byte[] packed = encoder.encode(live, summary, records, 0, EVENTS);
			summary.end(header);
			put(pieces, header, Arrays.copyOf(packed, encoder.packedLength()));
		}
		return first + EVENTS;
	}

	private static void putCheckpoint(ByteArrayOutputStream pieces, LiveBlocks live, int ordinal, long last) {
		try (var codec = new CheckpointCodec()) {
			byte[] packed = codec.encode(live);
			ByteBuffer header = header(TraceLayout.KIND_CHECKPOINT, ordinal, live.count());
			header.putLong(TraceLayout.AT_PIECE_FIRST, last).putLong(TraceLayout.AT_PIECE_LAST, last);
			header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, last * 1000).putLong(TraceLayout.AT_PIECE_LAST_TIME, last * 1000);
			live.writeTotals(header);
			put(pieces, header, Arrays.copyOf(packed, codec.packedLength()));
		}
	}

	private static ByteBuffer header(int kind, int ordinal, int records) {
		return ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN).putInt(TraceLayout.AT_PIECE_KIND, kind)
				.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal).putInt(TraceLayout.AT_PIECE_CODEC, TraceLayout.CODEC_COLUMNS)
				.putInt(TraceLayout.AT_PIECE_RAW, records * TraceLayout.RECORD_SIZE).putLong(TraceLayout.AT_PIECE_COMMIT, 1);
	}

	private static void put(ByteArrayOutputStream pieces, ByteBuffer header, byte[] packed) {
		header.putInt(TraceLayout.AT_PIECE_STORED, TraceLayout.stored(packed.length)).putInt(TraceLayout.AT_PIECE_PACKED, packed.length);
		pieces.writeBytes(header.array());
		pieces.writeBytes(packed);
		pieces.writeBytes(new byte[TraceLayout.stored(packed.length) - TraceLayout.PIECE_HEADER_SIZE - packed.length]);
	}

	private static List<Integer> pieces(ByteBuffer file) {
		var positions = new ArrayList<Integer>();
		int at = TraceLayout.HEADER_SIZE;
		while (at + TraceLayout.PIECE_HEADER_SIZE <= file.limit() && file.getLong(at + TraceLayout.AT_PIECE_COMMIT) == 1) {
			positions.add(at);
			at += file.getInt(at + TraceLayout.AT_PIECE_STORED);
		}
		return positions;
	}

	private static void save(Path folder, String name, byte[] file) throws IOException, DataFormatException {
		ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
		var recipe = new ByteArrayOutputStream();
		write(recipe, file, 0, TraceLayout.HEADER_SIZE);
		for (int at : pieces(bytes)) {
			int stored = bytes.getInt(at + TraceLayout.AT_PIECE_STORED);
			recipe.write(0xC2);
			write(recipe, file, at, at + TraceLayout.PIECE_HEADER_SIZE);
			int body = at + TraceLayout.PIECE_HEADER_SIZE;
			if (bytes.getInt(at + TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_COLUMNS) {
				var tokens = new byte[bytes.getInt(body)];
				int deflated = bytes.getInt(body + 4);
				var inflater = new Inflater();
				inflater.setInput(file, body + ColumnsWriter.HEAD, deflated);
				inflater.inflate(tokens);
				inflater.end();
				recipe.write(0xD0);
				write(recipe, tokens, 0, tokens.length);
				recipe.write(0xD1);
				write(recipe, file, body + ColumnsWriter.HEAD + deflated, body + bytes.getInt(at + TraceLayout.AT_PIECE_PACKED));
				recipe.write(0xD2);
			} else if (stored == TraceLayout.CHUNK_SIZE) {
				int end = at + stored;
				while (file[end - 1] == 0) {
					end--;
				}
				write(recipe, file, body, Math.max(body, end));
				recipe.write(0xC1);
			} else {
				write(recipe, file, body, at + stored);
			}
		}
		Files.write(folder.resolve(name), recipe.toByteArray());
	}

	/** Literals, and runs of zeros in eights. */
	private static void write(ByteArrayOutputStream recipe, byte[] file, int from, int to) {
		int at = from;
		while (at < to) {
			int zeros = 0;
			while (at + zeros < to && file[at + zeros] == 0) {
				zeros++;
			}
			if (zeros >= 8) {
				int eights = Math.min(zeros / 8, 64);
				recipe.write(0x7F + eights);
				at += eights * 8;
				continue;
			}
			int end = at;
			int run = 0;
			while (end < to && end - at < 128 && run < 8) {
				run = file[end] == 0 ? run + 1 : 0;
				end++;
			}
			if (run == 8) {
				end -= 8;
			}
			recipe.write(end - at - 1);
			recipe.write(file, at, end - at);
			at = end;
		}
	}
}
