// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.Side;
import org.heaplens.runtime.DataReceiver;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.hiai.NativeBuffer.State;

/** A graph that a native library runs, with engines of its own. Threads share it. */
final class NativeGraph implements HeapDriver.RunningGraph {
	private final GraphConfig config;
	private final NativeDriver driver;
	/** Where the program is, which is no engine's. */
	private final Side here;

	NativeGraph(GraphConfig config, NativeDriver driver, Side here) {
		this.config = config;
		this.driver = driver;
		this.here = here;
	}

	/** Never waits: the C API has no time-out for it. */
	@Override
	public HiaiStatus send(EnginePort target, String messageName, @Nullable Object message, int timeOutMillis) {
		if (message == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		if (!(message instanceof NativeMessage known)) {
			throw new UnsupportedOperationException(
					"a native library knows nothing of Java's objects: send a NativeMessage, with the fields "
							+ "of the struct that its engines know as " + messageName);
		}
		List<NativeBuffer> claimed = new ArrayList<>();
		for (HiaiBuffer block : known.blocks()) {
			if (!(block instanceof NativeBuffer ours) || !claim(ours)) {
				claimed.forEach(one -> one.enter(State.SENDING, State.LIVE));
				return HiaiStatus.GRAPH_INVALID_VALUE;
			}
			claimed.add(ours);
		}
		HiaiStatus status = driver.status(NativeCalls.send(target.graph(), target.engine(), target.port(),
				messageName.getBytes(StandardCharsets.UTF_8), NativeCalls.address(known.struct())));
		boolean crosses = status == HiaiStatus.OK && side(target) != here;
		claimed.forEach(block -> driver.sent(block, status, after(block, crosses)));
		return status;
	}

	/** A block that the other side has a copy of may be sent again, but not one that is being sent, or is gone. */
	private static boolean claim(NativeBuffer block) {
		return block.enter(State.LIVE, State.SENDING) || block.enter(State.READABLE, State.SENDING);
	}

	private static State after(NativeBuffer block, boolean crosses) {
		if (!crosses) {
			return State.LIVE;
		}
		return block.flag() == BlockFlag.AUTO_FREE ? State.SENT : State.READABLE;
	}

	/** The side of an engine; that of the program if another graph has it, of which nothing is known here. */
	private Side side(EnginePort target) {
		return config.engines().stream().filter(engine -> target.graph() == config.graphId() && engine.id() == target.engine())
				.map(GraphConfig.EngineConfig::side).findFirst().orElse(here);
	}

	@Override
	public HiaiStatus receive(EnginePort source, DataReceiver receiver) {
		throw new UnsupportedOperationException("messages of a native library's engines are C++ objects, which only receivers in C++ "
				+ "understand; to receive in Java, set driver=simulator");
	}

	@Override
	public HiaiStatus stop() {
		return driver.status(NativeCalls.destroyGraph(config.graphId()));
	}
}
