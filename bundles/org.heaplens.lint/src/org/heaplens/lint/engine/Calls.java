// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/** Applies what is known of functions where they are called. Confined to one thread. */
final class Calls {
	/** Where the block, or something that leads to it, is among the arguments. */
	private record Argument(Place place, int value) {}

	private final Transfer transfer;
	private final Summaries summaries;

	Calls(Transfer transfer, Summaries summaries) {
		this.transfer = transfer;
		this.summaries = summaries;
	}

	/** What the followed block is, if a called function makes it. */
	Optional<Summary.Made> made() {
		if (transfer.subject instanceof Subject.InCallee(int node, int target, int made)
				&& transfer.graph.nodes().get(node).operation() instanceof HeapOp.Call call) {
			return summaries.of(call.targets().get(target)).map(summary -> summary.made().get(made));
		}
		return Optional.empty();
	}

	/** Whether the called function that makes the block keeps it in a field itself: then it is told there if nobody frees it. */
	boolean keptByCallee() {
		return made().filter(made -> made.effects().stream().flatMap(effect -> effect.places().stream())
				.noneMatch(place -> place.root() == Place.RESULT)).isPresent();
	}

	List<Visit> apply(int node, HeapOp.Call call, Visit visit) {
		var known = new ArrayList<Summary>();
		for (String target : call.targets()) {
			Optional<Summary> summary = summaries.of(target);
			if (summary.isEmpty()) {
				return lendAll(call, visit);
			}
			known.add(summary.get());
		}
		for (Variable argument : call.arguments()) {
			if (tellsOfSend(argument, visit)) {
				return List.of();
			}
		}
		Visit named = visit.with(visit.state().named(call.result()));
		var visits = new ArrayList<Visit>();
		note(known, call, named.state());
		if (transfer.subject.node() == node && visit.state().phase() == Phase.UNTRACKED) {
			made().ifPresent(made -> fresh(made, call, visit, visits));
		}
		visits.addAll(called(call, visit, known));
		return distinct(visits);
	}

	private boolean tellsOfSend(Variable argument, Visit visit) {
		return visit.state().phase() != Phase.GIVEN && transfer.lend(argument, transfer.graph.nodes().get(0).operation().span(),
				visit).isEmpty();
	}

	private static List<Visit> distinct(List<Visit> visits) {
		var seen = new HashSet<Object>();
		visits.removeIf(visit -> !seen.add(List.of(visit.state(), visit.route())));
		return visits;
	}

	/** Somebody unknown gets all arguments. */
	private List<Visit> lendAll(HeapOp.Call call, Visit visit) {
		List<Visit> visits = List.of(visit);
		boolean related = false;
		for (Variable argument : call.arguments()) {
			State state = visit.state();
			related |= state.phase().tracked()
					&& (state.reaches(state.value(argument)) || state.derived(state.value(argument)));
			var lent = new ArrayList<Visit>();
			visits.forEach(each -> lent.addAll(transfer.lend(argument, call.span(), each)));
			visits = lent;
		}
		boolean derives = related;
		return visits.stream().map(each -> each.with(derives
				? each.state().assignNew(call.result(), Optional.of(Kind.DERIVED), Optional.empty(), transfer.graph)
				: each.state().forget(call.result(), transfer.graph))).toList();
	}

	/** What is read and written of this function's own parameters, by the functions it calls. */
	private void note(List<Summary> known, HeapOp.Call call, State state) {
		for (Summary summary : known) {
			summary.effects().keySet().forEach(place -> rooted(place, call, state, true).ifPresent(transfer.read::add));
			summary.written().forEach(place -> rooted(place, call, state, false).ifPresent(transfer.written::add));
			transfer.loose.addAll(summary.loose());
		}
	}

	/** The place as this function's caller sees it. */
	private Optional<Place> rooted(Place place, HeapOp.Call call, State state, boolean read) {
		if (place.path().isEmpty() || place.root() >= call.arguments().size()) {
			return Optional.empty();
		}
		Optional<Kind> kind = state.kind(state.value(call.arguments().get(place.root())));
		if (kind.isEmpty() || !(kind.get() instanceof Kind.Rooted(Place from))) {
			if (read && kind.isEmpty() && state.value(call.arguments().get(place.root())) != Values.BLOCK) {
				place.path().stream().skip(place.path().size() - 1L).forEach(transfer.loose::add);
			}
			return Optional.empty();
		}
		Place whole = from;
		for (Field field : place.path()) {
			whole = whole.then(field);
		}
		return whole.path().size() <= Place.DEEPEST ? Optional.of(whole) : Optional.empty();
	}

