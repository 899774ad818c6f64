// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.OptionalLong;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;

/** Reports a request for a size of zero, or above what the heap of that side gives. Stateless. */
public final class SizeOutOfRange implements Rule {
	@Override
	public String id() {
		return "size-out-of-range";
	}

	@Override
	public Severity severity() {
		return Severity.ERROR;
	}

	@Override
	public String summary() {
		return "A block is asked for with a size that no block can have";
	}

	/** Bytes of a block on the host, at most. */
	private static final long MOST = 256L << 20;
	/** Bytes of a block on the device, at most: the model manager takes the rest. */
	private static final long MOST_ON_DEVICE = MOST - 96;

	@Override
	public Optional<String> judge(Moment moment) {
		if (!(moment instanceof Moment.Request request)) {
			return Optional.empty();
		}
		OptionalLong size = Words.number(request.size());
		// The heap of DVPP blocks is on the device; where the others are nobody knows.
		long most = request.block().family().equals(Family.DVPP) ? MOST_ON_DEVICE : MOST;
		if (size.isEmpty() || !Words.ofHeap(request.block()) || size.getAsLong() > 0 && size.getAsLong() <= most) {
			return Optional.empty();
		}
		return Optional.of(Words.plain(request.block()) + " is asked for with a size of " + size.getAsLong()
				+ ": a block has 1 to " + most + " bytes");
	}
}
