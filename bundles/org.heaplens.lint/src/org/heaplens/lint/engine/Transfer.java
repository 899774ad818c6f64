// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * What each operation makes of the state of one block; collects what comes to light on the way. Confined to one thread.
 */
final class Transfer {
	/** The values of the two flags in the API, as numbers. */
	private static final String AUTO_CODE = "2";
	private static final String MANUAL_CODE = "4";

	final FlowGraph graph;
	final Subject subject;
	final Values values = new Values();
	final Results results = new Results();
	/** Where something is read that was there when the function began. */
	final Set<Place> read = new HashSet<>();
	final Set<Place> written = new HashSet<>();
	final Set<Field> loose = new HashSet<>();
	private final Optional<Variable> asked;
	private final Calls calls;
	private final Family family;
	private String name = "";
	private Flag madeWith = Flag.UNKNOWN;

	Transfer(FlowGraph graph, Subject subject, Summaries summaries) {
		this.graph = graph;
		this.subject = subject;
		this.calls = new Calls(this, summaries);
		HeapOp site = subject.node() < 0 ? new HeapOp.Join(new Span(0, 0)) : graph.nodes().get(subject.node()).operation();
		this.asked = site instanceof HeapOp.Allocate allocate ? allocate.size() : Optional.empty();
		this.family = site instanceof HeapOp.Allocate allocate
				? allocate.family()
				: calls.made().map(Summary.Made::family).orElse(Family.D);
		calls.made().ifPresent(made -> madeWith = made.flag());
	}

	/** The state in which the function starts. */
	Visit start() {
		State state = State.start(graph);
		return new Visit(subject instanceof Subject.Given(Place place) ? given(state, place) : state, Trace.NONE);
	}

	private State given(State start, Place place) {
		State state = start.phase(Phase.GIVEN);
		Variable parameter = graph.parameters().get(place.root());
		if (place.path().isEmpty()) {
			noteName(parameter);
			return state.assign(parameter, Values.BLOCK, graph);
		}
		int object = state.value(parameter);
		var way = new Place(place.root(), List.of());
		for (Field field : place.path().subList(0, place.path().size() - 1)) {
			way = way.then(field);
			int value = state.next();
			state = state.oneMore().kind(value, new Kind.Rooted(way)).field(values.edge(object, field), value);
			object = value;
		}
		return state.field(values.edge(object, place.path().get(place.path().size() - 1)), Values.BLOCK);
	}

	/** The states after the operation; none where the block needs no more attention. */
	List<Visit> apply(int node, Visit visit) {
		State state = visit.state();
		return switch (graph.nodes().get(node).operation()) {
			case HeapOp.Join join -> List.of(visit);
			case HeapOp.Invoke invoke -> List.of(visit);
			case HeapOp.Test test -> List.of(visit);
			case HeapOp.Allocate allocate -> allocate(node, allocate, visit);
			case HeapOp.Receive receive -> receive(node, receive, visit);
			case HeapOp.Free free -> free(free, visit);
			case HeapOp.Close close -> close(close, visit);
			case HeapOp.Send send -> send(send, visit);
			case HeapOp.Hold hold -> hold(hold, visit);
			case HeapOp.Derive derive -> derive(derive, visit);
			case HeapOp.Copy copy -> copy(copy, visit);
			case HeapOp.Assign assign -> List.of(visit.with(assign.value().isPresent()
					? state.assignNew(assign.target(), Optional.empty(), assign.value().map(Fact.Is::new), graph)
					: state.forget(assign.target(), graph)));
			case HeapOp.New made -> List.of(visit.with(
					state.assignNew(made.result(), Optional.of(Kind.INSIDE), Optional.empty(), graph)));
			case HeapOp.Load load -> load(load.result(), load.object(), load.field(), visit);
			case HeapOp.Store store -> List.of(store(visit, store.object(), store.field(), store.value(), store.span()));
			case HeapOp.Put put -> List.of(put(put, visit));
			case HeapOp.Take take -> take(take, visit);
			case HeapOp.Rewind rewind -> List.of(visit.with(rewind(state, rewind.container())));
			case HeapOp.Call call -> calls.apply(node, call, visit);
			case HeapOp.Use use -> use(use, visit);
			case HeapOp.Escape escape -> List.of(escape(visit, state.value(escape.value()), escape.span(), escape.how()));
			case HeapOp.Lend lend -> lend(lend.value(), lend.span(), visit);
			case HeapOp.Inspect inspect -> tellsOfSend(inspect.value(), state) ? List.of() : List.of(visit);
			case HeapOp.EndScope end -> {
				State next = state;
				for (Variable variable : end.variables()) {
					next = next.forget(variable, graph);
				}
				yield List.of(visit.with(next));
			}
			case HeapOp.Exit exit -> exit(exit, visit);
		};
	}

