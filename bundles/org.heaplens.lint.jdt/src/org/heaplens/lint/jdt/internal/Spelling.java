// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.IVariableBinding;
import org.eclipse.jdt.core.dom.ImportDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.NodeFinder;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Language;
import org.heaplens.lint.api.Slot;
import org.heaplens.lint.engine.Block;
import org.heaplens.lint.flow.Family;

/** How a compilation unit spells what fixes insert: as it does already, or as its imports allow. Confined to one thread. */
final class Spelling {
	private static final String PACKAGE = "org.heaplens.runtime";

	private final CompilationUnit unit;
	private final Models models;

	Spelling(CompilationUnit unit, Models models) {
		this.unit = unit;
		this.models = models;
	}

	/**
	 * The statement that frees what the variable holds.
	 *
	 * @param place where it is to stand: what it throws has to be caught or declared there
	 * @return empty where models tell no way that is open there
	 */
	Optional<String> free(Block block, String variable, @Nullable ASTNode place) {
		ASTNode made = NodeFinder.perform(unit, block.allocation().offset(), block.allocation().length());
		Optional<FunctionModel> maker = maker(made);
		List<FunctionModel> ways = models.model().functions().stream()
				.filter(function -> function.languages().contains(Language.JAVA) && fits(function, block.family()))
				.sorted(Comparator.comparing((FunctionModel function) -> !sibling(function, maker))).toList();
		for (FunctionModel way : ways) {
			Optional<String> spelled = way.frees(block.family()).equals(Optional.of(Slot.RECEIVER))
					? Optional.of(variable + "." + way.name() + "();")
					: owner(way, maker, made).map(owner -> owner + way.name() + "(" + variable + ");");
			if (spelled.isPresent() && open(made, way.name(), place)) {
				return spelled;
			}
		}
		boolean closes = ways.isEmpty() && maker.isPresent() && open(made, "close", place);
		return closes ? Optional.of(variable + ".close();") : Optional.empty();
	}

	private Optional<FunctionModel> maker(@Nullable ASTNode made) {
		return switch (made) {
			case MethodInvocation call -> models.of(call, models.written()).filter(model -> model.allocation().isPresent());
			case ClassInstanceCreation creation -> models.of(creation).filter(model -> model.allocation().isPresent());
			case null, default -> Optional.empty();
		};
	}

	/** Whether the block is all that the function has to be given. */
	private static boolean fits(FunctionModel function, Family family) {
		Optional<Slot> block = function.frees(family);
		return block.equals(Optional.of(Slot.RECEIVER)) && function.arity().allows(0)
				|| block.equals(Optional.of(new Slot.Argument(0))) && function.arity().allows(1);
	}

	private static boolean sibling(FunctionModel function, Optional<FunctionModel> maker) {
		return maker.isPresent() && function.owner().equals(maker.get().owner());
	}

	/** What stands before the name of the function, with its dot. */
	private Optional<String> owner(FunctionModel way, Optional<FunctionModel> maker, @Nullable ASTNode made) {
		if (!sibling(way, maker) || !(made instanceof MethodInvocation call)) {
			return way.ofType() ? Optional.of(type(way.owner()) + ".") : Optional.empty();
		}
		Expression object = call.getExpression();
		if (object == null) {
			boolean imported = models.staticallyImported(way.simpleOwner(), call.getName().getIdentifier());
			return Optional.of(!imported || models.staticallyImported(way.simpleOwner(), way.name()) ? "" : type(way.owner()) + ".");
		}
		return way.ofType() || lasting(object) ? Optional.of(object + ".") : Optional.empty();
	}

	/** Whether the expression means the same object everywhere in the function. */
	private static boolean lasting(Expression object) {
		if (object instanceof SimpleName name && name.resolveBinding() instanceof IVariableBinding variable) {
			return variable.isField() || variable.isParameter() && variable.isEffectivelyFinal();
		}
		return object instanceof Name || object instanceof ThisExpression;
	}

	/** Whether all that a method throws is caught or declared at the place, as far as anybody can tell. */
	private static boolean open(@Nullable ASTNode made, String method, @Nullable ASTNode place) {
		ITypeBinding owner = switch (made) {
			case MethodInvocation call when Api.method(call) instanceof IMethodBinding maker && !method.equals("close") -> maker
					.getDeclaringClass();
			case Expression expression -> expression.resolveTypeBinding();
			case null, default -> null;
		};
		return owner == null || place == null
				|| Handling.thrown(owner, method).stream().allMatch(type -> Handling.handled(type, place));
	}

	/** A type of the API: by its simple name where that is imported. */
	String apiType(String name) {
		return type(PACKAGE + "." + name);
	}

	/** A type: by its simple name where that is imported. */
	private String type(String qualified) {
		int dot = qualified.lastIndexOf('.');
		for (Object each : dot < 0 ? List.of() : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			String imported = declaration.getName().getFullyQualifiedName();
			if (!declaration.isStatic()
					&& imported.equals(declaration.isOnDemand() ? qualified.substring(0, dot) : qualified)) {
				return qualified.substring(dot + 1);
			}
		}
		boolean same = unit.getPackage() != null && dot > 0
				&& unit.getPackage().getName().getFullyQualifiedName().equals(qualified.substring(0, dot));
		return same ? qualified.substring(dot + 1) : qualified;
	}
}
