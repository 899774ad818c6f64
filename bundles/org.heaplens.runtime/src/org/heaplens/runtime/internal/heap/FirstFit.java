// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

/** Takes the lowest extent that is large enough. Logarithmic time. */
public final class FirstFit extends Extents {
	private final ExtentTree byOffset = new ExtentTree();

	public FirstFit(long capacity) {
		super(capacity);
		release(append(0, (int) (capacity() / QUANTUM), NONE));
	}

	@Override
	int find(int quanta) {
		return byOffset.firstWith(quanta);
	}

	@Override
	void link(int extent) {
		byOffset.insert(extent, offsetOf(extent), sizeOf(extent));
	}

	@Override
	void unlink(int extent) {
		byOffset.remove(extent);
	}

	@Override
	int largest() {
		return byOffset.largest();
	}

	@Override
	int checkLinked() {
		return byOffset.check();
	}
}
