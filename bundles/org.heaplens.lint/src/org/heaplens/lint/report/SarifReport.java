// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.Location;
import org.heaplens.lint.Rule;
import org.heaplens.lint.Rules;
import org.heaplens.lint.Severity;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.Step;
import org.heaplens.lint.TextEdit;
import org.heaplens.lint.flow.Span;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** Findings as SARIF 2.1.0, for other programs. Confined to one thread, used once. */
public final class SarifReport {
	private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
	/** Names the way fingerprints are made; another way gets another name. */
	private static final String FINGERPRINT = "heaplens/v1";
	private static final List<String> IDS = Rules.ALL.stream().map(Rule::id).toList();

	private final JsonGenerator json;
	private final ReportPaths paths;
	private final Sources sources;

	private SarifReport(JsonGenerator json, ReportPaths paths, Sources sources) {
		this.json = json;
		this.paths = paths;
		this.sources = sources;
	}

	/** Something that writes part of a value. */
	@FunctionalInterface
	private interface Part {
		void write() throws IOException;
	}

	/**
	 * @param version of HeapLens
	 * @param base    the folder that the paths in the report start from; files outside of it keep their whole path
	 * @param texts   the text of a file by the name that findings have for it
	 * @param writer  is flushed, not closed
	 */
	public static void write(LintReport report, String version, Path base, Function<String, String> texts, Writer writer)
			throws IOException {
		try (JsonGenerator json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
				.createGenerator(writer)) {
			json.useDefaultPrettyPrinter();
			new SarifReport(json, new ReportPaths(base), new Sources(texts)).report(report, version);
			json.flush();
		}
		writer.write('\n');
		writer.flush();
	}

	private void object(String field, Part part) throws IOException {
		json.writeFieldName(field);
		object(part);
	}

	private void object(Part part) throws IOException {
		json.writeStartObject();
		part.write();
		json.writeEndObject();
	}

	private void array(String field, Part part) throws IOException {
		json.writeArrayFieldStart(field);
		part.write();
		json.writeEndArray();
	}

	private void text(String field, String text) throws IOException {
		object(field, () -> json.writeStringField("text", text));
	}

	private void report(LintReport report, String version) throws IOException {
		object(() -> {
			json.writeStringField("$schema", SCHEMA);
			json.writeStringField("version", "2.1.0");
			array("runs", () -> object(() -> run(report, version)));
		});
	}

	private void run(LintReport report, String version) throws IOException {
		object("tool", () -> object("driver", () -> driver(version)));
		array("invocations", () -> object(() -> invocation(report.problems())));
		json.writeStringField("columnKind", "utf16CodeUnits");
		object("originalUriBaseIds", () -> object("SRCROOT", () -> text("description", "The folder the analysis was run for")));
		array("results", () -> {
			for (LintReport.Entry entry : report.entries()) {
				object(() -> result(entry.finding(), entry.run(),
						report.compared() ? Optional.of(entry.known() ? "unchanged" : "new") : Optional.empty(), Optional.empty()));
			}
			for (Ignored ignored : report.ignored()) {
				object(() -> result(ignored.finding(), Optional.empty(), Optional.empty(), Optional.of(ignored.reason())));
			}
			for (Baseline.Entry gone : report.gone()) {
				object(() -> gone(gone));
			}
		});
		if (report.recording().isPresent()) {
			object("properties", () -> recorded(report.recording().get()));
		}
	}

	private void driver(String version) throws IOException {
		json.writeStringField("name", "HeapLens");
		json.writeStringField("version", version);
		array("rules", () -> {
			for (Rule rule : Rules.ALL) {
				object(() -> rule(rule));
			}
		});
	}

	private void rule(Rule rule) throws IOException {
		json.writeStringField("id", rule.id());
		json.writeStringField("name", pascal(rule.id()));
		text("shortDescription", rule.summary());
		Optional<String> page = RulePages.of(rule.id());
		if (page.isPresent()) {
			text("fullDescription", section(page.get(), "Why").orElse(rule.summary()));
			object("help", () -> {
				json.writeStringField("text", page.get());
				json.writeStringField("markdown", page.get());
			});
		}
		object("defaultConfiguration", () -> json.writeStringField("level", level(rule.severity())));
	}

	/** How SARIF wants names of rules. */
	private static String pascal(String id) {
		return Arrays.stream(id.split("-")).map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
				.collect(Collectors.joining());
	}

	/** The first paragraph below a heading, in one line. */
	private static Optional<String> section(String page, String heading) {
		int start = page.indexOf("## " + heading);
		if (start < 0) {
			return Optional.empty();
		}
		String body = page.substring(page.indexOf('\n', start) + 1).strip();
		return Optional.of(body.split("\\R\\s*\\R", 2)[0].replaceAll("\\s+", " "));
	}

	private void invocation(List<LintProblem> problems) throws IOException {
		// What could not be analysed is told; the rest was.
		json.writeBooleanField("executionSuccessful", true);
		array("toolExecutionNotifications", () -> {
			for (LintProblem problem : problems) {
				object(() -> {
					json.writeStringField("level", "warning");
					text("message", problem.message());
					array("locations", () -> object(() -> object("physicalLocation", () -> {
						artifact(problem.file());
						if (problem.line() > 0) {
							object("region", () -> json.writeNumberField("startLine", problem.line()));
						}
					})));
				});
			}
		});
	}

