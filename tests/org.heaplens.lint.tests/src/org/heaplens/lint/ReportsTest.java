
package org.heaplens.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

class ReportsTest {
	private static final String SOURCE = "class A {\n\tvoid f() {\n\t\tb = dMalloc(1);\n\t}\n}\n";
	private static final Location ALLOCATION = new Location("src/a b.java", 3, 7, 26, 10);

	private static Finding finding(List<Fix> fixes) {
		return new Finding("leaked-manual-block", Severity.ERROR, "Block 'b' \"leaks\"", ALLOCATION,
				List.of(new Step(ALLOCATION, "allocated here"),
						new Step(new Location("src/a b.java", 4, 2, 39, 1), "ends here")),
				fixes, "0123456789abcdef");
	}

	private static String sarif(List<Finding> findings) throws IOException {
		var writer = new StringWriter();
		SarifReport.write(findings, Path.of(""), writer);
		return writer.toString();
	}

	@Test
	void textLooksLikeACompilers() {
		assertEquals("""
				src/a b.java:3:7: error: Block 'b' "leaks" [leaked-manual-block]
				    \t\tb = dMalloc(1);
				    \t\t    ^~~~~~~~~~
				  1. line 3: allocated here
				  2. line 4: ends here
				""", TextReport.write(List.of(finding(List.of())), file -> SOURCE));
	}

	@Test
	void textNamesFixes() {
		var fix = new Fix("free-before-exit", "Free it", true, List.of());
		assertTrue(TextReport.write(List.of(finding(List.of(fix))), file -> SOURCE).endsWith("  fix: Free it\n"));
	}

	@Test
	void aMissingSourceCostsOnlyTheExcerpt() {
		assertEquals(3, TextReport.write(List.of(finding(List.of())), file -> "").lines().count());
	}

	@Test
	void nothingFoundIsNoText() {
		assertEquals("", TextReport.write(List.of(), file -> SOURCE));
	}

	@Test
	void sarifIsJson() throws IOException {
		var fix = new Fix("free-before-exit", "Free it", true,
				List.of(new TextEdit("src/a b.java", 39, 0, "dFree(b);\n")));
		try (JsonParser parser = new JsonFactory().createParser(sarif(List.of(finding(List.of(fix)))))) {
			int depth = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
			}
			assertEquals(0, depth);
		}
	}

	@Test
	void sarifHasWhatReadersNeed() throws IOException {
		var fix = new Fix("free-before-exit", "Free it", true,
				List.of(new TextEdit("src/a b.java", 39, 0, "dFree(b);\n")));
		String sarif = sarif(List.of(finding(List.of(fix))));
		for (String part : List.of("\"version\" : \"2.1.0\"", "\"ruleId\" : \"leaked-manual-block\"",
				"\"ruleIndex\" : 0", "\"uri\" : \"src/a%20b.java\"", "\"uriBaseId\" : \"SRCROOT\"",
				"\"heaplens/v1\" : \"0123456789abcdef\"", "\"threadFlows\"", "\"startLine\" : 3",
				"\"startColumn\" : 7", "\"insertedContent\"", "\"charOffset\" : 39", "\\\"leaks\\\"")) {
			assertTrue(sarif.contains(part), part + " is missing in " + sarif);
		}
	}

	@Test
	void sarifWithoutFindingsStillHasTheRules() throws IOException {
		String sarif = sarif(List.of());
		Rules.ALL.forEach(rule -> assertTrue(sarif.contains('"' + rule.id() + '"')));
		assertTrue(sarif.contains("\"results\" : [ ]"));
	}

	@Test
	void filesOutsideKeepTheirWholePath() throws IOException {
		var writer = new StringWriter();
		SarifReport.write(List.of(finding(List.of())), Path.of("elsewhere"), writer);
		assertTrue(writer.toString().contains("\"uri\" : \"file:///"));
		assertFalse(writer.toString().contains("uriBaseId"));
	}

	@Test
	void everyRuleHasItsPage() throws IOException {
		for (Rule rule : Rules.ALL) {
			String page = Files.readString(Path.of("../../docs/rules", rule.id() + ".md"));
			assertTrue(page.startsWith("# " + rule.id()), rule.id());
			for (String part : List.of("## Why", "## Bad", "## Good", "## When to ignore")) {
				assertTrue(page.contains(part), rule.id() + " lacks " + part);
			}
		}
	}

	@Test
	void rulesHaveDifferentIds() {
		assertEquals(Rules.ALL.size(), Rules.ALL.stream().map(Rule::id).distinct().count());
	}
}