	/**
	 * Drops what is not asked for after the operation, and notices when nobody reaches the block any more.
	 *
	 * @param before the operation
	 * @param after  the operation
	 * @param again  whether the allocation may come again
	 */
	Optional<Visit> settle(HeapOp operation, Visit before, Visit after, BitSet live, boolean again) {
		State state = after.state();
		if (subject instanceof Subject.Given || !state.phase().tracked()) {
			return Optional.of(after);
		}
		if (held(state, live)) {
			return Optional.of(after);
		}
		if (state.phase().due()) {
			boolean overwritten = namedHolders(before.state()).isEmpty() && name.isEmpty();
			EndReason reason = operation instanceof HeapOp.EndScope
					? EndReason.SCOPE
					: after.route() == Visit.Route.THROWN
							? EndReason.EXCEPTION
							: overwritten ? EndReason.DROPPED : EndReason.OVERWRITTEN;
			end(after, aliases(before.state()), reason, again, Optional.empty(), operation.span());
		}
		return Optional.empty();
	}

	/** Whether somebody in this function, or its caller, still reaches the block. */
	private boolean held(State state, BitSet live) {
		for (int index = 0; index < state.variables().size(); index++) {
			int variable = state.variables().key(index);
			int value = state.variables().value(index);
			if ((live.get(variable) || graph.variables().get(variable).named())
					&& (state.reaches(value) || state.derived(value))) {
				return true;
			}
		}
		for (int parameter = 0; parameter < graph.parameters().size(); parameter++) {
			if (state.reaches(Values.FIRST_PARAMETER + parameter)) {
				return true;
			}
		}
		return false;
	}

	private List<Visit> allocate(int node, HeapOp.Allocate allocate, Visit visit) {
		State other = allocate.nullable()
				? visit.state().forget(allocate.result(), graph)
				: visit.state().assignNew(allocate.result(), Optional.empty(), Optional.of(new Fact.IsNot(Set.of(Constant.NULL))), graph);
		if (allocate.status().isPresent()) {
			other = other.forget(allocate.status().get(), graph);
		}
		if (subject.node() != node || visit.state().phase() != Phase.UNTRACKED) {
			return List.of(visit.with(other));
		}
		Optional<Fact> known = allocate.flagFrom().flatMap(visit.state()::fact);
		Flag flag = known.map(Transfer::flag).orElse(allocate.flag());
		madeWith = flag;
		noteName(allocate.result());
		results.moments
				.add(new Moment.Request(block(visit.state().flag(flag)), asked.flatMap(visit.state()::fact).flatMap(Transfer::constant),
						known.flatMap(Transfer::constant), allocate.span(), List.of()));
		State live = other.phase(Phase.LIVE).flag(flag).assign(allocate.result(), Values.BLOCK, graph);
		var visits = new ArrayList<Visit>();
		visits.add(visit.with(other));
		visits.add(new Visit(told(live, allocate, true), visit.trace().then(graph.file(), allocate.span(), "allocated here")));
		if (allocate.nullable()) {
			State absent = other.phase(Phase.ABSENT).flag(flag).assign(allocate.result(), Values.BLOCK, graph);
			visits.add(new Visit(told(absent, allocate, false),
					visit.trace().then(graph.file(), allocate.span(), "the allocation gives no block")));
		}
		return visits;
	}

	private static State told(State state, HeapOp.Allocate allocate, boolean there) {
		return allocate.status().isEmpty()
				? state
				: state.learn(allocate.status().get(), there ? new Fact.Is(Constant.STATUS_OK) : notOk());
	}

	private static Optional<Constant> constant(Fact fact) {
		return fact instanceof Fact.Is(Constant value) ? Optional.of(value) : Optional.empty();
	}

