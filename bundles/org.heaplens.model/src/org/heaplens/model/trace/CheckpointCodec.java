// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.trace;

import java.util.BitSet;

/**
 * Packs all live blocks of a heap, and makes them again. In the order in which they were made, numbers and times of the events that made
 * them are small differences; in the order of addresses, offsets are small gaps; so both orders are written, and how they fit together.
 * The columns are described in {@code docs/trace-format.md}. One thread.
 */
final class CheckpointCodec implements AutoCloseable {
	private static final int TABLE = 0;
	private static final int ROWS = 1;
	private static final int SEQUENCES = 2;
	private static final int TIMES = 3;
	private static final int SIZES = 4;
	private static final int TRANSFERS = 5;
	private static final int GAPS = 6;
	private static final int OTHERS = 7;
	private static final int COLUMNS = 8;
	/** State, flag, thread, engine, stack. */
	private static final int ROW_WIDTH = 5;
	private static final int MOST_TOKENS_FIXED = 1 << 16;
	private static final int MOST_TOKENS_OF_BLOCK = 64;

	private final ColumnsWriter writer = new ColumnsWriter(COLUMNS);
	private final ColumnsReader reader = new ColumnsReader(COLUMNS);
	private final RowTable rows = new RowTable(ROW_WIDTH);
	private final SizePairs pairs = new SizePairs();

	/** Packs the blocks; {@link #packedLength} bytes of the array are the result. */
	byte[] encode(LiveBlocks live) {
		writer.clear();
		int[] byAddress = live.indexes();
		int[] bySequence = byAddress.clone();
		IndexSort.sort(byAddress, live.offset);
		IndexSort.sort(bySequence, live.sequence);
		int[] ranks = new int[live.sequence.length];
		int[] rowOf = new int[live.sequence.length];
		rows.clear();
		for (int rank = 0; rank < byAddress.length; rank++) {
			int block = byAddress[rank];
			ranks[block] = rank;
			rowOf[block] = rows.number(new long[]{live.state[block], live.flag[block], Integer.toUnsignedLong(live.thread[block]),
				Integer.toUnsignedLong(live.engine[block]), Integer.toUnsignedLong(live.stack[block])});
		}
		int[] places = rows.write(writer.columns[TABLE]);
		pairs.clear(rows.count());
		int rankWidth = rankWidth(byAddress.length);
		long sequence = 0;
		long time = 0;
		long transfer = 0;
		for (int block : bySequence) {
			writer.columns[ROWS].putVarint(places[rowOf[block]]);
			writer.putNumber(SEQUENCES, live.sequence[block] - sequence);
			writer.putNumber(TIMES, live.time[block] - time);
			writer.bits.put(ranks[block], rankWidth);
			putSize(places[rowOf[block]], SizePairs.pair(live.requested[block], live.size[block]));
			writer.putNumber(TRANSFERS, BitColumn.zigzag(live.transfer[block] - transfer));
			sequence = live.sequence[block];
			time = live.time[block];
			transfer = live.transfer[block];
		}
		putGaps(live, byAddress);
		writer.pack();
		return writer.packed();
	}

	int packedLength() {
		return writer.packedLength();
	}

	private void putSize(int row, long pair) {
		int known = pairs.use(row, pair);
		writer.columns[SIZES].put(known);
		if (known == SizePairs.KEPT) {
			writer.putNumber(OTHERS, pair >>> Integer.SIZE);
			writer.putNumber(OTHERS, pair & 0xFFFF_FFFFL);
		}
	}

	private void putGaps(LiveBlocks live, int[] byAddress) {
		long all = 0;
		long end = 0;
		for (int block : byAddress) {
			all |= live.offset[block] - end;
			end = live.offset[block] + live.size[block];
		}
		int shift = all == 0 ? 0 : Long.numberOfTrailingZeros(all);
		writer.columns[TABLE].put(shift);
		end = 0;
		for (int block : byAddress) {
			writer.putNumber(GAPS, BitColumn.zigzag(live.offset[block] - end >> shift));
			end = live.offset[block] + live.size[block];
		}
	}

