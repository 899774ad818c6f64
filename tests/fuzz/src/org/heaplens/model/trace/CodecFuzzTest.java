// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.heaplens.model.EventKind;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** The codec of finished pieces: it makes of anything what it packed, and of damage nothing but its exception. */
class CodecFuzzTest {
	private static final long CAPACITY = 1L << 24;
	private static final int MOST_EVENTS = 512;

	@FuzzTest
	void whatIsPackedIsUnpacked(FuzzedDataProvider data) throws DamagedPieceException {
		ByteBuffer records = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		ByteBuffer unpacked = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		var live = new LiveBlocks(CAPACITY, false);
		try (var encoder = new SegmentEncoder(); var decoder = new SegmentDecoder(3, CAPACITY)) {
			long sequence = 1;
			long time = 0;
			while (data.remainingBytes() > 0) {
				int count = data.consumeInt(1, MOST_EVENTS);
				count = Math.min(count, 1 + data.remainingBytes() / 4);
				for (int number = 0; number < count; number++) {
					time += data.consumeBoolean() ? data.consumeByte() & 0xFF : data.consumeLong(0, 1L << 40);
					record(data, records, number * TraceLayout.RECORD_SIZE, sequence + number, time);
				}
				pack(encoder, live, decoder, records, unpacked, count, sequence);
				sequence += count;
			}
		}
	}

	private static void record(FuzzedDataProvider data, ByteBuffer records, int at, long sequence, long time) {
		boolean plain = data.consumeBoolean();
		records.putLong(at + TraceLayout.AT_TIME, time);
		records.putLong(at + TraceLayout.AT_OFFSET, plain ? data.consumeInt(0, 15) * 4096L : data.consumeLong());
		records.putLong(at + TraceLayout.AT_ARGUMENT, plain ? data.consumeInt(0, 3) : data.consumeLong());
		records.putInt(at + TraceLayout.AT_SIZE, plain ? 4096 : data.consumeInt());
		records.putInt(at + TraceLayout.AT_REQUESTED, plain ? 4000 : data.consumeInt());
		records.putInt(at + TraceLayout.AT_THREAD, plain ? data.consumeInt(0, 3) : data.consumeInt());
		records.putInt(at + TraceLayout.AT_STACK, plain ? data.consumeInt(0, 3) : data.consumeInt());
		records.putInt(at + TraceLayout.AT_ENGINE, plain ? 0 : data.consumeInt());
		records.putInt(at + TraceLayout.AT_STATUS, plain ? 0 : data.consumeInt());
		records.putShort(at + TraceLayout.AT_KIND, (short) (plain ? data.consumeInt(1, EventKind.values().length) : data.consumeShort()));
		records.putShort(at + TraceLayout.AT_HEAP, (short) 3);
		records.putShort(at + TraceLayout.AT_FLAG, plain ? 4 : data.consumeShort());
		records.putShort(at + TraceLayout.AT_REASON, plain ? 0 : data.consumeShort());
		records.putLong(at + TraceLayout.AT_SEQUENCE, sequence);
	}

	private static void pack(SegmentEncoder encoder, LiveBlocks live, SegmentDecoder decoder, ByteBuffer records, ByteBuffer unpacked,
			int count, long first) throws DamagedPieceException {
		byte[] packed = encoder.encode(live, new SegmentSummary(live), records, 0, count);
		ByteBuffer header = header(encoder.packedLength(), count * TraceLayout.RECORD_SIZE, first, first + count - 1);
		header.putLong(TraceLayout.AT_PIECE_FIRST_TIME, records.getLong(TraceLayout.AT_TIME));
		assertEquals(count, decoder.decode(header, Arrays.copyOf(packed, encoder.packedLength()), unpacked));
		int length = count * TraceLayout.RECORD_SIZE;
		assertEquals(-1, records.slice(0, length).mismatch(unpacked.slice(0, length)));
	}

