// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Location;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.Step;

/**
 * Findings as text for people: one line like a compiler's, the source with a caret, and the numbered path with its code. What is in the
 * baseline is left out. Confined to one thread, used once.
 */
public final class TextReport {
	/** Longer lines are cut: they were made by programs. */
	private static final int LONGEST_LINE = 160;
	private static final int LONGEST_STEP = 60;
	private static final String WIDE = "[\\p{IsHan}\\p{IsHangul}\\p{IsHiragana}\\p{IsKatakana}\u3000-\u303f\uff01-\uff60]";

	private final Sources sources;
	private final Style style;
	private final StringBuilder report = new StringBuilder();

	private TextReport(Sources sources, Style style) {
		this.sources = sources;
		this.style = style;
	}

	/**
	 * @param sources the text of a file by the name that findings have for it
	 * @return lines that end with LF; empty if there is nothing to tell
	 */
	public static String write(LintReport report, Function<String, String> sources, Style style) {
		var text = new TextReport(new Sources(sources), style);
		report.fresh().forEach(text::entry);
		report.recording().ifPresent(recorded -> recorded.unforeseen().forEach(each -> text.unforeseen(each, recorded)));
		return text.report.toString();
	}

	private void line(String text) {
		report.append(text).append('\n');
	}

	private void entry(LintReport.Entry entry) {
		Finding finding = entry.finding();
		Location location = finding.location();
		line(style.strong(location.file() + ":" + location.line() + ":" + location.column() + ":") + " "
				+ style.of(finding.severity(), finding.severity().word() + ":") + " " + style.strong(visible(finding.message())) + " "
				+ style.faint("[" + finding.rule() + "]"));
		excerpt(location);
		if (finding.path().size() > 1 || finding.path().stream().anyMatch(step -> !step.location().equals(location))) {
			path(finding);
		}
		entry.run().ifPresent(run -> line("  run: " + words(run)));
		for (Fix fix : finding.fixes()) {
			line("  " + style.good("fix:") + " " + fix.title() + (fix.safe() ? " (--fix does so)" : ""));
		}
	}

	private static String words(Evidence run) {
		return switch (run.verdict()) {
			case CONFIRMED -> "confirmed, " + blocks(run.blocks(), run.bytes()) + " left, of " + run.allocations() + " made here";
			case FREED -> "not confirmed, " + run.allocations() + " made here and all freed";
			case UNREACHED -> "not confirmed, the run made no block here";
		};
	}

	private static String blocks(long blocks, long bytes) {
		return blocks + (blocks == 1 ? " block, " : " blocks, ") + bytes + (bytes == 1 ? " byte" : " bytes");
	}

	private void unforeseen(Recorded.Unforeseen each, Recorded recorded) {
		String place = each.place().map(location -> location.file() + ":" + location.line() + ": ").orElse("");
		line(style.strong(place) + "not predicted: " + blocks(each.blocks(), each.bytes()) + " " + recorded.left() + ", made by "
				+ each.frame() + (each.ignored() ? ", where the source asks to ignore it" : ""));
		each.place().ifPresent(this::excerpt);
	}

	/** Tabs stay what they are, so that the caret stands below its text whatever their width. */
	private void excerpt(Location location) {
		SourceText source = sources.of(location.file());
		String line = source.lineText(location.line());
		if (line.isBlank()) {
			return;
		}
		int column = Math.min(location.column() - 1, line.length());
		int start = line.length() <= LONGEST_LINE ? 0 : Math.max(0, column - LONGEST_LINE / 2);
		int end = Math.min(line.length(), start + LONGEST_LINE);
		String before = visible(line.substring(start, column));
		String marked = visible(line.substring(column, Math.clamp((long) column + location.length(), column, end)));
		String after = visible(line.substring(column + marked.length(), end));
		String number = String.valueOf(location.line());
		String gutter = " ".repeat(Math.max(0, 4 - number.length())) + number + " | ";
		String cut = start > 0 ? "..." : "";
		line(style.faint(gutter) + cut + before + marked + after + (end < line.length() ? "..." : ""));
		String blank = before.replaceAll(WIDE, "  ").replaceAll("[^\t]", " ");
		int width = marked.replaceAll(WIDE, "xx").length();
		line(style.faint(" ".repeat(gutter.length() - 2) + "| ") + " ".repeat(cut.length()) + blank
				+ style.good("^" + "~".repeat(Math.max(0, width - 1))));
	}

	/** The steps, each with what stands there; a step in another file names it. */
	private void path(Finding finding) {
		var heads = new ArrayList<String>();
		for (Step step : finding.path()) {
			boolean here = step.location().file().equals(finding.location().file());
			heads.add((here ? "line " : step.location().file() + ":") + step.location().line() + ": " + visible(step.text()));
		}
		int width = heads.stream().mapToInt(String::length).filter(length -> length <= LONGEST_STEP).max().orElse(0);
		int digits = String.valueOf(heads.size()).length();
		for (int index = 0; index < heads.size(); index++) {
			String number = String.valueOf(index + 1);
			String head = heads.get(index);
			String code = code(finding.path(), index);
			line("  " + " ".repeat(digits - number.length()) + style.number(number + ".") + " " + head
					+ (code.isEmpty() ? "" : style.faint(" ".repeat(Math.max(0, width - head.length())) + "  | " + code)));
		}
	}

	/** What stands at a step, unless the step before it is in the same line. */
	private String code(List<Step> path, int index) {
		Location location = path.get(index).location();
		Location before = index == 0 ? location : path.get(index - 1).location();
		if (index > 0 && before.line() == location.line() && before.file().equals(location.file())) {
			return "";
		}
		String code = visible(sources.of(location.file()).lineText(location.line()).strip());
		return code.length() > LONGEST_STEP ? code.substring(0, LONGEST_STEP) + "..." : code;
	}

	/** A source may hold what a terminal would obey. */
	private static String visible(String text) {
		return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "\ufffd");
	}
}
