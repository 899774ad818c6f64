// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.text.Units;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.StackFrame;

import com.google.protobuf.CodedOutputStream;

/**
 * Perfetto's own format: a stream of TracePackets. Field numbers are those of perfetto's protos/perfetto/trace.
 *
 * <pre>
 * process ── heap ──┬── live bytes, largest hole    counters
 *    │              ├── blocks                      one track per lane, merged by their name
 *    │              └── events                      misuses, time-outs, ends
 *    └──── threads                                  waits
 * </pre>
 *
 * Names and stacks are written once and referred to by number afterwards.
 */
public final class PerfettoExport extends TimelineExport {
	private static final int SEQUENCE = 1;
	private static final int STATE_CLEARED = 1;
	private static final int NEEDS_STATE = 2;
	private static final int CLOCK_REALTIME = 1;
	private static final int CLOCK_BOOTTIME = 6;
	private static final int UNIT_BYTES = 3;
	private static final int SLICE_BEGIN = 1;
	private static final int SLICE_END = 2;
	private static final int INSTANT = 3;
	private static final int COUNTER = 4;
	private static final long PROCESS_TRACK = 1;

	private final CodedOutputStream stream;
	private final ProtoMessage packet = new ProtoMessage();
	private final ProtoMessage event = new ProtoMessage();
	private final ProtoMessage interned = new ProtoMessage();
	private final ProtoMessage part = new ProtoMessage();
	private final ProtoMessage inner = new ProtoMessage();
	private final Map<String, Long> names = new HashMap<>();
	private final Map<String, Long> annotations = new HashMap<>();
	private final Map<Integer, Long> stacks = new HashMap<>();
	private final Map<Integer, Long> threads = new HashMap<>();
	private final Map<Integer, HeapTracks> heaps = new HashMap<>();
	private boolean internedAny;
	private long tracks = PROCESS_TRACK;

	/** The tracks of a heap. */
	private record HeapTracks(long group, long live, long hole, long marks, Map<Integer, Long> lanes) {}

	public PerfettoExport(OutputStream stream, Recording recording) throws IOException {
		super(recording);
		this.stream = CodedOutputStream.newInstance(stream, 1 << 16);
		writeClock();
		part.number(1, recording.info().pid()).text(2, recording.info().command()).text(6, recording.info().command());
		inner.number(1, PROCESS_TRACK).message(3, part);
		writeTrack();
		for (HeapInfo heap : recording.heaps()) {
			long group = track(PROCESS_TRACK, heap.name() + " heap, " + Units.bytes(heap.capacity()));
			heaps.put(heap.id(), new HeapTracks(group, counter(group, heap.name() + " live bytes"),
					counter(group, heap.name() + " largest hole"), track(group, "events"), new HashMap<>()));
		}
	}

	/** Says what time it was when the trace began, so that others' traces can be put beside it. */
	private void writeClock() throws IOException {
		Instant begun = recording.info().begun();
		part.message(1, inner.number(1, CLOCK_BOOTTIME).number(2, 0));
		part.message(1, inner.number(1, CLOCK_REALTIME).number(2, begun.getEpochSecond() * 1_000_000_000L + begun.getNano()));
		packet.message(6, part).number(10, SEQUENCE).number(13, STATE_CLEARED);
		writePacket();
	}

	private long track(long parent, String name) throws IOException {
		inner.number(1, ++tracks).number(5, parent).text(2, name);
		writeTrack();
		return tracks;
	}

	private long counter(long parent, String name) throws IOException {
		inner.number(1, ++tracks).number(5, parent).text(2, name).message(8, part.number(3, UNIT_BYTES));
		writeTrack();
		return tracks;
	}

	private long thread(int number) throws IOException {
		Long known = threads.get(number);
		if (known == null) {
			known = ++tracks;
			threads.put(number, known);
			String name = number == 0 ? "unknown" : recording.thread(number);
			// The system's numbers of threads are not recorded; these only have to differ.
			part.number(1, recording.info().pid()).number(2, 1_000_000_000L + number).text(5, name);
			inner.number(1, known).message(4, part);
			writeTrack();
		}
		return known;
	}

	private void writeTrack() throws IOException {
		packet.message(60, inner).number(10, SEQUENCE);
		writePacket();
	}

	private void writePacket() throws IOException {
		stream.writeByteArray(1, packet.take());
	}

