// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Location;
import org.heaplens.lint.Step;
import org.heaplens.lint.TextEdit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

/** Findings as JSON, one in a line, for scripts; docs/cli.md has the fields. Stateless. */
public final class JsonLines {
	private JsonLines() {}

	/**
	 * @param base   the folder that the paths in the report start from; files outside of it keep their whole path
	 * @param writer is flushed, not closed
	 */
	public static void write(LintReport report, Path base, Writer writer) throws IOException {
		var paths = new ReportPaths(base);
		try (JsonGenerator json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(writer)) {
			json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
			for (LintReport.Entry entry : report.entries()) {
				entry(json, paths, entry, report.compared());
			}
			for (Recorded recorded : report.recording().stream().toList()) {
				for (Recorded.Unforeseen each : recorded.unforeseen()) {
					unforeseen(json, paths, each);
				}
			}
			json.flush();
		}
		if (!report.entries().isEmpty() || report.recording().stream().anyMatch(recorded -> !recorded.unforeseen().isEmpty())) {
			writer.write('\n');
		}
		writer.flush();
	}

	private static void entry(JsonGenerator json, ReportPaths paths, LintReport.Entry entry, boolean compared) throws IOException {
		Finding finding = entry.finding();
		json.writeStartObject();
		json.writeStringField("rule", finding.rule());
		json.writeStringField("severity", finding.severity().word());
		json.writeStringField("message", finding.message());
		location(json, paths, finding.location());
		json.writeStringField("fingerprint", finding.fingerprint());
		if (compared) {
			json.writeStringField("baseline", entry.known() ? "unchanged" : "new");
		}
		json.writeArrayFieldStart("path");
		for (Step step : finding.path()) {
			json.writeStartObject();
			location(json, paths, step.location());
			json.writeStringField("text", step.text());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeArrayFieldStart("fixes");
		for (Fix fix : finding.fixes()) {
			fix(json, paths, fix);
		}
		json.writeEndArray();
		if (entry.run().isPresent()) {
			Evidence run = entry.run().get();
			json.writeObjectFieldStart("run");
			json.writeStringField("verdict", run.verdict().name().toLowerCase(Locale.ROOT));
			json.writeNumberField("allocations", run.allocations());
			json.writeNumberField("blocks", run.blocks());
			json.writeNumberField("bytes", run.bytes());
			json.writeEndObject();
		}
		json.writeEndObject();
	}

	private static void fix(JsonGenerator json, ReportPaths paths, Fix fix) throws IOException {
		json.writeStartObject();
		json.writeStringField("id", fix.id());
		json.writeStringField("title", fix.title());
		json.writeBooleanField("safe", fix.safe());
		json.writeArrayFieldStart("edits");
		for (TextEdit edit : fix.edits()) {
			json.writeStartObject();
			json.writeStringField("file", paths.of(edit.file()));
			json.writeNumberField("offset", edit.offset());
			json.writeNumberField("length", edit.length());
			json.writeStringField("replacement", edit.replacement());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	private static void unforeseen(JsonGenerator json, ReportPaths paths, Recorded.Unforeseen each) throws IOException {
		json.writeStartObject();
		json.writeStringField("unpredicted", each.frame());
		if (each.place().isPresent()) {
			json.writeStringField("file", paths.of(each.place().get().file()));
			json.writeNumberField("line", each.place().get().line());
		}
		json.writeBooleanField("ignored", each.ignored());
		json.writeNumberField("blocks", each.blocks());
		json.writeNumberField("bytes", each.bytes());
		json.writeEndObject();
	}

	private static void location(JsonGenerator json, ReportPaths paths, Location location) throws IOException {
		json.writeStringField("file", paths.of(location.file()));
		json.writeNumberField("line", location.line());
		json.writeNumberField("column", location.column());
		json.writeNumberField("offset", location.offset());
		json.writeNumberField("length", location.length());
	}
}
