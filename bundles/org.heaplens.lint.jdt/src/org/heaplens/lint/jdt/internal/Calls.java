// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.core.dom.BodyDeclaration;
import org.eclipse.jdt.core.dom.DoStatement;
import org.eclipse.jdt.core.dom.ForStatement;
import org.eclipse.jdt.core.dom.WhileStatement;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ConstructorInvocation;
import org.eclipse.jdt.core.dom.SuperConstructorInvocation;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SuperMethodInvocation;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls: those of the API to what they do, others to what they may do to their arguments. */
final class Calls {
	private static final Set<String> CONTAINER_FACTORIES = Set.of("List", "Set", "Arrays", "Collections");
	private static final Set<String> FACTORY_METHODS = Set.of("of", "asList", "singletonList", "singleton");

	private final Lowering lowering;
	private final Containers containers;

	Calls(Lowering lowering) {
		this.lowering = lowering;
		this.containers = new Containers(lowering);
	}

	Variable invoke(MethodInvocation call) {
		List<Declarations.Method> targets = lowering.members.targets(call);
		Optional<FunctionModel> model = lowering.models.of(call, lowering.members).filter(Modelled::tells);
		if (model.isPresent() && (targets.isEmpty() || lowering.members.isMeant(model.get(), call, targets))
				&& !holds(call)) {
			return modelled(call, model.get());
		}
		return other(call, targets);
	}

	/** Whether it is about what objects, containers or others, hold. */
	private boolean holds(MethodInvocation call) {
		return lowering.members.component(call).isPresent() || makesContainer(call) || lowering.optionals.concerns(call)
				|| call.getExpression() != null && lowering.members.isContainer(call.getExpression());
	}

	private Variable modelled(MethodInvocation call, FunctionModel model) {
		Expression object = call.getExpression();
		Optional<Variable> receiver = object == null
				? Optional.of(lowering.self())
				: lowering.members.isClass(object) ? Optional.empty() : Optional.of(lowering.expressions.value(object));
		List<Expression> written = ((List<?>) call.arguments()).stream().map(Expression.class::cast).toList();
		return lowering.modelled.lower(model, new Modelled.Call(call, call.getName().getIdentifier(), Api.method(call), receiver,
				written, arguments(call.arguments()), lowering.temporary()));
	}

	private List<Variable> arguments(List<?> arguments) {
		var values = new ArrayList<Variable>();
		for (Object argument : arguments) {
			values.add(lowering.expressions.value((Expression) argument));
		}
		return values;
	}

	private Variable other(MethodInvocation call, List<Declarations.Method> targets) {
		String name = call.getName().getIdentifier();
		Span span = Lowering.span(call);
		if (!targets.isEmpty()) {
			return known(call, targets);
		}
		Optional<Declarations.FieldInfo> component = lowering.members.component(call);
		if (component.isPresent() && call.getExpression() != null) {
			Variable part = lowering.temporary();
			lowering.flow.emit(new HeapOp.Load(part, lowering.expressions.value(call.getExpression()), component.get().field(), span));
			return part;
		}
		if (makesContainer(call)) {
			return filled(call.arguments(), span);
		}
		if (lowering.optionals.concerns(call)) {
			return lowering.optionals.call(call);
		}
		if (call.getExpression() != null && lowering.members.isEntry(call.getExpression())) {
			Variable entry = lowering.expressions.value(call.getExpression());
			if (name.equals("getValue") || name.equals("getKey")) {
				return name.equals("getValue") ? entry : lowering.temporary();
			}
		}
		if (call.getExpression() != null && lowering.members.isContainer(call.getExpression())) {
			return containers.call(call, call.getExpression());
		}
		Optional<Variable> receiver = Optional.ofNullable(call.getExpression()).map(lowering.expressions::value);
		if (name.equals("close") && call.arguments().isEmpty() && receiver.isPresent()) {
			lowering.flow.emit(new HeapOp.Close(receiver.get(), span));
		}
		List<Variable> values = arguments(call.arguments());
		if (receiver.isPresent()) {
			lowering.flow.emit(receive(call, receiver.get()));
		}
		if (lowering.api.prints(call)) {
			return lowering.temporary();
		}
		boolean keeps = Api.keeps(call) || Api.givesBack(call);
		for (int index = 0; index < values.size(); index++) {
			boolean taken = keeps || lowering.handover.takes(call, index);
			lowering.flow.emit(taken
					? new HeapOp.Escape(values.get(index), "handed over to " + name + " here", span)
					: new HeapOp.Lend(values.get(index), span));
		}
		if (receiver.isPresent() && lowering.madeHere(receiver.get())) {
			derive(receiver.get(), values, span);
		}
		lowering.exceptions.call(call, name, Api.method(call));
		return result(call, receiver, values);
	}

