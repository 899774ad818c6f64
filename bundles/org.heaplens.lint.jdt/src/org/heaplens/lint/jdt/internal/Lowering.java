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
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclaration;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** One function on its way to a control-flow graph: what its parts share. Confined to one thread, used once. */
final class Lowering {
	final Flow flow;
	final Api api;
	final Models models;
	final Handover handover;
	final Statements statements = new Statements(this);
	final Expressions expressions = new Expressions(this);
	final Calls calls = new Calls(this);
	final Modelled modelled = new Modelled(this);
	final Optionals optionals = new Optionals(this);
	final Instances instances = new Instances(this);
	final Lambdas lambdas = new Lambdas(this);
	final Conditions conditions = new Conditions(this);
	final Exceptions exceptions = new Exceptions(this);
	/** Stands for all fields: what is known of them is forgotten with it. */
	final Variable fields;
	/** Holds what is returned. */
	final Variable result;
	final Members members;
	@Nullable
	private Variable self;
	Scope scope = new Scope(null);
	@Nullable
	Frame frame;
	private final Map<String, Variable> interned = new HashMap<>();
	private final Map<Variable, String> types = new HashMap<>();
	private final Map<Variable, String> inferred = new HashMap<>();
	private final Set<Variable> made = new HashSet<>();

	/**
	 * What a function is lowered in.
	 *
	 * @param wanted gets the simple names of types that values are handed to and that are not declared
	 */
	record Context(String file, Api api, Handover handover, Declarations declarations, Set<String> wanted) {}

	private Lowering(Context context, Functions.Function function) {
		this.flow = new Flow(new FlowGraph.Builder(context.file(), function.key()));
		this.api = context.api();
		this.models = context.api().models();
		this.handover = context.handover();
		this.fields = temporary();
		this.result = temporary();
		this.members = new Members(this, context.declarations(), context.wanted(), function.type());
		flow.builder().result(result);
		if (!function.isStatic()) {
			Variable receiver = temporary();
			self = receiver;
			flow.builder().parameter(receiver);
		}
	}

	/** The graph of a function. */
	static FlowGraph lower(Context context, Functions.Function function) {
		var lowering = new Lowering(context, function);
		ASTNode node = function.node();
		lowering.flow.emit(new HeapOp.Join(new Span(node.getStartPosition(), 0)));
		for (Object parameter : function.parameters()) {
			lowering.parameter((VariableDeclaration) parameter);
		}
		new Bodies(lowering).lower(function);
		return lowering.flow.builder().build();
	}

	private void parameter(VariableDeclaration declaration) {
		String type = declaration instanceof SingleVariableDeclaration typed ? typed.getType().toString() : "";
		Variable variable = declare(declaration.getName(), type);
		flow.builder().parameter(variable);
	}

	/** This object; a value of which nothing is known where there is none. */
	Variable self() {
		Variable receiver = self;
		return receiver == null ? temporary() : receiver;
	}

	static Span span(ASTNode node) {
		return new Span(node.getStartPosition(), node.getLength());
	}

	Variable temporary() {
		return flow.builder().variable("");
	}

	/** A new local variable; it ends with the innermost body. */
	Variable declare(SimpleName name, String type) {
		Variable variable = flow.builder().variable(name.getIdentifier());
		scope.declare(name.getIdentifier(), variable);
		types.put(variable, type);
		if (frame instanceof Frame.Body body) {
			body.variables().add(variable);
		}
		return variable;
	}

	boolean isBuffer(Variable variable) {
		return models.isBlockType(type(variable));
	}

	/** The type a variable was declared with, as written; empty if it has none. */
	String type(Variable variable) {
		return Optional.ofNullable(types.get(variable)).orElse("");
	}

	/** Remembers the type of what a variable without a written one was given. */
	void noteInferred(Variable variable, String type) {
		inferred.put(variable, type);
	}

	/** The type of what a variable was given when it was declared; empty if it is not known. */
	String inferred(Variable variable) {
		return Optional.ofNullable(inferred.get(variable)).orElse("");
	}

	/** Remembers that the variable refers to an object this function made. */
	void noteMade(Variable variable) {
		made.add(variable);
	}

	boolean madeHere(Variable variable) {
		return made.contains(variable);
	}

	/** The variable for a condition or a field that is written like that, always the same one. */
	Variable interned(String text, List<Variable> about) {
		Variable known = interned.get(text);
		if (interned.containsKey(text)) {
			return known;
		}
		Variable variable = temporary();
		about.stream().distinct().forEach(each -> flow.builder().depends(variable, each));
		interned.put(text, variable);
		return variable;
	}

	void forget(Variable variable, Span span) {
		flow.emit(new HeapOp.Assign(variable, Optional.empty(), span));
	}

	/** The local variables of this function that a lambda or a class in it uses. */
	List<Variable> captured(ASTNode nested) {
		var variables = new ArrayList<Variable>();
		Nodes.each(nested, SimpleName.class, name -> scope.find(name.getIdentifier())
				.filter(variable -> !variables.contains(variable)).ifPresent(variables::add));
		return variables;
	}
}
