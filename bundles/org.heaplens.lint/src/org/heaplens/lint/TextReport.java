// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.List;
import java.util.function.Function;

/** Findings as text for people: one line like a compiler's, the source with a caret, and the numbered path. */
public final class TextReport {
	private TextReport() {}

	/**
	 * @param findings reported in this order
	 * @param sources  the text of a file by the name that findings have for it
	 * @return lines that end with LF; empty if there are no findings
	 */
	public static String write(List<Finding> findings, Function<String, String> sources) {
		var report = new StringBuilder();
		SourceText source = new SourceText("", "");
		for (Finding finding : findings) {
			if (!source.file().equals(finding.location().file())) {
				source = new SourceText(finding.location().file(), sources.apply(finding.location().file()));
			}
			write(finding, source, report);
		}
		return report.toString();
	}

	private static void write(Finding finding, SourceText source, StringBuilder report) {
		Location location = finding.location();
		report.append(location.file()).append(':').append(location.line()).append(':').append(location.column())
				.append(": ").append(finding.severity().word()).append(": ").append(finding.message()).append(" [")
				.append(finding.rule()).append("]\n");
		excerpt(location, source, report);
		int number = 1;
		for (Step step : finding.path()) {
			report.append("  ").append(number++).append(". line ").append(step.location().line()).append(": ")
					.append(step.text()).append('\n');
		}
		for (Fix fix : finding.fixes()) {
			report.append("  fix: ").append(fix.title()).append('\n');
		}
	}

	/** Tabs stay what they are, so that the caret stands below its text whatever their width. */
	private static void excerpt(Location location, SourceText source, StringBuilder report) {
		String line = source.lineText(location.line());
		if (line.isBlank()) {
			return;
		}
		String before = line.substring(0, Math.min(location.column() - 1, line.length()));
		int width = Math.clamp(location.length(), 1, Math.max(1, line.length() - before.length()));
		report.append("    ").append(line).append("\n    ").append(before.replaceAll("[^\t]", " ")).append('^')
				.append("~".repeat(width - 1)).append('\n');
	}
}
