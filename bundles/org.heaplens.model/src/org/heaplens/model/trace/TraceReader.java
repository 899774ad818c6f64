// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.HeapState;
import org.heaplens.model.StackFrame;

/**
 * Reads a trace: of a program that runs, has ended, or was killed; whole, or cut anywhere. One thread at a time. The writer is never
 * disturbed, and cannot be: this is only memory that both see.
 */
public final class TraceReader implements AutoCloseable {
	private final TraceFile file;
	private final TraceHeader header;
	private final TraceInfo info;
	private final Map<Integer, HeapInfo> heaps = new LinkedHashMap<>();
	private final Map<Integer, LaneReader> lanes = new LinkedHashMap<>();
	private final DictionaryReader dictionary;
	private final SlotReader slots = new SlotReader();
	private long nextPiece = TraceLayout.HEADER_SIZE;
	private long dropped;
	private long overwritten;
	private boolean closed;
	private boolean drained;

	private TraceReader(TraceFile file) throws IOException {
		this.file = file;
		this.header = new TraceHeader(file, file.header());
		this.info = header.info();
		this.dictionary = new DictionaryReader(file);
		refresh();
	}

	/**
	 * Opens a trace.
	 *
	 * @throws TraceFormatException if the file is no trace, or was written by a newer version
	 * @throws IOException          if it cannot be read
	 */
	public static TraceReader open(Path path) throws IOException {
		var file = new TraceFile(path);
		try {
			return new TraceReader(file);
		} catch (IOException | RuntimeException e) {
			file.close();
			throw e;
		}
	}

	public TraceInfo info() {
		return info;
	}

	/** The heaps that are known by now. */
	public List<HeapInfo> heaps() {
		return List.copyOf(heaps.values());
	}

	/**
	 * Delivers events that were committed since the last call, in their order within each heap.
	 *
	 * @param maximum the most events to deliver; at least 1
	 * @return how many were delivered; 0 if there is nothing new
	 * @throws TraceFormatException if the file is damaged; what was delivered is true all the same
	 */
	public int poll(Consumer<HeapEvent> sink, int maximum) throws IOException {
		refresh();
		int delivered = 0;
		for (LaneReader lane : lanes.values()) {
			delivered += lane.poll(sink, (heap, sequence) -> {
				// Who takes events one by one sees the gap in their numbers.
			}, maximum - delivered);
		}
		drained = delivered == 0;
		return delivered;
	}

	/**
	 * Brings {@code state} forward by events that were committed since the last call, and makes new heaps known to it before their
	 * events.
	 *
	 * @param maximum the most events to fold in; at least 1
	 * @return how many there were; 0 if there is nothing new
	 * @throws TraceFormatException if the file is damaged; what was folded in is true all the same
	 */
	public int poll(HeapState state, int maximum) throws IOException {
		return poll(state, event -> {
			// The state is all that is wanted.
		}, maximum);
	}

	/**
	 * The same, and delivers the events too, each after it was folded in. Where a flight recorder was faster than this reader, the state
	 * is set to what the file knows of the heap, and goes on from there.
	 */
	public int poll(HeapState state, Consumer<HeapEvent> sink, int maximum) throws IOException {
		refresh();
		heaps.values().forEach(state::add);
		Consumer<HeapEvent> both = event -> {
			state.apply(event);
			sink.accept(event);
		};
		int delivered = 0;
		for (LaneReader lane : lanes.values()) {
			delivered += lane.poll(both, (heap, sequence) -> restore(state, heap, sequence), maximum - delivered);
		}
		drained = delivered == 0;
		return delivered;
	}

	private void restore(HeapState state, int heap, long sequence) throws IOException {
		try (var history = TraceHistory.open(file.path)) {
			HeapSnapshot then = history.at(heap, sequence);
			// If the recorder is ahead once more, the next gap is told as well.
			if (then.sequence() == sequence) {
				state.restore(then.heap(), then.blocks(), then.totals());
			}
		}
	}