	/**
	 * Puts the blocks of a checkpoint in place of those in {@code live}.
	 *
	 * @param raw  {@link TraceLayout#RECORD_SIZE} for each block, as the header of the piece says
	 * @param last the event behind which the checkpoint stands
	 */
	void decode(byte[] packed, int length, int raw, long last, LiveBlocks live) throws DamagedPieceException {
		int count = raw / TraceLayout.RECORD_SIZE;
		int rankWidth = rankWidth(count);
		// What is said to be there has to be there before memory is asked for.
		if (raw < 0 || raw % TraceLayout.RECORD_SIZE != 0 || count > LiveBlocks.LIMIT || length < (long) count * rankWidth / Byte.SIZE) {
			throw new DamagedPieceException("a checkpoint of " + raw + " bytes in " + length + " compressed ones");
		}
		reader.unpack(packed, length, MOST_TOKENS_FIXED + MOST_TOKENS_OF_BLOCK * count);
		rows.read(reader.columns[TABLE], count);
		pairs.clear(rows.count());
		live.clear();
		var made = new Made(count);
		for (int number = 0; number < count; number++) {
			made.rows[number] = reader.columns[ROWS].varint(rows.count() - 1);
			made.sequences[number] = reader.number(SEQUENCES) + (number == 0 ? 0 : made.sequences[number - 1]);
			made.times[number] = reader.number(TIMES) + (number == 0 ? 0 : made.times[number - 1]);
			made.rank(number, (int) reader.bits.get(rankWidth));
			made.pairs[number] = pair(made.rows[number]);
			made.transfers[number] = BitColumn.unzigzag(reader.number(TRANSFERS)) + (number == 0 ? 0 : made.transfers[number - 1]);
		}
		int shift = reader.columns[TABLE].varint(Long.SIZE - 1);
		long end = 0;
		for (int rank = 0; rank < count; rank++) {
			int number = made.numbers[rank];
			int size = (int) made.pairs[number];
			long offset = end + (BitColumn.unzigzag(reader.number(GAPS)) << shift);
			if (!live.fits(offset, size) || made.sequences[number] < 1 || made.sequences[number] > last) {
				throw new DamagedPieceException("a checkpoint has a block of " + size + " bytes at " + offset + " by event "
						+ made.sequences[number]);
			}
			end = offset + size;
			put(live, made, number, offset, size);
		}
		if (live.count() != count) {
			throw new DamagedPieceException("a checkpoint has two blocks in one place");
		}
	}

	@Override
	public void close() {
		writer.close();
		reader.close();
	}

	private void put(LiveBlocks live, Made made, int number, long offset, int size) throws DamagedPieceException {
		if (live.madeBy(made.sequences[number]) >= 0) {
			throw new DamagedPieceException("a checkpoint has two blocks of one event");
		}
		int block = live.add(made.sequences[number], offset, size);
		int row = made.rows[number];
		live.time[block] = made.times[number];
		live.requested[block] = (int) (made.pairs[number] >>> Integer.SIZE);
		live.transfer[block] = made.transfers[number];
		live.state[block] = (int) rows.get(row, 0);
		live.flag[block] = (int) rows.get(row, 1);
		live.thread[block] = (int) rows.get(row, 2);
		live.engine[block] = (int) rows.get(row, 3);
		live.stack[block] = (int) rows.get(row, 4);
	}

	private long pair(int row) throws DamagedPieceException {
		int known = reader.columns[SIZES].get();
		if (known < SizePairs.KEPT) {
			return pairs.take(row, known);
		}
		int requested = reader.unsigned(OTHERS);
		long pair = SizePairs.pair(requested, reader.unsigned(OTHERS));
		pairs.use(row, pair);
		return pair;
	}

	/** Bits that a place among {@code count} takes. */
	private static int rankWidth(int count) {
		return count < 2 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
	}

	/** Blocks in the order in which they were made, while their offsets are not known yet. */
	private static final class Made {
		private final long[] sequences;
		private final long[] times;
		private final long[] pairs;
		private final long[] transfers;
		private final int[] rows;
		/** For each place in the order of addresses, the number of its block. */
		private final int[] numbers;
		private final BitSet taken;

		Made(int count) {
			sequences = new long[count];
			times = new long[count];
			pairs = new long[count];
			transfers = new long[count];
			rows = new int[count];
			numbers = new int[count];
			taken = new BitSet(count);
		}

		void rank(int number, int rank) throws DamagedPieceException {
			if (rank >= numbers.length || taken.get(rank)) {
				throw new DamagedPieceException("a checkpoint has two blocks at place " + rank + " of " + numbers.length);
			}
			taken.set(rank);
			numbers[rank] = number;
		}
	}
}
