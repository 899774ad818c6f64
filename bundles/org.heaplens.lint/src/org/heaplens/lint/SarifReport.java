// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** Findings as SARIF 2.1.0, for other programs. Confined to one thread, used once. */
public final class SarifReport {
	private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
	/** Names the way fingerprints are made; another way gets another name. */
	private static final String FINGERPRINT = "heaplens/v1";

	private final JsonGenerator json;
	private final Path base;

	private SarifReport(JsonGenerator json, Path base) {
		this.json = json;
		this.base = base.toAbsolutePath().normalize();
	}

	/**
	 * @param base   the folder that the paths in the report start from; files outside of it keep their whole path
	 * @param writer is flushed, not closed
	 */
	public static void write(List<Finding> findings, Path base, Writer writer) throws IOException {
		try (JsonGenerator json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
				.createGenerator(writer)) {
			json.useDefaultPrettyPrinter();
			new SarifReport(json, base).report(findings);
			json.flush();
		}
		writer.write('\n');
		writer.flush();
	}

	private void report(List<Finding> findings) throws IOException {
		json.writeStartObject();
		json.writeStringField("$schema", SCHEMA);
		json.writeStringField("version", "2.1.0");
		json.writeArrayFieldStart("runs");
		json.writeStartObject();
		tool();
		json.writeStringField("columnKind", "utf16CodeUnits");
		json.writeObjectFieldStart("originalUriBaseIds");
		json.writeObjectFieldStart("SRCROOT");
		json.writeObjectFieldStart("description");
		json.writeStringField("text", "The folder the analysis was run for");
		json.writeEndObject();
		json.writeEndObject();
		json.writeEndObject();
		json.writeArrayFieldStart("results");
		for (Finding finding : findings) {
			result(finding);
		}
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndArray();
		json.writeEndObject();
	}

	private void tool() throws IOException {
		json.writeObjectFieldStart("tool");
		json.writeObjectFieldStart("driver");
		json.writeStringField("name", "HeapLens");
		json.writeArrayFieldStart("rules");
		for (Rule rule : Rules.ALL) {
			json.writeStartObject();
			json.writeStringField("id", rule.id());
			message("shortDescription", rule.summary());
			json.writeObjectFieldStart("defaultConfiguration");
			json.writeStringField("level", level(rule.severity()));
			json.writeEndObject();
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndObject();
	}

	private static String level(Severity severity) {
		return switch (severity) {
			case ERROR -> "error";
			case WARNING -> "warning";
			case INFO -> "note";
		};
	}

	private void message(String field, String text) throws IOException {
		json.writeObjectFieldStart(field);
		json.writeStringField("text", text);
		json.writeEndObject();
	}

	private void result(Finding finding) throws IOException {
		json.writeStartObject();
		json.writeStringField("ruleId", finding.rule());
		json.writeNumberField("ruleIndex", Rules.ALL.stream().map(Rule::id).toList().indexOf(finding.rule()));
		json.writeStringField("level", level(finding.severity()));
		message("message", finding.message());
		json.writeArrayFieldStart("locations");
		location(finding.location(), "");
		json.writeEndArray();
		json.writeObjectFieldStart("partialFingerprints");
		json.writeStringField(FINGERPRINT, finding.fingerprint());
		json.writeEndObject();
		flow(finding.path());
		json.writeArrayFieldStart("fixes");
		for (Fix fix : finding.fixes()) {
			fix(fix, finding.location().file());
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	private void flow(List<Step> path) throws IOException {
		json.writeArrayFieldStart("codeFlows");
		json.writeStartObject();
		json.writeArrayFieldStart("threadFlows");
		json.writeStartObject();
		json.writeArrayFieldStart("locations");
		for (Step step : path) {
			json.writeStartObject();
			json.writeFieldName("location");
			location(step.location(), step.text());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndArray();
	}

	private void location(Location location, String text) throws IOException {
		json.writeStartObject();
		json.writeObjectFieldStart("physicalLocation");
		artifact(location.file());
		json.writeObjectFieldStart("region");
		json.writeNumberField("startLine", location.line());
		json.writeNumberField("startColumn", location.column());
		json.writeNumberField("charOffset", location.offset());
		json.writeNumberField("charLength", location.length());
		json.writeEndObject();
		json.writeEndObject();
		if (!text.isEmpty()) {
			message("message", text);
		}
		json.writeEndObject();
	}

	private void artifact(String file) throws IOException {
		json.writeObjectFieldStart("artifactLocation");
		Path path = Path.of(file).toAbsolutePath().normalize();
		boolean inside = path.startsWith(base);
		json.writeStringField("uri", inside ? relative(base.relativize(path)) : path.toUri().toString());
		if (inside) {
			json.writeStringField("uriBaseId", "SRCROOT");
		}
		json.writeEndObject();
	}

	private static String relative(Path path) throws IOException {
		try {
			return new URI(null, null, path.toString().replace('\\', '/'), null).getRawPath();
		} catch (URISyntaxException e) {
			throw new IOException("no URI for " + path, e);
		}
	}

	private void fix(Fix fix, String file) throws IOException {
		json.writeStartObject();
		message("description", fix.title());
		json.writeArrayFieldStart("artifactChanges");
		json.writeStartObject();
		artifact(file);
		json.writeArrayFieldStart("replacements");
		for (TextEdit edit : fix.edits()) {
			json.writeStartObject();
			json.writeObjectFieldStart("deletedRegion");
			json.writeNumberField("charOffset", edit.offset());
			json.writeNumberField("charLength", edit.length());
			json.writeEndObject();
			message("insertedContent", edit.replacement());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndArray();
		json.writeEndObject();
	}
}
