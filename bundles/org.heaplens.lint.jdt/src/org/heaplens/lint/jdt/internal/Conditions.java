// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.BooleanLiteral;
import org.eclipse.jdt.core.dom.ConditionalExpression;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.WhileStatement;
import org.eclipse.jdt.core.dom.ForStatement;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.InfixExpression.Operator;
import org.eclipse.jdt.core.dom.InstanceofExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.PatternInstanceofExpression;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.SimpleName;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.Slot;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/** Lowers conditions to branches. Confined to one thread. */
final class Conditions {
	private final Lowering lowering;
	private final PureExpressions pure;

	Conditions(Lowering lowering) {
		this.lowering = lowering;
		this.pure = new PureExpressions(lowering);
	}

	/** Evaluates a condition; no edges wait afterwards but those returned. */
	Flow.Split branch(Expression condition) {
		return switch (condition) {
			case ParenthesizedExpression inner -> branch(inner.getExpression());
			case PrefixExpression not when not.getOperator() == PrefixExpression.Operator.NOT -> {
				Flow.Split split = branch(not.getOperand());
				yield new Flow.Split(split.whenFalse(), split.whenTrue());
			}
			case BooleanLiteral literal -> literal.booleanValue()
					? new Flow.Split(lowering.flow.take(), List.of())
					: new Flow.Split(List.of(), lowering.flow.take());
			case InfixExpression infix -> infix(infix);
			case ConditionalExpression choice -> choice(choice);
			case InstanceofExpression test -> instance(test, test.getLeftOperand(),
					lowering.expressions.value(test.getLeftOperand()), new Instances.Asked(test.getRightOperand(), true));
			case PatternInstanceofExpression test -> {
				Variable operand = lowering.expressions.value(test.getLeftOperand());
				Flow.Split split = instance(test, test.getLeftOperand(), operand, Instances.Asked.of(test.getPattern()));
				List<Flow.Dangling> otherwise = split.whenFalse();
				lowering.flow.resume(split.whenTrue());
				lowering.statements.declarePattern(test.getPattern(), operand);
				yield new Flow.Split(lowering.flow.take(), otherwise);
			}
			case MethodInvocation call -> call(call);
			case Assignment assignment -> isTrue(assignment, lowering.expressions.value(assignment));
			default -> other(condition);
		};
	}

	private Flow.Split infix(InfixExpression infix) {
		Operator operator = infix.getOperator();
		boolean and = operator == Operator.CONDITIONAL_AND;
		if (and || operator == Operator.CONDITIONAL_OR) {
			return chain(infix, and);
		}
		boolean equal = operator == Operator.EQUALS;
		List<Expression> containers = counted(infix);
		if (!containers.isEmpty()) {
			return counted(infix, containers);
		}
		if (!infix.hasExtendedOperands() && (equal || operator == Operator.NOT_EQUALS)) {
			return equality(infix, infix.getLeftOperand(), infix.getRightOperand(), equal);
		}
		return other(infix);
	}

	/**
	 * The containers whose elements a loop's condition counts, as in {@code i < list.size()}, or that the loop reads one after the
	 * other by its counter; none for other conditions.
	 */
	List<Expression> counted(Expression condition) {
		if (!(condition instanceof InfixExpression infix) || infix.hasExtendedOperands()) {
			return List.of();
		}
		boolean loop = switch (infix.getParent()) {
			case ForStatement each -> each.getExpression() == infix;
			case WhileStatement each -> each.getExpression() == infix;
			default -> false;
		};
		boolean up = infix.getOperator() == Operator.LESS || infix.getOperator() == Operator.NOT_EQUALS;
		var containers = new ArrayList<Expression>();
		if (loop && up) {
			sized(infix.getRightOperand()).ifPresent(containers::add);
		}
		if (loop && infix.getParent() instanceof ForStatement counting) {
			Indexed.containers(counting).stream().filter(lowering.members::isContainer)
					.filter(read -> containers.stream().noneMatch(known -> known.toString().equals(read.toString())))
					.forEach(containers::add);
		}
		return containers;
	}

	/** The container whose size an expression is. */
	private Optional<Expression> sized(Expression expression) {
		return switch (expression) {
			case MethodInvocation call when call.getName().getIdentifier().equals("size") && call.getExpression() != null
					&& lowering.members.isContainer(call.getExpression()) ->
				Optional.of(call.getExpression());
			case QualifiedName name when name.getName().getIdentifier().equals("length") -> Optional.of(name.getQualifier());
			case FieldAccess access when access.getName().getIdentifier().equals("length") -> Optional
					.of(access.getExpression());
			default -> Optional.empty();
		};
	}

