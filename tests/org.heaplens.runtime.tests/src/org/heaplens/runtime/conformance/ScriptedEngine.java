// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.DataReceiver;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.HiaiStatus;

/** An engine that does for each message what the scenario says. */
final class ScriptedEngine extends Engine {
	private final HiaiStatus readiness;
	private final BlockingQueue<Visit> visits;
	private final Semaphore quiets;
	private volatile @Nullable Thread quietThread;

	/** A message that an engine works on, until its actor leaves. */
	static final class Visit {
		private final ScriptedEngine engine;
		private final int port;
		private final Object message;
		private final Actor actor = new Actor();
		private volatile HiaiStatus answer = HiaiStatus.OK;
		private volatile boolean left;

		Visit(ScriptedEngine engine, int port, Object message) {
			this.engine = engine;
			this.port = port;
			this.message = message;
		}

		ScriptedEngine engine() {
			return engine;
		}

		int port() {
			return port;
		}

		Object message() {
			return message;
		}

		Actor actor() {
			return actor;
		}

		/** Whether its thread has left it, and waits for something else, or has ended. */
		boolean isOver() {
			Thread thread = actor.thread();
			return left && thread != null && waits(thread);
		}

		void leave(HiaiStatus status) {
			answer = status;
			actor.leave();
		}
	}

	ScriptedEngine(HiaiStatus readiness, BlockingQueue<Visit> visits, Semaphore quiets) {
		this.readiness = readiness;
		this.visits = visits;
		this.quiets = quiets;
	}

	@Override
	public HiaiStatus init(Map<String, String> config) {
		return readiness;
	}

	@Override
	public HiaiStatus process(int port, Object message) {
		var visit = new Visit(this, port, message);
		visits.add(visit);
		visit.actor.serve();
		visit.left = true;
		return visit.answer;
	}

	@Override
	public HiaiStatus quiet() {
		quietThread = Thread.currentThread();
		quiets.release();
		return HiaiStatus.OK;
	}

	/** Whether the thread that told of quiet waits again. */
	boolean isWaitingAgain() {
		Thread thread = quietThread;
		return thread == null || waits(thread);
	}

	private static boolean waits(Thread thread) {
		return switch (thread.getState()) {
			case WAITING, TIMED_WAITING, TERMINATED -> true;
			default -> false;
		};
	}

	HiaiStatus receive(int port, DataReceiver receiver) {
		return setDataReceiver(port, receiver);
	}

	HiaiStatus send(int port, String type, @Nullable Object message, int timeOutMillis) {
		return sendData(port, type, message, timeOutMillis);
	}

	HiaiStatus send(int port, String type, @Nullable Object message) {
		return sendData(port, type, message);
	}
}
