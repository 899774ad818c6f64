// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls: those of the API to what they do, others to what they may do to their arguments. */
final class Calls {
	/** What a buffer can be asked without giving the block itself away. */
	private static final Set<String> VIEWS = Set.of("bytes", "address", "size", "hashCode", "toString", "equals");

	private static final Set<String> CONTAINER_FACTORIES = Set.of("List", "Set", "Arrays", "Collections");
	private static final Set<String> FACTORY_METHODS = Set.of("of", "asList", "singletonList", "singleton");

	private final Lowering lowering;
	private final Containers containers;

	Calls(Lowering lowering) {
		this.lowering = lowering;
		this.containers = new Containers(lowering);
	}

	Variable invoke(MethodInvocation call) {
		return switch (lowering.api.classify(call)) {
			case ALLOCATE -> allocate(call, Family.D);
			case ALLOCATE_DVPP -> allocate(call, Family.DVPP);
			case FREE -> free(call, Family.D);
			case FREE_DVPP -> free(call, Family.DVPP);
			case SEND -> send(call);
			case IS_BLOCK -> {
				arguments(call.arguments());
				yield lowering.temporary();
			}
			case OTHER -> other(call);
		};
	}

	private List<Variable> arguments(List<?> arguments) {
		var values = new ArrayList<Variable>();
		for (Object argument : arguments) {
			values.add(lowering.expressions.value((Expression) argument));
		}
		return values;
	}

	private Variable allocate(MethodInvocation call, Family family) {
		List<Variable> values = arguments(call.arguments());
		lowering.exceptions.unlikely(call);
		Optional<Expression> written = family == Family.D ? Api.flag(call) : Optional.empty();
		Flag flag = family == Family.DVPP ? Flag.MANUAL : written.map(Api::flag).orElse(Flag.AUTO);
		Optional<Variable> from = flag == Flag.UNKNOWN
				? Optional.of(values.get(call.arguments().indexOf(written.orElseThrow())))
				: Optional.empty();
		OptionalLong bytes = Numbers.of((Expression) call.arguments().get(0));
		if (bytes.isPresent()) {
			var constant = new Constant.Literal(Long.toString(bytes.getAsLong()));
			values.set(0, lowering.temporary());
			lowering.flow.emit(new HeapOp.Assign(values.get(0), Optional.of(constant), Lowering.span(call)));
		}
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.Allocate(result, family, flag, from, Optional.of(values.get(0)), Optional.empty(), true,
				Lowering.span(call)));
		return result;
	}

	private Variable free(MethodInvocation call, Family family) {
		List<Variable> values = arguments(call.arguments());
		lowering.flow.emit(new HeapOp.Free(values.get(0), family, Lowering.span(call)));
		lowering.exceptions.unlikely(call);
		return lowering.temporary();
	}

	private Variable send(MethodInvocation call) {
		if (call.getExpression() != null) {
			lowering.expressions.value(call.getExpression());
		}
		List<Variable> values = arguments(call.arguments());
		Variable status = lowering.temporary();
		lowering.flow.emit(new HeapOp.Send(values.get(Api.MESSAGE_ARGUMENT), status, Lowering.span(call)));
		return status;
	}

	private Variable other(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		Span span = Lowering.span(call);
		if (name.equals("requireNonNull") && !call.arguments().isEmpty()) {
			return nonNull(call, span);
		}
		List<Declarations.Method> targets = lowering.members.targets(call);
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
		if (call.getExpression() != null && lowering.members.isContainer(call.getExpression())) {
			return containers.call(call, call.getExpression());
		}
		Optional<Variable> receiver = Optional.ofNullable(call.getExpression()).map(lowering.expressions::value);
		if (name.equals("bytes") && call.arguments().isEmpty() && receiver.isPresent()) {
			use(call, receiver.get());
		}
		if (name.equals("close") && call.arguments().isEmpty() && receiver.isPresent()) {
			lowering.flow.emit(new HeapOp.Close(receiver.get(), span));
		}
		List<Variable> values = arguments(call.arguments());
		if (Api.ends(call)) {
			lowering.flow.take();
			return lowering.temporary();
		}
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
		if (!lowering.api.quiet(call)) {
			lowering.exceptions.call(call, name, Api.method(call));
		}
		return result(call, receiver, values);
	}

	/** What becomes of the object that a method is called on of which nothing is known. */
	private HeapOp receive(MethodInvocation call, Variable receiver) {
		String name = call.getName().getIdentifier();
		Span span = Lowering.span(call);
		if (Api.givesBack(call) && !name.equals("close")) {
			return new HeapOp.Escape(receiver, "handed over to " + name + " here", span);
		}
		boolean view = VIEWS.contains(name) || Api.isBufferName(lowering.members.type(call.getExpression()));
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

	/** What is done with the bytes says whether they are read or written. */
	private void use(MethodInvocation bytes, Variable block) {
		String access = bytes.getParent() instanceof MethodInvocation outer && outer.getExpression() == bytes
				? outer.getName().getIdentifier()
				: "";
		boolean writes = access.startsWith("put");
		String what = writes ? "written" : access.startsWith("get") ? "read" : "read or written";
		lowering.flow.emit(new HeapOp.Use(block, writes, what, Lowering.span(bytes)));
	}

	/** Behind the call the value is not null; that the call may throw is what it is there for. */
	private Variable nonNull(MethodInvocation call, Span span) {
		List<Variable> values = arguments(call.arguments());
		int node = lowering.flow.emit(new HeapOp.Test(span));
		if (node >= 0) {
			lowering.flow.resume(List.of(
					new Flow.Dangling(node, new Guard.Compare(values.get(0), Constant.NULL, false, ""))));
		}
		return values.get(0);
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
			if (!VIEWS.contains(call.getName().getIdentifier())) {
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
			case MethodInvocation outer -> switch (lowering.api.classify(outer)) {
				case SEND, FREE, FREE_DVPP -> "Object";
				case ALLOCATE, ALLOCATE_DVPP, IS_BLOCK, OTHER -> "";
			};
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
		Optional<Declarations.Method> target = lowering.members.own(call.arguments());
		delegate(call, "this", call.arguments(), target, call.resolveConstructorBinding());
	}

	/** The superclass makes its part of this object. */
	void delegate(SuperConstructorInvocation call) {
		Optional<Declarations.Method> target = lowering.members.ofSuperclass(call, call.arguments());
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
		lowering.flow.emit(new HeapOp.New(result, span));
		String type = Declarations.written(creation.getType());
		var declared = creation.resolveConstructorBinding();
		IMethodBinding binding = declared == null || declared.isRecovered() ? null : declared;
		Optional<Declarations.Method> target = creation.getAnonymousClassDeclaration() == null
				? lowering.members.constructor(type, creation.arguments())
				: Optional.empty();
		if (target.isPresent()) {
			var all = new ArrayList<Variable>(List.of(result));
			all.addAll(values);
			known(creation, "new " + type, binding, List.of(target.get().key()), all);
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
