// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.IVariableBinding;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.RecordPattern;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.TypePattern;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/** Tells whether values are of the types that patterns and {@code instanceof} ask for. Confined to one thread. */
final class Instances {
	private final Lowering lowering;

	Instances(Lowering lowering) {
		this.lowering = lowering;
	}

	/**
	 * What is asked of a value.
	 *
	 * @param type     null if it is not written
	 * @param decisive whether every value of the type will do
	 */
	record Asked(@Nullable Type type, boolean decisive) {
		static Asked of(Expression pattern) {
			return switch (pattern) {
				case TypePattern typed -> new Asked(
						typed.getPatternVariable2() instanceof SingleVariableDeclaration single ? single.getType() : null, true);
				case RecordPattern whole -> new Asked(whole.getPatternType(),
						whole.patterns().stream().allMatch(TypePattern.class::isInstance));
				default -> new Asked(null, false);
			};
		}
	}

	/** When the value is of the type. */
	Guard when(Expression value, Variable variable, Asked asked, String text) {
		Type type = asked.type();
		boolean impossible = type != null && answer(value, variable, type).filter(is -> !is).isPresent();
		return new Guard.Compare(variable, Constant.NULL, impossible, text);
	}

	/** The edges on which the value is not of the type: of a block that may be of it nobody knows whether it is still there. */
	List<Flow.Dangling> unless(Expression value, Variable variable, Asked asked, int test, String text, ASTNode node) {
		Type type = asked.type();
		Optional<Boolean> answer = type == null ? Optional.empty() : answer(value, variable, type);
		if (asked.decisive() && answer.filter(is -> is).isPresent()) {
			return List.of(new Flow.Dangling(test, new Guard.Compare(variable, Constant.NULL, true, text)));
		}
		List<Flow.Dangling> edges = List.of(new Flow.Dangling(test, new Guard.Opaque(text)));
		if (type == null || answer.filter(is -> !is).isPresent() || !matters(type)) {
			return edges;
		}
		lowering.flow.resume(edges);
		lowering.flow.emit(new HeapOp.Escape(variable, text, Lowering.span(node)));
		return lowering.flow.take();
	}

	private boolean matters(Type type) {
		String written = Declarations.written(type);
		return lowering.models.isBlockType(written) || lowering.members.declarations().type(lowering.members.resolve(written)).isPresent();
	}

	/** Whether the value is of the type if it is not null; empty if that is not known. */
	private Optional<Boolean> answer(Expression value, Variable variable, Type type) {
		Expression plain = value;
		while (plain instanceof ParenthesizedExpression inner) {
			plain = inner.getExpression();
		}
		if (!(plain instanceof SimpleName name) || !(name.resolveBinding() instanceof IVariableBinding binding)
				|| !binding.isEffectivelyFinal() && !Modifier.isFinal(binding.getModifiers())) {
			return Optional.empty();
		}
		String given = lowering.inferred(variable);
		String asked = lowering.members.resolve(Declarations.written(type));
		if (given.isEmpty()) {
			return Optional.empty();
		}
		if (Declarations.simple(given).equals(Declarations.simple(asked))
				|| lowering.members.declarations().above(given).contains(Declarations.simple(asked))) {
			return Optional.of(true);
		}
		return lowering.madeHere(variable) && lowering.members.declarations().type(given).isPresent()
				? Optional.of(false)
				: Optional.empty();
	}
}
