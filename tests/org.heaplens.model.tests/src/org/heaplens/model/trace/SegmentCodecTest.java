// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.heaplens.model.EventKind;
import org.heaplens.model.MisuseReason;
import org.junit.jupiter.api.Test;

/** Segments and checkpoints, packed and unpacked. */
class SegmentCodecTest {
	private static final int HEAP = 3;

	/** A finished piece, as it stands in a file. */
	private record Piece(ByteBuffer header, byte[] packed) {}

	/** Collects raw events, as many as asked for. */
	private static final class Records implements EventMix.Sink {
		private final ByteBuffer bytes;
		private int count;

		Records(int capacity) {
			bytes = ByteBuffer.allocate(capacity * TraceLayout.RECORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		}

		@Override
		public void accept(long nanos, EventKind kind, long offset, int size, int requested, long argument, int flag, MisuseReason reason,
				int thread, int stack, int engine) {
			if (bytes.hasRemaining()) {
				bytes.putLong(nanos).putLong(offset).putLong(argument).putInt(size).putInt(requested).putInt(thread).putInt(stack)
						.putInt(engine).putInt(0).putShort((short) kind.code()).putShort((short) HEAP).putShort((short) flag)
						.putShort((short) reason.code()).putLong(++count);
			}
		}
	}

	@Test
	void eventsComeBackAsTheyWere() throws Exception {
		requireRoundTrip(mix(1, 30_000, 500), TraceLayout.RECORDS_IN_CHUNK);
	}

	@Test
	void shortSegmentsComeBackAsTheyWere() throws Exception {
		requireRoundTrip(mix(2, 300, 20), 1);
		requireRoundTrip(mix(3, 3000, 20), 7);
	}