	/** What becomes of the object that a method is called on of which nothing is known. */
	private HeapOp receive(MethodInvocation call, Variable receiver) {
		String name = call.getName().getIdentifier();
		Span span = Lowering.span(call);
		if (Api.givesBack(call) && !name.equals("close")) {
			return new HeapOp.Escape(receiver, "handed over to " + name + " here", span);
		}
		String type = lowering.members.type(call.getExpression());
		boolean view = lowering.models.isView(name) || lowering.models.isBlockType(type) || lowering.models.isOwnerType(type);
		return view ? new HeapOp.Inspect(receiver, span) : new HeapOp.Lend(receiver, span);
	}

	/** A call of what the program itself declares. */
	private Variable known(MethodInvocation call, List<Declarations.Method> targets) {
		var arguments = new ArrayList<Variable>();
		if (!targets.get(0).isStatic()) {
			arguments.add(call.getExpression() != null
					? lowering.expressions.value(call.getExpression())
					: lowering.members.isOwn(targets.get(0)) ? lowering.self() : lowering.temporary());
		} else if (call.getExpression() != null) {
			lowering.expressions.value(call.getExpression());
		}
		arguments.addAll(arguments(call.arguments()));
		String name = call.getName().getIdentifier();
		return known(call, name, Api.method(call), targets.stream().map(Declarations.Method::key).distinct().toList(), arguments);
	}

	Variable known(ASTNode call, String name, @Nullable IMethodBinding method, List<String> targets, List<Variable> arguments) {
		Variable result = lowering.temporary();
		lowering.exceptions.call(call, name, method,
				Optional.of(new HeapOp.Call(result, targets, arguments, name + "()", Lowering.span(call))));
		return result;
	}

	/** Whether the call gives a new container with its arguments as elements. */
	private boolean makesContainer(MethodInvocation call) {
		return call.getExpression() instanceof Name owner && CONTAINER_FACTORIES.contains(Api.last(owner))
				&& FACTORY_METHODS.contains(call.getName().getIdentifier())
				&& lowering.scope.find(Api.last(owner)).isEmpty();
	}

