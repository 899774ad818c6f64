// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.heaplens.cli.analysis.LeakReport;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.Recording.Snapshot;
import org.heaplens.cli.analysis.SiteStatistics;
import org.heaplens.cli.analysis.TraceStatistics;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.Location;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.report.Evidence;
import org.heaplens.lint.report.LintReport;
import org.heaplens.lint.report.Recorded;
import org.heaplens.model.StackFrame;

/**
 * Compares leaks that were predicted with blocks that runs of the program left. A stack of the run belongs to the prediction that its
 * innermost frame meets; where none meets the place of a prediction, the one that begins its path there. One thread, used once.
 */
final class CrossCheck {
	private static final Set<String> LEAKS = Set.of("leaked-manual-block", "unsent-auto-block", "leak-on-send-failure", "leaked-dvpp-block",
			"leaked-receive-buffer", "lost-block", "empty-deleter-on-manual");

	/** What one stack did, in all heaps. */
	private static final class Site {
		final List<StackFrame> frames;
		long allocations;
		long blocks;
		long bytes;

		Site(List<StackFrame> frames) {
			this.frames = frames;
		}
	}

	private final LintReport report;
	private final Map<String, List<Path>> files = new HashMap<>();
	private final Function<String, String> texts;
	private final Map<String, SourceText> sources = new HashMap<>();
	private final Map<List<StackFrame>, Site> sites = new LinkedHashMap<>();
	private final List<String> traces = new ArrayList<>();
	private String left = "";