	@Test
	void anythingAtAllComesBackAsItWas() throws Exception {
		long seed = new Random().nextLong();
		System.out.println("SegmentCodecTest seed " + seed);
		var random = new Random(seed);
		ByteBuffer records = ByteBuffer.allocate(20_000 * TraceLayout.RECORD_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		random.nextBytes(records.array());
		for (int at = 0; at < records.capacity(); at += TraceLayout.RECORD_SIZE) {
			records.putLong(at + TraceLayout.AT_SEQUENCE, 1 + at / TraceLayout.RECORD_SIZE);
			records.putShort(at + TraceLayout.AT_HEAP, (short) HEAP);
			if (random.nextInt(3) > 0) {
				records.putShort(at + TraceLayout.AT_KIND, (short) random.nextInt(8));
				records.putLong(at + TraceLayout.AT_OFFSET, random.nextInt(100) * 64L);
				records.putInt(at + TraceLayout.AT_SIZE, random.nextInt(4) * 64);
				records.putInt(at + TraceLayout.AT_REQUESTED, random.nextInt(4));
			}
		}
		requireRoundTrip(records, 1000);
	}

	@Test
	void aDecoderMayBeginAtAnyCheckpoint() throws Exception {
		ByteBuffer records = mix(4, 40_000, 3000);
		var live = new LiveBlocks(EventMix.CAPACITY);
		List<Piece> segments = new ArrayList<>();
		List<Piece> checkpoints = new ArrayList<>();
		try (var encoder = new SegmentEncoder(); var codec = new CheckpointCodec()) {
			for (int first = 0; first < 40_000; first += 4000) {
				segments.add(segment(encoder, live, records, first, 4000));
				checkpoints.add(checkpoint(codec, live, first + 4000));
			}
		}
		try (var decoder = new SegmentDecoder(HEAP, EventMix.CAPACITY)) {
			for (int begin = checkpoints.size() - 1; begin >= 0; begin -= 4) {
				decoder.load(checkpoints.get(begin).header, checkpoints.get(begin).packed);
				for (int next = begin + 1; next < segments.size(); next++) {
					requireDecoded(decoder, segments.get(next), records, next * 4000, 4000);
				}
				requireEqual(live, decoder.live());
			}
			decoder.restart();
			requireDecoded(decoder, segments.get(0), records, 0, 4000);
		}
	}

	@Test
	void segmentsOutOfOrderAreRefused() throws Exception {
		ByteBuffer records = mix(5, 200, 30);
		var live = new LiveBlocks(EventMix.CAPACITY);
		try (var encoder = new SegmentEncoder();
				var decoder = new SegmentDecoder(HEAP, EventMix.CAPACITY)) {
			segment(encoder, live, records, 0, 100);
			Piece second = segment(encoder, live, records, 100, 100);
			assertThrows(DamagedPieceException.class, () -> decode(decoder, second));
		}
	}

	@Test
	void damageIsToldAndNothingElseHappens() throws Exception {
		long seed = new Random().nextLong();
		System.out.println("SegmentCodecTest seed " + seed);
		var random = new Random(seed);
		ByteBuffer records = mix(6, 4000, 300);
		var live = new LiveBlocks(EventMix.CAPACITY);
		int refused = 0;
		try (var encoder = new SegmentEncoder();
				var codec = new CheckpointCodec();
				var decoder = new SegmentDecoder(HEAP, EventMix.CAPACITY)) {
			Piece segment = segment(encoder, live, records, 0, 4000);
			Piece checkpoint = checkpoint(codec, live, 4000);
			for (int round = 0; round < 2000; round++) {
				boolean ofSegment = random.nextBoolean();
				Piece damaged = damaged(ofSegment ? segment : checkpoint, random);
				try {
					decoder.restart();
					if (ofSegment) {
						decode(decoder, damaged);
					} else {
						decoder.load(damaged.header, damaged.packed);
					}
				} catch (DamagedPieceException e) {
					refused++;
				} catch (RuntimeException | OutOfMemoryError e) {
					throw new AssertionError("seed " + seed + ", round " + round, e);
				}
			}
		}
		assertTrue(refused > 200, "only " + refused + " refused with seed " + seed);
	}

	private static Piece damaged(Piece piece, Random random) {
		byte[] packed = piece.packed.clone();
		ByteBuffer header = ByteBuffer.wrap(piece.header.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
		int where = random.nextInt(5);
		for (int i = random.nextInt(6); i >= 0; i--) {
			switch (where) {
				case 0 -> header.put(16 + random.nextInt(64), (byte) random.nextInt());
				case 1 -> packed[random.nextInt(12)] = (byte) random.nextInt();
				// The bits of numbers have no checksum: what they say must be checked by what it means.
				case 2 -> packed[packed.length - 1 - random.nextInt(packed.length / 3)] = (byte) random.nextInt();
				case 3 -> packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
				default -> packed = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
			}
			if (packed.length < 12) {
				break;
			}
		}
		return new Piece(header, packed);
	}

	private static void requireRoundTrip(ByteBuffer records, int segmentSize) throws Exception {
		int count = records.capacity() / TraceLayout.RECORD_SIZE;
		var live = new LiveBlocks(EventMix.CAPACITY);
		try (var encoder = new SegmentEncoder(); var decoder = new SegmentDecoder(HEAP, EventMix.CAPACITY)) {
			for (int first = 0; first < count; first += segmentSize) {
				int length = Math.min(segmentSize, count - first);
				requireDecoded(decoder, segment(encoder, live, records, first, length), records, first, length);
			}
			requireEqual(live, decoder.live());
		}
	}

	private static void requireDecoded(SegmentDecoder decoder, Piece piece, ByteBuffer records, int first, int count) throws Exception {
		ByteBuffer decoded = decode(decoder, piece);
		for (int number = 0; number < count; number++) {
			assertEquals(records.slice((first + number) * TraceLayout.RECORD_SIZE, TraceLayout.RECORD_SIZE),
					decoded.slice(number * TraceLayout.RECORD_SIZE, TraceLayout.RECORD_SIZE), "event " + (first + number + 1));
		}
	}

	private static ByteBuffer decode(SegmentDecoder decoder, Piece piece) throws DamagedPieceException {
		ByteBuffer decoded = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		decoder.decode(piece.header, piece.packed, decoded);
		return decoded;
	}

	private static Piece segment(SegmentEncoder encoder, LiveBlocks live, ByteBuffer records, int first, int count) {
		int from = first * TraceLayout.RECORD_SIZE;
		byte[] packed = Arrays.copyOf(encoder.encode(live, new SegmentSummary(live), records, from, count), encoder.packedLength());
		ByteBuffer header = header(first + 1, first + count, count, packed);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, records.getLong(from + TraceLayout.AT_TIME));
		return new Piece(header, packed);
	}

	private static Piece checkpoint(CheckpointCodec codec, LiveBlocks live, long sequence) {
		byte[] packed = Arrays.copyOf(codec.encode(live), codec.packedLength());
		ByteBuffer header = header(sequence, sequence, live.count(), packed);
		live.writeTotals(header);
		return new Piece(header, packed);
	}

	private static ByteBuffer header(long first, long last, int count, byte[] packed) {
		ByteBuffer header = ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		header.putLong(TraceLayout.AT_PIECE_FIRST, first).putLong(TraceLayout.AT_PIECE_LAST, last);
		header.putInt(TraceLayout.AT_PIECE_RAW, count * TraceLayout.RECORD_SIZE).putInt(TraceLayout.AT_PIECE_PACKED, packed.length);
		return header;
	}

	private static void requireEqual(LiveBlocks expected, LiveBlocks actual) {
		assertEquals(expected.count(), actual.count());
		for (int block : expected.indexes()) {
			int other = actual.madeBy(expected.sequence[block]);
			assertTrue(other >= 0);
			assertEquals(expected.offset[block], actual.offset[other]);
			assertEquals(expected.size[block], actual.size[other]);
			assertEquals(expected.requested[block], actual.requested[other]);
			assertEquals(expected.time[block], actual.time[other]);
			assertEquals(expected.transfer[block], actual.transfer[other]);
			assertEquals(expected.thread[block], actual.thread[other]);
			assertEquals(expected.stack[block], actual.stack[other]);
			assertEquals(expected.engine[block], actual.engine[other]);
			assertEquals(expected.state[block], actual.state[other]);
			assertEquals(expected.flag[block], actual.flag[other]);
		}
		assertEquals(List.of(expected.liveBytes, expected.peakBytes, expected.allocations, expected.frees, expected.autoFrees,
				expected.misuses, expected.timeouts),
				List.of(actual.liveBytes, actual.peakBytes, actual.allocations, actual.frees, actual.autoFrees, actual.misuses,
						actual.timeouts));
	}

	private static ByteBuffer mix(long seed, int count, int liveTarget) {
		var records = new Records(count);
		new EventMix(seed, 50, 4, liveTarget, 2000).run(count, records);
		return records.bytes;
	}
}
