// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ArrayInitializer;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.BooleanLiteral;
import org.eclipse.jdt.core.dom.CastExpression;
import org.eclipse.jdt.core.dom.CharacterLiteral;
import org.eclipse.jdt.core.dom.ChildListPropertyDescriptor;
import org.eclipse.jdt.core.dom.ChildPropertyDescriptor;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.ConditionalExpression;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.InfixExpression;
import org.eclipse.jdt.core.dom.InfixExpression.Operator;
import org.eclipse.jdt.core.dom.InstanceofExpression;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.MethodReference;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.NullLiteral;
import org.eclipse.jdt.core.dom.NumberLiteral;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.PatternInstanceofExpression;
import org.eclipse.jdt.core.dom.PostfixExpression;
import org.eclipse.jdt.core.dom.PrefixExpression;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.StructuralPropertyDescriptor;
import org.eclipse.jdt.core.dom.SuperMethodInvocation;
import org.eclipse.jdt.core.dom.SwitchExpression;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.eclipse.jdt.core.dom.ArrayAccess;
import org.eclipse.jdt.core.dom.ArrayCreation;
import org.eclipse.jdt.core.dom.SuperFieldAccess;
import org.heaplens.lint.jdt.internal.Declarations.FieldInfo;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers expressions to operations. Confined to one thread. */
final class Expressions {
	private final Lowering lowering;

	Expressions(Lowering lowering) {
		this.lowering = lowering;
	}

	/** Evaluates an expression; conditions split the paths, so that their outcome is known later. */
	Variable value(Expression expression) {
		boolean condition = switch (expression) {
			case InfixExpression infix -> isCondition(infix.getOperator());
			case PrefixExpression prefix -> prefix.getOperator() == PrefixExpression.Operator.NOT;
			case InstanceofExpression test -> true;
			case PatternInstanceofExpression test -> true;
			default -> false;
		};
		return condition ? truth(expression) : evaluate(expression);
	}

	private static boolean isCondition(Operator operator) {
		return List.of(Operator.CONDITIONAL_AND, Operator.CONDITIONAL_OR, Operator.EQUALS, Operator.NOT_EQUALS,
				Operator.LESS, Operator.LESS_EQUALS, Operator.GREATER, Operator.GREATER_EQUALS).contains(operator);
	}

	private Variable truth(Expression condition) {
		Variable result = lowering.temporary();
		Flow.Split split = lowering.conditions.branch(condition);
		var span = Lowering.span(condition);
		lowering.flow.resume(split.whenTrue());
		lowering.flow.emit(new HeapOp.Assign(result, Optional.of(Constant.TRUE), span));
		List<Flow.Dangling> whenTrue = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		lowering.flow.emit(new HeapOp.Assign(result, Optional.of(Constant.FALSE), span));
		lowering.flow.join(whenTrue);
		return result;
	}

	/** Evaluates an expression without looking at it as a condition. */
	Variable evaluate(Expression expression) {
		Optional<Constant> constant = constant(expression);
		if (constant.isPresent()) {
			Variable result = lowering.temporary();
			lowering.flow.emit(new HeapOp.Assign(result, constant, Lowering.span(expression)));
			return result;
		}
		return switch (expression) {
			case SimpleName name -> lowering.scope.find(name.getIdentifier())
					.orElseGet(() -> read(name));
			case ThisExpression self when self.getQualifier() == null -> lowering.self();
			case ParenthesizedExpression inner -> value(inner.getExpression());
			case CastExpression cast -> value(cast.getExpression());
			case Assignment assignment -> assign(assignment);
			case ConditionalExpression choice -> choice(choice);
			case MethodInvocation call -> lowering.calls.invoke(call);
			case SuperMethodInvocation call -> lowering.calls.invokeSuper(call);
			case ClassInstanceCreation creation -> lowering.calls.create(creation);
			case PrefixExpression prefix -> step(prefix.getOperand(), prefix);
			case PostfixExpression postfix -> step(postfix.getOperand(), postfix);
			case LambdaExpression lambda -> capture(lambda);
			case MethodReference reference -> capture(reference);
			case SwitchExpression choice -> lowering.statements.switches().expression(choice);
			case FieldAccess access when access.getExpression() instanceof ThisExpression -> read(access.getName());
			case SuperFieldAccess access -> read(access.getName());
			case FieldAccess access -> read(access, access.getExpression(), access.getName());
			case QualifiedName name -> read(name, name.getQualifier(), name.getName());
			case ArrayAccess access -> element(access);
			case ArrayCreation creation -> array(creation);
			case ArrayInitializer initializer -> elements(initializer);
			default -> children(expression);
		};
	}

