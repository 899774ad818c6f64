// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.AnonymousClassDeclaration;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.TypeDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Initializer;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.FunctionModel;

/** Finds what has a body of its own in a compilation unit, and has to do with blocks. Stateless. */
final class Functions {
	/** What a function is for. */
	enum Kind {
		METHOD, CONSTRUCTOR, FIELDS, INITIALIZER, LAMBDA
	}

	/**
	 * Something with a body of its own.
	 *
	 * @param key      distinguishes it from all others in the program, and does not depend on where it stands in its file
	 * @param type     the qualified name of the type it belongs to; empty in an anonymous class
	 * @param node     the declaration; for the initial values of the fields and for a constructor that is not written, the
	 *                 type
	 * @param concerns whether it allocates or frees, itself
	 */
	record Function(String key, String type, Kind kind, boolean isStatic, List<?> parameters, ASTNode node,
			boolean concerns) {}

	/** The property of a tree that tells its functions from those of other files that declare the same types. */
	static final String SUFFIX = "org.heaplens.lint.jdt.suffix";

	private Functions() {}

	/** In source order. */
	static List<Function> of(CompilationUnit unit, Api api) {
		var functions = new ArrayList<Function>();
		Map<String, Integer> names = new HashMap<>();
		Nodes.walk(unit, node -> {
			for (Function function : functions(node, api)) {
				int ordinal = names.merge(function.key(), 1, Integer::sum);
				functions.add(ordinal == 1
						? function
						: new Function(function.key() + "#" + ordinal, function.type(),
								function.kind(), function.isStatic(), function.parameters(), function.node(), function.concerns()));
			}
			return true;
		});
		return functions;
	}

	private static List<Function> functions(ASTNode node, Api api) {
		return switch (node) {
			case MethodDeclaration method when method.getBody() != null -> List.of(new Function(key(method), type(method),
					method.isConstructor() && method.getParent() instanceof AbstractTypeDeclaration
							? Kind.CONSTRUCTOR
							: Kind.METHOD,
					Modifier.isStatic(method.getModifiers()),
					method.parameters(), method, concernsBlocks(method.getBody(), api)));
			case Initializer initializer when Modifier.isStatic(initializer.getModifiers()) -> List.of(new Function(
					key(initializer), type(initializer), Kind.INITIALIZER, true, List.of(), initializer,
					concernsBlocks(initializer.getBody(), api)));
			case LambdaExpression lambda -> List.of(new Function(key(lambda), type(lambda), Kind.LAMBDA, false,
					lambda.parameters(), lambda, concernsBlocks(lambda.getBody(), api)));
			case AbstractTypeDeclaration type -> implicit(type, api);
			default -> List.of();
		};
	}

	/** What gives the fields of a new object their values, and the constructor that is not written. */
	private static List<Function> implicit(AbstractTypeDeclaration type, Api api) {
		var functions = new ArrayList<Function>();
		boolean values = hasInitialValues(type);
		if (values) {
			boolean concerns = ((List<?>) type.bodyDeclarations()).stream().filter(Functions::isInitialValue)
					.anyMatch(each -> concernsBlocks((ASTNode) each, api));
			functions.add(new Function(fieldsKey(type), Declarations.qualified(type), Kind.FIELDS, false, List.of(), type,
					concerns));
		}
		if (constructsImplicitly(type)) {
			List<?> parameters = type instanceof RecordDeclaration whole ? whole.recordComponents() : List.of();
			functions.add(new Function(constructorKey(type), Declarations.qualified(type), Kind.CONSTRUCTOR, false, parameters,
					type, false));
		}
		return functions;
	}

	/** Whether new objects of the type have fields that start with a value. */
	static boolean hasInitialValues(AbstractTypeDeclaration type) {
		return ((List<?>) type.bodyDeclarations()).stream().anyMatch(Functions::isInitialValue);
	}

	static boolean isInitialValue(Object declaration) {
		return switch (declaration) {
			case FieldDeclaration field when !Modifier.isStatic(field.getModifiers()) -> ((List<?>) field.fragments()).stream()
					.anyMatch(each -> ((VariableDeclarationFragment) each).getInitializer() != null);
			case Initializer initializer -> !Modifier.isStatic(initializer.getModifiers());
			default -> false;
		};
	}

	/** Whether the type has a constructor, but none is written. */
	static boolean constructsImplicitly(AbstractTypeDeclaration type) {
		boolean written = ((List<?>) type.bodyDeclarations()).stream()
				.anyMatch(each -> each instanceof MethodDeclaration method && method.isConstructor()
						&& (!(type instanceof RecordDeclaration whole) || method.isCompactConstructor()
								|| method.parameters().size() == whole.recordComponents().size()));
		return !written && (type instanceof RecordDeclaration
				|| type instanceof TypeDeclaration declaration && !declaration.isInterface());
	}

	static String key(ASTNode function) {
		String packageName = function.getRoot() instanceof CompilationUnit unit && unit.getPackage() != null
				? unit.getPackage().getName().getFullyQualifiedName() + "."
				: "";
		Object suffix = function.getRoot().getProperty(SUFFIX);
		return packageName + name(function) + (suffix == null ? "" : suffix);
	}

	static String fieldsKey(AbstractTypeDeclaration type) {
		return key(type) + "initializer";
	}

	static String constructorKey(AbstractTypeDeclaration type) {
		return key(type) + "<init>";
	}

	/** The type whose members a function can name without more ado. */
	private static String type(ASTNode function) {
		for (ASTNode node = function.getParent(); node != null; node = node.getParent()) {
			if (node instanceof AnonymousClassDeclaration) {
				return "";
			}
			if (node instanceof AbstractTypeDeclaration) {
				return Declarations.qualified(node);
			}
		}
		return "";
	}

	/** Whether the body itself, not a function in it, allocates or frees. */
	private static boolean concernsBlocks(ASTNode body, Api api) {
		var found = new boolean[1];
		Nodes.walk(body, node -> {
			if (node != body && (node instanceof MethodDeclaration || node instanceof LambdaExpression
					|| node instanceof AbstractTypeDeclaration)) {
				return false;
			}
			found[0] |= switch (node) {
				case MethodInvocation call -> api.models().of(call, api.models().written()).filter(Functions::makesOrFrees).isPresent();
				case ClassInstanceCreation creation -> api.models().of(creation).filter(Functions::makesOrFrees).isPresent();
				default -> false;
			};
			return !found[0];
		});
		return found[0];
	}

	private static boolean makesOrFrees(FunctionModel model) {
		return model.allocation().isPresent() || !model.effects(ApiEffect.Frees.class).isEmpty();
	}

	private static String name(ASTNode function) {
		var name = new StringBuilder();
		for (ASTNode node = function; node != null; node = node.getParent()) {
			switch (node) {
				case AbstractTypeDeclaration type -> name.insert(0, type.getName().getIdentifier() + ".");
				case MethodDeclaration method -> name.insert(0, signature(method));
				case Initializer initializer -> name.insert(0, "initializer");
				case LambdaExpression lambda -> name.insert(0, "/lambda");
				default -> {
				}
			}
		}
		return name.toString();
	}

	private static String signature(MethodDeclaration method) {
		var types = new ArrayList<String>();
		for (Object parameter : method.parameters()) {
			types.add(((SingleVariableDeclaration) parameter).getType().toString());
		}
		return method.getName().getIdentifier() + "(" + String.join(",", types) + ")";
	}
}
