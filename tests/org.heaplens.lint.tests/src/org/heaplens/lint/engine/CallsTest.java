// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;
import org.junit.jupiter.api.Test;

/** What is known of a function where it is called, and that nothing of it grows without bound. */
class CallsTest {
	private final Program program = new Program();

	/** A function with one parameter and a few operations, one after the other. */
	private static final class Function {
		final FlowGraph.Builder builder;
		final Variable block;
		final Variable other;

		Function(String name) {
			builder = new FlowGraph.Builder(name + ".java", name);
			block = builder.variable("block");
			other = builder.variable("other");
			builder.parameter(block);
		}

		Function then(HeapOp operation) {
			int node = builder.node(operation);
			if (node > 0) {
				builder.edge(node - 1, node, Guard.ALWAYS);
			}
			return this;
		}

		Function allocate(Flag flag) {
			return then(new HeapOp.Allocate(block, Family.D, flag, Optional.empty(), Optional.empty(), Optional.empty(), false,
					at(builder.size())));
		}

		Function free(Family family) {
			return then(new HeapOp.Free(block, family, at(builder.size())));
		}

		Function use() {
			return then(new HeapOp.Use(block, false, "read", at(builder.size())));
		}

		Function send() {
			return then(new HeapOp.Send(block, other, at(builder.size())));
		}

		Function call(String... targets) {
			return then(new HeapOp.Call(other, List.of(targets), List.of(block), targets[0], at(builder.size())));
		}

		FlowGraph end() {
			then(new HeapOp.Exit(ExitKind.END, at(builder.size())));
			return builder.build();
		}
	}

	private static Span at(int offset) {
		return new Span(offset, 1);
	}

	private List<Moment> moments(FlowGraph caller, FlowGraph... callees) {
		for (FlowGraph callee : callees) {
			program.add(callee);
		}
		program.add(caller);
		return outcomes().getOrDefault(caller.function(), new Outcome(List.of(), false, false)).moments().stream()
				.filter(moment -> !(moment instanceof Moment.Request)).toList();
	}

	private Map<String, Outcome> outcomes() {
		return Simulation.run(program, new Cache(), Runnable::run, () -> false);
	}

	private static List<String> names(List<Moment> moments) {
		return moments.stream().map(moment -> moment.getClass().getSimpleName() + " " + moment.span().offset()).toList();
	}

	private static List<String> path(List<Moment> moments) {
		return moments.get(0).path().stream().map(step -> step.file() + " " + step.text()).toList();
	}

