// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * A heap of a process.
 *
 * @param id          its number in the trace; 0 to 65535
 * @param side        where it is
 * @param device      the number of the device; 0 on the host
 * @param capacity    bytes; at least 1
 * @param baseAddress the address that the program sees for offset 0
 */
public record HeapInfo(int id, Side side, int device, long capacity, long baseAddress) {
	public HeapInfo {
		if (id < 0 || id > 0xFFFF || device < 0 || capacity < 1) {
			throw new IllegalArgumentException("no such heap: id=" + id + ", device=" + device + ", capacity=" + capacity);
		}
	}

	/** What users call it: {@code host}, {@code device 0}. */
	public String name() {
		return side == Side.HOST ? "host" : "device " + device;
	}
}