	private void fresh(Summary.Made made, HeapOp.Call call, Visit visit, List<Visit> visits) {
		transfer.noteName(call.result());
		for (Effect effect : made.effects()) {
			Trace trace = visit.trace().then(transfer.graph.file(), call.span(), call.text() + " allocates a block here")
					.thenAll(effect.steps());
			State state = visit.state().flag(made.flag());
			Optional<State> assumed = assume(effect, call, state);
			if (assumed.isPresent()) {
				Visit before = new Visit(forgetWritten(call, assumed.get()).forget(call.result(), transfer.graph)
						.phase(effect.phase()), trace);
				visits.add(place(effect, call, before, Values.BLOCK).on(route(effect)));
			}
		}
	}

	private static Visit.Route route(Effect effect) {
		return effect.thrown() ? Visit.Route.THROWN : Visit.Route.NORMAL;
	}

	private List<Visit> called(HeapOp.Call call, Visit visit, List<Summary> known) {
		State state = visit.state();
		Optional<Argument> argument = state.phase().tracked() ? argument(call, state, known) : Optional.empty();
		if (argument.isEmpty()) {
			if (state.phase().tracked() && call.arguments().stream().anyMatch(each -> state.derived(state.value(each)))) {
				return derived(call, visit);
			}
			return untouched(call, visit, known);
		}
		Place place = argument.get().place();
		if (known.size() > 1 && !alike(known, place)) {
			Visit escaped = transfer.escape(visit, Values.BLOCK, call.span(), "handed over to " + call.text() + " here");
			return untouched(call, escaped, known);
		}
		boolean whole = argument.get().value() == Values.BLOCK;
		if (whole) {
			known.forEach(summary -> touch(summary.touches().getOrDefault(place, List.of()), call, visit));
		}
		var visits = new ArrayList<Visit>();
		for (Summary summary : known) {
			for (Effect effect : summary.effects().getOrDefault(place, List.of())) {
				if (whole && effect.touched() && state.phase().gone()) {
					continue;
				}
				assume(effect, call, state).ifPresent(
						assumed -> visits.addAll(affected(effect, call, visit.with(assumed), argument.get())));
			}
		}
		if (visits.stream().noneMatch(each -> each.route() == Visit.Route.THROWN)) {
			boolean touched = known.stream().flatMap(
					summary -> summary.effects().getOrDefault(place, List.<Effect>of()).stream())
					.anyMatch(effect -> !effect.none(place));
			Visit thrown = touched ? transfer.escape(visit, Values.BLOCK, call.span(), call.text() + " may have freed it") : visit;
			visits.add(thrown.on(Visit.Route.THROWN));
		}
		return visits;
	}

	/** What the function does first with the block: a defect here if it is gone, or else for the caller to judge. */
	private void touch(List<Touch> touches, HeapOp.Call call, Visit visit) {
		for (Touch touch : touches) {
			Optional<State> assumed = assume(touch.way(), call, visit.state());
			if (assumed.isPresent()) {
				List<PathStep> steps = visit.trace()
						.then(transfer.graph.file(), call.span(), "handed to " + call.text() + " here")
						.thenAll(touch.way().steps()).steps();
				if (visit.state().phase().gone() || transfer.wrong(touch.operation())) {
					transfer.defect(visit, touch.operation(), call.span(), steps);
				} else {
					transfer.touched(visit.with(assumed.get()), touch.operation(), steps);
				}
			}
		}
	}

	/** A value that may be the block is handed over: what becomes of it then cannot be told. */
	private List<Visit> derived(HeapOp.Call call, Visit visit) {
		return lendAll(call, visit);
	}

	/** Whether all of the functions do the same with what is at that place. */
	private static boolean alike(List<Summary> known, Place place) {
		var sorts = new HashSet<Object>();
		for (Summary summary : known) {
			var sort = new HashSet<Object>();
			summary.effects().getOrDefault(place, List.of()).forEach(effect -> sort.add(effect.none(place) ? "" : effect.sort()));
			sorts.add(sort.isEmpty() ? Set.of("") : sort);
		}
		return sorts.size() == 1;
	}

	/** The argument by which the functions reach the block, if one of them does anything about it. */
	private Optional<Argument> argument(HeapOp.Call call, State state, List<Summary> known) {
		var found = new ArrayList<Argument>();
		for (int index = 0; index < call.arguments().size(); index++) {
			search(state, state.value(call.arguments().get(index)), new Place(index, List.of()), known, found);
		}
		return found.stream().filter(each -> known.stream().anyMatch(summary -> summary.effects()
				.getOrDefault(each.place(), List.of()).stream().anyMatch(effect -> !effect.none(each.place()))))
				.findFirst().or(() -> found.stream().filter(each -> known.stream()
						.anyMatch(summary -> !summary.touches().getOrDefault(each.place(), List.of()).isEmpty())).findFirst());
	}