	@Test
	void aHelperFreesAgain() {
		List<Moment> moments = moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("helper").end(),
				new Function("helper").free(Family.D).end());
		assertEquals(List.of("SecondFree 2"), names(moments));
		assertEquals(List.of("f.java allocated here", "f.java freed here", "f.java handed to helper here",
				"helper.java freed here"), path(moments));
	}

	@Test
	void aHelperOfAHelperFreesAgain() {
		List<Moment> moments = moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("outer").end(),
				new Function("inner").free(Family.D).end(), new Function("outer").call("inner").end());
		assertEquals(List.of("SecondFree 2"), names(moments));
		assertEquals(List.of("f.java allocated here", "f.java freed here", "f.java handed to outer here",
				"outer.java handed to inner here", "inner.java freed here"), path(moments));
	}

	@Test
	void aFreeBehindAHelperThatFreesIsOneTooMany() {
		assertEquals(List.of("SecondFree 2"),
				names(moments(new Function("f").allocate(Flag.MANUAL).call("helper").free(Family.D).end(),
						new Function("helper").free(Family.D).end())));
	}

	@Test
	void aHelperFreesAsAnotherFamily() {
		List<Moment> moments = moments(new Function("f").allocate(Flag.MANUAL).call("helper").end(),
				new Function("helper").free(Family.DVPP).end());
		assertEquals(List.of("WrongFree 1"), names(moments).stream().distinct().toList());
		assertTrue(moments.get(0) instanceof Moment.WrongFree wrong && wrong.family().equals(Family.DVPP));
	}

	@Test
	void aHelperOfAHelperFreesAsAnotherFamily() {
		assertEquals(List.of("WrongFree 1"),
				names(moments(new Function("f").allocate(Flag.MANUAL).call("outer").end(),
						new Function("inner").use().free(Family.DVPP).end(), new Function("outer").call("inner").end())).stream()
						.distinct().toList());
	}

	@Test
	void aHelperThatFreesAsTheFamilyIsFine() {
		assertEquals(List.of(), moments(new Function("f").allocate(Flag.MANUAL).call("helper").end(),
				new Function("helper").free(Family.D).end()));
	}

	@Test
	void aHelperUsesWhatIsFreed() {
		List<Moment> moments = moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("helper").end(),
				new Function("helper").use().end());
		assertEquals(List.of("LateUse 2"), names(moments));
		assertEquals("helper.java read here", path(moments).get(3));
	}

	@Test
	void onlyTheFirstThingAHelperDoesIsToldOf() {
		assertEquals(List.of("LateUse 2"),
				names(moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("helper").end(),
						new Function("helper").use().free(Family.D).end())));
	}

	@Test
	void aHelperSendsWhatIsSent() {
		assertEquals(List.of("SecondSend 2"),
				names(moments(new Function("f").allocate(Flag.AUTO).send().call("helper").free(Family.D).end(),
						new Function("helper").send().end())).stream().filter(name -> name.startsWith("SecondSend")).toList());
	}

	@Test
	void aHelperSendsWhatIsFreed() {
		assertEquals(List.of("LateUse 2"),
				names(moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("helper").end(),
						new Function("helper").send().end())));
	}

	@Test
	void aSendThatFailsInAHelperIsTheCallersLeak() {
		List<Moment> moments = moments(new Function("f").allocate(Flag.AUTO).call("helper").end(),
				new Function("helper").send().end());
		assertEquals(List.of("End 2"), names(moments));
		assertTrue(moments.get(0) instanceof Moment.End end && end.phase() == Phase.SEND_FAILED);
	}

	@Test
	void aHelperThatLeavesTheBlockAloneChangesNothing() {
		assertEquals(List.of("End 2"), names(moments(new Function("f").allocate(Flag.MANUAL).call("helper").end(),
				new Function("helper").end())));
	}

	@Test
	void aFunctionReturnsWhatItHasFreed() {
		var maker = new Function("maker").allocate(Flag.MANUAL).free(Family.D);
		Variable result = maker.builder.variable("result");
		maker.builder.result(result);
		maker.then(new HeapOp.Copy(result, maker.block, at(3))).then(new HeapOp.Exit(ExitKind.RETURN, at(4)));
		var caller = new Function("f").call("maker");
		caller.then(new HeapOp.Free(caller.other, Family.D, at(7)));
		assertEquals(List.of("SecondFree 7"), names(moments(caller.end(), maker.builder.build())));
	}

	@Test
	void aDeepChainOfCallsIsFollowed() {
		program.add(new Function("g0").free(Family.D).end());
		for (int depth = 1; depth < 3000; depth++) {
			program.add(new Function("g" + depth).call("g" + (depth - 1)).end());
		}
		assertEquals(List.of("SecondFree 2"),
				names(moments(new Function("f").allocate(Flag.MANUAL).free(Family.D).call("g2999").end())));
	}

	@Test
	void manyFunctionsThatAllCallEachOtherComeToAnEnd() {
		int size = 300;
		for (int number = 0; number < size; number++) {
			var function = new Function("r" + number);
			for (int step = 1; step < 6; step++) {
				function.call("r" + (number * 7 + step) % size);
			}
			program.add((number == 0 ? function.free(Family.D) : function).end());
		}
		assertEquals(size, outcomes().size());
	}

	@Test
	void aLongFunctionIsFollowedToItsEnd() {
		var function = new Function("f").allocate(Flag.MANUAL);
		while (function.builder.size() < 10_000) {
			function.use();
		}
		FlowGraph graph = function.free(Family.D).free(Family.D).end();
		Outcome outcome = Simulation.run(graph);
		assertFalse(outcome.exhausted());
		assertEquals(1, outcome.moments().stream().filter(Moment.SecondFree.class::isInstance).count());
	}

	@Test
	void asManyPathsAsNobodyCanWalkAreCutShortAndThatIsSaid() {
		var function = new Function("f").allocate(Flag.MANUAL);
		var conditions = new ArrayList<Variable>();
		for (int number = 0; number < 30; number++) {
			conditions.add(function.builder.variable("c" + number));
		}
		for (int round = 0; round < 2; round++) {
			for (Variable condition : conditions) {
				int test = function.then(new HeapOp.Test(at(1))).builder.size() - 1;
				int join = function.builder.node(new HeapOp.Join(at(1)));
				function.builder.edge(test, join, new Guard.Compare(condition, Constant.TRUE, true, "yes"));
				function.builder.edge(test, join, new Guard.Compare(condition, Constant.TRUE, false, "no"));
			}
		}
		assertTrue(Simulation.run(function.end()).exhausted());
	}
}
