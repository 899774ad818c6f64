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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.MisuseReason;

/**
 * Reads a trace as it is at one moment, in the plainest way that the description of the format allows, and holds it to everything that
 * the description says: what the writer's tests judge by, independently of the readers of the product.
 */
final class PlainTrace {
	private final ByteBuffer file;
	/** Position of each committed piece. */
	final List<Integer> pieces = new ArrayList<>();
	final Map<Integer, Long> capacities = new TreeMap<>();

	/** What stands in the block table. */
	record TableBlock(long sequence, long offset, int size, int state) {}

	PlainTrace(Path path) throws IOException {
		try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
			file = channel.map(MapMode.READ_ONLY, 0, channel.size()).order(LITTLE_ENDIAN);
		}
		require(file.getLong(TraceLayout.AT_MAGIC) == TraceLayout.MAGIC, 0, "magic");
		for (int index = 0; index < file.getInt(TraceLayout.AT_HEAP_COUNT); index++) {
			int at = TraceLayout.AT_HEAPS + index * TraceLayout.HEAP_SIZE;
			capacities.put(file.getInt(at), file.getLong(at + 16));
		}
		// Before the pieces are listed, for a trace that is written meanwhile.
		long newestIndex = file.getLong(TraceLayout.AT_INDEX);
		int position = TraceLayout.HEADER_SIZE;
		while (position + TraceLayout.PIECE_HEADER_SIZE <= file.capacity() && file.getLong(position + TraceLayout.AT_PIECE_COMMIT) == 1) {
			int stored = file.getInt(position + TraceLayout.AT_PIECE_STORED);
			require(stored >= TraceLayout.PIECE_HEADER_SIZE && stored % TraceLayout.PIECE_UNIT == 0, position, "stored " + stored);
			if (position + stored > file.capacity()) {
				// Written since the file was mapped.
				break;
			}
			pieces.add(position);
			position += stored;
		}
		requireIndex(newestIndex < position ? newestIndex : 0);
	}

	boolean closed() {
		return file.getInt(TraceLayout.AT_CLOSED) == 1;
	}

	long overwritten() {
		return file.getLong(TraceLayout.AT_OVERWRITTEN);
	}

	long dropped() {
		return file.getLong(TraceLayout.AT_DROPPED);
	}

	/** How many pieces there are of a kind and codec. */
	long count(int kind, int codec) {
		return pieces.stream().filter(at -> kind(at) == kind && file.getInt(at + TraceLayout.AT_PIECE_CODEC) == codec).count();
	}

	/** All events of a heap that are there, in order; gaps are left out. */
	List<HeapEvent> events(int heap) throws IOException {
		var segments = new TreeMap<Long, Integer>();
		var slots = new TreeMap<Long, Integer>();
		var checkpoints = new TreeMap<Long, Integer>();
		for (int at : pieces) {
			if (file.getInt(at + TraceLayout.AT_PIECE_HEAP) == heap) {
				long ordinal = file.getLong(at + TraceLayout.AT_PIECE_ORDINAL);
				if (kind(at) == TraceLayout.KIND_CHECKPOINT) {
					checkpoints.put(file.getLong(at + TraceLayout.AT_PIECE_LAST), at);
				} else if (kind(at) == TraceLayout.KIND_EVENTS) {
					boolean finished = file.getInt(at + TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_COLUMNS;
					boolean changing = file.getLong(at + TraceLayout.AT_PIECE_GENERATION) % 2 == 1;
					if (!changing) {
						require((finished ? segments : slots).put(ordinal, at) == null, at, "ordinal " + ordinal + " twice");
					}
				}
			}
		}
		var result = new ArrayList<HeapEvent>();
		try (var decoder = new SegmentDecoder(heap, capacities.get(heap)); var jumper = new SegmentDecoder(heap, capacities.get(heap))) {
			for (int at : segments.values()) {
				readSegment(decoder, at, result);
				Integer checkpoint = checkpoints.get(file.getLong(at + TraceLayout.AT_PIECE_LAST));
				if (checkpoint != null) {
					jumper.load(header(checkpoint), packed(checkpoint));
					requireEqual(decoder.live(), jumper.live(), checkpoint);
				}
			}
		}
		for (Map.Entry<Long, Integer> slot : slots.entrySet()) {
			if (!segments.containsKey(slot.getKey())) {
				readSlot(slot.getValue(), result);
			}
		}
		return result;
	}

	/** The table's blocks by their offsets. */
	Map<Long, TableBlock> table(int heap) {
		var result = new TreeMap<Long, TableBlock>();
		for (int piece : pieces) {
			if (kind(piece) != TraceLayout.KIND_TABLE || file.getInt(piece + TraceLayout.AT_PIECE_HEAP) != heap) {
				continue;
			}
			for (int at = piece + TraceLayout.PIECE_HEADER_SIZE; at < piece + TraceLayout.CHUNK_SIZE; at += TraceLayout.RECORD_SIZE) {
				long sequence = file.getLong(at + TraceLayout.AT_BLOCK_SEQUENCE);
				if (sequence != 0) {
					var block = new TableBlock(sequence, file.getLong(at + TraceLayout.AT_BLOCK_OFFSET),
							file.getInt(at + TraceLayout.AT_BLOCK_SIZE), file.getInt(at + TraceLayout.AT_BLOCK_STATE));
					TableBlock other = result.get(block.offset);
					// A block may follow another in its place before the entry of the first is free.
					if (other == null || other.sequence < sequence) {
						result.put(block.offset, block);
					}
				}
			}
		}
		return result;
	}

	private void readSegment(SegmentDecoder decoder, int at, List<HeapEvent> result) throws IOException {
		ByteBuffer records = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(LITTLE_ENDIAN);
		long live = decoder.live().liveBytes;
		long allocations = decoder.live().allocations;
		require(live == file.getLong(at + TraceLayout.AT_TOTAL_LIVE), at, "live bytes before");
		require(decoder.live().count() == file.getLong(at + TraceLayout.AT_TOTAL_BLOCKS), at, "blocks before");
		require(decoder.live().frees == file.getLong(at + TraceLayout.AT_TOTAL_FREES), at, "frees before");
		require(decoder.live().peakBytes == file.getLong(at + TraceLayout.AT_TOTAL_PEAK), at, "peak before");
		int count = decoder.decode(header(at), packed(at), records);
		require(decoder.live().liveBytes == file.getLong(at + TraceLayout.AT_SUMMARY_LIVE), at, "live bytes");
		require(decoder.live().count() == file.getInt(at + TraceLayout.AT_SUMMARY_BLOCKS), at, "blocks");
		require(decoder.live().allocations - allocations == file.getInt(at + TraceLayout.AT_SUMMARY_ALLOCATIONS), at, "allocations");
		require(Math.max(live, decoder.live().liveBytes) <= file.getLong(at + TraceLayout.AT_SUMMARY_MOST_LIVE), at, "most");
		require(Math.min(live, decoder.live().liveBytes) >= file.getLong(at + TraceLayout.AT_SUMMARY_LEAST_LIVE), at, "least");
		for (int number = 0; number < count; number++) {
			add(event(records, number * TraceLayout.RECORD_SIZE), result, at);
		}
		require(result.get(result.size() - 1).timeNanos() == file.getLong(at + TraceLayout.AT_PIECE_LAST_TIME), at, "last time");
	}

	private void readSlot(int piece, List<HeapEvent> result) throws IOException {
		long next = file.getLong(piece + TraceLayout.AT_PIECE_FIRST);
		for (int at = piece + TraceLayout.PIECE_HEADER_SIZE; at < piece + TraceLayout.CHUNK_SIZE
				&& file.getLong(at + TraceLayout.AT_SEQUENCE) == next; at += TraceLayout.RECORD_SIZE) {
			add(event(file, at), result, at);
			next++;
		}
	}

	private void add(HeapEvent event, List<HeapEvent> result, int at) throws IOException {
		long before = result.isEmpty() ? 0 : result.get(result.size() - 1).sequence();
		require(event.sequence() > before, at, "event " + event.sequence() + " behind " + before);
		result.add(event);
	}

	/** Indexes list exactly the pieces before them, and only those. */
	private void requireIndex(long newest) throws IOException {
		var listed = new ArrayList<Integer>();
		for (long at = newest; at != 0; at = file.getLong((int) at + TraceLayout.AT_PIECE_FIRST)) {
			int position = (int) at;
			require(kind(position) == TraceLayout.KIND_INDEX && pieces.contains(position), position, "no index");
			for (int entry = file.getInt(position + TraceLayout.AT_PIECE_RAW) / TraceLayout.PIECE_HEADER_SIZE; entry > 0; entry--) {
				int where = position + entry * TraceLayout.PIECE_HEADER_SIZE;
				int piece = (int) file.getLong(where + TraceLayout.AT_PIECE_GENERATION);
				listed.add(0, piece);
				int stored = file.getInt(where + TraceLayout.AT_PIECE_STORED);
				require(stored == file.getInt(piece + TraceLayout.AT_PIECE_STORED), where, "stored bytes in the index");
			}
		}
		List<Integer> expected = pieces.stream().filter(at -> at < newest && kind(at) != TraceLayout.KIND_INDEX).toList();
		require(expected.equals(listed), (int) newest, "the indexes list " + listed + " and there are " + expected);
	}

	private static void requireEqual(LiveBlocks one, LiveBlocks other, int at) throws IOException {
		require(one.count() == other.count() && one.liveBytes == other.liveBytes && one.peakBytes == other.peakBytes, at, "checkpoint");
		for (int block : one.indexes()) {
			int same = other.madeBy(one.sequence[block]);
			require(same >= 0 && one.offset[block] == other.offset[same] && one.size[block] == other.size[same]
					&& one.time[block] == other.time[same] && one.state[block] == other.state[same], at, "block in checkpoint");
		}
	}

	private int kind(int at) {
		return file.getInt(at + TraceLayout.AT_PIECE_KIND);
	}

	private ByteBuffer header(int at) {
		return file.slice(at, TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
	}

	private byte[] packed(int at) {
		byte[] bytes = new byte[file.getInt(at + TraceLayout.AT_PIECE_PACKED)];
		file.get(at + TraceLayout.PIECE_HEADER_SIZE, bytes);
		return bytes;
	}

	private static HeapEvent event(ByteBuffer records, int at) {
		int kind = Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_KIND));
		return new HeapEvent(records.getLong(at + TraceLayout.AT_SEQUENCE), records.getLong(at + TraceLayout.AT_TIME),
				EventKind.of(kind).orElseThrow(), Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_HEAP)),
				records.getLong(at + TraceLayout.AT_OFFSET), records.getInt(at + TraceLayout.AT_SIZE),
				records.getInt(at + TraceLayout.AT_REQUESTED), records.getLong(at + TraceLayout.AT_ARGUMENT),
				Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_FLAG)), records.getInt(at + TraceLayout.AT_STATUS),
				MisuseReason.of(Short.toUnsignedInt(records.getShort(at + TraceLayout.AT_REASON))),
				records.getInt(at + TraceLayout.AT_THREAD), records.getInt(at + TraceLayout.AT_STACK),
				records.getInt(at + TraceLayout.AT_ENGINE));
	}

	private static void require(boolean holds, int at, String what) throws IOException {
		if (!holds) {
			throw new IOException("at byte " + at + ": " + what);
		}
	}
}
