// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.replay;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

import org.heaplens.runtime.internal.heap.BestFit;
import org.heaplens.runtime.internal.heap.Buddy;
import org.heaplens.runtime.internal.heap.FirstFit;
import org.heaplens.runtime.internal.heap.Space;
import org.heaplens.runtime.internal.heap.Tlsf;

/** How a heap chooses the place of a block. */
public enum Policy {
	/** Two-level segregated fit with 32 sub-classes and 8 probes: what simulated heaps use. */
	TLSF("tlsf", Tlsf::new),
	/** Two-level segregated fit with 8 sub-classes and none: faster, and wastes a few percent. */
	TLSF8("tlsf8", capacity -> new Tlsf(capacity, 3, 0)),
	/** The smallest hole that is large enough, of several the lowest. */
	BEST_FIT("best-fit", BestFit::new),
	/** The lowest hole that is large enough. */
	FIRST_FIT("first-fit", FirstFit::new),
	/** Powers of two. */
	BUDDY("buddy", Buddy::new);

	private final String id;
	private final LongFunction<Space> maker;

	Policy(String id, LongFunction<Space> maker) {
		this.id = id;
		this.maker = maker;
	}

	/** What users call it, in settings and on the command line. */
	public String id() {
		return id;
	}

	/**
	 * The policy that users call so.
	 *
	 * @throws IllegalArgumentException if there is none; the message names all
	 */
	public static Policy of(String id) {
		return Arrays.stream(values()).filter(policy -> policy.id.equals(id)).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("no policy '" + id + "'; there are "
						+ Arrays.stream(values()).map(Policy::id).collect(Collectors.joining(", "))));
	}

	/** A space of which nothing is handed out. For this bundle. */
	public Space space(long capacity) {
		return maker.apply(capacity);
	}
}
