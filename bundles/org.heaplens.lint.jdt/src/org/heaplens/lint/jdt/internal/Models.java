// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.ImportDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.eclipse.jdt.core.dom.VariableDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclarationExpression;
import org.eclipse.jdt.core.dom.VariableDeclarationStatement;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Language;

/** Finds what models say of the calls in one compilation unit, by bindings or, without, by names. Confined to one thread. */
final class Models {
	/** What names mean where there are no bindings. */
	interface Names {
		/** The name of an expression's type, or of the class that it is the name of; empty if it is not known. */
		String owner(Expression expression);

		/** The types whose methods can be called without saying on what, the innermost first. */
		List<String> around();

		/** The names of the types that the type extends or implements, as far as the program declares it. */
		List<String> above(String type);
	}

	/** What the text of the unit tells, wherever in it: what starts with a capital and is no variable is a class. */
	private final class Written implements Names {
		private final Map<String, Set<String>> types = new HashMap<>();

		Written() {
			Nodes.each(unit, VariableDeclaration.class, declaration -> types
					.computeIfAbsent(declaration.getName().getIdentifier(), name -> new HashSet<>()).add(type(declaration)));
		}

		private static String type(VariableDeclaration declaration) {
			return switch (declaration.getParent()) {
				case FieldDeclaration field -> Declarations.written(field.getType());
				case VariableDeclarationStatement statement -> Declarations.written(statement.getType());
				case VariableDeclarationExpression expression -> Declarations.written(expression.getType());
				case null, default -> declaration instanceof SingleVariableDeclaration single ? Declarations.written(single.getType()) : "";
			};
		}

		@Override
		public String owner(Expression expression) {
			return switch (expression) {
				case SimpleName name when types.containsKey(name.getIdentifier()) -> sole(name.getIdentifier());
				case FieldAccess access when access.getExpression() instanceof ThisExpression -> sole(access.getName().getIdentifier());
				case Name name when Character.isUpperCase(Api.last(name).charAt(0)) -> name.getFullyQualifiedName();
				default -> "";
			};
		}

		/** Variables of one name may have several types; then nothing is known. */
		private String sole(String name) {
			Set<String> all = types.getOrDefault(name, Set.of());
			return all.size() == 1 ? all.iterator().next() : "";
		}

		@Override
		public List<String> around() {
			return List.of();
		}

		@Override
		public List<String> above(String type) {
			return List.of();
		}
	}

	private final CompilationUnit unit;
	@Nullable
	private Names written;
	private final ApiModel model;
	private final Set<String> blockTypes;
	private final Set<String> ownerTypes;
	private final Map<String, List<String>> owners = new HashMap<>();

	Models(CompilationUnit unit, ApiModel model) {
		this.unit = unit;
		this.model = model;
		this.blockTypes = model.blockTypes(Language.JAVA);
		this.ownerTypes = model.ownerTypes(Language.JAVA);
	}

	ApiModel model() {
		return model;
	}

	/** What names mean as far as the text of the unit tells, without knowing where in it they stand. */
	Names written() {
		Names known = written;
		if (known == null) {
			known = new Written();
			written = known;
		}
		return known;
	}

	/** Whether a type of that name, qualified or not, is one of blocks. */
	boolean isBlockType(String type) {
		return blockTypes.contains(Declarations.simple(type));
	}

	/** Whether objects of that type do nothing with what they own but use it, until they are closed. */
	boolean isOwnerType(String type) {
		return ownerTypes.contains(Declarations.simple(type));
	}

	/** Whether blocks can be asked that without being given away. */
	boolean isView(String method) {
		return model.functions().stream().anyMatch(function -> function.name().equals(method) && isBlockType(function.owner())
				&& function.languages().contains(Language.JAVA));
	}

	/** What is known of the method that is called. */
	Optional<FunctionModel> of(MethodInvocation call, Names names) {
		String name = call.getName().getIdentifier();
		int arguments = call.arguments().size();
		List<FunctionModel> named = model.named(Language.JAVA, name, arguments);
		if (named.isEmpty()) {
			return Optional.empty();
		}
		IMethodBinding method = Api.method(call);
		if (method != null && !method.getDeclaringClass().isRecovered()) {
			ITypeBinding receiver = call.getExpression() == null ? null : call.getExpression().resolveTypeBinding();
			boolean known = receiver != null && !receiver.isRecovered() && (receiver.isClass() || receiver.isInterface()
					|| receiver.isEnum() || receiver.isRecord());
			ITypeBinding type = known && receiver != null ? receiver : method.getDeclaringClass();
			return model.find(Language.JAVA, owners(type), name, arguments);
		}
		if (call.getExpression() == null || call.getExpression() instanceof ThisExpression) {
			return unqualified(names, named, name, arguments);
		}
		String type = names.owner(call.getExpression());
		return model.find(Language.JAVA, owners(type, names), name, arguments).or(() -> harmless(named));
	}

