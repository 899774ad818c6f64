// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.runtime.MemoryWatch.Leak;
import org.heaplens.runtime.MemoryWatch.Misuse;

/** What a test left behind and did wrong, in words. Immutable. */
final class Report {
	/** Enough to see what to mend first. */
	private static final int SITES = 10;

	private final List<Leak> leaks;
	private final List<Misuse> misuses;

	/** Blocks that are alike but for their addresses, and come from one place. */
	private record Site(Side side, int device, BlockFlag flag, String thread, Optional<EngineInfo> engine, List<StackFrame> stack) {}

	private Report(List<Leak> leaks, List<Misuse> misuses) {
		this.leaks = leaks;
		this.misuses = misuses;
	}

	/** What is not allowed. */
	static Report of(List<Leak> leaks, List<Misuse> misuses, Limits limits) {
		List<Leak> unexpected = leaks.stream().filter(Predicate.not(limits::ignores)).toList();
		return new Report(unexpected.size() > limits.leaks() ? unexpected : List.of(),
				misuses.stream().filter(misuse -> !limits.misuses().contains(misuse.reason())).toList());
	}

	/** The failure, if there is a reason for one; its stack is that of the first place. */
	Optional<AssertionError> failure(String who) {
		if (leaks.isEmpty() && misuses.isEmpty()) {
			return Optional.empty();
		}
		var failure = new AssertionError(text(who));
		List<StackFrame> first = leaks.isEmpty() ? misuses.get(0).stack() : leaks.get(0).stack();
		failure.setStackTrace(first.stream().map(Report::element).toArray(StackTraceElement[]::new));
		return Optional.of(failure);
	}

	private static StackTraceElement element(StackFrame frame) {
		return new StackTraceElement(frame.className(), frame.method(), frame.file().isEmpty() ? null : frame.file(), frame.line());
	}

	private String text(String who) {
		List<String> lines = new ArrayList<>();
		if (!leaks.isEmpty()) {
			long bytes = leaks.stream().mapToLong(Leak::size).sum();
			lines.add(who + " leaked " + count(leaks.size(), "block") + ", " + bytes + " bytes:");
			Map<Site, List<Leak>> sites = leaks.stream().collect(Collectors.groupingBy(
					leak -> new Site(leak.side(), leak.device(), leak.flag(), leak.thread(), leak.engine(), leak.stack()),
					LinkedHashMap::new,
					Collectors.toList()));
			sites.values().stream().limit(SITES).forEach(alike -> addLeaks(lines, alike));
			addRest(lines, sites.size());
		}
		if (!misuses.isEmpty()) {
			lines.add(who + " misused blocks " + count(misuses.size(), "time") + ":");
			misuses.stream().limit(SITES).forEach(misuse -> addMisuse(lines, misuse));
			addRest(lines, misuses.size());
		}
		return String.join("\n", lines);
	}

	private static String count(int number, String what) {
		return number == 1 ? "1 " + what : number + " " + what + "s";
	}

	private static void addLeaks(List<String> lines, List<Leak> alike) {
		Leak first = alike.get(0);
		String more = alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more like it";
		lines.add("  " + first.block() + more + ", " + (first.flag() == BlockFlag.RECEIVED ? "received" : "allocated")
				+ by(first.thread(), first.engine()));
		addStack(lines, first.stack());
	}

	private static void addMisuse(List<String> lines, Misuse misuse) {
		String block = misuse.block().isEmpty() ? "" : ", " + misuse.block() + ",";
		lines.add("  " + misuse.reason() + block + by(misuse.thread(), misuse.engine()) + "; the answer was " + misuse.status());
		addStack(lines, misuse.stack());
		misuse.history().forEach(line -> lines.add("    before: " + line));
	}

	private static String by(String thread, Optional<EngineInfo> engine) {
		return engine.map(one -> " by engine " + one.engine() + " (" + one.name() + ") of graph " + one.graph()).orElse("") + " on thread "
				+ thread;
	}

	/** The test's part of a stack: nobody looks for a leak in what calls tests. */
	private static void addStack(List<String> lines, List<StackFrame> stack) {
		stack.stream().takeWhile(Report::isOfTest).forEach(frame -> lines.add("    at " + frame));
	}

	private static boolean isOfTest(StackFrame frame) {
		return Stream.of("org.junit.", "java.lang.reflect.", "jdk.internal.reflect.").noneMatch(frame.className()::startsWith);
	}

	private static void addRest(List<String> lines, int sites) {
		if (sites > SITES) {
			lines.add("  and " + (sites - SITES) + " more");
		}
	}

	/**
	 * What a test may do.
	 *
	 * @param leaks  blocks
	 * @param strict whether other misuses throw
	 */
	record Limits(int leaks, List<Pattern> ignored, List<MisuseReason> misuses, boolean strict) {
		boolean ignores(Leak leak) {
			return leak.stack().stream().map(StackFrame::toString)
					.anyMatch(frame -> ignored.stream().anyMatch(pattern -> pattern.matcher(frame).find()));
		}
	}
}
