// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Variable;

/** What a caller sees of a state in which a function ends. Confined to one thread, used once. */
final class Exits {
	private final Transfer transfer;
	private final State state;
	private final boolean thrown;
	private final int result;

	Exits(Transfer transfer, State state, ExitKind kind) {
		this.transfer = transfer;
		this.state = state;
		this.thrown = kind == ExitKind.THROW || kind == ExitKind.EXCEPTION;
		Optional<Variable> variable = kind == ExitKind.RETURN ? transfer.graph.result() : Optional.empty();
		this.result = variable.map(state::value).orElse(State.UNKNOWN);
	}

	/** Where the block can be reached from what the caller has; empty if it is only what the caller handed in itself. */
	List<Place> places() {
		var places = new ArrayList<Place>();
		if (state.phase().tracked()) {
			search(result, new Place(Place.RESULT, List.of()), places);
			for (int parameter = 0; parameter < transfer.graph.parameters().size(); parameter++) {
				search(Values.FIRST_PARAMETER + parameter, new Place(parameter, List.of()), places);
			}
		}
		return places;
	}

	private void search(int value, Place place, List<Place> places) {
		if (value == Values.BLOCK) {
			places.add(place);
			return;
		}
		if (value == State.UNKNOWN || place.path().size() > Place.DEEPEST) {
			return;
		}
		for (int index = state.heap().from(Values.firstEdge(value)); index < state.heap().size()
				&& Values.object(state.heap().key(index)) == value; index++) {
			if (state.reaches(state.heap().value(index))) {
				Field field = transfer.values.field(state.heap().key(index));
				search(state.heap().value(index), place.then(field.equals(Place.TAKEN) ? Place.ELEMENT : field), places);
			}
		}
	}

	boolean returnsDerived() {
		return state.derived(result);
	}

	/** The field of which it depends whether the block is ever freed, if all ways lead through fields nobody else reads. */
	Optional<Field> closedField(List<Place> places) {
		Optional<Field> field = Optional.empty();
		for (Place place : places) {
			Optional<Field> closed = place.path().stream().filter(Field::closed).reduce((first, second) -> second);
			if (closed.isEmpty()) {
				return Optional.empty();
			}
			field = closed;
		}
		return field;
	}

	Effect effect(List<Place> places, List<PathStep> steps) {
		var assumes = new HashMap<Integer, Fact>();
		int parameters = transfer.graph.parameters().size();
		for (int parameter = 0; parameter < parameters; parameter++) {
			Optional<Fact> fact = state.facts().find(Values.FIRST_PARAMETER + parameter);
			if (fact.isPresent()) {
				assumes.put(parameter, fact.get());
			}
		}
		boolean isParameter = result >= Values.FIRST_PARAMETER && result < Values.FIRST_PARAMETER + parameters;
		var returned = new Effect.Returned(isParameter ? result - Values.FIRST_PARAMETER : -1,
				isParameter || result == State.UNKNOWN ? Optional.empty() : state.facts().find(result),
				returnsDerived());
		Flag assumed = transfer.subject instanceof Subject.Given ? state.flag() : Flag.UNKNOWN;
		return new Effect(state.phase(), assumed, thrown, assumes, places, returned, state.marks().touched(),
				state.marks().freedAs(), steps);
	}
}
