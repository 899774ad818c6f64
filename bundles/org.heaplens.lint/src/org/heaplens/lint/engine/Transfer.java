// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/**
 * What each operation makes of the state of one block; collects the moments on the way. Confined to one thread.
 */
final class Transfer {
	private final FlowGraph graph;
	private final int site;
	private final Family family;
	private final List<Moment> moments = new ArrayList<>();
	private String name = "";

	Transfer(FlowGraph graph, int site) {
		this.graph = graph;
		this.site = site;
		this.family = graph.nodes().get(site).operation() instanceof HeapOp.Allocate allocate
				? allocate.family()
				: Family.D;
	}

	List<Moment> moments() {
		return moments;
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
			case HeapOp.Derive derive -> state.link(derive.from()).isPresent() && state.link(derive.result()).isEmpty()
					? List.of(with(visit, state.link(derive.result(), Link.DERIVED)))
					: List.of(visit);
			case HeapOp.Copy copy -> copy(copy, visit);
			case HeapOp.Assign assign -> assign(assign, visit);
			case HeapOp.Escape escape -> state.link(escape.value()).isPresent()
					? List.of(escape(visit, escape.span(), escape.how()))
					: List.of(visit);
			case HeapOp.Lend lend -> lend(lend, visit);
			case HeapOp.Inspect inspect -> tellsOfSend(inspect.value(), state) ? List.of() : List.of(visit);
			case HeapOp.EndScope end -> {
				State next = state;
				for (Variable variable : end.variables()) {
					next = next.forget(variable, graph);
				}
				yield List.of(with(visit, next));
			}
			case HeapOp.Exit exit -> exit(exit, visit);
		};
	}

	/**
	 * Drops the intermediate results that are not asked for after the operation, and notices when nobody reaches the
	 * block any more.
	 *
	 * @param before the operation
	 * @param after  the operation
	 */
	Optional<Visit> settle(HeapOp operation, Visit before, Visit after, BitSet live) {
		if (after.state().phase() == Phase.UNTRACKED) {
			return Optional.of(after);
		}
		State state = after.state().restrict(live, graph);
		if (!state.links().isEmpty()) {
			return Optional.of(with(after, state));
		}
		EndReason reason = operation instanceof HeapOp.EndScope
				? EndReason.SCOPE
				: after.state().links().isEmpty() && !name.isEmpty() ? EndReason.OVERWRITTEN : EndReason.DROPPED;
		end(after, aliases(before.state()), reason, operation.span());
		return Optional.empty();
	}

	private static Visit with(Visit visit, State state) {
		return new Visit(state, visit.trace());
	}

	private List<Visit> allocate(int node, HeapOp.Allocate allocate, Visit visit) {
		State other = visit.state().forget(allocate.result(), graph);
		if (node != site || other.phase() != Phase.UNTRACKED) {
			return List.of(with(visit, other));
		}
		Flag flag = allocate.flagFrom().flatMap(visit.state()::fact).map(Transfer::flag).orElse(allocate.flag());
		noteName(allocate.result());
		State live = other.track(Phase.LIVE, flag).link(allocate.result(), Link.DIRECT);
		return List.of(with(visit, other), new Visit(live, visit.trace().then(allocate.span(), "allocated here")));
	}

	private static Flag flag(Fact fact) {
		if (fact instanceof Fact.Is(Constant.Symbol(String symbol))) {
			return symbol.equals("MANUAL_FREE") ? Flag.MANUAL : symbol.equals("AUTO_FREE") ? Flag.AUTO : Flag.UNKNOWN;
		}
		return Flag.UNKNOWN;
	}

	private List<Visit> receive(int node, HeapOp.Receive receive, Visit visit) {
		State other = visit.state();
		if (node != site || other.phase() != Phase.UNTRACKED) {
			return List.of(with(visit, other));
		}
		State received = other.track(Phase.ESCAPED, Flag.UNKNOWN).link(receive.result(), Link.DIRECT);
		noteName(receive.result());
		return List.of(with(visit, other), new Visit(received, visit.trace().then(receive.span(), "comes in here")));
	}

	private List<Visit> free(HeapOp.Free free, Visit visit) {
		State state = visit.state();
		Optional<Link> link = state.link(free.block());
		if (link.isEmpty()) {
			return List.of(visit);
		}
		if (link.get() != Link.DIRECT || state.flag() != Flag.UNKNOWN && free.family() != family) {
			return List.of();
		}
		boolean gone = state.phase() == Phase.FREED || state.phase() == Phase.SENT;
		if (gone) {
			secondFree(visit, free.span());
			return List.of();
		}
		return List.of(new Visit(state.phase(Phase.FREED), visit.trace().then(free.span(), "freed here")));
	}

	private List<Visit> close(HeapOp.Close close, Visit visit) {
		State state = visit.state();
		Optional<Link> link = state.link(close.owner());
		boolean done = state.phase() == Phase.FREED || state.phase() == Phase.SENT;
		if (link.isEmpty() || link.get() == Link.DERIVED || done) {
			return List.of(visit);
		}
		return link.get() == Link.HOLDS
				? List.of()
				: List.of(new Visit(state.phase(Phase.FREED), visit.trace().then(close.span(), "closed here")));
	}

	private List<Visit> send(HeapOp.Send send, Visit visit) {
		State state = visit.state().forget(send.status(), graph);
		Optional<Link> link = visit.state().link(send.message());
		if (link.isEmpty() || family == Family.DVPP || state.flag() == Flag.MANUAL) {
			return List.of(with(visit, state));
		}
		if (state.flag() == Flag.UNKNOWN || state.phase() == Phase.FREED) {
			return List.of();
		}
		if (state.phase() == Phase.SENT) {
			return List.of(with(visit, state));
		}
		if (link.get() == Link.DERIVED) {
			return List.of(escape(with(visit, state), send.span(), "may be sent here"));
		}
		State failed = state.learn(send.status(), notOk());
		return List.of(
				new Visit(state.phase(Phase.SENT).learn(send.status(), new Fact.Is(Constant.STATUS_OK)),
						visit.trace().then(send.span(), "sent here, and the send succeeds")),
				new Visit(state.phase() == Phase.ESCAPED ? failed : failed.phase(Phase.SEND_FAILED),
						visit.trace().then(send.span(), "sent here, but the send fails")));
	}

	private static Fact notOk() {
		return new Fact.IsNot(java.util.Set.of(Constant.STATUS_OK));
	}

	private List<Visit> hold(HeapOp.Hold hold, Visit visit) {
		State state = visit.state();
		return List.of(state.link(hold.part()).isEmpty() || state.link(hold.holder()).isPresent()
				? visit
				: with(visit, state.link(hold.holder(),
						state.link(hold.part()).get() == Link.DERIVED ? Link.DERIVED : Link.HOLDS)));
	}

	private List<Visit> copy(HeapOp.Copy copy, Visit visit) {
		if (copy.target().equals(copy.source())) {
			return List.of(visit);
		}
		Optional<Link> link = visit.state().link(copy.source());
		Optional<Fact> fact = visit.state().fact(copy.source());
		State state = visit.state().forget(copy.target(), graph);
		if (fact.isPresent()) {
			state = state.learn(copy.target(), fact.get());
		}
		if (link.isPresent()) {
			state = state.link(copy.target(), link.get());
			noteName(copy.target());
		}
		return List.of(with(visit, state));
	}

	private List<Visit> assign(HeapOp.Assign assign, Visit visit) {
		State state = visit.state().forget(assign.target(), graph);
		return List.of(with(visit, assign.value().isPresent()
				? state.learn(assign.target(), new Fact.Is(assign.value().get()))
				: state));
	}

	private List<Visit> lend(HeapOp.Lend lend, Visit visit) {
		Optional<Link> link = visit.state().link(lend.value());
		if (link.isEmpty()) {
			return tellsOfSend(lend.value(), visit.state()) ? List.of() : List.of(visit);
		}
		boolean named = visit.state().links().keySet().stream()
				.anyMatch(index -> graph.variables().get(index).named());
		boolean borrowed = link.get() == Link.DIRECT && named;
		return List.of(borrowed ? visit : escape(visit, lend.span(), "handed over here"));
	}

	/** Whether the value is the status of the block's send: what is decided by it elsewhere cannot be followed. */
	private static boolean tellsOfSend(Variable value, State state) {
		return switch (state.phase()) {
			case SENT -> state.fact(value).equals(Optional.of(new Fact.Is(Constant.STATUS_OK)));
			case SEND_FAILED -> state.fact(value).equals(Optional.of(notOk()));
			case UNTRACKED, LIVE, ESCAPED, FREED -> false;
		};
	}

	private static Visit escape(Visit visit, Span span, String how) {
		Phase phase = visit.state().phase();
		return phase == Phase.LIVE || phase == Phase.SEND_FAILED
				? new Visit(visit.state().phase(Phase.ESCAPED), visit.trace().then(span, how))
				: visit;
	}

	private List<Visit> exit(HeapOp.Exit exit, Visit visit) {
		if (visit.state().phase() != Phase.UNTRACKED) {
			end(visit, aliases(visit.state()), switch (exit.kind()) {
				case RETURN -> EndReason.RETURN;
				case END -> EndReason.END;
				case THROW -> EndReason.THROW;
				case EXCEPTION -> EndReason.EXCEPTION;
			}, exit.kind() == ExitKind.EXCEPTION ? visit.trace().lastThrown(exit.span()) : exit.span());
		}
		return List.of();
	}

	private List<Variable> aliases(State state) {
		return state.links().entrySet().stream().filter(entry -> entry.getValue() == Link.DIRECT)
				.map(entry -> graph.variables().get(entry.getKey())).filter(Variable::named).toList();
	}

	private void end(Visit visit, List<Variable> aliases, EndReason reason, Span span) {
		State state = visit.state();
		if (state.blurred() || state.phase() != Phase.LIVE && state.phase() != Phase.SEND_FAILED) {
			return;
		}
		moments.add(new Moment.End(block(state), state.phase(), reason, span, visit.trace().steps(), aliases));
	}

	private void secondFree(Visit visit, Span span) {
		if (!visit.state().blurred()) {
			moments.add(new Moment.SecondFree(block(visit.state()), visit.state().phase() == Phase.SENT, span,
					visit.trace().steps()));
		}
	}

	private Block block(State state) {
		return new Block(family, state.flag(), name, graph.nodes().get(site).operation().span());
	}

	private void noteName(Variable variable) {
		if (name.isEmpty() && variable.named()) {
			name = variable.name();
		}
	}
}
