// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionStatement;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.NodeFinder;
import org.eclipse.jdt.core.dom.PrimitiveType;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.VariableDeclarationStatement;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Fix;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.TextEdit;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Slot;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Span;

/** Fixes that change one place of the text. None of them is verified. Confined to one thread. */
final class SmallFixes {
	static final String FREE_ON_FAILURE = "free-on-failure";
	static final String MATCHING_FREE = "matching-free";
	static final String REMOVE_FREE = "remove-free";
	static final String FLAG = "flag";
	static final String TEST_ALLOCATION = "test-allocation";

	private final CompilationUnit unit;
	private final Layout layout;
	private final Spelling spelling;
	private final Models models;

	SmallFixes(CompilationUnit unit, SourceText source, Models models) {
		this.unit = unit;
		this.layout = new Layout(source);
		this.spelling = new Spelling(unit, models);
		this.models = models;
	}

	/** For a block that is freed in the wrong way: the call that fits it. */
	Optional<Fix> matchingFree(Diagnosis diagnosis) {
		if (!(diagnosis.moments().get(0) instanceof Moment.WrongFree free) || !(call(free.span()) instanceof MethodInvocation call)) {
			return Optional.empty();
		}
		Optional<FunctionModel> wrong = models.of(call, models.written());
		Optional<FunctionModel> right = models.model().functions().stream()
				.filter(function -> wrong.isPresent() && function.owner().equals(wrong.get().owner())
						&& function.frees(free.block().family()).isPresent()
						&& function.frees(free.block().family()).equals(wrong.get().frees(free.family()))
						&& function.arity().allows(call.arguments().size()))
				.findFirst();
		return right.flatMap(function -> one(MATCHING_FREE, "Free it with " + function.name(), replace(call.getName(), function.name())));
	}

	/** For a flag that says nothing: the one by which the caller frees. */
	Optional<Fix> manualFlag(Diagnosis diagnosis) {
		return flag(diagnosis, "MANUAL_FREE");
	}

	/** For a flag that says nothing: the one by which the framework frees what was sent. */
	Optional<Fix> autoFlag(Diagnosis diagnosis) {
		return flag(diagnosis, "AUTO_FREE");
	}

	private Optional<Fix> flag(Diagnosis diagnosis, String name) {
		if (!diagnosis.finding().rule().equals("bad-flag") || !(call(diagnosis.moments().get(0).span()) instanceof MethodInvocation call)) {
			return Optional.empty();
		}
		Optional<Expression> flag = models.of(call, models.written()).flatMap(FunctionModel::allocation)
				.flatMap(ApiEffect.Allocates::flagFrom).flatMap(slot -> argument(call, slot))
				.filter(written -> Modelled.flag(written, models.model()) == Flag.UNKNOWN);
		return flag.flatMap(written -> one(FLAG, "Ask for " + name,
				replace(written, spelling.apiType("MemoryAttr") + "." + name)));
	}

	private static Optional<Expression> argument(MethodInvocation call, Slot slot) {
		return slot instanceof Slot.Argument(int index) && index < call.arguments().size()
				? Optional.of((Expression) call.arguments().get(index))
				: Optional.empty();
	}

	/** For a block that is freed twice: the second free goes. */
	Optional<Fix> removeFree(Diagnosis diagnosis) {
		if (!(diagnosis.moments().get(0) instanceof Moment.SecondFree free)
				|| !(NodeFinder.perform(unit, free.span().offset(), free.span().length()) instanceof ASTNode node)
				|| !(node.getParent() instanceof ExpressionStatement statement) || !(statement.getParent() instanceof Block)) {
			return Optional.empty();
		}
		return one(REMOVE_FREE, "Remove this free", remove(statement));
	}

	/** With its line, if nothing else stands there. */
	private TextEdit remove(Statement statement) {
		int start = statement.getStartPosition();
		int end = start + statement.getLength();
		int line = start - layout.indent(start).length();
		int next = layout.nextLine(end);
		return layout.startsLine(start) && next > 0
				? new TextEdit(layout.file(), line, next - line, "")
				: new TextEdit(layout.file(), start, end - start, "");
	}

	/** For a free after a send, and for a send that may fail: frees the block only where the send fails. */
	Optional<Fix> freeOnFailure(Diagnosis diagnosis) {
		if (!(diagnosis.moments().get(0) instanceof Moment.End end) || end.aliases().isEmpty()) {
			return Optional.empty();
		}
		Optional<Statement> sending = lastSend(diagnosis);
		return sending.filter(statement -> new Visible(statement, end.aliases().get(0).name(), end.block().allocation())
				.at(statement.getStartPosition()))
				.flatMap(statement -> spelling.free(end.block(), end.aliases().get(0).name(), statement)
						.flatMap(free -> tested(statement, free)))
				.flatMap(edit -> one(FREE_ON_FAILURE, "Free '" + end.aliases().get(0).name() + "' if the send fails", edit));
	}