	private static Flag flag(Fact fact) {
		if (fact instanceof Fact.Is(Constant.Symbol(String symbol))) {
			return symbol.contains("MANUAL_FREE") ? Flag.MANUAL : symbol.contains("AUTO_FREE") ? Flag.AUTO : Flag.UNKNOWN;
		}
		if (fact instanceof Fact.Is(Constant.Literal(String value))) {
			return value.equals(MANUAL_CODE) ? Flag.MANUAL : value.equals(AUTO_CODE) ? Flag.AUTO : Flag.UNKNOWN;
		}
		return Flag.UNKNOWN;
	}

	private List<Visit> receive(int node, HeapOp.Receive receive, Visit visit) {
		if (subject.node() != node || visit.state().phase() != Phase.UNTRACKED) {
			return List.of(visit);
		}
		State received = visit.state().phase(receive.owned() ? Phase.LIVE : Phase.ESCAPED).assign(receive.result(),
				Values.BLOCK, graph);
		noteName(receive.result());
		return List.of(visit,
				new Visit(received, visit.trace().then(graph.file(), receive.span(), "comes in here")));
	}

	private List<Visit> free(HeapOp.Free free, Visit from) {
		Visit visit = touch(from, free.block(), free, family.ofHeap() ? "freed here" : "released here");
		State state = visit.state();
		int value = state.value(free.block());
		if (!state.phase().tracked() || value != Values.BLOCK) {
			return state.derived(value) || state.phase().tracked() && state.reaches(value) ? List.of() : List.of(visit);
		}
		if (wrong(free.family())) {
			results.moments.add(new Moment.WrongFree(block(state), free.family(), free.span(), visit.trace().steps()));
			return List.of();
		}
		Visit given = subject instanceof Subject.Given ? visit.with(state.marks(state.marks().freedAs(free.family()))) : visit;
		return freed(given, free.span(), family.ofHeap() ? "freed here" : "released here");
	}

	/** Whether the block is surely of another family. */
	private boolean wrong(Family as) {
		boolean known = subject.node() >= 0
				&& !(graph.nodes().get(subject.node()).operation() instanceof HeapOp.Receive);
		return known && !as.equals(family);
	}

	/** Whether the operation gives the block back as what it surely is not. */
	boolean wrong(HeapOp operation) {
		return operation instanceof HeapOp.Free free && wrong(free.family());
	}

	/** Notes what is done first with a block of the caller: it is up to the caller that the block is there. */
	private Visit touch(Visit visit, Variable variable, HeapOp operation, String text) {
		State state = visit.state();
		return state.phase().tracked() && state.value(variable) == Values.BLOCK
				? touched(visit, operation, visit.trace().then(graph.file(), operation.span(), text).steps())
				: visit;
	}

	/** The same for what happens in a function that is called. */
	Visit touched(Visit visit, HeapOp operation, List<PathStep> steps) {
		State state = visit.state();
		if (!(subject instanceof Subject.Given) || state.marks().touched()) {
			return visit;
		}
		if (!state.blurred()) {
			results.add(new Touch(operation, new Exits(this, state, ExitKind.THROW).effect(List.of(), steps)));
		}
		return visit.with(state.marks(state.marks().touch()));
	}

	/** A called function does something with a block that is not there any more. */
	void defect(Visit visit, HeapOp operation, Span span, List<PathStep> steps) {
		State state = visit.state();
		boolean sent = state.phase() == Phase.SENT;
		if (state.blurred()) {
			return;
		}
		switch (operation) {
			case HeapOp.Free free -> results.moments.add(wrong(free.family())
					? new Moment.WrongFree(block(state), free.family(), span, steps)
					: new Moment.SecondFree(block(state), sent, span, steps));
			case HeapOp.Send send -> results.moments.add(sent
					? new Moment.SecondSend(block(state), span, steps)
					: new Moment.LateUse(block(state), false, true, "sent", span, steps));
			case HeapOp.Use use -> results.moments.add(
					new Moment.LateUse(block(state), sent, use.write(), use.what(), span, steps));
			default -> throw new IllegalArgumentException(operation.toString());
		}
	}

