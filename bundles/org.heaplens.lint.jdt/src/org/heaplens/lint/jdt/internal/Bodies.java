// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.Block;
import org.eclipse.jdt.core.dom.ConstructorInvocation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.Initializer;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Statement;
import org.eclipse.jdt.core.dom.SuperConstructorInvocation;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;
import org.heaplens.lint.jdt.internal.Declarations.FieldInfo;

/** Lowers what stands in a function from its start to its end. Confined to one thread. */
final class Bodies {
	private final Lowering lowering;

	Bodies(Lowering lowering) {
		this.lowering = lowering;
	}

	void lower(Functions.Function function) {
		switch (function.kind()) {
			case METHOD -> block(((MethodDeclaration) function.node()).getBody());
			case INITIALIZER -> block(((Initializer) function.node()).getBody());
			case LAMBDA -> lambda((LambdaExpression) function.node());
			case FIELDS -> fields((AbstractTypeDeclaration) function.node());
			case CONSTRUCTOR -> constructor(function.node());
		}
	}

	private void block(Block block) {
		lowering.statements.body(block);
		end(block);
	}

	private void end(ASTNode node) {
		lowering.flow.emit(new HeapOp.Exit(ExitKind.END, new Span(node.getStartPosition() + node.getLength() - 1, 1)));
	}

	private void lambda(LambdaExpression lambda) {
		if (lambda.getBody() instanceof Block block) {
			block(block);
			return;
		}
		Variable result = lowering.expressions.value((Expression) lambda.getBody());
		lowering.expressions.copy(lowering.result, result, lambda.getBody());
		lowering.flow.emit(new HeapOp.Exit(ExitKind.RETURN, Lowering.span(lambda.getBody())));
	}

	/** The initial values of fields, and the blocks of code between them, in their order. */
	private void fields(AbstractTypeDeclaration type) {
		for (Object each : type.bodyDeclarations()) {
			if (Functions.isInitialValue(each)) {
				if (each instanceof Initializer initializer) {
					lowering.statements.nested(initializer.getBody());
				} else if (each instanceof FieldDeclaration declaration) {
					((List<?>) declaration.fragments()).forEach(fragment -> field((VariableDeclarationFragment) fragment));
				}
			}
		}
		end(type);
	}

	private void field(VariableDeclarationFragment fragment) {
		Expression value = fragment.getInitializer();
		if (value != null) {
			lowering.expressions.store(fragment.getName(), value, fragment);
		}
	}

	private void constructor(ASTNode node) {
		AbstractTypeDeclaration type = node instanceof AbstractTypeDeclaration self
				? self
				: (AbstractTypeDeclaration) node.getParent();
		Optional<Block> body = node instanceof MethodDeclaration method ? Optional.of(method.getBody()) : Optional.empty();
		List<?> statements = body.map(Block::statements).orElse(List.of());
		boolean delegates = statements.stream().anyMatch(ConstructorInvocation.class::isInstance);
		boolean writtenSuper = statements.stream().anyMatch(SuperConstructorInvocation.class::isInstance);
		if (!delegates && !writtenSuper) {
			above(node);
			initialValues(type, node);
		}
		for (Object each : statements) {
			lowering.statements.lower((Statement) each, java.util.Set.of());
			if (each instanceof SuperConstructorInvocation && !delegates) {
				initialValues(type, node);
			}
		}
		if (type instanceof RecordDeclaration whole
				&& (body.isEmpty() || node instanceof MethodDeclaration method && method.isCompactConstructor())) {
			components(whole);
		}
		end(node);
	}

	private void initialValues(AbstractTypeDeclaration type, ASTNode node) {
		if (Functions.hasInitialValues(type)) {
			call(Functions.fieldsKey(type), type.getName().getIdentifier(), node);
		}
	}

	private void call(String target, String text, ASTNode node) {
		lowering.calls.known(node, text, null, List.of(target), List.of(lowering.self()));
	}

	/** The constructor of the superclass, if the program declares it. */
	private void above(ASTNode node) {
		lowering.members.ofSuperclass(node, List.of(), null).ifPresent(target -> call(target.key(), "super", node));
	}

	private void components(RecordDeclaration type) {
		for (Object each : type.recordComponents()) {
			var component = (SingleVariableDeclaration) each;
			String name = component.getName().getIdentifier();
			Optional<FieldInfo> field = lowering.members.field(name);
			Optional<Variable> parameter = lowering.scope.find(name);
			if (field.isPresent() && parameter.isPresent() && !field.get().plain()) {
				lowering.flow.emit(new HeapOp.Store(lowering.self(), field.get().field(), parameter.get(),
						Lowering.span(component)));
			}
		}
	}
}
