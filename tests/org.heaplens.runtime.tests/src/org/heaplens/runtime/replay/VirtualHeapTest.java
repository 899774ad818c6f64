// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.heaplens.runtime.replay.VirtualHeap.Outcome;
import org.heaplens.runtime.replay.VirtualHeap.Request;
import org.junit.jupiter.api.Test;

class VirtualHeapTest {
	private static final long MILLI = 1_000_000;

	private final VirtualHeap heap = new VirtualHeap(1024, Policy.TLSF);

	@Test
	void aRequestThatFindsRoomIsServedAtOnce() {
		Request request = heap.allocate(5, 100, 0);
		assertEquals(Outcome.SERVED, request.outcome());
		assertEquals(0, request.offset());
		assertEquals(128, heap.used());
	}

	@Test
	void withoutATimeOutNobodyWaits() {
		heap.allocate(0, 1024, 0);
		Request second = heap.allocate(0, 64, 0);
		assertEquals(Outcome.TIMED_OUT, second.outcome());
		assertEquals(0, second.largestFree());
	}

	@Test
	void afterItsTimeOutARequestGivesUpWithTheLargestHoleOfThatMoment() {
		heap.allocate(0, 960, 0);
		Request waiting = heap.allocate(0, 128, 10);
		heap.advance(10 * MILLI - 1);
		assertEquals(Outcome.WAITING, waiting.outcome());
		heap.advance(10 * MILLI);
		assertEquals(Outcome.TIMED_OUT, waiting.outcome());
		assertEquals(64, waiting.largestFree());
		assertEquals(10 * MILLI, waiting.waited(50 * MILLI));
	}

	@Test
	void aFreeServesWhoWaitsInTheOrderInWhichTheyCame() {
		Request all = heap.allocate(0, 1024, 0);
		Request first = heap.allocate(1, 512, 100);
		Request second = heap.allocate(2, 512, 100);
		assertEquals(List.of(first, second), heap.free(7, all));
		assertEquals(0, first.offset());
		assertEquals(512, second.offset());
		assertEquals(6, first.waited(99));
	}

	@Test
	void nobodyOvertakesWhoWaits() {
		heap.allocate(0, 960, 0);
		Request large = heap.allocate(0, 128, 100);
		Request small = heap.allocate(0, 64, 50);
		assertEquals(Outcome.WAITING, small.outcome());
		// The small one would fit, but its time is over before that of the one that came first.
		heap.advance(60 * MILLI);
		assertEquals(Outcome.TIMED_OUT, small.outcome());
		assertEquals(Outcome.WAITING, large.outcome());
	}

	@Test
	void whoGivesUpMakesWayForTheNext() {
		heap.allocate(0, 960, 0);
		heap.allocate(0, 128, 10);
		Request small = heap.allocate(0, 64, 50);
		heap.advance(20 * MILLI);
		assertEquals(Outcome.SERVED, small.outcome());
		assertEquals(10 * MILLI, small.waited(20 * MILLI));
	}

	@Test
	void timeDoesNotGoBackwards() {
		heap.advance(5);
		assertThrows(IllegalArgumentException.class, () -> heap.advance(4));
	}

	@Test
	void nothingIsGivenBackTwice() {
		Request request = heap.allocate(0, 64, 0);
		assertTrue(heap.free(0, request).isEmpty());
		assertThrows(IllegalStateException.class, () -> heap.free(0, request));
		heap.checkInvariants();
	}

	@Test
	void thePeakIsTheMostThatWasHandedOutAtOnce() {
		Request first = heap.allocate(0, 512, 0);
		heap.free(1, first);
		heap.allocate(2, 64, 0);
		assertEquals(512, heap.peak());
		assertEquals(64, heap.used());
	}
}
