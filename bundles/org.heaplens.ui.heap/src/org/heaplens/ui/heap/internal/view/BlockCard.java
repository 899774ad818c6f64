// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.BlockState;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.StackFrame;
import org.heaplens.ui.heap.internal.Bytes;
import org.heaplens.ui.heap.internal.sample.Origin;

/**
 * What a user is told of one block. Immutable.
 *
 * @param title  address and size
 * @param facts  what it is, one fact a line
 * @param frames where it was allocated, innermost first
 */
record BlockCard(String title, List<String> facts, List<String> frames) {
	private static final int FRAMES = 4;

	/** @param nowNanos since the trace began */
	static BlockCard of(HeapInfo heap, Block block, long nowNanos, Optional<Origin> origin) {
		long size = block.extent().size();
		String title = String.format(Locale.ROOT, "0x%x  \u00B7  %s", heap.baseAddress() + block.extent().offset(), Bytes.text(size));
		var facts = new ArrayList<String>();
		facts.add(String.format(Locale.ROOT, "%,d bytes requested, %,d taken", block.requested(), size));
		facts.add(name(block.flag()) + "  \u00B7  " + name(block.state()));
		facts.add("age " + age(nowNanos - block.timeNanos()) + "  \u00B7  offset " + Bytes.text(block.extent().offset()) + " in "
				+ heap.name());
		origin.map(BlockCard::who).filter(who -> !who.isEmpty()).ifPresent(facts::add);
		List<String> frames = origin.map(from -> from.frames().stream().limit(FRAMES).map(BlockCard::frame).toList()).orElse(List.of());
		return new BlockCard(title, List.copyOf(facts), frames);
	}

	static String name(BlockFlag flag) {
		return switch (flag) {
			case MANUAL_FREE -> "MANUAL_FREE";
			case AUTO_FREE -> "AUTO_FREE";
			case HUGE_PAGE -> "HUGE_PAGE";
			case DVPP -> "DVPP";
			case RECEIVED -> "received";
		};
	}

	static String name(BlockState state) {
		return switch (state) {
			case LIVE -> "live";
			case SENDING -> "being sent";
			case SENT -> "sent, still to be freed";
			case LEAKED -> "leaked";
		};
	}

	private static String who(Origin origin) {
		String thread = origin.thread().isEmpty() ? "" : "thread " + origin.thread();
		String engine = origin.engine().isEmpty() ? "" : "engine " + origin.engine();
		return thread.isEmpty() || engine.isEmpty() ? thread + engine : thread + "  \u00B7  " + engine;
	}

	private static String frame(StackFrame frame) {
		if (frame.isNative()) {
			return frame.toString();
		}
		String type = frame.className().substring(frame.className().lastIndexOf('.') + 1).replace('$', '.');
		String place = frame.file().isEmpty() ? "" : frame.line() < 1 ? frame.file() : frame.file() + ":" + frame.line();
		return type + "." + frame.method() + (place.isEmpty() ? "" : "  (" + place + ")");
	}

	private static String age(long nanos) {
		double seconds = Math.max(0, nanos) / 1e9;
		if (seconds < 1) {
			return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
		}
		if (seconds < 120) {
			return String.format(Locale.ROOT, "%.1f s", seconds);
		}
		return String.format(Locale.ROOT, "%.0f min", seconds / 60);
	}
}
