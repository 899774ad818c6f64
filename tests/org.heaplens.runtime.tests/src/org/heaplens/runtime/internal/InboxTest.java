// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.heaplens.runtime.internal.Inbox.Item;
import org.heaplens.runtime.internal.Inbox.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InboxTest {
	private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(50);
	private static final Executor THREADS = command -> {
		var thread = new Thread(command);
		thread.setDaemon(true);
		thread.start();
	};

	/** Sender and place in the sender's order. */
	private record Message(int sender, int number) {}

	private static Item item(int port, Object message) {
		return new Item(port, message, null, null);
	}

	@Test
	void eachPortHasItsOwnPlacesAndAPlaceThatWasKeptIsTaken() {
		var inbox = new Inbox(1, Clock.SYSTEM);
		assertTrue(inbox.reserve(0, 0));
		assertFalse(inbox.reserve(0, 0));
		assertTrue(inbox.reserve(1, 0));
		assertEquals(0, inbox.waiting(0));
		inbox.put(item(0, "a"));
		assertEquals(1, inbox.waiting(0));
		inbox.release(1);
		assertTrue(inbox.reserve(1, 0));
		assertTrue(inbox.take(0, false) instanceof Work.Process process && process.item().message().equals("a"));
		assertTrue(inbox.reserve(0, 0));
	}

	@Test
	void closingHandsOutWhatIsLeftAndTakesNoMore() {
		var inbox = new Inbox(2, Clock.SYSTEM);
		assertTrue(inbox.reserve(0, 0));
		inbox.put(item(0, "left"));
		assertTrue(inbox.reserve(0, 0));
		assertEquals(List.of(item(0, "left")), inbox.close());
		assertFalse(inbox.put(item(0, "late")));
		assertFalse(inbox.reserve(1, LONG_NANOS));
		assertTrue(inbox.take(0, false) instanceof Work.End);
		assertEquals(List.of(), inbox.close());
	}

	@Test
	void manySendersAndWorkersLoseNothingAndKeepTheOrder() {
		long seed = System.nanoTime();
		System.out.println("InboxTest seed " + seed);
		var random = new Random(seed);
		int senders = 1 + random.nextInt(6);
		int each = 2000;
		int size = 1 + random.nextInt(4);
		var inbox = new Inbox(size, Clock.SYSTEM);
		var taken = new LinkedBlockingQueue<Message>();
		var most = new AtomicInteger();
		List<CompletableFuture<Void>> workers = IntStream.range(0, 1 + random.nextInt(3))
				.mapToObj(number -> CompletableFuture.runAsync(() -> work(inbox, taken, most), THREADS)).toList();
		boolean oneWorker = workers.size() == 1;
		List<CompletableFuture<Void>> sending = IntStream.range(0, senders)
				.mapToObj(sender -> CompletableFuture.runAsync(() -> send(inbox, sender, each), THREADS)).toList();
		sending.forEach(CompletableFuture::join);
		var all = new ArrayList<Message>();
		for (int count = 0; count < senders * each; count++) {
			all.add(next(taken));
		}
		inbox.close();
		workers.forEach(CompletableFuture::join);
		assertEquals(senders * each, all.stream().distinct().count());
		assertTrue(most.get() <= size, () -> most + " of " + size);
		if (oneWorker) {
			for (int sender = 0; sender < senders; sender++) {
				int which = sender;
				assertEquals(IntStream.range(0, each).boxed().toList(),
						all.stream().filter(message -> message.sender() == which).map(Message::number).toList());
			}
		}
	}

	private static Message next(LinkedBlockingQueue<Message> taken) {
		try {
			Message message = taken.poll(50, TimeUnit.SECONDS);
			if (message == null) {
				throw new AssertionError("a message was lost");
			}
			return message;
		} catch (InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void send(Inbox inbox, int sender, int count) {
		for (int number = 0; number < count; number++) {
			assertTrue(inbox.reserve(0, LONG_NANOS));
			if (number % 7 == 3) {
				// A message that could not be carried over after all.
				inbox.release(0);
				assertTrue(inbox.reserve(0, LONG_NANOS));
			}
			assertTrue(inbox.put(item(0, new Message(sender, number))));
		}
	}

	private static void work(Inbox inbox, LinkedBlockingQueue<Message> taken, AtomicInteger most) {
		while (inbox.take(0, false) instanceof Work.Process process) {
			most.accumulateAndGet(inbox.waiting(0), Math::max);
			taken.add((Message) process.item().message());
		}
	}
}
