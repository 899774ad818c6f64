// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Variable;

/**
 * What is known at one point of one path. Immutable; the maps are by the index of the variable.
 *
 * @param blurred whether paths were merged that differ in their facts, so that what follows is not certain
 */
record State(Phase phase, Flag flag, SortedMap<Integer, Link> links, SortedMap<Integer, Fact> facts,
		boolean blurred) {
	static final State START = new State(Phase.UNTRACKED, Flag.UNKNOWN, new TreeMap<>(), new TreeMap<>(), false);

	Optional<Link> link(Variable variable) {
		return Optional.ofNullable(links.get(variable.index()));
	}

	Optional<Fact> fact(Variable variable) {
		return Optional.ofNullable(facts.get(variable.index()));
	}

	State phase(Phase next) {
		return new State(next, flag, links, facts, blurred);
	}

	State track(Phase next, Flag nextFlag) {
		return new State(next, nextFlag, links, facts, blurred);
	}

	/** Whether the variable surely refers to an object. */
	private boolean object(Variable variable) {
		Link link = links.get(variable.index());
		return link == Link.DIRECT || link == Link.HOLDS;
	}

	State link(Variable variable, Link link) {
		var next = new TreeMap<>(links);
		next.put(variable.index(), link);
		return new State(phase, flag, next, facts, blurred);
	}

	State unlink(Variable variable) {
		if (!links.containsKey(variable.index())) {
			return this;
		}
		var next = new TreeMap<>(links);
		next.remove(variable.index());
		return new State(phase, flag, next, facts, blurred);
	}

	/** The variable has another value of which nothing is known: forgets it and the conditions it appears in. */
	State forget(Variable variable, FlowGraph graph) {
		var next = new TreeMap<>(facts);
		next.remove(variable.index());
		graph.dependents(variable).forEach(next::remove);
		return new State(phase, flag, links, next, blurred).unlink(variable);
	}

	State learn(Variable variable, Fact fact) {
		var next = new TreeMap<>(facts);
		next.put(variable.index(), fact);
		return new State(phase, flag, links, next, blurred);
	}

	/** The state in which the comparison has that outcome; empty if it cannot have it. */
	Optional<State> assume(Variable variable, Constant constant, boolean equal) {
		if (constant instanceof Constant.Null && object(variable)) {
			return equal ? Optional.empty() : Optional.of(this);
		}
		return Fact.narrow(fact(variable), constant, equal).map(fact -> learn(variable, fact));
	}

	/** Without any facts: what remains of many paths that are too many to keep apart. */
	State blur() {
		return new State(phase, flag, links, new TreeMap<>(), true);
	}

	/** Without the facts and the intermediate results nobody will ask for. */
	State restrict(java.util.BitSet live, FlowGraph graph) {
		var nextFacts = new TreeMap<>(facts);
		nextFacts.keySet().removeIf(index -> !live.get(index));
		var nextLinks = new TreeMap<>(links);
		nextLinks.keySet().removeIf(index -> !live.get(index) && !graph.variables().get(index).named());
		return new State(phase, flag, nextLinks, nextFacts, blurred);
	}
}
