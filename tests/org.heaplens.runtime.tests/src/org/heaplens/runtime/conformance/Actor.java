// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

import org.eclipse.jdt.annotation.Nullable;

/** A thread that does what the scenario says, one call after the other. */
final class Actor {
	private final BlockingQueue<Call> mailbox = new LinkedBlockingQueue<>();
	private volatile @Nullable Thread thread;
	private @Nullable CompletableFuture<String> pending;

	private record Call(@Nullable Callable<String> part, CompletableFuture<String> answer) {}

	/** An actor on a thread of its own. */
	static Actor outside(String name) {
		var actor = new Actor();
		var thread = new Thread(actor::serve, name);
		thread.setDaemon(true);
		thread.start();
		return actor;
	}

	/** Makes the calling thread do what is asked for until {@link #leave}. */
	void serve() {
		thread = Thread.currentThread();
		try {
			for (Call call = mailbox.take(); call.part() != null; call = mailbox.take()) {
				run(call);
			}
		} catch (InterruptedException e) {
			// Nobody interrupts actors but a test that is being ended.
			Thread.currentThread().interrupt();
		}
	}

	private static void run(Call call) {
		Callable<String> part = call.part();
		try {
			call.answer().complete(part == null ? "" : part.call());
		} catch (Throwable e) {
			// Whatever it is, it belongs to the step that asked for the call.
			call.answer().completeExceptionally(e);
		}
	}

	/** Lets the actor make a call. */
	CompletableFuture<String> ask(Callable<String> part) {
		var answer = new CompletableFuture<String>();
		pending = answer;
		mailbox.add(new Call(part, answer));
		return answer;
	}

	/** The call that was made last, and may still wait; null if it was answered for. */
	@Nullable
	CompletableFuture<String> pending() {
		return pending;
	}

	void answered() {
		pending = null;
	}

	/** Ends {@link #serve} after the calls before. */
	void leave() {
		mailbox.add(new Call(null, new CompletableFuture<>()));
	}

	@Nullable
	Thread thread() {
		return thread;
	}
}