	/** A called function has freed the block, as one of that family. */
	List<Visit> freedAs(Optional<Family> as, Visit visit, Span span) {
		State state = visit.state();
		if (as.isPresent() && wrong(as.get())) {
			if (!state.blurred()) {
				results.moments.add(new Moment.WrongFree(block(state), as.get(), span, visit.trace().steps()));
			}
			return List.of();
		}
		State next = as.isPresent() && subject instanceof Subject.Given ? state.marks(state.marks().freedAs(as.get())) : state;
		return List.of(visit.with(next.phase(Phase.FREED)));
	}

	/** The block is given back here, be it for the first or for the second time. */
	private List<Visit> freed(Visit visit, Span span, String text) {
		State state = visit.state();
		if (state.phase().gone()) {
			if (!state.blurred()) {
				results.moments.add(new Moment.SecondFree(block(state), state.phase() == Phase.SENT, span,
						visit.trace().steps()));
			}
			return List.of();
		}
		return List.of(new Visit(state.phase(Phase.FREED), visit.trace().then(graph.file(), span, text), visit.route()));
	}

	private List<Visit> close(HeapOp.Close close, Visit visit) {
		State state = visit.state();
		int value = state.value(close.owner());
		if (!state.phase().tracked() || state.derived(value) || !state.reaches(value) || state.phase().gone()) {
			return List.of(visit);
		}
		return value == Values.BLOCK
				? List.of(new Visit(state.phase(Phase.CLOSED), visit.trace().then(graph.file(), close.span(), "closed here")))
				: List.of();
	}

	private List<Visit> send(HeapOp.Send send, Visit from) {
		Visit visit = touch(from, send.message(), send, "sent here");
		State state = visit.state().forget(send.status(), graph);
		int value = visit.state().value(send.message());
		if (state.phase() == Phase.ABSENT && value == Values.BLOCK) {
			unchecked(visit, "sent", send.span());
			return List.of();
		}
		boolean touched = state.phase().tracked() && (visit.state().reaches(value) || visit.state().derived(value));
		if (!touched) {
			return List.of(visit.with(state));
		}
		if (state.phase() == Phase.FREED || state.phase() == Phase.CLOSED) {
			late(visit, true, "sent", send.span());
			return List.of();
		}
		if (!family.equals(Family.D) || state.flag() == Flag.MANUAL) {
			return List.of(visit.with(state));
		}
		if (state.phase() == Phase.SENT) {
			if (!state.blurred() && !visit.state().derived(value)) {
				results.moments.add(new Moment.SecondSend(block(state), send.span(), visit.trace().steps()));
			}
			return List.of();
		}
		if (visit.state().derived(value)) {
			return List.of(escape(visit.with(state), value, send.span(), "may be sent here"));
		}
		if (state.flag() == Flag.UNKNOWN) {
			// Who calls this function knows what the block is; nobody else does.
			return subject instanceof Subject.Given
					? join(List.of(visit.with(state.flag(Flag.MANUAL))), sent(send, visit, state.flag(Flag.AUTO)))
					: List.of();
		}
		return sent(send, visit, state);
	}

	private static List<Visit> join(List<Visit> some, List<Visit> others) {
		var all = new ArrayList<>(some);
		all.addAll(others);
		return all;
	}

	private List<Visit> sent(HeapOp.Send send, Visit visit, State state) {
		State failed = state.learn(send.status(), notOk());
		return List.of(
				new Visit(state.phase(Phase.SENT).learn(send.status(), new Fact.Is(Constant.STATUS_OK)),
						visit.trace().then(graph.file(), send.span(), "sent here, and the send succeeds")),
				new Visit(state.phase() == Phase.ESCAPED ? failed : failed.phase(Phase.SEND_FAILED),
						visit.trace().then(graph.file(), send.span(), "sent here, but the send fails")));
	}

	private static Fact notOk() {
		return new Fact.IsNot(Set.of(Constant.STATUS_OK));
	}

	/** A new object may take part of what it is given: how, nobody knows. */
	private List<Visit> hold(HeapOp.Hold hold, Visit visit) {
		State state = visit.state();
		int part = state.value(hold.part());
		if (!state.phase().tracked() || !state.reaches(part) && !state.derived(part) || state.reaches(state.value(hold.holder()))) {
			return List.of(visit);
		}
		if (state.derived(part)) {
			return List.of(visit.with(state.assignNew(hold.holder(), Optional.of(Kind.DERIVED), Optional.empty(), graph)));
		}
		State named = state.value(hold.holder()) == State.UNKNOWN
				? state.assignNew(hold.holder(), Optional.of(Kind.INSIDE), Optional.empty(), graph)
				: state;
		return List.of(visit.with(named.field(values.edge(named.value(hold.holder()), Field.SOMEWHERE), part)));
	}