	/**
	 * Whether every heap has been read to the good end of its process. Where events were dropped, the end of a heap may be among them:
	 * then what there is has been read, and the process says that it ended.
	 */
	public boolean ended() {
		if (dropped > 0 && drained && closed) {
			return true;
		}
		return !lanes.isEmpty() && lanes.values().stream().allMatch(LaneReader::ended);
	}

	/** Events that the writer could not write, as of the last call that read from the file. */
	public long dropped() {
		return dropped;
	}

	/** Events that a flight recorder let go to make room, as of the last call that read from the file. */
	public long overwritten() {
		return overwritten;
	}

	/** The frames of a stack, innermost first; empty if there is no such stack. */
	public List<StackFrame> stack(int number) throws IOException {
		readDictionary();
		return dictionary.stack(number);
	}

	/** The name of a thread; empty if there is no such thread. */
	public String thread(int number) throws IOException {
		readDictionary();
		return dictionary.thread(number);
	}

	public Optional<EngineInfo> engine(int number) throws IOException {
		readDictionary();
		return dictionary.engine(number);
	}

	@Override
	public void close() throws IOException {
		file.close();
	}

	private void readDictionary() throws IOException {
		refresh();
		dictionary.read();
	}

	private void refresh() throws IOException {
		file.requireUncut();
		// Before the records: after it, none is added.
		closed = header.closed();
		dropped = header.dropped();
		overwritten = header.overwritten();
		readHeaps();
		// Slots first: what leaves one after this stands in a segment that is found now or the next time.
		slots.refresh();
		ByteBuffer piece = file.pieceHeader(nextPiece);
		while (piece.limit() == TraceLayout.PIECE_HEADER_SIZE && piece.getLong(TraceLayout.AT_PIECE_COMMIT) == 1) {
			int stored = piece.getInt(TraceLayout.AT_PIECE_STORED);
			if (stored < TraceLayout.PIECE_HEADER_SIZE || stored % TraceLayout.PIECE_UNIT != 0) {
				throw file.broken(nextPiece, "a piece of " + stored + " bytes");
			}
			add(piece, nextPiece, stored);
			nextPiece += stored;
			piece = file.pieceHeader(nextPiece);
		}
		// And those that are new.
		slots.refresh();
	}

	private void readHeaps() throws IOException {
		int count = header.heapCount();
		for (int index = heaps.size(); index < count; index++) {
			HeapInfo heap = header.heap(index);
			if (heaps.put(heap.id(), heap) != null) {
				throw file.broken(TraceHeader.heapPosition(index), "two heaps have the number " + heap.id());
			}
			lanes.put(heap.id(), new LaneReader(file, slots, heap, header.flight()));
		}
	}

	private void add(ByteBuffer piece, long position, int stored) throws IOException {
		int kind = piece.getInt(TraceLayout.AT_PIECE_KIND);
		boolean raw = piece.getInt(TraceLayout.AT_PIECE_CODEC) == TraceLayout.CODEC_RAW;
		if (kind == TraceLayout.KIND_DICTIONARY) {
			dictionary.add(position, stored);
		} else if ((kind == TraceLayout.KIND_EVENTS || kind == TraceLayout.KIND_UNUSED) && raw) {
			slots.add(position, file.piece(position, stored));
		} else if (kind == TraceLayout.KIND_EVENTS) {
			addSegment(piece, position, stored);
		}
		// Other kinds hold nothing that is needed to read events.
	}

	private void addSegment(ByteBuffer piece, long position, int stored) throws IOException {
		int packed = piece.getInt(TraceLayout.AT_PIECE_PACKED);
		if (packed < 0 || packed > stored - TraceLayout.PIECE_HEADER_SIZE) {
			throw file.broken(position, "a segment of " + packed + " bytes in " + stored);
		}
		int heap = piece.getInt(TraceLayout.AT_PIECE_HEAP);
		if (!lanes.containsKey(heap)) {
			// The heap may have been made after the heaps were read and before its segment was.
			readHeaps();
		}
		LaneReader lane = lanes.get(heap);
		if (lane == null) {
			throw file.broken(position, "events of heap " + heap + ", which the header does not name");
		}
		if (file.has(position + stored)) {
			lane.add(piece.getLong(TraceLayout.AT_PIECE_ORDINAL), position);
		}
	}
}