	private Variable filled(List<?> elements, Span span) {
		List<Variable> values = arguments(elements);
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, span));
		values.forEach(value -> lowering.flow.emit(new HeapOp.Put(result, value, span)));
		return result;
	}

	/** Whether the place is in a loop that goes on until the container has no other element. */
	boolean inLoopOver(Expression container, ASTNode place) {
		String text = container + ".";
		String name = container.toString();
		for (ASTNode node = place; node != null && !(node instanceof BodyDeclaration)
				&& !(node instanceof LambdaExpression); node = node.getParent()) {
			Expression condition = switch (node) {
				case WhileStatement loop -> loop.getExpression();
				case ForStatement loop -> loop.getExpression();
				case DoStatement loop -> loop.getExpression();
				default -> null;
			};
			if (condition != null && condition.toString().contains(text)) {
				return true;
			}
			if (node instanceof ForStatement loop
					&& Indexed.containers(loop).stream().anyMatch(read -> read.toString().equals(name))) {
				return true;
			}
		}
		return false;
	}

	private void derive(Variable result, List<Variable> sources, Span span) {
		for (Variable source : sources) {
			lowering.flow.emit(new HeapOp.Derive(result, source, span));
		}
	}

	/** What a call returns may be, or hold, what it was given. */
	private Variable result(MethodInvocation call, Optional<Variable> receiver, List<Variable> values) {
		Variable result = lowering.temporary();
		if (Api.mayHold(call.resolveTypeBinding(), expected(call))) {
			derive(result, values, Lowering.span(call));
			if (!lowering.models.isView(call.getName().getIdentifier())) {
				derive(result, receiver.stream().toList(), Lowering.span(call));
			}
		}
		return result;
	}

	/** The type the context of a call asks for, as written; empty where it asks for none that could hold a block. */
	private String expected(MethodInvocation call) {
		ASTNode parent = call.getParent();
		return switch (parent) {
			case VariableDeclarationFragment fragment -> lowering.scope.find(fragment.getName().getIdentifier())
					.map(lowering::type).map(type -> type.equals("var") ? "Object" : type).orElse("");
			case Assignment assignment when assignment.getLeftHandSide() instanceof SimpleName name -> lowering.scope
					.find(name.getIdentifier()).map(lowering::type).orElse("Object");
			case MethodInvocation outer when outer.getExpression() == call -> "Object";
			case MethodInvocation outer -> lowering.models.of(outer, lowering.members)
					.filter(model -> model.obliges() && model.allocation().isEmpty()).map(model -> "Object").orElse("");
			default -> "";
		};
	}

	Variable invokeSuper(SuperMethodInvocation call) {
		List<Declarations.Method> targets = lowering.members.above(call);
		if (!targets.isEmpty()) {
			var all = new ArrayList<Variable>(List.of(lowering.self()));
			all.addAll(arguments(call.arguments()));
			return known(call, "super." + call.getName().getIdentifier(), null, List.of(targets.get(0).key()), all);
		}
		handOver(call.arguments(), "handed over to super here");
		lowering.exceptions.call(call, call.getName().getIdentifier(), call.resolveMethodBinding());
		return lowering.temporary();
	}

	/** Another constructor of this object goes on. */
	void delegate(ConstructorInvocation call) {
		Optional<Declarations.Method> target = lowering.members.own(call.arguments(), known(call.resolveConstructorBinding()));
		delegate(call, "this", call.arguments(), target, call.resolveConstructorBinding());
	}

	/** The superclass makes its part of this object. */
	void delegate(SuperConstructorInvocation call) {
		Optional<Declarations.Method> target = lowering.members.ofSuperclass(call, call.arguments(),
				known(call.resolveConstructorBinding()));
		delegate(call, "super", call.arguments(), target, call.resolveConstructorBinding());
	}

	private void delegate(ASTNode call, String name, List<?> arguments, Optional<Declarations.Method> target,
			@Nullable IMethodBinding binding) {
		if (target.isEmpty()) {
			handOver(arguments, "handed over to " + name + " here");
			lowering.exceptions.call(call, name, binding);
			return;
		}
		var all = new ArrayList<Variable>(List.of(lowering.self()));
		all.addAll(arguments(arguments));
		known(call, name, binding, List.of(target.get().key()), all);
	}

	/** Arguments of constructors of this object or its superclass: the object may keep them. */
	private void handOver(List<?> arguments, String how) {
		for (Object argument : arguments) {
			Variable value = lowering.expressions.value((Expression) argument);
			lowering.flow.emit(new HeapOp.Escape(value, how, Lowering.span((ASTNode) argument)));
		}
	}

	private static @Nullable IMethodBinding known(@Nullable IMethodBinding binding) {
		return binding == null || binding.isRecovered() ? null : binding;
	}

	Variable create(ClassInstanceCreation creation) {
		Span span = Lowering.span(creation);
		if (creation.getExpression() != null) {
			lowering.expressions.value(creation.getExpression());
		}
		List<Variable> values = arguments(creation.arguments());
		if (creation.getAnonymousClassDeclaration() != null) {
			lowering.expressions.capture(creation.getAnonymousClassDeclaration());
		}
		Variable result = lowering.temporary();
		Optional<FunctionModel> model = creation.getAnonymousClassDeclaration() == null
				? lowering.models.of(creation).filter(Modelled::tells)
				: Optional.empty();
		if (model.isPresent()) {
			List<Expression> written = ((List<?>) creation.arguments()).stream().map(Expression.class::cast).toList();
			return lowering.modelled.lower(model.get(), new Modelled.Call(creation, Texts.of(creation.getType()),
					creation.resolveConstructorBinding(), Optional.empty(), written, values, result));
		}
		lowering.flow.emit(new HeapOp.New(result, span));
		String type = lowering.members.type(creation);
		IMethodBinding binding = known(creation.resolveConstructorBinding());
		Optional<Declarations.Method> target = creation.getAnonymousClassDeclaration() == null
				? lowering.members.constructor(type, creation.arguments(), binding)
				: Optional.empty();
		if (target.isPresent()) {
			var all = new ArrayList<Variable>(List.of(result));
			all.addAll(values);
			known(creation, "new " + Declarations.written(creation.getType()), binding, List.of(target.get().key()), all);
			return result;
		}
		for (int index = 0; index < values.size(); index++) {
			if (!lowering.handover.onlyHolds(creation, index)) {
				lowering.flow.emit(new HeapOp.Escape(values.get(index), "handed over to a new "
						+ Texts.of(creation.getType()) + " here", span));
			}
			lowering.flow.emit(new HeapOp.Hold(result, values.get(index), span));
		}
		var constructor = creation.resolveConstructorBinding();
		boolean known = constructor != null && !constructor.isRecovered();
		lowering.exceptions.call(creation, Texts.of(creation.getType()), known ? constructor : null);
		return result;
	}
}
