// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class MultiTypeQueueTest {
	private final MultiTypeQueue queue = new MultiTypeQueue(2, 2);

	@Test
	void eachQueueKeepsItsOrderAndItsSize() {
		assertTrue(queue.pushData(0, "a"));
		assertTrue(queue.pushData(0, "b"));
		assertFalse(queue.pushData(0, "c"));
		assertTrue(queue.pushData(1, "d"));
		assertEquals(Optional.of("a"), queue.frontData(0));
		assertEquals(Optional.of("a"), queue.popData(0));
		assertEquals(Optional.of("b"), queue.popData(0));
		assertEquals(Optional.empty(), queue.popData(0));
	}

	@Test
	void allAreTakenOrNone() {
		queue.pushData(0, "left");
		assertEquals(List.of(), queue.popAllData());
		assertEquals(Optional.of("left"), queue.frontData(0));
		queue.pushData(1, "right");
		queue.pushData(1, "next");
		assertEquals(List.of("left", "right"), queue.popAllData());
		assertEquals(Optional.of("next"), queue.frontData(1));
	}

	@Test
	void thereAreNoOtherQueues() {
		for (int wrong : new int[]{-1, 2}) {
			assertFalse(queue.pushData(wrong, "a"));
			assertEquals(Optional.empty(), queue.frontData(wrong));
			assertEquals(Optional.empty(), queue.popData(wrong));
		}
		assertThrows(IllegalArgumentException.class, () -> new MultiTypeQueue(0, 1));
		assertThrows(IllegalArgumentException.class, () -> new MultiTypeQueue(1, 0));
	}
}