	private Flow.Split counted(InfixExpression infix, List<Expression> containers) {
		lowering.expressions.value(infix.getLeftOperand());
		if (sized(infix.getRightOperand()).isEmpty()) {
			lowering.expressions.value(infix.getRightOperand());
		}
		Flow.Split split = exhausted(infix, lowering.expressions.value(containers.get(0)), false);
		for (Expression also : containers.subList(1, containers.size())) {
			lowering.flow.resume(split.whenFalse());
			Variable container = lowering.expressions.value(also);
			int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(infix)));
			lowering.flow.take();
			split = new Flow.Split(split.whenTrue(),
					node < 0 ? List.of() : List.of(new Flow.Dangling(node, new Guard.Exhausted(container, ""))));
		}
		return split;
	}

	/** Tests whether a container has a further element: the condition holds where it has none, or where it has one. */
	private Flow.Split exhausted(Expression condition, Variable container, boolean whenNone) {
		int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(condition)));
		lowering.flow.take();
		if (node < 0) {
			return new Flow.Split(List.of(), List.of());
		}
		String text = Texts.of(condition);
		var none = List.of(new Flow.Dangling(node,
				new Guard.Exhausted(container, Texts.branch(text, Constant.TRUE, whenNone))));
		var some = List.of(new Flow.Dangling(node, new Guard.Opaque(Texts.branch(text, Constant.TRUE, !whenNone))));
		return whenNone ? new Flow.Split(none, some) : new Flow.Split(some, none);
	}

	/** Short-circuit operators: the next operand is evaluated on the edges that leave the result open. */
	private Flow.Split chain(InfixExpression infix, boolean and) {
		var decided = new ArrayList<Flow.Dangling>();
		Flow.Split last = branch(infix.getLeftOperand());
		var rest = new ArrayList<Expression>(List.of(infix.getRightOperand()));
		for (Object operand : infix.extendedOperands()) {
			rest.add((Expression) operand);
		}
		for (Expression operand : rest) {
			decided.addAll(and ? last.whenFalse() : last.whenTrue());
			lowering.flow.resume(and ? last.whenTrue() : last.whenFalse());
			last = branch(operand);
		}
		decided.addAll(and ? last.whenFalse() : last.whenTrue());
		return and ? new Flow.Split(last.whenTrue(), decided) : new Flow.Split(decided, last.whenFalse());
	}

	private Flow.Split choice(ConditionalExpression choice) {
		Flow.Split condition = branch(choice.getExpression());
		lowering.flow.resume(condition.whenTrue());
		Flow.Split then = branch(choice.getThenExpression());
		lowering.flow.resume(condition.whenFalse());
		Flow.Split otherwise = branch(choice.getElseExpression());
		return new Flow.Split(both(then.whenTrue(), otherwise.whenTrue()),
				both(then.whenFalse(), otherwise.whenFalse()));
	}

	private static List<Flow.Dangling> both(List<Flow.Dangling> one, List<Flow.Dangling> other) {
		var all = new ArrayList<>(one);
		all.addAll(other);
		return all;
	}

	private Flow.Split equality(Expression whole, Expression left, Expression right, boolean equal) {
		Optional<Constant> constant = lowering.expressions.constant(right);
		Expression tested = constant.isPresent() ? left : right;
		Optional<Constant> against = constant.isPresent() ? constant : lowering.expressions.constant(left);
		if (against.isEmpty()) {
			return other(whole);
		}
		if (!(tested instanceof SimpleName) && !lowering.expressions.isFollowed(tested) && pure.known(whole).isPresent()) {
			return other(whole);
		}
		Variable variable = lowering.expressions.value(tested);
		Flow.Split split = compare(whole, variable, against.get(), equal, Texts.of(tested));
		return against.get() instanceof Constant.Null ? polled(tested, split, equal) : split;
	}

	/** A queue that gives null has no element left. */
	private Flow.Split polled(Expression tested, Flow.Split split, boolean equal) {
		Expression inner = tested;
		while (inner instanceof ParenthesizedExpression || inner instanceof Assignment) {
			inner = inner instanceof ParenthesizedExpression parentheses
					? parentheses.getExpression()
					: ((Assignment) inner).getRightHandSide();
		}
		if (!(inner instanceof MethodInvocation call) || call.getExpression() == null
				|| !call.getName().getIdentifier().startsWith("poll") || !lowering.members.isContainer(call.getExpression())) {
			return split;
		}
		lowering.flow.resume(equal ? split.whenTrue() : split.whenFalse());
		Variable container = lowering.expressions.value(call.getExpression());
		int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(call)));
		lowering.flow.take();
		List<Flow.Dangling> none = node < 0 ? List.of() : List.of(new Flow.Dangling(node, new Guard.Exhausted(container, "")));
		return equal ? new Flow.Split(none, split.whenFalse()) : new Flow.Split(split.whenTrue(), none);
	}

	private Flow.Split compare(ASTNode whole, Variable variable, Constant constant, boolean equal, String subject) {
		String is = Texts.branch(subject, constant, true);
		String isNot = Texts.branch(subject, constant, false);
		int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(whole)));
		lowering.flow.take();
		if (node < 0) {
			return new Flow.Split(List.of(), List.of());
		}
		var same = List.of(new Flow.Dangling(node, new Guard.Compare(variable, constant, true, is)));
		var different = List.of(new Flow.Dangling(node, new Guard.Compare(variable, constant, false, isNot)));
		return equal ? new Flow.Split(same, different) : new Flow.Split(different, same);
	}

	/** Tests the truth of a value. */
	private Flow.Split isTrue(Expression condition, Variable variable) {
		return compare(condition, variable, Constant.TRUE, true, Texts.of(condition));
	}

	/** A match says that the value is not null; the opposite says nothing. */
	private Flow.Split instance(Expression test, Expression operand, Variable variable, Instances.Asked asked) {
		int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(test)));
		lowering.flow.take();
		if (node < 0) {
			return new Flow.Split(List.of(), List.of());
		}
		String text = Texts.of(test);
		Guard yes = lowering.instances.when(operand, variable, asked, Texts.branch(text, Constant.TRUE, true));
		List<Flow.Dangling> otherwise = lowering.instances.unless(operand, variable, asked, node,
				Texts.branch(text, Constant.TRUE, false), test);
		return new Flow.Split(List.of(new Flow.Dangling(node, yes)), otherwise);
	}

	private Flow.Split call(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		int arguments = call.arguments().size();
		Expression asked = call.getExpression();
		if (asked != null && arguments == 0 && lowering.members.isContainer(asked)
				&& (name.equals("isEmpty") || name.equals("hasNext"))) {
			return exhausted(call, lowering.expressions.value(asked), name.equals("isEmpty"));
		}
		if (arguments == 0 && (name.equals("isEmpty") || name.equals("isPresent")) && lowering.optionals.concerns(call)) {
			return compare(call, lowering.optionals.value(call), Constant.NULL, name.equals("isEmpty"), Texts.of(call));
		}
		List<ApiEffect.TellsNull> nulls = lowering.models.of(call, lowering.members).map(model -> model.effects(ApiEffect.TellsNull.class))
				.orElse(List.of());
		if (!nulls.isEmpty() && nulls.get(0).value() instanceof Slot.Argument(int index)) {
			var operand = (Expression) call.arguments().get(index);
			Variable variable = lowering.expressions.value(operand);
			return compare(call, variable, Constant.NULL, nulls.get(0).truth(), Texts.of(operand));
		}
		boolean objects = call.getExpression() instanceof Name owner && Api.last(owner).equals("Objects")
				|| call.getExpression() == null && lowering.models.staticallyImported("Objects", name);
		if (objects && arguments == 2 && name.equals("equals")) {
			return equality(call, (Expression) call.arguments().get(0), (Expression) call.arguments().get(1), true);
		}
		if (call.getExpression() != null && arguments == 1 && name.equals("equals")) {
			return equality(call, call.getExpression(), (Expression) call.arguments().get(0), true);
		}
		return other(call);
	}

	/** A condition that reads only what is known to stay the same is remembered; any other is not followed. */
	private Flow.Split other(Expression condition) {
		if (condition instanceof SimpleName name && lowering.scope.find(name.getIdentifier()).isPresent()) {
			return isTrue(condition, lowering.scope.find(name.getIdentifier()).get());
		}
		Optional<PureExpressions.Known> known = pure.known(condition);
		if (known.isPresent()) {
			for (Variable variable : known.get().about()) {
				lowering.flow.emit(new HeapOp.Inspect(variable, Lowering.span(condition)));
			}
			Constant value = known.get().negated() ? Constant.FALSE : Constant.TRUE;
			String text = Texts.of(condition);
			int node = lowering.flow.emit(new HeapOp.Test(Lowering.span(condition)));
			lowering.flow.take();
			return node < 0
					? new Flow.Split(List.of(), List.of())
					: new Flow.Split(
							List.of(new Flow.Dangling(node,
									new Guard.Compare(known.get().variable(), value, true,
											Texts.branch(text, Constant.TRUE, true)))),
							List.of(new Flow.Dangling(node, new Guard.Compare(known.get().variable(), value, false,
									Texts.branch(text, Constant.TRUE, false)))));
		}
		return isTrue(condition, lowering.expressions.evaluate(condition));
	}
}