	/**
	 * @param linted the files that were linted
	 * @param texts  of files, by the names that findings have for them
	 */
	CrossCheck(LintReport report, List<Path> linted, Function<String, String> texts) {
		this.report = report;
		this.texts = texts;
		linted.forEach(file -> files.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>()).add(file));
	}

	/** Adds what a run did. */
	void add(Recording recording) throws IOException {
		traces.add(recording.file().toString());
		left = Traces.left(recording.state());
		for (SiteStatistics site : TraceStatistics.of(recording).sites(Comparator.comparingInt(SiteStatistics::stack))) {
			site(recording, site.stack()).allocations += site.allocations();
		}
		Snapshot end = recording.atEnd();
		for (LeakReport.Site site : LeakReport.of(end.heaps(), end.timeNanos(), 0).sites()) {
			Site leaking = site(recording, site.stack());
			leaking.blocks += site.blocks();
			leaking.bytes += site.bytes();
		}
	}

	private Site site(Recording recording, int stack) throws IOException {
		return sites.computeIfAbsent(recording.stack(stack), Site::new);
	}

	/** The report with what the runs say. */
	LintReport result() {
		Map<Finding, Evidence> evidence = new HashMap<>();
		report.entries().stream().map(LintReport.Entry::finding).filter(finding -> LEAKS.contains(finding.rule()))
				.forEach(finding -> evidence.put(finding, new Evidence(0, 0, 0)));
		List<Finding> ignored = report.ignored().stream().map(Ignored::finding).filter(finding -> LEAKS.contains(finding.rule())).toList();
		var unforeseen = new ArrayList<Recorded.Unforeseen>();
		for (Site site : sites.values()) {
			List<Finding> predicted = predictions(site.frames, evidence.keySet());
			predicted.forEach(finding -> evidence.merge(finding, new Evidence(site.allocations, site.blocks, site.bytes),
					(one, other) -> new Evidence(one.allocations() + other.allocations(), one.blocks() + other.blocks(),
							one.bytes() + other.bytes())));
			if (predicted.isEmpty() && site.blocks > 0) {
				unforeseen.add(unforeseen(site, !predictions(site.frames, ignored).isEmpty()));
			}
		}
		unforeseen.sort(Comparator.comparingLong(Recorded.Unforeseen::bytes).reversed().thenComparing(Recorded.Unforeseen::frame));
		return new LintReport(
				report.entries().stream()
						.map(entry -> new LintReport.Entry(entry.finding(), entry.known(),
								Optional.ofNullable(evidence.get(entry.finding()))))
						.toList(),
				report.ignored(), report.problems(), report.files(), report.compared(), report.gone(),
				Optional.of(new Recorded(String.join(", ", traces), left, unforeseen)));
	}

	/** In the order of frames, by their own place first. */
	private List<Finding> predictions(List<StackFrame> frames, Iterable<Finding> leaks) {
		for (boolean ownPlace : new boolean[]{true, false}) {
			for (StackFrame frame : frames) {
				var met = new ArrayList<Finding>();
				Set<String> names = names(frame);
				for (Finding finding : leaks) {
					Optional<Location> place = ownPlace
							? Optional.of(finding.location())
							: finding.path().stream().findFirst().map(step -> step.location());
					if (place.isPresent() && names.contains(place.get().file()) && meets(place.get(), frame.line())) {
						met.add(finding);
					}
				}
				if (!met.isEmpty()) {
					return met;
				}
			}
		}
		return List.of();
	}

	/** A call that takes several lines is recorded with any of them. */
	private boolean meets(Location place, int line) {
		if (line == place.line()) {
			return true;
		}
		SourceText source = source(place.file());
		int end = Math.min(place.offset() + place.length(), source.text().length());
		return line > place.line() && end > place.offset() && line <= source.line(end);
	}

	private SourceText source(String file) {
		return sources.computeIfAbsent(file, name -> new SourceText(name, texts.apply(name)));
	}

	/** How findings would name the file of a frame; none if it was not linted. */
	private Set<String> names(StackFrame frame) {
		List<Path> candidates = files.getOrDefault(frame.fileName(), List.of());
		var names = new HashSet<String>();
		for (Path file : candidates) {
			if (frame.isNative() ? ofNative(file, Path.of(frame.file()), candidates) : ofClass(file, frame)) {
				names.add(SourceTree.name(file));
			}
		}
		return names;
	}

	/** The folders of a source in Java are its package. */
	private static boolean ofClass(Path file, StackFrame frame) {
		int end = frame.className().lastIndexOf('.');
		String folders = end < 0 ? "" : frame.className().substring(0, end).replace('.', '/') + "/";
		return file.toAbsolutePath().normalize().endsWith(Path.of(folders + frame.fileName()));
	}

	/** A program may have been compiled elsewhere: then the file and its folder have to fit, if there is a choice. */
	private static boolean ofNative(Path file, Path compiled, List<Path> candidates) {
		Path whole = file.toAbsolutePath().normalize();
		boolean exactly = candidates.stream().anyMatch(each -> each.toAbsolutePath().normalize().equals(compiled));
		int names = compiled.getNameCount();
		Path end = names < 2 ? compiled : compiled.subpath(names - 2, names);
		return exactly ? whole.equals(compiled) : candidates.size() == 1 || whole.endsWith(end);
	}

	private Recorded.Unforeseen unforeseen(Site site, boolean ignored) {
		Optional<StackFrame> ours = site.frames.stream().filter(frame -> !names(frame).isEmpty() && frame.line() > 0).findFirst();
		String frame = ours.or(() -> site.frames.stream().findFirst()).map(StackFrame::toString).orElse("an unknown place");
		return new Recorded.Unforeseen(frame, ours.map(this::place), ignored, site.blocks, site.bytes);
	}

	private Location place(StackFrame frame) {
		SourceText source = source(names(frame).stream().sorted().findFirst().orElseThrow());
		String text = source.lineText(frame.line());
		if (text.isBlank()) {
			return new Location(source.file(), frame.line(), 1, 0, 0);
		}
		int indent = text.length() - text.stripLeading().length();
		return source.location(new Span(source.lineStart(frame.line()) + indent, text.length() - indent));
	}

	/** How many predictions of leaks a run can say something about, and what it said. */
	static String summary(LintReport report) {
		Recorded recorded = report.recording().orElseThrow();
		List<Evidence> leaks = report.entries().stream().flatMap(entry -> entry.run().stream()).toList();
		long confirmed = leaks.stream().filter(each -> each.verdict() == Evidence.Verdict.CONFIRMED).count();
		return confirmed + " of " + LintCommand.count(leaks.size(), "predicted leak") + " confirmed by the run, "
				+ LintCommand.count(recorded.unforeseen().size(), "leaking place") + " not predicted";
	}

	/** Whether a run left blocks that neither a finding nor the source speaks of. */
	static boolean surprises(LintReport report) {
		return report.recording().stream().flatMap(recorded -> recorded.unforeseen().stream()).anyMatch(each -> !each.ignored());
	}
}