	private static ByteBuffer header(int packed, int raw, long first, long last) {
		ByteBuffer header = ByteBuffer.allocate(TraceLayout.PIECE_HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		header.putInt(TraceLayout.AT_PIECE_PACKED, packed);
		header.putInt(TraceLayout.AT_PIECE_RAW, raw);
		header.putLong(TraceLayout.AT_PIECE_FIRST, first);
		header.putLong(TraceLayout.AT_PIECE_LAST, last);
		return header;
	}

	/** A segment and a checkpoint behind it, each with a few of its bytes changed before they are compressed. */
	@FuzzTest
	void whatIsDamagedIsRefused(FuzzedDataProvider data) throws DataFormatException {
		ByteBuffer records = ByteBuffer.allocate(TraceLayout.CHUNK_SIZE).order(ByteOrder.LITTLE_ENDIAN);
		var live = new LiveBlocks(CAPACITY);
		try (var encoder = new SegmentEncoder();
				var checkpoints = new CheckpointCodec();
				var decoder = new SegmentDecoder(0, CAPACITY)) {
			int count = data.consumeInt(1, 64);
			for (int number = 0; number < count; number++) {
				record(data, records, number * TraceLayout.RECORD_SIZE, number + 1, number * 100L);
			}
			byte[] segment = damaged(data, encoder.encode(live, new SegmentSummary(live), records, 0, count), encoder.packedLength());
			byte[] checkpoint = damaged(data, checkpoints.encode(live), checkpoints.packedLength());
			int blocks = live.count() + data.consumeInt(-1, 1);
			try {
				decoder.decode(header(segment.length, count * TraceLayout.RECORD_SIZE, 1, count), segment, records);
				assertTrue(decoder.live().count() <= count, "more blocks than events");
			} catch (DamagedPieceException e) {
				assertFalse(String.valueOf(e.getMessage()).isBlank());
			}
			try {
				decoder.load(header(checkpoint.length, blocks * TraceLayout.RECORD_SIZE, 1, count), checkpoint);
				assertEquals(blocks, decoder.live().count());
			} catch (DamagedPieceException e) {
				assertFalse(String.valueOf(e.getMessage()).isBlank());
			}
		}
	}

	private static byte[] damaged(FuzzedDataProvider data, byte[] packed, int length) throws DataFormatException {
		ByteBuffer head = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
		var tokens = new byte[head.getInt(0)];
		int deflated = head.getInt(4);
		var inflater = new Inflater();
		try {
			inflater.setInput(packed, ColumnsWriter.HEAD, deflated);
			assertEquals(tokens.length, inflater.inflate(tokens));
		} finally {
			inflater.end();
		}
		byte[] bits = Arrays.copyOfRange(packed, ColumnsWriter.HEAD + deflated, length);
		change(data, tokens);
		change(data, bits);
		return columns(Arrays.copyOf(tokens, tokens.length - data.consumeInt(0, Math.min(1, tokens.length))),
				Arrays.copyOf(bits, bits.length - data.consumeInt(0, Math.min(1, bits.length))));
	}

	private static void change(FuzzedDataProvider data, byte[] bytes) {
		for (int changes = data.consumeInt(0, 4); changes > 0 && bytes.length > 0; changes--) {
			bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
		}
	}

	private static byte[] columns(byte[] tokens, byte[] bits) {
		var deflater = new Deflater(1);
		try {
			deflater.setInput(tokens);
			deflater.finish();
			var packed = new byte[ColumnsWriter.HEAD + tokens.length + 1024 + bits.length];
			int length = deflater.deflate(packed, ColumnsWriter.HEAD, tokens.length + 1024);
			ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(0, tokens.length).putInt(4, length);
			System.arraycopy(bits, 0, packed, ColumnsWriter.HEAD + length, bits.length);
			return Arrays.copyOf(packed, ColumnsWriter.HEAD + length + bits.length);
		} finally {
			deflater.end();
		}
	}
}
