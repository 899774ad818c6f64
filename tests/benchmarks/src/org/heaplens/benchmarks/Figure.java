// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the table. Immutable.
 *
 * @param what     is measured
 * @param measured what it came to
 * @param unit     of {@code measured}, {@code bar} and {@code peer}
 * @param bar      what it should come to
 * @param peer     what another comes to, on this machine, in this run
 */
record Figure(String what, Sample measured, String unit, Optional<Bar> bar, Optional<Peer> peer) {
	/**
	 * A limit.
	 *
	 * @param atMost whether less is better
	 */
	record Bar(boolean atMost, double limit) {
		boolean met(double value) {
			return atMost ? value <= limit : value >= limit;
		}
	}

	/** Whom we are compared with. */
	record Peer(String name, Sample measured) {}

	static Figure of(String what, Sample measured, String unit) {
		return new Figure(what, measured, unit, Optional.empty(), Optional.empty());
	}

	Figure atMost(double limit) {
		return new Figure(what, measured, unit, Optional.of(new Bar(true, limit)), peer);
	}

	Figure atLeast(double limit) {
		return new Figure(what, measured, unit, Optional.of(new Bar(false, limit)), peer);
	}

	Figure against(String name, Sample value) {
		return new Figure(what, measured, unit, bar, Optional.of(new Peer(name, value)));
	}

	String measuredText() {
		String text = number(measured.median()) + " " + unit;
		return measured.runs() == 1 ? text : text + " (" + number(measured.least()) + ".." + number(measured.most()) + ")";
	}

	String barText() {
		return bar.map(limit -> (limit.atMost() ? "<= " : ">= ") + number(limit.limit())).orElse("");
	}

	String peerText() {
		return peer.map(other -> other.name() + " " + number(other.measured().median())).orElse("");
	}

	/** How many times the peer's figure ours is. */
	String ratioText() {
		return peer.filter(other -> other.measured().median() != 0)
				.map(other -> String.format(Locale.ROOT, "%.2f", measured.median() / other.measured().median())).orElse("");
	}

	String verdict() {
		return bar.map(limit -> limit.met(measured.median()) ? "met" : missed(limit)).orElse("");
	}

	private String missed(Bar limit) {
		return limit.limit() == 0 ? "MISSED" : String.format(Locale.ROOT, "MISSED x%.2f", measured.median() / limit.limit());
	}

	/** With three digits that mean something. */
	static String number(double value) {
		double size = Math.abs(value);
		int digits = value == Math.rint(value) && size < 1e15 || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
		return String.format(Locale.ROOT, "%,." + digits + "f", value);
	}
}