	private static String level(Severity severity) {
		return switch (severity) {
			case ERROR -> "error";
			case WARNING -> "warning";
			case INFO -> "note";
		};
	}

	private void identity(String rule, String fingerprint, String message) throws IOException {
		json.writeStringField("ruleId", rule);
		if (IDS.contains(rule)) {
			json.writeNumberField("ruleIndex", IDS.indexOf(rule));
		}
		text("message", message);
		object("partialFingerprints", () -> json.writeStringField(FINGERPRINT, fingerprint));
	}

	private void result(Finding finding, Optional<Evidence> run, Optional<String> state, Optional<String> ignoredBecause)
			throws IOException {
		identity(finding.rule(), finding.fingerprint(), finding.message());
		json.writeStringField("level", level(finding.severity()));
		if (state.isPresent()) {
			json.writeStringField("baselineState", state.get());
		}
		if (ignoredBecause.isPresent()) {
			array("suppressions", () -> object(() -> {
				json.writeStringField("kind", "inSource");
				if (!ignoredBecause.get().isEmpty()) {
					json.writeStringField("justification", ignoredBecause.get());
				}
			}));
		}
		array("locations", () -> object(() -> location(finding.location(), "")));
		if (!finding.path().isEmpty()) {
			flow(finding.path());
		}
		if (!finding.fixes().isEmpty()) {
			array("fixes", () -> {
				for (Fix fix : finding.fixes()) {
					object(() -> fix(fix));
				}
			});
		}
		if (run.isPresent()) {
			object("properties", () -> object("run", () -> {
				json.writeStringField("verdict", run.get().verdict().name().toLowerCase(Locale.ROOT));
				json.writeNumberField("allocations", run.get().allocations());
				json.writeNumberField("blocks", run.get().blocks());
				json.writeNumberField("bytes", run.get().bytes());
			}));
		}
	}

	/** What is in the baseline only; its file and line are those of then. */
	private void gone(Baseline.Entry entry) throws IOException {
		identity(entry.rule(), entry.fingerprint(), entry.message());
		json.writeStringField("baselineState", "absent");
		array("locations", () -> object(() -> object("physicalLocation", () -> {
			artifact(entry.file());
			object("region", () -> json.writeNumberField("startLine", entry.line()));
		})));
	}

	private void flow(List<Step> path) throws IOException {
		array("codeFlows", () -> object(() -> array("threadFlows", () -> object(() -> array("locations", () -> {
			for (Step step : path) {
				object(() -> object("location", () -> location(step.location(), step.text())));
			}
		})))));
	}

	private void location(Location location, String text) throws IOException {
		object("physicalLocation", () -> {
			artifact(location.file());
			object("region", () -> region(location));
		});
		if (!text.isEmpty()) {
			text("message", text);
		}
	}

	private void region(Location location) throws IOException {
		json.writeNumberField("startLine", location.line());
		json.writeNumberField("startColumn", location.column());
		SourceText source = sources.of(location.file());
		if (location.offset() + location.length() <= source.text().length()) {
			Location end = source.location(new Span(location.offset() + location.length(), 0));
			json.writeNumberField("endLine", end.line());
			json.writeNumberField("endColumn", end.column());
		}
		json.writeNumberField("charOffset", location.offset());
		json.writeNumberField("charLength", location.length());
	}

	private void artifact(String file) throws IOException {
		object("artifactLocation", () -> {
			json.writeStringField("uri", paths.uri(file));
			if (paths.inside(file)) {
				json.writeStringField("uriBaseId", "SRCROOT");
			}
		});
	}

	private void fix(Fix fix) throws IOException {
		text("description", fix.title());
		Map<String, List<TextEdit>> files = fix.edits().stream()
				.collect(Collectors.groupingBy(TextEdit::file, LinkedHashMap::new, Collectors.toList()));
		array("artifactChanges", () -> {
			for (Map.Entry<String, List<TextEdit>> file : files.entrySet()) {
				object(() -> change(file.getKey(), file.getValue()));
			}
		});
	}

	private void change(String file, List<TextEdit> edits) throws IOException {
		artifact(file);
		SourceText source = sources.of(file);
		array("replacements", () -> {
			for (TextEdit edit : edits) {
				object(() -> {
					Location cut = source.location(new Span(edit.offset(), edit.length()));
					boolean known = edit.offset() + edit.length() <= source.text().length();
					object("deletedRegion", () -> {
						if (known) {
							region(cut);
						} else {
							json.writeNumberField("charOffset", edit.offset());
							json.writeNumberField("charLength", edit.length());
						}
					});
					text("insertedContent", edit.replacement());
				});
			}
		});
	}

	private void recorded(Recorded recorded) throws IOException {
		json.writeStringField("trace", recorded.trace());
		array("unpredictedLeaks", () -> {
			for (Recorded.Unforeseen each : recorded.unforeseen()) {
				object(() -> {
					json.writeStringField("frame", each.frame());
					if (each.place().isPresent()) {
						json.writeStringField("file", paths.of(each.place().get().file()));
						json.writeNumberField("line", each.place().get().line());
					}
					json.writeBooleanField("ignored", each.ignored());
					json.writeNumberField("blocks", each.blocks());
					json.writeNumberField("bytes", each.bytes());
				});
			}
		});
	}
}
