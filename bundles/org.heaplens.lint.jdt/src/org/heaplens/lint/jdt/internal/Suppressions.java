// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Annotation;
import org.eclipse.jdt.core.dom.Comment;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.TextEdit;
import org.heaplens.lint.UnusedIgnore;
import org.heaplens.lint.flow.Span;

/**
 * What a source asks to ignore: {@code // heaplens:ignore rule-id because ...} for its line, or for the next one if it
 * stands alone, and {@code @SuppressWarnings("heaplens:rule-id")} for a declaration. Remembers what was asked for.
 * Confined to one thread.
 */
final class Suppressions {
	private static final Pattern IGNORE = Pattern
			.compile("heaplens:ignore\\s+([a-z-]+(?:\\s*,\\s*[a-z-]+)*)\\s*(?:because\\s+)?(.*)");
	/** A comment that only speaks of such requests is none that has to match. */
	private static final Pattern REQUEST = Pattern.compile("/[/*]\\s*heaplens:ignore\\s.*");
	private static final String PREFIX = "heaplens:";
	private static final String TOKEN = "SuppressWarnings";

	/** One request. */
	private sealed interface Request {
		/** The comment, or the text in the annotation. */
		Span span();

		List<String> rules();

		String reason();

		boolean covers(Finding finding);

		/** Of a line, 1-based. */
		record Line(Span span, int line, List<String> rules, String reason, boolean mustMatch) implements Request {
			@Override
			public boolean covers(Finding finding) {
				return line == finding.line() && rules.contains(finding.rule());
			}
		}

		/** Of a declaration. */
		record Range(Span span, Span declaration, List<String> rules) implements Request {
			@Override
			public String reason() {
				return TOKEN;
			}

			@Override
			public boolean covers(Finding finding) {
				int offset = finding.location().offset();
				return rules.contains(finding.rule()) && declaration.offset() <= offset && offset < declaration.end();
			}
		}
	}

	/** A rule in a request, that hid something. */
	private record Used(Request request, String rule) {}

	private final SourceText source;
	private final List<Request> requests = new ArrayList<>();
	private final Set<Used> used = new HashSet<>();
	private final List<Ignored> ignored = new ArrayList<>();
	/** What does not parse hides what may have been meant. */
	private final boolean broken;

	Suppressions(CompilationUnit unit, SourceText source) {
		this.source = source;
		this.broken = Arrays.stream(unit.getProblems()).anyMatch(each -> each.isError() && (each.getID() & IProblem.Syntax) != 0);
		if (!source.text().contains(PREFIX)) {
			return;
		}
		List<?> comments = unit.getCommentList();
		for (Object comment : comments == null ? List.of() : comments) {
			ignore((Comment) comment);
		}
		Nodes.each(unit, Annotation.class, this::suppress);
	}

	private void ignore(Comment comment) {
		Span span = Lowering.span(comment);
		String text = source.excerpt(span);
		Matcher matcher = IGNORE.matcher(text);
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
		String reason = matcher.group(2).replaceFirst("\\s*\\*/$", "").strip();
		requests.add(new Request.Line(span, meant, Arrays.asList(matcher.group(1).split("\\s*,\\s*")), reason,
				REQUEST.matcher(text).matches()));
	}

	private void suppress(Annotation annotation) {
		ASTNode declaration = annotation.getParent();
		if (Api.last(annotation.getTypeName()).equals(TOKEN) && declaration != null) {
			Nodes.each(annotation, StringLiteral.class, token -> {
				String text = token.getLiteralValue();
				if (text.startsWith(PREFIX)) {
					requests.add(new Request.Range(Lowering.span(token), Lowering.span(declaration),
							List.of(text.substring(PREFIX.length()))));
				}
			});
		}
	}

	/** Whether the finding is asked to be ignored; then it is remembered. */
	boolean hides(Finding finding) {
		boolean hidden = false;
		for (Request request : requests) {
			if (request.covers(finding)) {
				if (!hidden) {
					ignored.add(new Ignored(finding, request.reason()));
				}
				used.add(new Used(request, finding.rule()));
				hidden = true;
			}
		}
		return hidden;
	}

	/** What was hidden so far, in that order. */
	List<Ignored> ignored() {
		return List.copyOf(ignored);
	}

	/** Requests that hid nothing so far; each rule that they name for itself. */
	List<Finding> unused() {
		if (broken) {
			return List.of();
		}
		var findings = new ArrayList<Finding>();
		Map<String, Integer> repeated = new HashMap<>();
		for (Request request : requests) {
			List<String> idle = request.rules().stream()
					.filter(rule -> !used.contains(new Used(request, rule)) && !rule.equals(UnusedIgnore.ID)).distinct().toList();
			boolean hasTo = !(request instanceof Request.Line line) || line.mustMatch();
			for (String rule : hasTo ? idle : List.<String>of()) {
				String text = source.excerpt(request.span());
				Finding finding = UnusedIgnore.finding(rule, source.location(request.span()), text,
						repeated.merge(rule + "\n" + text, 1, Integer::sum), fixes(request, idle));
				if (requests.stream().noneMatch(other -> other.covers(finding))) {
					findings.add(finding);
				}
			}
		}
		return findings;
	}

	/** A comment that does nothing is as well left out; the line too, if there is nothing else in it. */
	private List<Fix> fixes(Request request, List<String> idle) {
		if (!(request instanceof Request.Line) || !idle.containsAll(request.rules())) {
			return List.of();
		}
		String text = source.text();
		int start = request.span().offset();
		int end = Math.min(request.span().end(), text.length());
		int line = source.lineStart(source.line(start));
		while (start > line && Character.isWhitespace(text.charAt(start - 1))) {
			start--;
		}
		boolean endsLine = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
		if (start == line && endsLine) {
			end += text.startsWith("\r\n", end) ? 2 : end < text.length() ? 1 : 0;
		} else if (!endsLine) {
			start = request.span().offset();
		}
		return List.of(new Fix("remove-ignore", "Remove the comment that ignores nothing", true,
				List.of(new TextEdit(source.file(), start, end - start, ""))));
	}
}
