// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Annotation;
import org.eclipse.jdt.core.dom.Comment;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.heaplens.lint.Finding;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.flow.Span;

/**
 * What a source asks to ignore: {@code // heaplens:ignore rule-id because ...} for its line, or for the next one if it
 * stands alone, and {@code @SuppressWarnings("heaplens:rule-id")} for a declaration. Immutable.
 */
final class Suppressions {
	private static final Pattern IGNORE = Pattern.compile("heaplens:ignore\\s+([a-z-]+(?:\\s*,\\s*[a-z-]+)*)");
	private static final String PREFIX = "heaplens:";

	private record Line(int line, List<String> rules) {}

	private record Range(Span span, String rule) {}

	private final List<Line> lines = new ArrayList<>();
	private final List<Range> ranges = new ArrayList<>();

	Suppressions(CompilationUnit unit, SourceText source) {
		if (!source.text().contains(PREFIX)) {
			return;
		}
		List<?> comments = unit.getCommentList();
		for (Object comment : comments == null ? List.of() : comments) {
			ignore((Comment) comment, source);
		}
		Nodes.each(unit, Annotation.class, this::suppress);
	}

	private void ignore(Comment comment, SourceText source) {
		Matcher matcher = IGNORE.matcher(source.excerpt(Lowering.span(comment)));
		if (!matcher.find()) {
			return;
		}
		int line = source.line(comment.getStartPosition());
		String before = source.text().substring(source.lineStart(line), comment.getStartPosition());
		int meant = source.line(comment.getStartPosition() + comment.getLength());
		if (before.isBlank()) {
			do {
				meant++;
			} while (source.lineText(meant).strip().startsWith("//"));
		}
		lines.add(new Line(meant, Arrays.asList(matcher.group(1).split("\\s*,\\s*"))));
	}

	private void suppress(Annotation annotation) {
		ASTNode declaration = annotation.getParent();
		if (Api.last(annotation.getTypeName()).equals("SuppressWarnings") && declaration != null) {
			Nodes.each(annotation, StringLiteral.class, token -> {
				String text = token.getLiteralValue();
				if (text.startsWith(PREFIX)) {
					ranges.add(new Range(Lowering.span(declaration), text.substring(PREFIX.length())));
				}
			});
		}
	}

	boolean hides(Finding finding) {
		int offset = finding.location().offset();
		return lines.stream().anyMatch(line -> line.line() == finding.line() && line.rules().contains(finding.rule()))
				|| ranges.stream().anyMatch(range -> range.rule().equals(finding.rule())
						&& range.span().offset() <= offset && offset < range.span().end());
	}
}