	/** Reads a field of this object, or of the class. */
	private Variable read(SimpleName name) {
		Optional<FieldInfo> info = lowering.members.field(name.getIdentifier()).filter(Expressions::leadsToBlocks);
		return info.isPresent() ? load(lowering.self(), info.get(), name) : field(name.getIdentifier());
	}

	/** Reads a field of another object. */
	private Variable read(Expression whole, Expression object, SimpleName name) {
		Optional<FieldInfo> info = lowering.members.fieldOf(object, name.getIdentifier())
				.filter(Expressions::leadsToBlocks);
		return info.isPresent() ? load(value(object), info.get(), whole) : part(whole, value(object));
	}

	private Variable load(Variable object, FieldInfo info, ASTNode node) {
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.Load(result, object, info.field(), Lowering.span(node)));
		return result;
	}

	private static boolean leadsToBlocks(FieldInfo info) {
		return !info.isStatic() && !info.plain();
	}

	/** Whether an expression is a field that is followed like a variable. */
	boolean isFollowed(Expression expression) {
		Optional<FieldInfo> info = switch (expression) {
			case SimpleName name when lowering.scope.find(name.getIdentifier()).isEmpty() -> lowering.members
					.field(name.getIdentifier());
			case FieldAccess access -> lowering.members.fieldOf(access.getExpression(), access.getName().getIdentifier());
			case QualifiedName name -> lowering.members.fieldOf(name.getQualifier(), name.getName().getIdentifier());
			default -> Optional.empty();
		};
		return info.filter(Expressions::leadsToBlocks).isPresent();
	}

	private Variable element(ArrayAccess access) {
		Variable array = value(access.getArray());
		value(access.getIndex());
		Variable result = lowering.temporary();
		var type = access.resolveTypeBinding();
		if (type == null || !type.isPrimitive()) {
			lowering.flow.emit(new HeapOp.Take(result, array, false, lowering.calls.inLoopOver(access.getArray(), access),
					Lowering.span(access)));
		}
		return result;
	}

	private Variable array(ArrayCreation creation) {
		((List<?>) creation.dimensions()).forEach(each -> value((Expression) each));
		if (creation.getInitializer() != null) {
			return elements(creation.getInitializer());
		}
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, Lowering.span(creation)));
		return result;
	}

	/** The variable that stands for a field of this object, or of the class. */
	Variable field(String name) {
		return lowering.interned("this." + name, List.of(lowering.fields));
	}

	/** The constant an expression is, if it is one. Names count when they look like constants. */
	Optional<Constant> constant(Expression expression) {
		return switch (expression) {
			case NullLiteral literal -> Optional.of(Constant.NULL);
			case BooleanLiteral literal -> Optional.of(new Constant.Truth(literal.booleanValue()));
			case NumberLiteral literal -> Optional.of(new Constant.Literal(literal.getToken()));
			case StringLiteral literal -> Optional.of(new Constant.Literal(literal.getEscapedValue()));
			case CharacterLiteral literal -> Optional.of(new Constant.Literal(literal.getEscapedValue()));
			case ParenthesizedExpression inner -> constant(inner.getExpression());
			case PrefixExpression prefix when prefix.getOperator() == PrefixExpression.Operator.MINUS
					&& prefix.getOperand() instanceof NumberLiteral literal ->
				Optional.of(new Constant.Literal("-" + literal.getToken()));
			case Name name when Api.last(name).matches("[A-Z][A-Z0-9_]*") && isConstant(name) -> Optional
					.of(lowering.models.model().constant(Api.last(name)));
			default -> Optional.empty();
		};
	}

	/** A local variable in capitals is none; neither is a boolean, which is better followed as a condition. */
	private boolean isConstant(Name name) {
		var type = name.resolveTypeBinding();
		return (type == null || !type.getName().equals("boolean"))
				&& !(name instanceof SimpleName simple && lowering.scope.find(simple.getIdentifier()).isPresent());
	}

	private Variable choice(ConditionalExpression choice) {
		Variable result = lowering.temporary();
		Flow.Split split = lowering.conditions.branch(choice.getExpression());
		lowering.flow.resume(split.whenTrue());
		copy(result, value(choice.getThenExpression()), choice.getThenExpression());
		List<Flow.Dangling> then = lowering.flow.take();
		lowering.flow.resume(split.whenFalse());
		copy(result, value(choice.getElseExpression()), choice.getElseExpression());
		lowering.flow.join(then);
		return result;
	}

	void copy(Variable target, Variable source, ASTNode node) {
		lowering.flow.emit(new HeapOp.Copy(target, source, Lowering.span(node)));
	}

	private Variable assign(Assignment assignment) {
		Expression left = assignment.getLeftHandSide();
		Expression right = assignment.getRightHandSide();
		Optional<Variable> local = left instanceof SimpleName name
				? lowering.scope.find(name.getIdentifier())
				: Optional.empty();
		if (local.isEmpty()) {
			return store(left, right, assignment);
		}
		if (assignment.getOperator() == Assignment.Operator.ASSIGN) {
			initialize(local.get(), right, assignment);
		} else {
			value(right);
			lowering.forget(local.get(), Lowering.span(assignment));
		}
		return local.get();
	}

	/** Gives a local variable its value. */
	void initialize(Variable variable, Expression value, ASTNode node) {
		copy(variable, value(value), node);
		lowering.noteInferred(variable, lowering.members.type(value));
		if (value instanceof ClassInstanceCreation) {
			lowering.noteMade(variable);
		}
		if (lowering.isBuffer(variable) && value instanceof MethodInvocation call
				&& lowering.models.of(call, lowering.members).isEmpty() && lowering.members.targets(call).isEmpty()) {
			lowering.flow.emit(new HeapOp.Receive(variable, false, Lowering.span(node)));
		}
	}

	/** Stores into something that is no local variable: whoever reaches it reaches the value from now on. */
	Variable store(Expression left, Expression right, ASTNode assignment) {
		Span span = Lowering.span(assignment);
		if (isFollowed(left)) {
			return write(left, right, span);
		}
		if (left instanceof ArrayAccess access) {
			Variable array = value(access.getArray());
			value(access.getIndex());
			Variable element = value(right);
			lowering.flow.emit(new HeapOp.Put(array, element, span));
			return element;
		}
		Optional<Variable> owner = owner(left);
		if (owner.isEmpty() && !(left instanceof Name)) {
			children(left);
		}
		Variable stored = value(right);
		if (owner.isPresent() && lowering.madeHere(owner.get())) {
			lowering.flow.emit(new HeapOp.Hold(owner.get(), stored, span));
		} else {
			lowering.flow.emit(new HeapOp.Escape(stored, "stored in " + Texts.of(left) + " here", span));
		}
		if (left instanceof SimpleName || left instanceof FieldAccess) {
			String name = left instanceof SimpleName simple
					? simple.getIdentifier()
					: ((FieldAccess) left).getName().getIdentifier();
			lowering.flow.emit(new HeapOp.Assign(field(name), constant(right), span));
		} else {
			lowering.forget(lowering.fields, span);
		}
		return stored;
	}

	private Variable write(Expression left, Expression right, Span span) {
		Variable object = switch (left) {
			case FieldAccess access when !(access.getExpression() instanceof ThisExpression) -> value(access.getExpression());
			case QualifiedName name -> value(name.getQualifier());
			default -> lowering.self();
		};
		Optional<FieldInfo> info = switch (left) {
			case FieldAccess access -> lowering.members.fieldOf(access.getExpression(), access.getName().getIdentifier());
			case QualifiedName name -> lowering.members.fieldOf(name.getQualifier(), name.getName().getIdentifier());
			case SimpleName name -> lowering.members.field(name.getIdentifier());
			default -> Optional.empty();
		};
		Variable stored = value(right);
		info.ifPresent(field -> lowering.flow.emit(new HeapOp.Store(object, field.field(), stored, span)));
		return stored;
	}

	/** The local variable whose field is meant. */
	private Optional<Variable> owner(Expression left) {
		return switch (left) {
			case QualifiedName name when name.getQualifier() instanceof SimpleName simple -> lowering.scope
					.find(simple.getIdentifier());
			case FieldAccess access when access.getExpression() instanceof SimpleName simple -> lowering.scope
					.find(simple.getIdentifier());
			default -> Optional.empty();
		};
	}

	private Variable step(Expression operand, Expression whole) {
		Variable variable = value(operand);
		boolean assigns = whole instanceof PostfixExpression || whole instanceof PrefixExpression prefix
				&& (prefix.getOperator() == PrefixExpression.Operator.INCREMENT
						|| prefix.getOperator() == PrefixExpression.Operator.DECREMENT);
		if (assigns) {
			lowering.forget(variable, Lowering.span(whole));
		}
		return lowering.temporary();
	}

	/** What a lambda or a class uses may be freed there, now or later. */
	Variable capture(ASTNode nested) {
		for (Variable variable : lowering.captured(nested)) {
			lowering.flow.emit(new HeapOp.Escape(variable, "captured here", Lowering.span(nested)));
		}
		return lowering.temporary();
	}

	private Variable part(Expression access, Variable whole) {
		Variable result = lowering.temporary();
		if (Api.mayHold(access.resolveTypeBinding(), "Object")) {
			lowering.flow.emit(new HeapOp.Derive(result, whole, Lowering.span(access)));
		}
		return result;
	}

	private Variable elements(ArrayInitializer initializer) {
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, Lowering.span(initializer)));
		for (Object element : initializer.expressions()) {
			Variable variable = value((Expression) element);
			lowering.flow.emit(new HeapOp.Put(result, variable, Lowering.span((ASTNode) element)));
		}
		return result;
	}

	/** Evaluates the operands of an expression of which no more is known. */
	private Variable children(@Nullable ASTNode node) {
		for (Object each : node == null ? List.of() : node.structuralPropertiesForType()) {
			var property = (StructuralPropertyDescriptor) each;
			Object child = node == null ? null : node.getStructuralProperty(property);
			if (property instanceof ChildPropertyDescriptor && child instanceof Expression operand
					&& !(operand instanceof Name && node instanceof Name)) {
				inspect(operand, node);
			} else if (property instanceof ChildListPropertyDescriptor && child instanceof List<?> operands) {
				for (Object operand : operands) {
					if (operand instanceof Expression inner) {
						inspect(inner, node);
					}
				}
			}
		}
		return lowering.temporary();
	}

	/** Joining strings tells nobody anything; other operators may decide by what they see. */
	private void inspect(Expression operand, @Nullable ASTNode whole) {
		Variable value = value(operand);
		if (!(whole instanceof InfixExpression infix && infix.getOperator() == Operator.PLUS)) {
			lowering.flow.emit(new HeapOp.Inspect(value, Lowering.span(operand)));
		}
	}
}
