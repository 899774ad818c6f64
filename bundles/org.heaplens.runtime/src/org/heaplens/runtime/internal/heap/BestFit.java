// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

/** Takes the smallest extent that is large enough, of several the lowest. Logarithmic time. */
public final class BestFit extends Extents {
	private final ExtentTree bySize = new ExtentTree();

	public BestFit(long capacity) {
		super(capacity);
		release(append(0, (int) (capacity() / QUANTUM), NONE));
	}

	@Override
	int find(int quanta) {
		return bySize.ceiling((long) quanta << 32);
	}

	@Override
	void link(int extent) {
		bySize.insert(extent, (long) sizeOf(extent) << 32 | offsetOf(extent), sizeOf(extent));
	}

	@Override
	void unlink(int extent) {
		bySize.remove(extent);
	}

	@Override
	int largest() {
		return bySize.largest();
	}

	@Override
	int checkLinked() {
		return bySize.check();
	}
}