	private List<Visit> derive(HeapOp.Derive derive, Visit visit) {
		State state = visit.state();
		int from = state.value(derive.from());
		boolean related = state.phase().tracked() && (state.reaches(from) || state.derived(from));
		boolean linked = state.reaches(state.value(derive.result())) || state.derived(state.value(derive.result()));
		return List.of(related && !linked
				? visit.with(state.assignNew(derive.result(), Optional.of(Kind.DERIVED), Optional.empty(), graph))
				: visit);
	}

	private List<Visit> copy(HeapOp.Copy copy, Visit visit) {
		if (copy.target().equals(copy.source())) {
			return List.of(visit);
		}
		State state = visit.state().named(copy.source());
		State next = state.assign(copy.target(), state.value(copy.source()), graph);
		if (next.phase().tracked() && next.reaches(next.value(copy.target()))) {
			noteName(copy.target());
		}
		return List.of(visit.with(next));
	}

	/** Reads a field; what a parameter has there is noted. */
	List<Visit> load(Variable result, Variable object, Field field, Visit visit) {
		State state = visit.state().named(object);
		int from = state.value(object);
		if (state.derived(from)) {
			return List.of(visit.with(state.assignNew(result, Optional.of(Kind.DERIVED), Optional.empty(), graph)));
		}
		int edge = values.edge(from, field);
		if (state.field(edge) != State.UNKNOWN) {
			return List.of(visit.with(state.assign(result, state.field(edge), graph)));
		}
		boolean hidden = from != Values.BLOCK
				&& state.reaches(state.field(values.edge(from, Field.SOMEWHERE)));
		if (hidden) {
			return List.of(visit.with(state.assignNew(result, Optional.of(Kind.DERIVED), Optional.empty(), graph)));
		}
		Optional<Place> place = state.kind(from).filter(Kind.Rooted.class::isInstance).map(Kind.Rooted.class::cast)
				.map(Kind.Rooted::place).filter(way -> way.path().size() < Place.DEEPEST).map(way -> way.then(field));
		if (place.isPresent()) {
			read.add(place.get());
		} else if (from != Values.BLOCK) {
			loose.add(field);
		}
		State loaded = state.assignNew(result, place.map(Kind.Rooted::new), Optional.empty(), graph);
		return List.of(visit.with(loaded.field(edge, loaded.value(result))));
	}

	private Visit store(Visit visit, Variable object, Field field, Variable value, Span span) {
		State state = visit.state().named(object).named(value);
		int into = state.value(object);
		int stored = state.value(value);
		state.kind(into).ifPresent(kind -> {
			if (kind instanceof Kind.Rooted(Place place)) {
				written.add(place.then(field));
			}
		});
		boolean matters = state.phase().tracked() && (state.reaches(stored) || state.derived(stored));
		boolean hangs = state.kind(into).filter(kind -> !kind.equals(Kind.DERIVED) && !kind.equals(Kind.PICKED)).isPresent()
				|| into == Values.BLOCK;
		if (matters && !hangs) {
			return escape(visit, stored, span, "stored here");
		}
		State next = state.field(values.edge(into, field), stored);
		if (matters) {
			next = shared(next, into, field);
		}
		return new Visit(next, matters ? visit.trace().then(graph.file(), span, "stored in " + field.name() + " here") : visit.trace());
	}

	/** What hangs at a parameter can be found there by others, unless a field is in between that only the program reads. */
	static State shared(State state, int into, Field field) {
		boolean closed = state.kind(into).map(kind -> !(kind instanceof Kind.Rooted(Place place))
				|| place.then(field).path().stream().anyMatch(Field::closed)).orElse(true);
		return closed ? state : state.share();
	}

	private Visit put(HeapOp.Put put, Visit visit) {
		State state = visit.state();
		int element = state.value(put.value());
		boolean matters = state.phase().tracked() && (state.reaches(element) || state.derived(element));
		return matters ? store(visit, put.container(), Place.ELEMENT, put.value(), put.span()) : visit;
	}

