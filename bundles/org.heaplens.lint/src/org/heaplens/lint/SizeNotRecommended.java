// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.Optional;
import java.util.OptionalLong;

import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Family;

/** Reports a request for so few bytes that ordinary memory does as well. Stateless. */
public final class SizeNotRecommended implements Rule {
	@Override
	public String id() {
		return "size-not-recommended";
	}

	@Override
	public Severity severity() {
		return Severity.INFO;
	}

	@Override
	public String summary() {
		return "A block is asked for that is too small to gain anything";
	}

	/** Bytes from which on blocks are recommended on the device, which is less than on the host: the side is not known. */
	private static final long LEAST = (256L << 10) - 96;

	@Override
	public Optional<String> judge(Moment moment) {
		if (!(moment instanceof Moment.Request request) || !request.block().family().equals(Family.D)) {
			return Optional.empty();
		}
		OptionalLong size = Words.number(request.size());
		return size.isPresent() && size.getAsLong() > 0 && size.getAsLong() < LEAST
				? Optional.of(Words.plain(request.block()) + " has a size of only " + size.getAsLong()
						+ ": below 256 KB, ordinary memory is as fast and simpler")
				: Optional.empty();
	}
}
