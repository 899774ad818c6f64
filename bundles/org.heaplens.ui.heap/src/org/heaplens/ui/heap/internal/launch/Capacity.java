// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.heaplens.ui.heap.HeapLensIds;

/** A capacity that a user may set for a heap of the simulator: where it is kept, how it is called, what it becomes for the process. */
enum Capacity {
	HOST(HeapLensIds.HOST_CAPACITY, "Host", "heaplens.host.capacity"),
	DEVICE(HeapLensIds.DEVICE_CAPACITY, "Device", "heaplens.device.capacity");

	/** MiB: what the address space of the simulator can hold. */
	static final int LARGEST_MEBIBYTES = 65_536;

	private final String attribute;
	private final String label;
	private final String property;

	Capacity(String attribute, String label, String property) {
		this.attribute = attribute;
		this.label = label;
		this.property = property;
	}

	String attribute() {
		return attribute;
	}

	String label() {
		return label;
	}

	/** What is wrong with that text, in one line; empty if nothing is. */
	Optional<String> problem(String text) {
		String digits = text.strip();
		if (digits.isEmpty() || digits.matches("[0-9]{1,6}") && inRange(Integer.parseInt(digits))) {
			return Optional.empty();
		}
		return Optional.of(label + " capacity has to be a whole number of MiB from 1 to " + LARGEST_MEBIBYTES + ", or empty; it is \""
				+ digits + "\".");
	}

	/** The argument for the JVM; empty if the simulator's default is to be used. */
	String argument(ILaunchConfiguration configuration) throws CoreException {
		String text = configuration.getAttribute(attribute, "").strip();
		return text.isEmpty() ? "" : "-D" + property + "=" + text + "M";
	}

	private static boolean inRange(int mebibytes) {
		return mebibytes >= 1 && mebibytes <= LARGEST_MEBIBYTES;
	}
}