	/** Some element: the one in question, if it has not come yet, or another one. */
	private List<Visit> take(HeapOp.Take take, Visit visit) {
		State state = visit.state().named(take.container());
		int container = state.value(take.container());
		if (state.derived(container)) {
			return List.of(visit.with(state.assignNew(take.result(), Optional.of(Kind.DERIVED), Optional.empty(), graph)));
		}
		int edge = values.edge(container, Place.ELEMENT);
		int element = state.field(edge);
		state.kind(container).ifPresent(kind -> {
			if (kind instanceof Kind.Rooted(Place place) && place.path().size() < Place.DEEPEST) {
				read.add(place.then(Place.ELEMENT));
			}
		});
		Visit other = visit.with(state.forget(take.result(), graph));
		if (!state.phase().tracked() || !state.reaches(element)) {
			boolean hidden = state.phase().tracked() && container != Values.BLOCK
					&& state.reaches(state.field(values.edge(container, Field.SOMEWHERE)));
			return List.of(hidden
					? visit.with(state.assignNew(take.result(), Optional.of(Kind.DERIVED), Optional.empty(), graph))
					: other);
		}
		if (!take.each() && !take.removes()) {
			return List.of(visit.with(state.assignNew(take.result(), Optional.of(Kind.PICKED), Optional.empty(), graph)));
		}
		if (!take.each()) {
			return List.of(visit.with(state.field(edge, State.UNKNOWN).assign(take.result(), element, graph)),
					escape(other, element, take.span(), "perhaps taken here"));
		}
		State rest = state.field(edge, State.UNKNOWN);
		State taken = take.removes() ? rest : rest.field(values.edge(container, Place.TAKEN), element);
		return List.of(visit.with(taken.assign(take.result(), element, graph)), other);
	}

	private State rewind(State state, Variable container) {
		int taken = values.edge(state.value(container), Place.TAKEN);
		int element = state.field(taken);
		return element == State.UNKNOWN
				? state
				: state.field(taken, State.UNKNOWN).field(values.edge(state.value(container), Place.ELEMENT), element);
	}

	/** The state in which the container has no element left; empty if the block is one of those. */
	Optional<State> exhausted(State state, Variable container) {
		int element = state.field(values.edge(state.value(container), Place.ELEMENT));
		return state.phase().tracked() && state.reaches(element) ? Optional.empty() : Optional.of(rewind(state, container));
	}

	private List<Visit> use(HeapOp.Use use, Visit from) {
		Visit visit = touch(from, use.value(), use, use.what() + " here");
		State state = visit.state();
		if (state.value(use.value()) != Values.BLOCK) {
			return List.of(visit);
		}
		if (state.phase() == Phase.ABSENT) {
			unchecked(visit, use.what(), use.span());
			return List.of();
		}
		if (state.phase().gone()) {
			late(visit, use.write(), use.what(), use.span());
			return List.of();
		}
		return List.of(visit);
	}

	private void unchecked(Visit visit, String what, Span span) {
		if (!visit.state().blurred()) {
			results.moments.add(new Moment.UncheckedUse(block(visit.state()), what, span, visit.trace().steps()));
		}
	}

	private void late(Visit visit, boolean write, String what, Span span) {
		if (!visit.state().blurred()) {
			results.moments.add(new Moment.LateUse(block(visit.state()), visit.state().phase() == Phase.SENT, write, what,
					span, visit.trace().steps()));
		}
	}

	/** A function that is not known gets the value. */
	List<Visit> lend(Variable variable, Span span, Visit visit) {
		State state = visit.state();
		int value = state.value(variable);
		if (!state.phase().tracked() || !state.reaches(value) && !state.derived(value)) {
			return tellsOfSend(variable, state) ? List.of() : List.of(visit);
		}
		boolean borrowed = value == Values.BLOCK && !namedHolders(state).isEmpty();
		return List.of(borrowed ? visit : escape(visit, value, span, "handed over here"));
	}

	private List<Variable> namedHolders(State state) {
		var holders = new ArrayList<Variable>();
		for (int index = 0; index < state.variables().size(); index++) {
			Variable variable = graph.variables().get(state.variables().key(index));
			if (variable.named() && state.reaches(state.variables().value(index))) {
				holders.add(variable);
			}
		}
		return holders;
	}

