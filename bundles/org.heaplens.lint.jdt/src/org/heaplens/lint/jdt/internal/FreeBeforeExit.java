// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.CatchClause;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.ExpressionStatement;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.NodeFinder;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.SwitchStatement;
import org.eclipse.jdt.core.dom.TryStatement;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Fix;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.Step;
import org.heaplens.lint.TextEdit;
import org.heaplens.lint.engine.EndReason;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Frees a leaked block at the end of every path that leaks it. Confined to one thread. */
final class FreeBeforeExit {
	static final String ID = "free-before-exit";

	private final CompilationUnit unit;
	private final Layout layout;
	private final Spelling spelling;

	FreeBeforeExit(CompilationUnit unit, SourceText source, Models models) {
		this.unit = unit;
		this.layout = new Layout(source);
		this.spelling = new Spelling(unit, models);
	}

	/** The fix, not verified; none where the text gives no good place for it. */
	Optional<Fix> fix(Diagnosis diagnosis) {
		Map<Span, List<Moment.End>> exits = new LinkedHashMap<>();
		for (Moment moment : diagnosis.moments()) {
			if (!(moment instanceof Moment.End end)) {
				return Optional.empty();
			}
			exits.computeIfAbsent(end.span(), span -> new ArrayList<>()).add(end);
		}
		var edits = new ArrayList<TextEdit>();
		String name = "";
		for (List<Moment.End> exit : exits.values()) {
			Optional<String> alias = alias(exit);
			Optional<TextEdit> edit = alias.flatMap(variable -> edit(exit.get(0), variable));
			if (edit.isEmpty()) {
				return Optional.empty();
			}
			edits.add(edit.get());
			name = alias.orElse("");
		}
		String title = verb(diagnosis) + " '" + name + "' before " + (edits.size() == 1 ? "this exit" : "each of these exits");
		return Optional.of(new Fix(ID, title, true, edits));
	}

	/**
	 * The fix for a block that is only left where an exception is caught, when paths that have freed it end at the same exit: it is freed at
	 * the end of the catch clauses. Not verified; none where the paths lead through no catch clause.
	 */
	Optional<Fix> fixInCatch(Diagnosis diagnosis) {
		var ends = new ArrayList<Moment.End>();
		for (Moment moment : diagnosis.moments()) {
			if (!(moment instanceof Moment.End end)) {
				return Optional.empty();
			}
			ends.add(end);
		}
		Optional<String> name = alias(ends);
		if (name.isEmpty()) {
			return Optional.empty();
		}
		var edits = new ArrayList<TextEdit>();
		for (CatchClause clause : catches(diagnosis)) {
			Block body = clause.getBody();
			Optional<String> free = spelling.free(ends.get(0).block(), name.get(), body);
			if (free.isPresent() && new Visible(body, name.get(), ends.get(0).block().allocation()).at(brace(body).offset())) {
				edits.add(atEnd(body, free.get()));
			}
		}
		String title = verb(diagnosis) + " '" + name.get() + "' where the exception is caught";
		return edits.isEmpty() ? Optional.empty() : Optional.of(new Fix(ID, title, true, edits));
	}

	private static String verb(Diagnosis diagnosis) {
		return diagnosis.moments().get(0).block().family().ofHeap() ? "Free" : "Release";
	}

	/** The catch clauses of the innermost statements whose body a step of the path stands in. */
	private Set<CatchClause> catches(Diagnosis diagnosis) {
		var result = new LinkedHashSet<CatchClause>();
		for (Step step : diagnosis.finding().path()) {
			ASTNode node = NodeFinder.perform(unit, step.location().offset(), step.location().length());
			while (node != null && !(node.getParent() instanceof TryStatement statement && node == statement.getBody()
					&& !statement.catchClauses().isEmpty())) {
				node = node.getParent();
			}
			if (node != null) {
				for (Object clause : ((TryStatement) node.getParent()).catchClauses()) {
					result.add((CatchClause) clause);
				}
			}
		}
		return result;
	}

	/** A variable that is the block on all paths that end here. */
	private static Optional<String> alias(List<Moment.End> exit) {
		return exit.get(0).aliases().stream().filter(variable -> exit.stream()
				.allMatch(end -> end.aliases().contains(variable))).map(Variable::name).findFirst();
	}