	private void search(State state, int value, Place place, List<Summary> known, List<Argument> found) {
		if (value == State.UNKNOWN || !state.reaches(value)) {
			return;
		}
		for (int index = state.heap().from(Values.firstEdge(value)); value != Values.BLOCK && place.path().size() < Place.DEEPEST
				&& index < state.heap().size() && Values.object(state.heap().key(index)) == value; index++) {
			Field field = transfer.values.field(state.heap().key(index));
			search(state, state.heap().value(index), place.then(field.equals(Place.TAKEN) ? Place.ELEMENT : field), known, found);
		}
		if (known.stream().anyMatch(summary -> summary.effects().containsKey(place))) {
			found.add(new Argument(place, value));
		}
	}

	/** The state in which arguments are what the effect takes them to be; empty if they are not. */
	private Optional<State> assume(Effect effect, HeapOp.Call call, State from) {
		State state = from;
		if (effect.assumed() != Flag.UNKNOWN) {
			Flag flag = transfer.family().equals(org.heaplens.lint.flow.Family.D) ? state.flag() : Flag.MANUAL;
			if (flag != Flag.UNKNOWN && flag != effect.assumed()
					|| flag == Flag.UNKNOWN && !(transfer.subject instanceof Subject.Given)) {
				return Optional.empty();
			}
			state = state.flag(effect.assumed());
		}
		for (Map.Entry<Integer, Fact> each : effect.assumes().entrySet()) {
			Variable argument = call.arguments().get(each.getKey());
			Optional<State> next = Optional.of(state);
			switch (each.getValue()) {
				case Fact.Is(Constant constant) -> next = state.assume(argument, constant, true);
				case Fact.IsNot(Set<Constant> constants) -> {
					for (Constant constant : constants) {
						next = next.flatMap(current -> current.assume(argument, constant, false));
					}
				}
			}
			if (next.isEmpty()) {
				return Optional.empty();
			}
			state = next.get();
		}
		return Optional.of(state);
	}

	private List<Visit> affected(Effect effect, HeapOp.Call call, Visit visit, Argument argument) {
		State before = forgetWritten(call, visit.state());
		boolean whole = argument.value() == Values.BLOCK;
		State state = whole && effect.touched() && transfer.subject instanceof Subject.Given
				? before.marks(before.marks().touch())
				: before;
		boolean none = effect.none(argument.place());
		Trace trace = none
				? visit.trace()
				: visit.trace().then(transfer.graph.file(), call.span(), "handed to " + call.text() + " here").thenAll(effect.steps());
		Visit next = new Visit(state.forget(call.result(), transfer.graph), trace);
		if (!argument.place().path().isEmpty() && !effect.places().contains(argument.place())) {
			next = next.with(cut(next.state(), call, argument.place()));
		}
		next = place(effect, call, next, argument.value());
		List<Visit> visits = switch (effect.phase()) {
			case UNTRACKED, ABSENT, LIVE, GIVEN -> List.of(next);
			case ESCAPED -> List.of(transfer.escape(next, argument.value(), call.span(), ""));
			case FREED -> whole ? transfer.freedAs(effect.freedAs(), next, call.span()) : List.of();
			case CLOSED -> whole ? closed(next, visit.trace()) : List.of();
			case SENT -> sent(next, Phase.SENT);
			case SEND_FAILED -> sent(next, Phase.SEND_FAILED);
		};
		return visits.stream().map(each -> each.on(route(effect))).toList();
	}

	/** What is gone already stays as it is, and what was done to it is no part of the way. */
	private static List<Visit> closed(Visit visit, Trace before) {
		return List.of(visit.state().phase().gone()
				? new Visit(visit.state(), before, visit.route())
				: visit.with(visit.state().phase(Phase.CLOSED)));
	}

	private static List<Visit> sent(Visit visit, Phase phase) {
		Phase before = visit.state().phase();
		if (before.gone()) {
			return List.of();
		}
		return List.of(before == Phase.ESCAPED && phase == Phase.SEND_FAILED ? visit : visit.with(visit.state().phase(phase)));
	}

	/** The function has taken away what was there. */
	private State cut(State state, HeapOp.Call call, Place place) {
		int object = state.value(call.arguments().get(place.root()));
		for (Field field : place.path().subList(0, place.path().size() - 1)) {
			object = child(state, object, field);
		}
		Field last = place.path().get(place.path().size() - 1);
		State next = state.field(transfer.values.edge(object, last), State.UNKNOWN);
		return last.equals(Place.ELEMENT) ? next.field(transfer.values.edge(object, Place.TAKEN), State.UNKNOWN) : next;
	}

	private int child(State state, int object, Field field) {
		int value = state.field(transfer.values.edge(object, field));
		return value == State.UNKNOWN && field.equals(Place.ELEMENT)
				? state.field(transfer.values.edge(object, Place.TAKEN))
				: value;
	}