	/** Whether the value is the status of the block's send: what is decided by it elsewhere cannot be followed. */
	private static boolean tellsOfSend(Variable value, State state) {
		return switch (state.phase()) {
			case SENT -> state.fact(value).equals(Optional.of(new Fact.Is(Constant.STATUS_OK)));
			case SEND_FAILED -> state.fact(value).equals(Optional.of(notOk()));
			case UNTRACKED, ABSENT, LIVE, GIVEN, ESCAPED, FREED, CLOSED -> false;
		};
	}

	/** Somebody else gets hold of a value, and of all that hangs at it. */
	Visit escape(Visit visit, int value, Span span, String how) {
		State state = visit.state();
		boolean matters = state.phase().tracked() && (state.reaches(value) || state.derived(value));
		State outside = outside(state, value, Place.DEEPEST);
		return matters && (state.phase().due() || state.phase() == Phase.GIVEN)
				? new Visit(outside.phase(Phase.ESCAPED), visit.trace().then(graph.file(), span, how), visit.route())
				: visit.with(outside);
	}

	private static State outside(State state, int value, int depth) {
		if (state.kind(value).filter(Kind.INSIDE::equals).isEmpty() || depth == 0) {
			return state;
		}
		State next = state.withoutKind(value);
		for (int index = state.heap().from(Values.firstEdge(value)); index < state.heap().size()
				&& Values.object(state.heap().key(index)) == value; index++) {
			next = outside(next, state.heap().value(index), depth - 1);
		}
		return next;
	}

	private List<Visit> exit(HeapOp.Exit exit, Visit visit) {
		State state = visit.state();
		var exits = new Exits(this, state, exit.kind());
		List<Place> places = exits.places();
		boolean leads = state.phase().tracked() && exits.returnsDerived();
		boolean own = !(subject instanceof Subject.Given); // what callers have they still have
		if (own && state.phase().due() && places.isEmpty() && !leads) {
			end(visit, aliases(state), switch (exit.kind()) {
				case RETURN -> EndReason.RETURN;
				case END -> EndReason.END;
				case THROW -> EndReason.THROW;
				case EXCEPTION -> EndReason.EXCEPTION;
			}, false, Optional.empty(), exit.kind() == ExitKind.EXCEPTION ? visit.trace().lastThrown(exit.span()) : exit.span());
			return List.of();
		}
		if (state.phase().due() && places.stream().allMatch(place -> place.root() != Place.RESULT)) {
			Optional<Field> field = calls.keptByCallee() ? Optional.empty() : exits.closedField(places);
			field.ifPresent(
					closed -> end(visit, aliases(state), EndReason.FIELD, false, Optional.of(closed), exit.span()));
		}
		if (!state.blurred() && state.phase() != Phase.ABSENT) {
			results.add(exits.effect(places, visit.trace().steps()));
		}
		return List.of();
	}

	private List<Variable> aliases(State state) {
		var aliases = new ArrayList<Variable>();
		for (int index = 0; index < state.variables().size(); index++) {
			Variable variable = graph.variables().get(state.variables().key(index));
			if (variable.named() && state.variables().value(index) == Values.BLOCK) {
				aliases.add(variable);
			}
		}
		return aliases;
	}

	private void end(Visit visit, List<Variable> aliases, EndReason reason, boolean again, Optional<Field> field,
			Span span) {
		State state = visit.state();
		if (state.blurred() || subject instanceof Subject.Given || state.shared()) {
			return;
		}
		results.moments.add(new Moment.End(block(state), state.phase(), reason, again, field, span, visit.trace().steps(),
				aliases));
	}

	private Block block(State state) {
		Span span = subject.node() < 0 ? new Span(0, 0) : graph.nodes().get(subject.node()).operation().span();
		return new Block(family, state.flag(), name, span);
	}

	/** What came to light. A block has no name yet where it is asked for. */
	List<Moment> moments() {
		return results.moments.stream().map(moment -> moment instanceof Moment.Request request
				? new Moment.Request(new Block(family, request.block().flag(), name, request.block().allocation()), request.size(),
						request.flag(), request.span(), request.path())
				: moment).toList();
	}

	Family family() {
		return family;
	}

	/** Of the block where it was made. */
	Flag flag() {
		return madeWith;
	}

	void noteName(Variable variable) {
		if (name.isEmpty() && variable.named()) {
			name = variable.name();
		}
	}
}
