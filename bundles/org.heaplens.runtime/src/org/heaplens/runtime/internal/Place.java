// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import org.heaplens.model.Side;

/**
 * Where code runs and memory lies.
 *
 * @param device the number of the device; 0 on the host
 */
record Place(Side side, int device) {
	static final Place HOST = new Place(Side.HOST, 0);
	static final Place FIRST_DEVICE = device(0);

	static Place device(int number) {
		return new Place(Side.DEVICE, number);
	}
}
