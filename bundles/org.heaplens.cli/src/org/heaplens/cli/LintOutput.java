// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.export.AtomicFile;
import org.heaplens.cli.text.JUnitXml;
import org.heaplens.lint.report.JsonLines;
import org.heaplens.lint.report.LintReport;
import org.heaplens.lint.report.ReportPaths;
import org.heaplens.lint.report.SarifReport;
import org.heaplens.lint.report.Style;
import org.heaplens.lint.report.TextReport;

/**
 * Where and how findings are written.
 *
 * @param file  null for standard output
 * @param base  the folder that names of files start from, where programs read them
 * @param fails whether a finding fails the run
 */
record LintOutput(Format format, @Nullable Path file, Path base, Colour colour, Predicate<LintReport.Entry> fails) {
	/** How findings are written. */
	enum Format {
		text, sarif, jsonl, junit
	}

	/** Whether text has colours. */
	enum Colour {
		auto, always, never
	}

	void write(LintReport report, PrintWriter out) {
		Path target = file;
		if (target == null) {
			out.print(text(report, "standard output"));
			if (out.checkError()) {
				throw new CannotRun("cannot write the findings to standard output: is it closed, or its disk full?");
			}
			return;
		}
		byte[] bytes = text(report, target.toString()).getBytes(StandardCharsets.UTF_8);
		try {
			if (Files.exists(target) && !Files.isRegularFile(target)) {
				Files.write(target, bytes); // a pipe, or something else that cannot be replaced
				return;
			}
			Path real = Files.exists(target) ? target.toRealPath() : target;
			try (AtomicFile written = AtomicFile.begin(real, true)) {
				written.stream().write(bytes);
				written.commit();
			}
		} catch (IOException e) {
			throw new CannotRun("cannot write " + target + ": " + Reasons.of(e), e);
		}
	}

	private String text(LintReport report, String target) {
		var writer = new StringWriter();
		try {
			write(report, writer);
		} catch (IOException e) {
			throw new CannotRun("cannot write " + target + ": " + Reasons.of(e), e);
		}
		return writer.toString();
	}

	private void write(LintReport report, Writer writer) throws IOException {
		switch (format) {
			case text -> writer.write(TextReport.write(report, LintOutput::source, style()));
			case sarif -> SarifReport.write(report, Main.VERSION, base, LintOutput::source, writer);
			case jsonl -> JsonLines.write(report, base, writer);
			case junit -> {
				var xml = new ByteArrayOutputStream();
				JUnitXml.write(LintJUnit.of(report, fails, new ReportPaths(base)), xml);
				writer.write(xml.toString(StandardCharsets.UTF_8));
			}
		}
	}

	private Style style() {
		boolean coloured = switch (colour) {
			case auto -> file == null && Terminal.colours();
			case always -> true;
			case never -> false;
		};
		return coloured ? Style.COLOURED : Style.PLAIN;
	}

	/** The text of a file that was analysed a moment ago; empty if it has gone since, so that only the excerpt is lost. */
	static String source(String file) {
		try {
			String text = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
			return text.startsWith("\ufeff") ? ' ' + text.substring(1) : text;
		} catch (IOException e) {
			return "";
		}
	}
}
