// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTArraySubscriptExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTQualifiedName;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers what may be written to: variables, fields, elements, contents of pointers. Confined to one thread. */
final class Places {
	/** Something that holds a value. */
	sealed interface Place {
		/** A variable of this function. */
		record Local(Variable variable, Kind kind) implements Place {}

		/** A part of an object. */
		record Part(Variable object, Field field) implements Place {}

		/** One of the elements of a container. */
		record Element(Variable container) implements Place {}

		/** What nobody can follow: a global variable, the result of something. */
		record Elsewhere() implements Place {}
	}

	private final Lowering lowering;

	Places(Lowering lowering) {
		this.lowering = lowering;
	}

	/** What an expression names; what stands before the last part is evaluated. */
	Place of(IASTInitializerClause written) {
		IASTInitializerClause bare = Names.bare(written);
		if (bare instanceof IASTIdExpression id) {
			return named(id);
		}
		if (bare instanceof IASTFieldReference reference) {
			return part(reference);
		}
		if (bare instanceof IASTArraySubscriptExpression subscript) {
			return new Place.Element(lowering.expressions.value(subscript.getArrayExpression()));
		}
		if (bare instanceof IASTUnaryExpression unary && unary.getOperand() != null) {
			if (unary.getOperator() == IASTUnaryExpression.op_star) {
				return content(unary.getOperand());
			}
		}
		return new Place.Elsewhere();
	}

	/** {@code *p}; of {@code *&p}, and of casts like {@code *(void**)&p}, it is {@code p}. */
	private Place content(IASTExpression pointer) {
		IASTInitializerClause bare = Names.bare(pointer);
		if (bare instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_amper
				&& unary.getOperand() != null) {
			return of(unary.getOperand());
		}
		return new Place.Part(lowering.expressions.value(pointer), Lowering.CONTENT);
	}

	private Place named(IASTIdExpression id) {
		String name = Names.last(id.getName());
		boolean qualified = id.getName() instanceof ICPPASTQualifiedName;
		Optional<Scope.Local> local = qualified ? Optional.empty() : lowering.local(name);
		if (local.isPresent()) {
			return local.get().kind() == Kind.POINTER_REFERENCE
					? new Place.Part(local.get().variable(), Lowering.CONTENT)
					: new Place.Local(local.get().variable(), local.get().kind());
		}
		String owner = lowering.function.owner();
		boolean field = lowering.hasSelf() && !qualified && (lowering.context.functions().field(owner, name).isPresent()
				|| name.endsWith("_") || name.startsWith("m_"));
		return field ? new Place.Part(lowering.self(), new Field(owner, name, false)) : new Place.Elsewhere();
	}

	/** Parts of parts that stand in place are parts of the whole. */
	private Place part(IASTFieldReference reference) {
		String name = Names.last(reference.getFieldName());
		IASTExpression owner = reference.getFieldOwner();
		if (!reference.isPointerDereference() && of(owner) instanceof Place.Part(Variable object, Field field)
				&& !field.equals(Lowering.CONTENT)) {
			return new Place.Part(object, new Field(field.owner(), field.name() + "." + name, false));
		}
		return new Place.Part(lowering.expressions.value(owner), new Field("", name, false));
	}

	/** Reads what is there. */
	Variable read(Place place, Span span) {
		Variable result = lowering.temporary();
		switch (place) {
			case Place.Local(Variable variable, Kind kind) -> {
				return variable;
			}
			case Place.Part(Variable object, Field field) -> lowering.flow.emit(new HeapOp.Load(result, object, field, span));
			case Place.Element(Variable container) -> lowering.flow.emit(new HeapOp.Take(result, container, false, false, span));
			case Place.Elsewhere() -> lowering.unknown(result, span);
		}
		return result;
	}

	/** Puts a value there. */
	void write(Place place, Variable value, Span span) {
		switch (place) {
			case Place.Local(Variable variable, Kind kind) -> lowering.flow.emit(new HeapOp.Copy(variable, value, span));
			case Place.Part(Variable object, Field field) -> lowering.flow.emit(new HeapOp.Store(object, field, value, span));
			case Place.Element(Variable container) -> lowering.flow.emit(new HeapOp.Put(container, value, span));
			case Place.Elsewhere() -> lowering.flow.emit(new HeapOp.Escape(value, "stored here", span));
		}
	}
}
