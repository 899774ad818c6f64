// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {
	@ParameterizedTest
	@ValueSource(strings = {"", "1", " 512 ", "65536"})
	void sizesInRangeAreTaken(String text) {
		assertEquals(Optional.empty(), Capacity.HOST.problem(text));
	}

	@ParameterizedTest
	@ValueSource(strings = {"0", "-1", "65537", "1.5", "1G", "99999999999", "many"})
	void otherSizesAreExplainedInOneLine(String text) {
		String problem = Capacity.DEVICE.problem(text).orElseThrow();
		assertTrue(problem.startsWith("Device capacity has to be a whole number of MiB from 1 to 65536"), problem);
		assertEquals(1, problem.lines().count());
	}
}
