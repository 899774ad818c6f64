// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What has become of the frames so far, and how many are under way. Threads share it. */
final class Progress {
	private final int most;
	private final Semaphore places;
	private final AtomicInteger arrived = new AtomicInteger();
	private final AtomicInteger skipped = new AtomicInteger();
	private final AtomicInteger refused = new AtomicInteger();
	private final AtomicInteger lost = new AtomicInteger();
	private final AtomicLong edges = new AtomicLong();
	private final AtomicLong checksum = new AtomicLong();

	/** @param most frames that may be under way at once */
	Progress(int most) {
		this.most = most;
		this.places = new Semaphore(most);
	}

	/** Waits until another frame may be sent on its way. */
	void depart() throws InterruptedException {
		places.acquire();
	}

	/** Waits until no frame is under way; false if that takes longer. */
	boolean finish(int seconds) throws InterruptedException {
		return places.tryAcquire(most, seconds, TimeUnit.SECONDS);
	}

	void arrived(int number, int edgesFound, int thumbnailSum) {
		arrived.incrementAndGet();
		edges.addAndGet(edgesFound);
		// A sum does not depend on the order in which frames arrive.
		checksum.addAndGet((long) thumbnailSum * (number + 1));
		places.release();
	}

	void skipped() {
		skipped.incrementAndGet();
		places.release();
	}

	void refused() {
		refused.incrementAndGet();
		places.release();
	}

	void lost(int number, String reason) {
		complain(number, reason);
		lost.incrementAndGet();
		places.release();
	}

	void complain(int number, String reason) {
		System.err.println("frame " + number + ": " + reason);
	}

	String summary() {
		return String.format("%d frames arrived, %d skipped, %d refused, %d lost; %d edge pixels, checksum %016x", arrived.get(),
				skipped.get(),
				refused.get(), lost.get(), edges.get(), checksum.get());
	}
}
