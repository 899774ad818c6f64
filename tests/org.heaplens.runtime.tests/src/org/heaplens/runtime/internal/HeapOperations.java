// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.settings.Setting;

/**
 * Drives heaps by lines of text, as {@code operations.cpp} of the native library does: what the two print has to be equal. The operations
 * are described there; the arguments are settings, KEY=VALUE.
 */
public final class HeapOperations {
	private static final int BLOCKS = 3000;
	private static final long FNV_BASIS = 0xCBF29CE484222325L;
	private static final long FNV_PRIME = 0x100000001B3L;

	private final Simulator simulator;
	private final @Nullable SimulatedBuffer[] blocks = new @Nullable SimulatedBuffer[BLOCKS];
	/** By heap and offset: what was made there last. */
	private final Map<SimulatedHeap, TreeMap<Long, SimulatedBuffer>> places = new java.util.HashMap<>();
	private long transfer;

	private HeapOperations(Map<Setting, String> settings) {
		this.simulator = new Simulator(Settings.of(settings), Clock.SYSTEM);
	}

	/** Reads operations from standard input and writes an answer to each. */
	public static void main(String[] arguments) throws IOException {
		var settings = new EnumMap<Setting, String>(Setting.class);
		settings.put(Setting.HOST_CAPACITY, "64M");
		settings.put(Setting.DEVICE_CAPACITY, "32M");
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			settings.put(Setting.of(argument.substring(0, equals)).orElseThrow(), argument.substring(equals + 1));
		}
		var operations = new HeapOperations(settings);
		try (var in = new BufferedReader(new InputStreamReader(System.in));
				var out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out)))) {
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				out.print(operations.answer(line) + "\n");
			}
		}
	}

	private String answer(String line) {
		String[] words = line.split(" ");
		int number = Integer.parseInt(words[1]);
		char what = line.charAt(0);
		switch (what) {
			case 'q' :
				return String.format("%016x", digest(heap(words[1])));
			case 'a' :
				return made(number, heap(words[2]).allocate(Integer.parseUnsignedInt(words[3]), 0, flag(Integer.parseInt(words[4]))));
			case 'r' :
				return made(number, heap(words[2]).receive(Integer.parseUnsignedInt(words[3]), 0, ++transfer));
			default :
				SimulatedBuffer block = blocks[number];
				return block == null ? "-" : use(what, block, words);
		}
	}

	private String use(char what, SimulatedBuffer block, String[] words) {
		switch (what) {
			case 's' :
				return block.heap().beginSend(block, ++transfer).name();
			case 'e' :
				end(block, words[2].equals("1") ? HiaiStatus.OK : HiaiStatus.QUEUE_FULL);
				return "done";
			case 'i' :
				return Boolean.toString(simulator.isDMalloc(block, 0, Integer.parseInt(words[2])));
			case 'f' :
				return simulator.free(block).name();
			case 'v' :
				return simulator.freeDvpp(block).name();
			default :
				return simulator.release(block).name();
		}
	}

	/** Only what is being sent can end; the operations may say so of what could not begin. */
	private void end(SimulatedBuffer block, HiaiStatus status) {
		if (block.state() == SimulatedBuffer.State.SENDING || block.state() == SimulatedBuffer.State.FREED_WHILE_SENDING) {
			block.heap().endSend(block, transfer, status);
		}
	}

	private String made(int number, Answer answer) {
		if (answer instanceof SimulatedBuffer block) {
			blocks[number] = block;
			places.computeIfAbsent(block.heap(), heap -> new TreeMap<>()).put(block.offset(), block);
			return "OK " + block.offset();
		}
		blocks[number] = null;
		return answer.allocation().status().name();
	}

	private SimulatedHeap heap(String number) {
		return simulator.heap(number.equals("0") ? Place.HOST : Place.FIRST_DEVICE);
	}

	private static BlockFlag flag(int code) {
		return BlockFlag.of(code).orElseThrow();
	}

	private long digest(SimulatedHeap heap) {
		TreeMap<Long, SimulatedBuffer> blocksOfHeap = places.computeIfAbsent(heap, one -> new TreeMap<>());
		blocksOfHeap.values().removeIf(
				block -> block.state() == SimulatedBuffer.State.FREED || block.state() == SimulatedBuffer.State.AUTO_FREED);
		long hash = FNV_BASIS;
		for (SimulatedBuffer block : blocksOfHeap.values()) {
			hash = digest(digest(hash, block.offset()), block.extentSize());
		}
		return hash;
	}

	private static long digest(long hash, long number) {
		long result = hash;
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			result = (result ^ number >>> shift & 0xFF) * FNV_PRIME;
		}
		return result;
	}
}
