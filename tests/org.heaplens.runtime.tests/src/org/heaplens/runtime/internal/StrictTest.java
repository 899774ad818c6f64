// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.MisuseException;
import org.heaplens.runtime.settings.Setting;
import org.junit.jupiter.api.Test;

class StrictTest {
	private final Simulator simulator = new Simulator(
			Settings.of(Map.of(Setting.STRICT, "true", Setting.HOST_CAPACITY, "1M", Setting.DEVICE_CAPACITY, "1M")), new VirtualClock());

	private HiaiBuffer block(int size) {
		return assertInstanceOf(HiaiBuffer.class, simulator.allocateOrNull(size, 0, MemoryAttr.MANUAL_FREE));
	}

	@Test
	void theMessageTellsTheBlockItsSiteAndItsHistory() {
		HiaiBuffer block = block(1000);
		assertEquals(HiaiStatus.OK, simulator.free(block));
		var thrown = assertThrows(MisuseException.class, () -> simulator.free(block));
		assertEquals(MisuseReason.DOUBLE_FREE, thrown.reason());
		assertEquals(HiaiStatus.GRAPH_NOT_FIND_MEMORY, thrown.status());
		String thread = " by thread " + Thread.currentThread().getName();
		List<String> lines = thrown.getMessage().lines().toList();
		assertEquals(3, lines.size(), thrown.getMessage());
		assertTrue(lines.get(0).startsWith("DOUBLE_FREE: the MANUAL_FREE block of 1000 bytes at 0x" + Long.toHexString(block.address())
				+ " on host is freed a second time, at "), lines.get(0));
		assertTrue(lines.get(1).startsWith("\tallocated at ") && lines.get(1).endsWith(thread), lines.get(1));
		assertTrue(lines.get(2).startsWith("\tfreed at ") && lines.get(2).endsWith(thread), lines.get(2));
		assertEquals(lines.subList(1, 3), thrown.history().stream().map(line -> "\t" + line).toList());
	}

	@Test
	void aMisuseLeavesTheHeapAsItWas() {
		HiaiBuffer block = block(1000);
		assertThrows(MisuseException.class, () -> simulator.freeDvpp(block));
		assertEquals(1024, simulator.home().checkedUse());
		assertEquals(HiaiStatus.OK, simulator.free(block));
		assertEquals(0, simulator.home().checkedUse());
	}

	@Test
	void wrongRequestsThrow() {
		assertEquals(MisuseReason.SIZE_ZERO, reason(0, MemoryAttr.AUTO_FREE));
		assertEquals(MisuseReason.SIZE_TOO_LARGE, reason(Integer.MAX_VALUE, MemoryAttr.AUTO_FREE));
		assertEquals(MisuseReason.BAD_FLAG, reason(64, MemoryAttr.MAX));
		var onHost = assertThrows(MisuseException.class, () -> simulator.allocateDvpp(64));
		assertTrue(onHost.getMessage().startsWith("DVPP_ON_HOST: on host, a DVPP block is asked for"), onHost.getMessage());
		assertEquals(List.of(), onHost.history());
	}

	private MisuseReason reason(int size, MemoryAttr flag) {
		return assertThrows(MisuseException.class, () -> simulator.allocateOrNull(size, 0, flag)).reason();
	}

	@Test
	void useAfterFreeThrowsWithTheHistory() {
		HiaiBuffer block = block(64);
		block.close();
		var thrown = assertThrows(MisuseException.class, block::bytes);
		assertEquals(MisuseReason.USE_AFTER_FREE, thrown.reason());
		assertEquals(2, thrown.history().size());
	}

	@Test
	void noRoomAndNullAreNoMisuse() {
		block(1 << 20);
		assertEquals(HiaiStatus.GRAPH_NO_MEMORY, simulator.allocate(64, 0, MemoryAttr.AUTO_FREE).status());
		assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, simulator.free(null));
	}

	@Test
	void rangesInsideABlockAreDMalloc() {
		HiaiBuffer block = block(1000);
		assertTrue(simulator.isDMalloc(block, 0, 1000));
		assertTrue(simulator.isDMalloc(block, 999, 1));
		assertTrue(simulator.isDMalloc(block, 1000, 0));
		assertFalse(simulator.isDMalloc(block, 999, 2));
		assertFalse(simulator.isDMalloc(block, -1, 1));
		assertFalse(simulator.isDMalloc(block, 1, Integer.MAX_VALUE));
		assertFalse(simulator.isDMalloc(block, Integer.MAX_VALUE, Integer.MAX_VALUE));
		block.close();
		assertFalse(simulator.isDMalloc(block, 0, 1));
		assertFalse(simulator.isDMalloc(null, 0, 1));
	}

	@Test
	void everyValueOfAFlagIsKnown() {
		assertEquals(List.of(0, 1, 2, 4, 5), List.of(MemoryAttr.values()).stream().map(MemoryAttr::code).toList());
		for (MemoryAttr flag : MemoryAttr.values()) {
			assertEquals(flag, MemoryAttr.of(flag.code()).orElseThrow());
		}
		assertTrue(MemoryAttr.of(3).isEmpty());
		assertTrue(MemoryAttr.of(-2).isEmpty());
	}
}
