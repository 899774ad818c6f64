// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.cdt.core.dom.ast.IASTArrayDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers declarations of local variables. Confined to one thread. */
final class Declarations {
	private static final Set<Integer> LASTING = Set.of(IASTDeclSpecifier.sc_static, IASTDeclSpecifier.sc_extern);

	private final Lowering lowering;

	Declarations(Lowering lowering) {
		this.lowering = lowering;
	}

	void lower(IASTSimpleDeclaration declaration) {
		IASTDeclSpecifier specifier = declaration.getDeclSpecifier();
		for (IASTDeclarator declarator : declaration.getDeclarators()) {
			boolean pointer = declarator.getNestedDeclarator() != null;
			if (declarator instanceof IASTFunctionDeclarator && !pointer) {
				continue;
			}
			IASTDeclarator named = pointer ? declarator.getNestedDeclarator() : declarator;
			if (LASTING.contains(specifier.getStorageClass())) {
				if (declarator.getInitializer() != null) {
					for (IASTInitializerClause clause : Initializers.clauses(declarator.getInitializer())) {
						Variable value = lowering.expressions.value(clause);
						lowering.flow.emit(new HeapOp.Escape(value, "stored here", Names.span(clause)));
					}
				}
				continue; // outlives the function: as good as global
			}
			local(specifier, declarator, String.valueOf(named.getName()));
		}
	}

	private void local(IASTDeclSpecifier specifier, IASTDeclarator declarator, String name) {
		Kind kind = Kind.of(specifier, declarator);
		Span span = Names.span(declarator);
		String type = Functions.typeName(specifier);
		List<IASTInitializerClause> given = declarator.getInitializer() == null
				? List.of()
				: Initializers.clauses(declarator.getInitializer());
		if ((kind == Kind.POINTER_REFERENCE || kind == Kind.OBJECT_REFERENCE) && given.size() == 1
				&& lowering.places.of(given.get(0)) instanceof Places.Place.Local(Variable variable, Kind of)) {
			lowering.scope.alias(name, new Scope.Local(variable, of, type));
			return;
		}
		Kind held = kind == Kind.POINTER_REFERENCE ? Kind.POINTER : kind;
		Variable value = initial(held, declarator, given, span);
		Variable variable = lowering.declare(name, held, type);
		lowering.flow.emit(new HeapOp.Copy(variable, value, span));
	}

	private Variable initial(Kind kind, IASTDeclarator declarator, List<IASTInitializerClause> given, Span span) {
		if (kind == Kind.SMART) {
			return lowering.owners.made(given, span);
		}
		boolean copied = declarator.getInitializer() instanceof IASTEqualsInitializer
				&& !(declarator instanceof IASTArrayDeclarator);
		if (kind == Kind.OBJECT && !copied) {
			List<Variable> values = given.stream().map(lowering.expressions::value).toList();
			Variable made = lowering.temporary();
			lowering.flow.emit(new HeapOp.New(made, span));
			values.forEach(value -> lowering.flow.emit(new HeapOp.Hold(made, value, span)));
			return made;
		}
		if (given.isEmpty()) {
			return lowering.expressions.unknown(span);
		}
		Variable value = lowering.expressions.value(given.get(0));
		boolean zero = kind == Kind.POINTER && lowering.expressions.constant(Names.bare(given.get(0)))
				.equals(Optional.of(new Constant.Literal("0")));
		return zero ? lowering.expressions.assigned(Optional.of(Constant.NULL), span) : value;
	}

	/** The variable of a loop over all elements. */
	Variable element(IASTDeclaration declaration) {
		if (declaration instanceof IASTSimpleDeclaration simple && simple.getDeclarators().length == 1) {
			IASTDeclarator declarator = simple.getDeclarators()[0];
			Kind kind = Kind.of(simple.getDeclSpecifier(), declarator);
			return lowering.declare(String.valueOf(declarator.getName()), kind == Kind.POINTER_REFERENCE ? Kind.POINTER : kind,
					Functions.typeName(simple.getDeclSpecifier()));
		}
		return lowering.temporary();
	}
}
