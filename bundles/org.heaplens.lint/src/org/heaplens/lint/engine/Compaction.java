// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import org.heaplens.lint.flow.FlowGraph;

/**
 * Makes states that say the same equal: drops what nobody will ask for, and numbers the values in the order in which
 * they are reached from the variables. Confined to one thread, used once.
 */
final class Compaction {
	private final State state;
	private final int parameters;
	private final boolean pinned;
	private final Map<Integer, Integer> uses = new HashMap<>();
	private final Map<Integer, Integer> numbers = new HashMap<>();
	private SmallMap<Integer> heap = SmallMap.empty();
	private SmallMap<Fact> facts = SmallMap.empty();
	private SmallMap<Kind> kinds = SmallMap.empty();
	private int next;

	private Compaction(State state, int parameters, boolean pinned) {
		this.state = state;
		this.parameters = parameters;
		this.pinned = pinned;
		this.next = Values.FIRST_PARAMETER + parameters;
	}

	/**
	 * @param live   the variables that are read later
	 * @param pinned whether what is known of parameters is kept in any case
	 */
	static State compact(State state, BitSet live, FlowGraph graph, boolean pinned) {
		return new Compaction(state, graph.parameters().size(), pinned).run(live, graph);
	}

	private State run(BitSet live, FlowGraph graph) {
		SmallMap<Integer> kept = SmallMap.empty();
		for (int index = 0; index < state.variables().size(); index++) {
			int variable = state.variables().key(index);
			int value = state.variables().value(index);
			if (live.get(variable) || graph.variables().get(variable).named() && holds(value)) {
				kept = kept.with(variable, value);
				uses.merge(value, 1, Integer::sum);
			}
		}
		for (int index = 0; index < state.heap().size(); index++) {
			uses.merge(state.heap().value(index), 1, Integer::sum);
		}
		number(Values.BLOCK, Values.BLOCK);
		for (int value = Values.FIRST_PARAMETER; value < Values.FIRST_PARAMETER + parameters; value++) {
			number(value, value);
		}
		SmallMap<Integer> variables = SmallMap.empty();
		for (int index = 0; index < kept.size(); index++) {
			int value = kept.value(index);
			if (meaningful(value, Place.DEEPEST)) {
				variables = variables.with(kept.key(index), number(value));
			}
		}
		return new State(state.phase(), state.flag(), variables, heap, facts, kinds, next,
				state.marks());
	}

	private boolean holds(int value) {
		return state.reaches(value) || state.derived(value) || value == Values.BLOCK && state.phase() == Phase.ABSENT;
	}

	/** Whether anything is known of the value, be it only that two places hold it. */
	private boolean meaningful(int value, int depth) {
		if (value < Values.FIRST_PARAMETER + parameters || state.facts().has(value)
				|| uses.getOrDefault(value, 0) > 1) {
			return true;
		}
		if (state.kind(value).filter(kind -> !(kind instanceof Kind.Rooted)).isPresent()) {
			return true;
		}
		for (int index = state.heap().from(Values.firstEdge(value)); depth > 0 && index < state.heap().size()
				&& Values.object(state.heap().key(index)) == value; index++) {
			if (meaningful(state.heap().value(index), depth - 1)) {
				return true;
			}
		}
		return state.kind(value).isPresent();
	}

	private int number(int value) {
		Integer known = numbers.get(value);
		return known == null ? number(value, next++) : known;
	}

	private int number(int value, int number) {
		numbers.put(value, number);
		boolean parameter = value >= Values.FIRST_PARAMETER && value < Values.FIRST_PARAMETER + parameters;
		if (!parameter || pinned || uses.containsKey(value)) {
			state.facts().find(value).ifPresent(fact -> facts = facts.with(number, fact));
		}
		state.kind(value).ifPresent(kind -> kinds = kinds.with(number, kind));
		boolean rooted = state.kind(value).filter(Kind.Rooted.class::isInstance).isPresent();
		for (int index = state.heap().from(Values.firstEdge(value)); index < state.heap().size()
				&& Values.object(state.heap().key(index)) == value; index++) {
			int target = state.heap().value(index);
			if (numbers.containsKey(target) || !rooted || worthKeeping(target)) {
				int numbered = number(target); // adds to the heap itself
				heap = heap.with(Values.moved(state.heap().key(index), number), numbered);
			}
		}
		return number;
	}

	/** What hangs at parameters stays there for the whole function: only that is kept which says something. */
	private boolean worthKeeping(int value) {
		return value == Values.BLOCK || state.reaches(value) || state.facts().has(value)
				|| uses.getOrDefault(value, 0) > 1
				|| state.kind(value).filter(kind -> !(kind instanceof Kind.Rooted)).isPresent();
	}
}
