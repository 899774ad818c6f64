// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Optional;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Variable;

/**
 * What is known at one point of one path. Values have numbers: the block, the parameters, and whatever else there is;
 * two variables with one number hold the same value. Immutable.
 *
 * @param variables the values of variables, by the index of the variable; nothing is known of the others
 * @param heap      the values of fields, by {@link Values#edge}
 * @param facts     by value
 * @param kinds     by value; what has none is from outside
 * @param next      a number that no value has yet
 * @param marks     what was so on the way
 */
record State(Phase phase, Flag flag, SmallMap<Integer> variables, SmallMap<Integer> heap, SmallMap<Fact> facts,
		SmallMap<Kind> kinds, int next, Marks marks) {
	/** A value of which nothing is known. */
	static final int UNKNOWN = 0;

	/** At the start of a function: each parameter has a value of its own. */
	static State start(FlowGraph graph) {
		SmallMap<Integer> variables = SmallMap.empty();
		SmallMap<Kind> kinds = SmallMap.empty();
		int next = Values.FIRST_PARAMETER;
		for (Variable parameter : graph.parameters()) {
			variables = variables.with(parameter.index(), next);
			kinds = kinds.with(next, new Kind.Rooted(new Place(next - Values.FIRST_PARAMETER, java.util.List.of())));
			next++;
		}
		return new State(Phase.UNTRACKED, Flag.UNKNOWN, variables, SmallMap.empty(), SmallMap.empty(), kinds, next,
				Marks.NONE);
	}

	State phase(Phase other) {
		return new State(other, flag, variables, heap, facts, kinds, next, marks);
	}

	State flag(Flag other) {
		return new State(phase, other, variables, heap, facts, kinds, next, marks);
	}

	State share() {
		return new State(phase, flag, variables, heap, facts, kinds, next, marks.share());
	}

	State marks(Marks other) {
		return new State(phase, flag, variables, heap, facts, kinds, next, other);
	}

	boolean shared() {
		return marks.shared();
	}

	boolean blurred() {
		return marks.blurred();
	}

	private State variables(SmallMap<Integer> other) {
		return new State(phase, flag, other, heap, facts, kinds, next, marks);
	}

	private State heap(SmallMap<Integer> other) {
		return new State(phase, flag, variables, other, facts, kinds, next, marks);
	}

	/** The number of the value; {@link #UNKNOWN} if it has none. */
	int value(Variable variable) {
		return variables.get(variable.index(), UNKNOWN);
	}

	/** The same state, in which the variable's value has a number, so that something can be said of it. */
	State named(Variable variable) {
		return variables.has(variable.index())
				? this
				: new State(phase, flag, variables.with(variable.index(), next), heap, facts, kinds, next + 1, marks);
	}

	/** The variable holds the value from now on. */
	State assign(Variable variable, int value, FlowGraph graph) {
		return forget(variable, graph).variables(value == UNKNOWN
				? forget(variable, graph).variables
				: forget(variable, graph).variables.with(variable.index(), value));
	}

	/** The variable holds a value of its own, of some kind or with some fact. */
	State assignNew(Variable variable, Optional<Kind> kind, Optional<Fact> fact, FlowGraph graph) {
		State state = assign(variable, next, graph);
		return new State(phase, flag, state.variables, heap, fact.isPresent() ? facts.with(next, fact.get()) : facts,
				kind.isPresent() ? kinds.with(next, kind.get()) : kinds, next + 1, marks);
	}

	/** The variable has another value, of which nothing is known: the conditions it appears in may be different. */
	State forget(Variable variable, FlowGraph graph) {
		SmallMap<Integer> fewer = variables.without(variable.index());
		for (int condition : graph.dependents(variable)) {
			fewer = fewer.without(condition);
		}
		return fewer == variables ? this : variables(fewer);
	}

	Optional<Fact> fact(Variable variable) {
		return facts.find(value(variable));
	}

	State learn(Variable variable, Fact fact) {
		State state = named(variable);
		return state.learn(state.value(variable), fact);
	}

	State learn(int value, Fact fact) {
		return new State(phase, flag, variables, heap, facts.with(value, fact), kinds, next, marks);
	}

	Optional<Kind> kind(int value) {
		return kinds.find(value);
	}

	State kind(int value, Kind kind) {
		return new State(phase, flag, variables, heap, facts, kinds.with(value, kind), next, marks);
	}

	State withoutKind(int value) {
		return new State(phase, flag, variables, heap, facts, kinds.without(value), next, marks);
	}

	boolean derived(int value) {
		return kind(value).filter(kind -> kind.equals(Kind.DERIVED) || kind.equals(Kind.PICKED)).isPresent();
	}

	/** What a field holds; {@link #UNKNOWN} if nothing is known of it. */
	int field(int edge) {
		return heap.get(edge, UNKNOWN);
	}

	State field(int edge, int value) {
		return heap(value == UNKNOWN ? heap.without(edge) : heap.with(edge, value));
	}

	/** A number for a new value. */
	State oneMore() {
		return new State(phase, flag, variables, heap, facts, kinds, next + 1, marks);
	}

	/** Whether something is the block, or holds it. */
	boolean reaches(int value) {
		return reaches(value, Place.DEEPEST + 2);
	}

	private boolean reaches(int value, int depth) {
		if (value == Values.BLOCK) {
			return phase.tracked();
		}
		if (value == UNKNOWN || depth == 0) {
			return false;
		}
		for (int index = heap.from(Values.firstEdge(value)); index < heap.size()
				&& Values.object(heap.key(index)) == value; index++) {
			if (reaches(heap.value(index), depth - 1)) {
				return true;
			}
		}
		return false;
	}

	/** Whether it surely refers to an object. */
	boolean object(int value) {
		return value == Values.BLOCK && phase.tracked()
				|| kind(value).filter(kind -> kind.equals(Kind.INSIDE) || kind.equals(Kind.PICKED)).isPresent()
				|| value != UNKNOWN && reaches(value);
	}

	/** The state in which the comparison has that outcome; empty if it cannot have it. */
	Optional<State> assume(Variable variable, Constant constant, boolean equal) {
		return assume(value(variable), constant, equal)
				.map(state -> value(variable) == UNKNOWN ? narrowed(variable, constant, equal) : state);
	}

	private State narrowed(Variable variable, Constant constant, boolean equal) {
		return Fact.narrow(Optional.empty(), constant, equal).map(fact -> learn(variable, fact)).orElse(this);
	}

	Optional<State> assume(int value, Constant constant, boolean equal) {
		if (value == UNKNOWN) {
			return Optional.of(this);
		}
		if (constant instanceof Constant.Null && object(value)) {
			return equal ? Optional.empty() : Optional.of(this);
		}
		return Fact.narrow(facts.find(value), constant, equal).map(fact -> learn(value, fact));
	}

	/** Without any facts: what remains of many paths that are too many to keep apart. */
	State blur() {
		return new State(phase, flag, variables, heap, SmallMap.empty(), kinds, next, marks.blur());
	}
}
