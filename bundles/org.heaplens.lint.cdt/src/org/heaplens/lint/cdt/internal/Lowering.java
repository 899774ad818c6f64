// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTFunctionDefinition;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.Language;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** One function on its way to a control-flow graph: what its parts share. Confined to one thread, used once. */
final class Lowering {
	/** What a pointer or a reference leads to. */
	static final Field CONTENT = new Field("", "*", false);

	/** What a function is lowered in. */
	record Context(String name, Path file, Functions functions, ApiModel model, Language language) {}

	final Flow flow;
	final Context context;
	final Functions.Function function;
	final Statements statements = new Statements(this);
	final Expressions expressions = new Expressions(this);
	final Conditions conditions = new Conditions(this);
	final Declarations declarations = new Declarations(this);
	final Calls calls = new Calls(this);
	final Misread misread = new Misread(this);
	final Owners owners = new Owners(this);
	final Places places = new Places(this);
	/** Holds what is returned. */
	final Variable result;
	private @Nullable Variable self;
	Scope scope = new Scope(null);
	private final Map<String, Variable> interned = new HashMap<>();

	private Lowering(Context context, Functions.Function function) {
		this.context = context;
		this.function = function;
		this.flow = new Flow(new FlowGraph.Builder(context.name(), function.key()));
		this.result = temporary();
		flow.builder().result(result);
		if (!function.owner().isEmpty()) {
			Variable receiver = temporary();
			self = receiver;
			flow.builder().parameter(receiver);
		}
	}

	/** The graph of a function. */
	static FlowGraph lower(Context context, Functions.Function function) {
		var lowering = new Lowering(context, function);
		IASTNode node = function.node();
		lowering.flow.emit(new HeapOp.Join(new Span(Names.span(node).offset(), 0)));
		function.parameters().forEach(lowering::parameter);
		lowering.statements.lower(function.node().getBody());
		Span span = Names.span(node);
		lowering.flow.emit(new HeapOp.Exit(ExitKind.END, new Span(Math.max(0, span.end() - 1), 1)));
		return lowering.flow.builder().build();
	}

	private void parameter(IASTParameterDeclaration declaration) {
		IASTDeclarator declarator = declaration.getDeclarator();
		while (declarator.getNestedDeclarator() != null) {
			declarator = declarator.getNestedDeclarator();
		}
		Variable variable = declare(String.valueOf(declarator.getName()),
				Kind.of(declaration.getDeclSpecifier(), declaration.getDeclarator()),
				Functions.typeName(declaration.getDeclSpecifier()));
		flow.builder().parameter(variable);
	}

	/** This object; a value of which nothing is known where there is none. */
	Variable self() {
		Variable receiver = self;
		return receiver == null ? temporary() : receiver;
	}

	boolean hasSelf() {
		return self != null;
	}

	boolean cpp() {
		return function.node() instanceof ICPPASTFunctionDefinition;
	}

	Variable temporary() {
		return flow.builder().variable("");
	}

	Variable declare(String name, Kind kind, String type) {
		Variable variable = flow.builder().variable(name);
		scope.declare(name, new Scope.Local(variable, kind, type));
		return variable;
	}

	Optional<Scope.Local> local(String name) {
		return scope.find(name);
	}

	/** The variable for the truth of a condition that is written like that, always the same one. */
	Variable interned(String text, List<Variable> about) {
		Variable known = interned.get(text);
		if (known != null) {
			return known;
		}
		Variable variable = temporary();
		about.stream().distinct().forEach(each -> flow.builder().depends(variable, each));
		interned.put(text, variable);
		return variable;
	}

	void unknown(Variable variable, Span span) {
		flow.emit(new HeapOp.Assign(variable, Optional.empty(), span));
	}
}