	private Optional<FunctionModel> unqualified(Names names, List<FunctionModel> named, String name, int arguments) {
		for (FunctionModel function : named) {
			if (staticallyImported(function.simpleOwner(), name)) {
				return model.find(Language.JAVA, List.of(function.owner()), name, arguments);
			}
		}
		for (String around : names.around()) {
			Optional<FunctionModel> found = model.find(Language.JAVA, owners(around, names), name, arguments);
			if (found.isPresent()) {
				return found;
			}
		}
		return harmless(named);
	}

	/** Who sends or uses what is no block does nothing of interest, so that a name is enough. */
	private static Optional<FunctionModel> harmless(List<FunctionModel> named) {
		boolean clear = named.stream().map(FunctionModel::effects).distinct().count() == 1 && !named.get(0).effects().isEmpty()
				&& named.get(0).effects().stream()
						.allMatch(effect -> effect instanceof ApiEffect.Sends || effect instanceof ApiEffect.Uses);
		return clear ? Optional.of(named.get(0)) : Optional.empty();
	}

	/** What is known of the constructor that is called. */
	Optional<FunctionModel> of(ClassInstanceCreation creation) {
		ITypeBinding type = creation.getType().resolveBinding();
		String name = type != null && !type.isRecovered()
				? type.getErasure().getQualifiedName()
				: imported(Declarations.written(creation.getType()));
		return model.find(Language.JAVA, List.of(name), FunctionModel.CONSTRUCTOR, creation.arguments().size());
	}

	/** What is known of a method of that type without arguments. */
	Optional<FunctionModel> of(@Nullable ITypeBinding type, String written, String method, Names names) {
		return model.find(Language.JAVA, type != null && !type.isRecovered() ? owners(type) : owners(written, names), method, 0);
	}

	private List<String> owners(ITypeBinding from) {
		String key = String.valueOf(from.getErasure().getKey());
		List<String> known = owners.get(key);
		if (known == null) {
			known = linear(from.getErasure());
			owners.put(key, known);
		}
		return known;
	}

	/** The type and those above, the nearest first; those that are not on the class path by their last word. */
	private static List<String> linear(ITypeBinding from) {
		var names = new LinkedHashSet<String>();
		var queue = new ArrayDeque<ITypeBinding>(List.of(from));
		while (!queue.isEmpty()) {
			ITypeBinding type = queue.remove().getErasure();
			if (names.add(type.isRecovered() ? type.getName() : type.getQualifiedName())) {
				ITypeBinding above = type.getSuperclass();
				if (above != null) {
					queue.add(above);
				}
				queue.addAll(List.of(type.getInterfaces()));
			}
		}
		return List.copyOf(names);
	}

	private List<String> owners(String from, Names names) {
		var found = new LinkedHashSet<String>();
		var queue = new ArrayDeque<String>(List.of(from));
		while (!queue.isEmpty()) {
			String type = queue.remove();
			if (!type.isEmpty() && found.add(imported(type))) {
				queue.addAll(names.above(type));
			}
		}
		return new ArrayList<>(found);
	}

	/** The name with its package, if an import tells that. */
	private String imported(String name) {
		for (Object each : name.contains(".") ? List.of() : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			String imported = declaration.getName().getFullyQualifiedName();
			if (!declaration.isStatic() && !declaration.isOnDemand() && imported.endsWith("." + name)) {
				return imported;
			}
		}
		return name;
	}

	/** Whether a method of that class may be called without naming the class. */
	boolean staticallyImported(String type, String method) {
		for (Object each : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			if (declaration.isStatic()) {
				String imported = declaration.getName().getFullyQualifiedName();
				boolean all = declaration.isOnDemand() && imported.endsWith("." + type);
				if (all || imported.endsWith("." + type + "." + method)) {
					return true;
				}
			}
		}
		return false;
	}
}
