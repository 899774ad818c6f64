// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.heaplens.model.HeapInfo;

/**
 * Writes segments, checkpoints and indexes. One thread at a time, but heaps may be added at any time. It is as far behind the lanes as the
 * slots that wait for it, so it keeps the live blocks once more.
 */
final class Archive implements AutoCloseable {
	static final int CHECKPOINT_EVENTS = 1 << 16;
	/** A checkpoint costs some 7 bytes a block; so it adds less than a byte to each event. */
	static final int CHECKPOINT_BLOCKS = 8;
	private static final int PIECES_IN_INDEX = 64;

	private final PieceStore store;
	private final SegmentEncoder encoder = new SegmentEncoder();
	private final CheckpointCodec checkpoints = new CheckpointCodec();
	private final Map<Integer, OneHeap> heaps = new ConcurrentHashMap<>();
	private final ByteBuffer header = ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(LITTLE_ENDIAN);
	private byte[] packed = new byte[0];
	/** A segment is packed that has not been written yet, because there was no room. */
	private boolean pending;

	private static final class OneHeap {
		private final LiveBlocks live;
		private final SegmentSummary summary;
		private long last;
		private long lastTime;
		private long checkpoint;
		private long checkpoints;

		OneHeap(HeapInfo heap) {
			live = new LiveBlocks(heap.capacity(), false);
			summary = new SegmentSummary(live);
		}

		boolean wantsCheckpoint() {
			return last - checkpoint >= Math.max(CHECKPOINT_EVENTS, (long) CHECKPOINT_BLOCKS * live.count()) && !live.incomplete();
		}
	}

	Archive(PieceStore store) {
		this.store = store;
	}

	void add(HeapInfo heap) {
		heaps.put(heap.id(), new OneHeap(heap));
	}

	/** Writes the events of a slot, after which it may be emptied; false if there is no room now. The same slot comes again then. */
	boolean write(Slot slot) {
		OneHeap heap = heaps.get(slot.heap());
		if (heap == null || slot.count() == 0) {
			return true;
		}
		if (!pending) {
			pack(slot, heap);
			pending = true;
		}
		try {
			store.append(header, packed, encoder.packedLength());
			pending = false;
		} catch (IOException e) {
			return false;
		}
		if (heap.wantsCheckpoint()) {
			try {
				writeCheckpoint(slot.heap(), heap);
			} catch (IOException e) {
				// The next segment asks again.
				return true;
			}
		}
		try {
			store.index(PIECES_IN_INDEX);
		} catch (IOException e) {
			// What it would list is listed by the next.
			return true;
		}
		return true;
	}

	/** Writes what makes opening the whole trace fast. */
	void finish() throws IOException {
		store.index(1);
	}

	@Override
	public void close() {
		encoder.close();
		checkpoints.close();
	}

	private void pack(Slot slot, OneHeap heap) {
		int count = slot.count();
		int from = TraceLayout.PIECE_HEADER_SIZE;
		int lastAt = from + (count - 1) * TraceLayout.RECORD_SIZE;
		beginHeader(TraceLayout.KIND_EVENTS, slot.heap(), slot.bytes.getLong(TraceLayout.AT_PIECE_ORDINAL), count);
		header.putLong(TraceLayout.AT_PIECE_FIRST, slot.first());
		header.putLong(TraceLayout.AT_PIECE_LAST, slot.first() + count - 1);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, slot.bytes.getLong(from + TraceLayout.AT_TIME));
		header.putLong(TraceLayout.AT_PIECE_LAST_TIME, slot.bytes.getLong(lastAt + TraceLayout.AT_TIME));
		heap.summary.begin(header);
		packed = encoder.encode(heap.live, heap.summary, slot.bytes, from, count);
		heap.summary.end(header);
		heap.last = slot.first() + count - 1;
		heap.lastTime = header.getLong(TraceLayout.AT_PIECE_LAST_TIME);
	}

	private void writeCheckpoint(int number, OneHeap heap) throws IOException {
		byte[] blocks = checkpoints.encode(heap.live);
		beginHeader(TraceLayout.KIND_CHECKPOINT, number, heap.checkpoints, heap.live.count());
		header.putLong(TraceLayout.AT_PIECE_FIRST, heap.last);
		header.putLong(TraceLayout.AT_PIECE_LAST, heap.last);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, heap.lastTime);
		header.putLong(TraceLayout.AT_PIECE_LAST_TIME, heap.lastTime);
		heap.live.writeTotals(header);
		store.append(header, blocks, checkpoints.packedLength());
		heap.checkpoint = heap.last;
		heap.checkpoints++;
	}

	private void beginHeader(int kind, int heap, long ordinal, int records) {
		header.put(0, new byte[TraceLayout.PIECE_HEADER_SIZE]);
		header.putInt(TraceLayout.AT_PIECE_KIND, kind);
		header.putInt(TraceLayout.AT_PIECE_HEAP, heap);
		header.putLong(TraceLayout.AT_PIECE_ORDINAL, ordinal);
		header.putInt(TraceLayout.AT_PIECE_CODEC, TraceLayout.CODEC_COLUMNS);
		header.putInt(TraceLayout.AT_PIECE_RAW, records * TraceLayout.RECORD_SIZE);
	}
}
