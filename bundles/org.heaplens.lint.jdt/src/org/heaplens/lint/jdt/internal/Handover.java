// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AnonymousClassDeclaration;
import org.eclipse.jdt.core.dom.ArrayInitializer;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.CastExpression;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.ConditionalExpression;
import org.eclipse.jdt.core.dom.ConstructorInvocation;
import org.eclipse.jdt.core.dom.EnhancedForStatement;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SimpleType;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.SuperConstructorInvocation;
import org.eclipse.jdt.core.dom.SuperMethodInvocation;
import org.eclipse.jdt.core.dom.TypeDeclaration;
import org.eclipse.jdt.core.dom.TryStatement;
import org.eclipse.jdt.core.dom.VariableDeclarationExpression;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.YieldStatement;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Slot;

/** Which methods and constructors of a compilation unit take over what they are given. Confined to one thread. */
final class Handover {
	private final Api api;
	private final Map<String, List<MethodDeclaration>> methods = new HashMap<>();
	private final Map<String, List<MethodDeclaration>> constructors = new HashMap<>();
	private final Set<String> records = new HashSet<>();
	private final Set<String> classes = new HashSet<>();
	private final Map<String, Boolean> known = new HashMap<>();

	Handover(CompilationUnit unit, Api api) {
		this.api = api;
		Nodes.each(unit, MethodDeclaration.class, method -> (method.isConstructor() ? constructors : methods)
				.computeIfAbsent(method.getName().getIdentifier(), name -> new ArrayList<>()).add(method));
		Nodes.each(unit, RecordDeclaration.class, type -> records.add(type.getName().getIdentifier()));
		Nodes.each(unit, TypeDeclaration.class, type -> classes.add(type.getName().getIdentifier()));
	}

	/** Whether a method of that name in this file frees, sends, keeps or returns the argument. */
	boolean takes(MethodInvocation call, int argument) {
		return takes(methods, call.getName().getIdentifier(), call.arguments().size(), argument);
	}

	private boolean takes(Map<String, List<MethodDeclaration>> from, String name, int arguments, int argument) {
		for (MethodDeclaration method : from.getOrDefault(name, List.of())) {
			int parameters = method.parameters().size();
			boolean fits = parameters == arguments || method.isVarargs() && arguments >= parameters - 1;
			if (fits && parameters > 0 && takes(method, Math.min(argument, parameters - 1))) {
				return true;
			}
		}
		return false;
	}

	private boolean takes(MethodDeclaration method, int parameter) {
		String key = method.getStartPosition() + ":" + parameter;
		if (!known.containsKey(key)) {
			known.put(key, false); // what a recursive call does is decided by the rest of the method
			known.put(key, method.isConstructor() ? uses(method, parameter, true) : uses(method, parameter, false));
		}
		return known.getOrDefault(key, false);
	}

	/** Looks at every use of a parameter; storing it in a field is what constructors are for. */
	private boolean uses(MethodDeclaration method, int parameter, boolean mayStore) {
		String name = ((SingleVariableDeclaration) method.parameters().get(parameter)).getName().getIdentifier();
		var found = new boolean[1];
		if (method.getBody() != null) {
			Nodes.each(method.getBody(), SimpleName.class, use -> found[0] |= use.getIdentifier().equals(name)
					&& !isMember(use) && taken(use, mayStore));
		}
		return found[0];
	}

	private static boolean isMember(SimpleName name) {
		return name.getLocationInParent() == MethodInvocation.NAME_PROPERTY
				|| name.getLocationInParent() == org.eclipse.jdt.core.dom.FieldAccess.NAME_PROPERTY
				|| name.getLocationInParent() == org.eclipse.jdt.core.dom.QualifiedName.NAME_PROPERTY;
	}

	private boolean taken(SimpleName use, boolean mayStore) {
		ASTNode value = use;
		while (value.getParent() instanceof ParenthesizedExpression || value.getParent() instanceof CastExpression
				|| value.getParent() instanceof ConditionalExpression choice && choice.getExpression() != value) {
			value = value.getParent();
		}
		ASTNode node = value;
		return nested(use) || switch (value.getParent()) {
			case MethodInvocation call when call.getExpression() == node -> call.getName().getIdentifier()
					.equals("close");
			case MethodInvocation call -> takenBy(call, node);
			case Assignment assignment when assignment.getRightHandSide() == node -> !mayStore;
			case VariableDeclarationFragment fragment -> true;
			case ClassInstanceCreation creation -> true;
			case ConstructorInvocation call -> true;
			case SuperConstructorInvocation call -> true;
			case SuperMethodInvocation call -> true;
			case ReturnStatement statement -> true;
			case YieldStatement statement -> true;
			case ArrayInitializer initializer -> true;
			case LambdaExpression lambda -> true;
			case TryStatement statement -> true;
			case EnhancedForStatement loop -> true;
			case VariableDeclarationExpression declaration -> true;
			case null, default -> false;
		};
	}

	private boolean takenBy(MethodInvocation call, ASTNode argument) {
		Optional<FunctionModel> model = api.models().of(call, api.models().written());
		return model.isPresent()
				? takes(model.get(), call.arguments().indexOf(argument))
				: Api.keeps(call) || takes(call, call.arguments().indexOf(argument));
	}

	private static boolean takes(FunctionModel model, int argument) {
		var slot = new Slot.Argument(argument);
		return model.effects().stream().anyMatch(effect -> switch (effect) {
			case ApiEffect.Frees frees -> frees.block().equals(slot);
			case ApiEffect.Closes closes -> closes.owner().equals(slot);
			case ApiEffect.Sends sends -> sends.message().equals(slot);
			case ApiEffect.Keeps keeps -> keeps.value().equals(slot);
			case ApiEffect.Wraps wraps -> wraps.block().equals(slot);
			case ApiEffect.Puts puts -> puts.value().equals(slot);
			case ApiEffect.Returns returns -> returns.value().equals(slot);
			default -> false;
		});
	}

	private static boolean nested(ASTNode use) {
		for (ASTNode node = use; node != null && !(node instanceof MethodDeclaration); node = node.getParent()) {
			if (node instanceof LambdaExpression || node instanceof AnonymousClassDeclaration) {
				return true;
			}
		}
		return false;
	}

	/** Whether the new object surely does nothing with the argument but hold it. */
	boolean onlyHolds(ClassInstanceCreation creation, int argument) {
		if (creation.getAnonymousClassDeclaration() != null) {
			return false;
		}
		ITypeBinding type = creation.getType().resolveBinding();
		String name = simpleName(creation);
		if (records.contains(name)) {
			return !takes(constructors, name, creation.arguments().size(), argument);
		}
		if (classes.contains(name)) {
			return constructors.containsKey(name)
					&& !takes(constructors, name, creation.arguments().size(), argument);
		}
		return type != null && !type.isRecovered() && (type.isRecord() || closeable(type));
	}

	private static String simpleName(ClassInstanceCreation creation) {
		return creation.getType() instanceof SimpleType simple
				? Api.last(simple.getName())
				: creation.getType().toString();
	}

	/** An owner: it frees what it holds when it is closed. */
	private static boolean closeable(@Nullable ITypeBinding from) {
		for (ITypeBinding type = from; type != null; type = type.getSuperclass()) {
			for (ITypeBinding each : type.getInterfaces()) {
				if (each.getName().equals("AutoCloseable") || closeable(each)) {
					return true;
				}
			}
		}
		return false;
	}
}