	@Override
	void counters(Heap heap, HeapEvent change) throws IOException {
		HeapTracks of = heaps.get(heap.info.id());
		writeEvent(change, COUNTER, of.live, event.number(30, heap.blocks.liveBytes()));
		writeEvent(change, COUNTER, of.hole, event.number(30, heap.blocks.largestHole()));
	}

	@Override
	void beginBlock(Heap heap, int lane, HeapEvent made) throws IOException {
		name(recording.site(made.stack()));
		annotate("size", made.size());
		annotate("requested", made.requested());
		annotate("offset", made.offset());
		annotate("sequence", made.sequence());
		annotate("flag", BlockFlag.of(made.flag()).map(Enum::name).orElse("none"));
		annotate("thread", recording.thread(made.thread()));
		annotate("engine", recording.engine(made.engine()));
		annotateStack(made.stack());
		if (made.kind() == EventKind.RECEIVE) {
			event.fixed(48, made.argument());
		}
		writeEvent(made, SLICE_BEGIN, lane(heap, lane), event);
	}

	@Override
	void endBlock(Heap heap, int lane, HeapEvent made, HeapEvent freed) throws IOException {
		writeEvent(freed, SLICE_END, lane(heap, lane), event);
	}

	@Override
	void send(Heap heap, int lane, HeapEvent begun) throws IOException {
		name("send");
		event.fixed(47, begun.argument());
		writeEvent(begun, INSTANT, lane(heap, lane), event);
	}

	@Override
	void beginWait(Heap heap, HeapEvent begun) throws IOException {
		name("wait for room on " + heap.info.name());
		annotate("requested", begun.requested());
		annotate("timeoutMillis", begun.argument());
		annotateStack(begun.stack());
		writeEvent(begun, SLICE_BEGIN, thread(begun.thread()), event);
	}

	@Override
	void endWait(Heap heap, HeapEvent ended) throws IOException {
		writeEvent(ended, SLICE_END, thread(ended.thread()), event);
	}

	@Override
	void mark(Heap heap, HeapEvent marked, String text) throws IOException {
		name(text);
		annotate("thread", recording.thread(marked.thread()));
		annotateStack(marked.stack());
		writeEvent(marked, INSTANT, heaps.get(heap.info.id()).marks, event);
	}

	private long lane(Heap heap, int lane) throws IOException {
		HeapTracks of = heaps.get(heap.info.id());
		Long known = of.lanes.get(lane);
		if (known == null) {
			known = track(of.group, "blocks");
			of.lanes.put(lane, known);
		}
		return known;
	}

	private void name(String text) throws IOException {
		event.number(10, intern(names, 2, text));
	}

	private void annotate(String name, long value) throws IOException {
		event.message(4, part.number(1, intern(annotations, 3, name)).number(3, value));
	}

	private void annotate(String name, String value) throws IOException {
		if (!value.isEmpty()) {
			event.message(4, part.number(1, intern(annotations, 3, name)).text(6, value));
		}
	}

	private void annotateStack(int stack) throws IOException {
		if (stack == 0) {
			return;
		}
		Long known = stacks.get(stack);
		if (known == null) {
			known = stacks.size() + 1L;
			stacks.put(stack, known);
			String text = recording.stack(stack).stream().map(StackFrame::toString).collect(Collectors.joining("\n"));
			interned.message(29, inner.number(1, known).text(2, text));
			internedAny = true;
		}
		event.message(4, part.number(1, intern(annotations, 3, "stack")).number(17, known));
	}

	private long intern(Map<String, Long> known, int field, String text) throws IOException {
		Long number = known.get(text);
		if (number == null) {
			number = known.size() + 1L;
			known.put(text, number);
			interned.message(field, inner.number(1, number).text(2, text));
			internedAny = true;
		}
		return number;
	}

	private void writeEvent(HeapEvent at, int type, long track, ProtoMessage fields) throws IOException {
		fields.number(9, type).number(11, track);
		packet.number(8, at.timeNanos()).number(10, SEQUENCE).number(13, NEEDS_STATE);
		if (internedAny) {
			packet.message(12, interned);
			internedAny = false;
		}
		packet.message(11, fields);
		writePacket();
	}

	@Override
	public void finish() throws IOException {
		stream.flush();
	}
}
