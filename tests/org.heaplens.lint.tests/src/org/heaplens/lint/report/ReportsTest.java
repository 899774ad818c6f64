
package org.heaplens.lint.report;

import static org.heaplens.lint.report.Samples.FIX;
import static org.heaplens.lint.report.Samples.finding;
import static org.heaplens.lint.report.Samples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.Rule;
import org.heaplens.lint.Rules;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

class ReportsTest {
	private static String sarif(LintReport report, Path base) throws IOException {
		var writer = new StringWriter();
		SarifReport.write(report, "1.2.3", base, file -> Samples.SOURCE, writer);
		return writer.toString();
	}

	private static String sarif(LintReport report) throws IOException {
		return sarif(report, Path.of(""));
	}

	private static String lines(LintReport report) throws IOException {
		var writer = new StringWriter();
		JsonLines.write(report, Path.of(""), writer);
		return writer.toString();
	}

	@Test
	void sarifIsJson() throws IOException {
		try (JsonParser parser = new JsonFactory().createParser(sarif(report(finding(FIX))))) {
			int depth = 0;
			for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
				depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
			}
			assertEquals(0, depth);
		}
	}

	@Test
	void sarifHasWhatReadersNeed() throws IOException {
		String sarif = sarif(report(finding(FIX)));
		for (String part : List.of("\"version\" : \"2.1.0\"", "\"ruleId\" : \"leaked-manual-block\"",
				"\"ruleIndex\" : 0", "\"uri\" : \"src/a%20b.java\"", "\"uriBaseId\" : \"SRCROOT\"",
				"\"heaplens/v1\" : \"0123456789abcdef\"", "\"threadFlows\"", "\"startLine\" : 3",
				"\"startColumn\" : 7", "\"endColumn\" : 17", "\"version\" : \"1.2.3\"", "\"name\" : \"LeakedManualBlock\"",
				"\"markdown\" : \"# leaked-manual-block", "\"insertedContent\"", "\"charOffset\" : 41", "\\\"leaks\\\"")) {
			assertTrue(sarif.contains(part), part + " is missing in " + sarif);
		}
	}

	@Test
	void sarifWithoutFindingsStillHasTheRules() throws IOException {
		String sarif = sarif(report());
		Rules.ALL.forEach(rule -> assertTrue(sarif.contains('"' + rule.id() + '"')));
		assertTrue(sarif.contains("\"results\" : [ ]"));
	}

	@Test
	void filesOutsideKeepTheirWholePath() throws IOException {
		String sarif = sarif(report(finding()), Path.of("elsewhere"));
		assertTrue(sarif.contains("\"uri\" : \"file:///"));
		assertFalse(sarif.contains("uriBaseId"));
	}

	@Test
	void sarifTellsWhatIsNewKnownGoneAndIgnored() throws IOException {
		var report = new LintReport(
				List.of(new LintReport.Entry(finding("A.java", "1"), false, Optional.empty()),
						new LintReport.Entry(finding("A.java", "2"), true, Optional.empty())),
				List.of(new Ignored(finding("A.java", "3"), "it is a test")), List.of(new LintProblem("B.java", 7, "Syntax error")), 2,
				true,
				List.of(new Baseline.Entry("4", "double-free", "C.java", 5, "Twice")), Optional.empty());
		String sarif = sarif(report);
		for (String part : List.of("\"baselineState\" : \"new\"", "\"baselineState\" : \"unchanged\"", "\"baselineState\" : \"absent\"",
				"\"kind\" : \"inSource\"", "\"justification\" : \"it is a test\"", "\"toolExecutionNotifications\"", "\"startLine\" : 7",
				"\"startLine\" : 5")) {
			assertTrue(sarif.contains(part), part + " is missing in " + sarif);
		}
	}

	@Test
	void everyFindingIsALineOfJson() throws IOException {
		assertEquals(
				"""
						{"rule":"leaked-manual-block","severity":"error","message":"Block 'b' \\"leaks\\"","file":"src/a b.java","line":3,"column":7,"offset":28,"length":10,"fingerprint":"0123456789abcdef","path":[{"file":"src/a b.java","line":3,"column":7,"offset":28,"length":10,"text":"allocated here"},{"file":"src/a b.java","line":4,"column":2,"offset":41,"length":1,"text":"ends here"}],"fixes":[{"id":"free-before-exit","title":"Free it","safe":true,"edits":[{"file":"src/a b.java","offset":41,"length":0,"replacement":"dFree(b);\\n"}]}]}
						{"rule":"double-free","severity":"error","message":"Twice","file":"B.java","line":1,"column":1,"offset":0,"length":1,"fingerprint":"2","path":[],"fixes":[]}
						""",
				lines(report(finding(FIX), finding("B.java", "2"))));
		assertEquals("", lines(report()));
	}

	@Test
	void jsonLinesSayWhatARunShowed() throws IOException {
		var recorded = new Recorded("a.heaptrace", "leaked",
				List.of(new Recorded.Unforeseen("A.f(A.java:3)", Optional.empty(), false, 1, 64)));
		var report = new LintReport(List.of(new LintReport.Entry(finding("A.java", "1"), false, Optional.of(new Evidence(3, 2, 128)))),
				List.of(), List.of(), 1, false, List.of(), Optional.of(recorded));
		String lines = lines(report);
		assertTrue(lines.contains("\"run\":{\"verdict\":\"confirmed\",\"allocations\":3,\"blocks\":2,\"bytes\":128}"), lines);
		assertTrue(lines.endsWith("\n{\"unpredicted\":\"A.f(A.java:3)\",\"ignored\":false,\"blocks\":1,\"bytes\":64}\n"), lines);
		String sarif = sarif(report);
		assertTrue(sarif.contains("\"verdict\" : \"confirmed\"") && sarif.contains("\"unpredictedLeaks\""), sarif);
	}

	@Test
	void everyRuleHasItsPage() throws IOException {
		for (Rule rule : Rules.ALL) {
			String page = RulePages.of(rule.id()).orElseThrow();
			assertEquals(Files.readString(Path.of("../../docs/rules", rule.id() + ".md")), page);
			assertTrue(page.startsWith("# " + rule.id()), rule.id());
			for (String part : List.of("## Why", "## Bad", "## Good", "## When to ignore")) {
				assertTrue(page.contains(part), rule.id() + " lacks " + part);
			}
		}
	}

	@Test
	void noPageIsReadFromElsewhere() {
		assertEquals(Optional.empty(), RulePages.of("../report/RulePages.class"));
		assertEquals(Optional.empty(), RulePages.of("no-such-rule"));
	}

	@Test
	void rulesHaveDifferentIds() {
		assertEquals(Rules.ALL.size(), Rules.ALL.stream().map(Rule::id).distinct().count());
	}
}