	private Optional<TextEdit> edit(Moment.End end, String name) {
		ASTNode node = NodeFinder.perform(unit, end.span().offset(), end.span().length());
		Optional<String> spelled = spelling.free(end.block(), name, node);
		if (end.reason() == EndReason.EXCEPTION || end.reason() == EndReason.DROPPED || spelled.isEmpty()) {
			return Optional.empty();
		}
		String free = spelled.get();
		Visible visible = new Visible(node, name, end.block().allocation());
		if (node instanceof Block block && end.span().equals(brace(block))) {
			return visible.at(end.span().offset()) ? Optional.of(atEnd(block, free)) : Optional.empty();
		}
		Statement statement = end.reason() == EndReason.OVERWRITTEN
				? enclosing(node)
				: node instanceof Statement exact ? exact : null;
		return statement != null && visible.at(statement.getStartPosition())
				? before(statement, name, free)
				: Optional.empty();
	}

	private static @Nullable Statement enclosing(@Nullable ASTNode node) {
		return node != null && node.getParent() instanceof ExpressionStatement statement ? statement : null;
	}

	private static Span brace(Block block) {
		return new Span(block.getStartPosition() + block.getLength() - 1, 1);
	}

	private TextEdit atEnd(Block block, String free) {
		int brace = brace(block).offset();
		if (!layout.startsLine(brace)) {
			String blank = Character.isWhitespace(layout.text(brace - 1, brace).charAt(0)) ? "" : " ";
			return new TextEdit(layout.file(), brace, 0, blank + free + " ");
		}
		String outer = layout.indent(brace);
		List<?> statements = block.statements();
		int last = statements.isEmpty()
				? brace
				: ((ASTNode) statements.get(statements.size() - 1)).getStartPosition();
		String indent = last != brace && layout.startsLine(last) ? layout.indent(last) : outer + layout.unit(outer);
		return new TextEdit(layout.file(), brace - outer.length(), 0, indent + free + layout.lineEnd());
	}

	private Optional<TextEdit> before(Statement exit, String name, String free) {
		Optional<List<String>> lines = new ExitText(layout, exit, name).lines(free);
		if (lines.isEmpty()) {
			return Optional.empty();
		}
		int start = exit.getStartPosition();
		int end = start + exit.getLength();
		boolean inList = exit.getParent() instanceof Block
				|| exit.getParent() instanceof SwitchStatement choice && !afterArrow(choice, exit);
		if (inList) {
			boolean sole = layout.startsLine(start);
			String separator = sole ? layout.lineEnd() + layout.indent(start) : " ";
			return Optional.of(new TextEdit(layout.file(), start, end - start,
					String.join(separator, lines.get())));
		}
		return Optional.of(inBraces(exit, lines.get()));
	}

	private static boolean afterArrow(SwitchStatement choice, Statement exit) {
		int index = choice.statements().indexOf(exit);
		return index > 0 && choice.statements().get(index - 1) instanceof org.eclipse.jdt.core.dom.SwitchCase label
				&& label.isSwitchLabeledRule();
	}

	private TextEdit inBraces(Statement exit, List<String> lines) {
		int start = exit.getStartPosition();
		int from = layout.endOfPrevious(start);
		boolean comment = layout.endsInComment(from);
		int edited = comment ? start : from;
		String indent = layout.indent(Math.max(0, from - 1));
		String inner = layout.lineEnd() + indent + layout.unit(indent);
		String text = (comment ? "{" : " {") + inner + String.join(inner, lines) + layout.lineEnd() + indent + "}";
		return new TextEdit(layout.file(), edited, start + exit.getLength() - edited, text);
	}

	/** Used for the type of a value that has to be computed before the block is freed. */
	static @Nullable MethodDeclaration method(ReturnStatement exit) {
		for (ASTNode node = exit.getParent(); node != null; node = node.getParent()) {
			if (node instanceof MethodDeclaration method) {
				return method;
			}
			if (node instanceof org.eclipse.jdt.core.dom.LambdaExpression) {
				return null;
			}
		}
		return null;
	}
}
