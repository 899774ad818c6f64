// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * The blocks that came to an engine with messages, to tell in the end which of them nobody gave back. It may hold as many again that have
 * been given back, and no more. Threads share it.
 */
final class ReceivedBlocks {
	private static final int LEAST = 64;

	private final List<SimulatedBuffer> blocks = new ArrayList<>();
	private int most = LEAST;

	synchronized void add(SimulatedBuffer block) {
		if (blocks.size() >= most) {
			prune();
			most = Math.max(LEAST, 2 * blocks.size());
		}
		blocks.add(block);
	}

	/** Those that are still live. */
	synchronized List<SimulatedBuffer> live() {
		prune();
		return List.copyOf(blocks);
	}

	private void prune() {
		blocks.removeIf(block -> block.state() != SimulatedBuffer.State.LIVE && block.state() != SimulatedBuffer.State.SENDING);
	}
}