	/** The statement of the last send on the path, if that is all it does. */
	private Optional<Statement> lastSend(Diagnosis diagnosis) {
		return diagnosis.finding().path().reversed().stream().filter(step -> step.location().file().equals(layout.file()))
				.map(step -> call(new Span(step.location().offset(), step.location().length())))
				.filter(call -> call != null && models.of(call, models.written())
						.filter(model -> !model.effects(ApiEffect.Sends.class).isEmpty()).isPresent())
				.findFirst()
				.flatMap(call -> Optional.ofNullable(statement(call)));
	}

	private static @Nullable Statement statement(@Nullable MethodInvocation call) {
		ASTNode parent = call == null ? null : call.getParent();
		if (parent instanceof ExpressionStatement sole && sole.getParent() instanceof Block) {
			return sole;
		}
		return parent instanceof VariableDeclarationFragment && parent.getParent() instanceof VariableDeclarationStatement statement
				&& statement.fragments().size() == 1 && statement.getParent() instanceof Block ? statement : null;
	}

	private Optional<TextEdit> tested(Statement statement, String free) {
		String inner = layout.lineEnd() + layout.indent(statement.getStartPosition());
		String deeper = inner + layout.unit(layout.indent(statement.getStartPosition()));
		String body = " != " + spelling.apiType("HiaiStatus") + ".OK) {" + deeper + free + inner + "}";
		if (statement instanceof ExpressionStatement sole) {
			Expression send = sole.getExpression();
			return Optional.of(new TextEdit(layout.file(), sole.getStartPosition(), sole.getLength(),
					"if (" + layout.text(send.getStartPosition(), send.getStartPosition() + send.getLength()) + body));
		}
		if (statement instanceof VariableDeclarationStatement declaration) {
			String status = ((VariableDeclarationFragment) declaration.fragments().get(0)).getName().getIdentifier();
			return Optional.of(new TextEdit(layout.file(), statement.getStartPosition() + statement.getLength(), 0,
					inner + "if (" + status + body));
		}
		return Optional.empty();
	}

	/** For an allocation that nobody looks at: the function is left if there is no block. */
	Optional<Fix> testAllocation(Diagnosis diagnosis) {
		if (!(diagnosis.moments().get(0) instanceof Moment.UncheckedUse use)
				|| !(call(use.block().allocation()) instanceof MethodInvocation call)
				|| !(call.getParent() instanceof VariableDeclarationFragment fragment)
				|| !(fragment.getParent() instanceof VariableDeclarationStatement statement) || statement.fragments().size() != 1
				|| !(statement.getParent() instanceof Block)) {
			return Optional.empty();
		}
		String name = fragment.getName().getIdentifier();
		String inner = layout.lineEnd() + layout.indent(statement.getStartPosition());
		String deeper = inner + layout.unit(layout.indent(statement.getStartPosition()));
		var edit = new TextEdit(layout.file(), statement.getStartPosition() + statement.getLength(), 0,
				inner + "if (" + name + " == null) {" + deeper + leave(statement, name) + inner + "}");
		return one(TEST_ALLOCATION, "Leave if there is no '" + name + "'", edit);
	}

	/** A status says it, a void method just ends; others have no value for it. */
	private String leave(Statement statement, String name) {
		ASTNode function = statement;
		while (function != null && !(function instanceof MethodDeclaration)
				&& !(function instanceof org.eclipse.jdt.core.dom.LambdaExpression)) {
			function = function.getParent();
		}
		Type type = function instanceof MethodDeclaration method && !Modifier.isAbstract(method.getModifiers())
				? method.getReturnType2()
				: null;
		if (type instanceof PrimitiveType primitive && primitive.getPrimitiveTypeCode() == PrimitiveType.VOID) {
			return "return;";
		}
		return type != null && (type.toString().equals("HiaiStatus") || type.toString().endsWith(".HiaiStatus"))
				? "return " + spelling.apiType("HiaiStatus") + ".GRAPH_NO_MEMORY;"
				: "throw new IllegalStateException(\"no room for '" + name + "'\");";
	}

	private @Nullable MethodInvocation call(Span span) {
		return NodeFinder.perform(unit, span.offset(), span.length()) instanceof MethodInvocation call
				&& call.getStartPosition() == span.offset() && call.getLength() == span.length() ? call : null;
	}

	private TextEdit replace(ASTNode node, String text) {
		return new TextEdit(layout.file(), node.getStartPosition(), node.getLength(), text);
	}

	private static Optional<Fix> one(String id, String title, TextEdit edit) {
		return Optional.of(new Fix(id, title, true, List.of(edit)));
	}
}
