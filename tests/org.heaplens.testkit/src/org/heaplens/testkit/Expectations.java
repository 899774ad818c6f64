
package org.heaplens.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.heaplens.lint.Finding;

/**
 * Checks an analyzer against source text that carries its own expectations: {@code // finds rule-id} at the end of a
 * line says that the rule is reported there, {@code // finds rule-a, rule-b} that both are, in the order of their
 * names; a rule that is reported twice is named twice. Lines without a mark expect silence. Stateless.
 */
public final class Expectations {
	private static final String MARK = " // finds ";
	private static final Pattern MARKS = Pattern.compile(MARK + "[^\r\n]*");

	private Expectations() {}

	/** Strips the marks, analyzes what is left, and marks the findings again: nothing may differ. */
	public static void check(Function<String, List<Finding>> analyzer, String source) {
		String bare = strip(source);
		assertEquals(source, mark(bare, analyzer.apply(bare)));
	}

	/** The source without its marks. */
	public static String strip(String source) {
		return MARKS.matcher(source).replaceAll("");
	}

	private static String mark(String source, List<Finding> findings) {
		var rulesByLine = findings.stream().collect(Collectors.groupingBy(Finding::line, TreeMap::new,
				Collectors.mapping(Finding::rule, Collectors.toList())));
		var marked = new StringBuilder();
		int line = 1;
		for (String text : source.split("(?<=\n)", -1)) {
			String content = text.endsWith("\n")
					? text.substring(0, text.endsWith("\r\n") ? text.length() - 2 : text.length() - 1)
					: text;
			marked.append(content);
			if (rulesByLine.containsKey(line)) {
				marked.append(MARK).append(rulesByLine.remove(line).stream().sorted().collect(Collectors.joining(", ")));
			}
			marked.append(text, content.length(), text.length());
			line++;
		}
		rulesByLine.forEach((behind, rules) -> marked.append("\nline ").append(behind).append(MARK)
				.append(String.join(", ", rules)));
		return marked.toString();
	}
}