	/** Puts the block where the function has left it. */
	private Visit place(Effect effect, HeapOp.Call call, Visit visit, int value) {
		Visit next = visit;
		for (Place place : effect.places()) {
			next = place.root() == Place.RESULT ? returned(place, call, next, value) : placed(place, call, next, value);
		}
		if (effect.places().stream().noneMatch(place -> place.root() == Place.RESULT)) {
			next = next.with(result(effect, call, next.state(), value));
		}
		return next;
	}

	private Visit returned(Place place, HeapOp.Call call, Visit visit, int value) {
		if (place.path().isEmpty()) {
			return visit.with(visit.state().assign(call.result(), value, transfer.graph));
		}
		State state = visit.state().assignNew(call.result(), Optional.of(Kind.INSIDE), Optional.empty(), transfer.graph);
		return visit.with(hang(state, state.value(call.result()), place, value));
	}

	private Visit placed(Place place, HeapOp.Call call, Visit visit, int value) {
		if (place.path().isEmpty()) {
			return visit;
		}
		State state = visit.state().named(call.arguments().get(place.root()));
		int object = state.value(call.arguments().get(place.root()));
		if (state.kind(object).filter(kind -> !kind.equals(Kind.DERIVED) && !kind.equals(Kind.PICKED)).isEmpty()
				&& object != Values.BLOCK) {
			return transfer.escape(visit, value, call.span(), "kept by " + call.text() + " here");
		}
		State hung = hang(state, object, place, value);
		boolean closed = state.kind(object).map(kind -> !(kind instanceof Kind.Rooted(Place way))
				|| way.path().stream().anyMatch(Field::closed)).orElse(true)
				|| place.path().stream().anyMatch(Field::closed);
		return visit.with(closed ? hung : hung.share());
	}

	/** Hangs the value at an object, with what is missing between the two. */
	private State hang(State from, int root, Place place, int value) {
		State state = from;
		int object = root;
		for (Field field : place.path().subList(0, place.path().size() - 1)) {
			int edge = transfer.values.edge(object, field);
			if (state.field(edge) == State.UNKNOWN) {
				int between = state.next();
				Kind kind = state.kind(object).map(above -> above instanceof Kind.Rooted(Place way)
						? new Kind.Rooted(way.then(field))
						: above).orElse(Kind.INSIDE);
				state = state.oneMore().kind(between, kind).field(edge, between);
			}
			object = state.field(edge);
		}
		return object == value
				? state
				: state.field(transfer.values.edge(object, place.path().get(place.path().size() - 1)), value);
	}

	private State result(Effect effect, HeapOp.Call call, State state, int value) {
		Effect.Returned returned = effect.returned();
		if (returned.parameter() >= 0 && returned.parameter() < call.arguments().size()) {
			State named = state.named(call.arguments().get(returned.parameter()));
			return named.assign(call.result(), named.value(call.arguments().get(returned.parameter())), transfer.graph);
		}
		if (returned.derived()) {
			return state.assignNew(call.result(), Optional.of(Kind.DERIVED), Optional.empty(), transfer.graph);
		}
		return returned.fact().isPresent()
				? state.assignNew(call.result(), Optional.empty(), returned.fact(), transfer.graph)
				: state.forget(call.result(), transfer.graph);
	}

	/** The functions have nothing to do with the block: the ways in which they end. */
	private List<Visit> untouched(HeapOp.Call call, Visit visit, List<Summary> known) {
		var visits = new ArrayList<Visit>();
		for (Summary summary : known) {
			for (Effect end : summary.ends()) {
				assume(end, call, visit.state()).ifPresent(assumed -> visits.add(visit
						.with(result(end, call, forgetWritten(call, assumed), Values.BLOCK)).on(route(end))));
			}
		}
		if (visits.isEmpty()) {
			return List.of(visit.with(visit.state().forget(call.result(), transfer.graph)));
		}
		if (visits.stream().noneMatch(each -> each.route() == Visit.Route.THROWN)) {
			visits.add(visit.on(Visit.Route.THROWN));
		}
		return visits;
	}

	/** What is known of fields that the functions write is not true any more. The block itself is dealt with elsewhere. */
	private State forgetWritten(HeapOp.Call call, State from) {
		State state = from;
		for (String target : call.targets()) {
			for (Place place : summaries.of(target).map(Summary::written).orElse(Set.of())) {
				state = forget(place, call, state);
			}
		}
		return state;
	}

	private State forget(Place place, HeapOp.Call call, State state) {
		if (place.root() >= call.arguments().size()) {
			return state;
		}
		int object = state.value(call.arguments().get(place.root()));
		for (Field field : place.path().subList(0, place.path().size() - 1)) {
			object = child(state, object, field);
		}
		int edge = transfer.values.edge(object, place.path().get(place.path().size() - 1));
		return object == State.UNKNOWN || state.reaches(state.field(edge)) ? state : state.field(edge, State.UNKNOWN);
	}
}
