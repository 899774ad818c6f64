
package org.heaplens.lint.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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

class SimulationTest {
	private final FlowGraph.Builder builder = new FlowGraph.Builder("F.java", "f()");
	private final Variable block = builder.variable("block");
	private final Variable status = builder.variable("status");

	private static Span at(int offset) {
		return new Span(offset, 1);
	}

	private HeapOp allocate(Flag flag) {
		return new HeapOp.Allocate(block, Family.D, flag, Optional.empty(), Optional.empty(), Optional.empty(), false, at(1));
	}

	private HeapOp free() {
		return new HeapOp.Free(block, Family.D, at(2));
	}

	private static HeapOp exit(int offset) {
		return new HeapOp.Exit(ExitKind.RETURN, at(offset));
	}

	/** Adds nodes, each followed by the next. */
	private int[] line(HeapOp... operations) {
		int[] nodes = new int[operations.length];
		for (int index = 0; index < operations.length; index++) {
			nodes[index] = builder.node(operations[index]);
			if (index > 0) {
				builder.edge(nodes[index - 1], nodes[index], Guard.ALWAYS);
			}
		}
		return nodes;
	}

	private List<String> moments() {
		var texts = new ArrayList<String>();
		for (Moment moment : Simulation.run(builder.build()).moments()) {
			switch (moment) {
				case Moment.End end -> texts.add(end.phase() + " " + end.reason() + " " + end.span().offset());
				case Moment.SecondFree free -> texts
						.add((free.sent() ? "FREED_AFTER_SEND " : "FREED_AGAIN ") + free.span().offset());
				case Moment.WrongFree free -> texts.add("FREED_AS_" + free.family().name() + " " + free.span().offset());
				case Moment.LateUse use -> texts.add((use.sent() ? "USED_AFTER_SEND " : "USED_AFTER_FREE ") + use.span().offset());
				case Moment.SecondSend send -> texts.add("SENT_AGAIN " + send.span().offset());
				case Moment.UncheckedUse use -> texts.add("UNCHECKED " + use.span().offset());
				case Moment.Request request -> {
				}
			}
		}
		return texts;
	}

	@Test
	void aFreedBlockIsNoMoment() {
		line(allocate(Flag.MANUAL), free(), exit(9));
		assertEquals(List.of(), moments());
	}

	@Test
	void aLiveBlockEndsWithItsFunction() {
		line(allocate(Flag.MANUAL), exit(9));
		assertEquals(List.of("LIVE RETURN 9"), moments());
	}

	@Test
	void aBlockIsFreedTwice() {
		line(allocate(Flag.MANUAL), free(), free(), free(), exit(9));
		assertEquals(List.of("FREED_AGAIN 2"), moments());
	}

	@Test
	void theOtherFamilyIsWrong() {
		line(allocate(Flag.MANUAL), new HeapOp.Free(block, Family.DVPP, at(3)), exit(9));
		assertEquals(List.of("FREED_AS_DVPP 3"), moments());
	}

	@Test
	void aSendSplitsAutoBlocks() {
		int[] nodes = line(allocate(Flag.AUTO), new HeapOp.Send(block, status, at(3)), new HeapOp.Test(at(4)));
		int[] sent = line(exit(8));
		int[] failed = line(exit(9));
		builder.edge(nodes[2], sent[0], new Guard.Compare(status, Constant.STATUS_OK, true, "ok"));
		builder.edge(nodes[2], failed[0], new Guard.Compare(status, Constant.STATUS_OK, false, "failed"));
		assertEquals(List.of("SEND_FAILED RETURN 9"), moments());
	}

	@Test
	void aSendLeavesManualBlocksAlone() {
		line(allocate(Flag.MANUAL), new HeapOp.Send(block, status, at(3)), exit(9));
		assertEquals(List.of("LIVE RETURN 9"), moments());
	}

	@Test
	void freeingASentBlockIsTooMuch() {
		line(allocate(Flag.AUTO), new HeapOp.Send(block, status, at(3)), free(), exit(9));
		assertEquals(List.of("FREED_AFTER_SEND 2"), moments());
	}

	@Test
	void closingASentBlockIsNot() {
		line(allocate(Flag.AUTO), new HeapOp.Send(block, status, at(3)), new HeapOp.Close(block, at(4)), exit(9));
		assertEquals(List.of(), moments());
	}

	@Test
	void aNullTestTellsWhetherThereIsABlock() {
		int[] nodes = line(allocate(Flag.MANUAL), new HeapOp.Test(at(3)));
		int[] missing = line(exit(8));
		int[] present = line(exit(9));
		builder.edge(nodes[1], missing[0], new Guard.Compare(block, Constant.NULL, true, "null"));
		builder.edge(nodes[1], present[0], new Guard.Compare(block, Constant.NULL, false, "not null"));
		assertEquals(List.of("LIVE RETURN 9"), moments());
	}

	@Test
	void loopsComeToAFixedPoint() {
		int[] nodes = line(new HeapOp.Join(at(0)), allocate(Flag.MANUAL), new HeapOp.Test(at(3)));
		int[] end = line(free(), exit(9));
		builder.edge(nodes[2], nodes[0], new Guard.Opaque("again"));
		builder.edge(nodes[2], end[0], new Guard.Opaque("done"));
		assertEquals(List.of("LIVE OVERWRITTEN 1"), moments().stream().map(text -> text.replace("DROPPED", "OVERWRITTEN")).toList());
	}

	@Test
	void aHolderOfTheBlockIsTheBlock() {
		Variable message = builder.variable("message");
		line(allocate(Flag.AUTO), new HeapOp.Hold(message, block, at(3)), new HeapOp.Send(message, status, at(4)),
				free(), exit(9));
		assertEquals(List.of("FREED_AFTER_SEND 2"), moments());
	}

	@Test
	void aFlagMayComeFromAVariable() {
		Variable flag = builder.variable("flag");
		line(new HeapOp.Assign(flag, Optional.of(new Constant.Symbol("MANUAL_FREE")), at(0)),
				new HeapOp.Allocate(block, Family.D, Flag.UNKNOWN, Optional.of(flag), Optional.empty(), Optional.empty(), true, at(1)),
				exit(9));
		assertEquals(Flag.MANUAL, Simulation.run(builder.build()).moments().get(0).block().flag());
	}

	@Test
	void aConditionIsForgottenWithItsVariables() {
		Variable size = builder.variable("size");
		Variable big = builder.variable("");
		builder.depends(big, size);
		assertEquals(List.of(), correlated(big, new HeapOp.Join(at(5))));
		var other = new SimulationTest();
		Variable otherSize = other.builder.variable("size");
		Variable otherBig = other.builder.variable("");
		other.builder.depends(otherBig, otherSize);
		assertEquals(List.of("LIVE RETURN 9"),
				other.correlated(otherBig, new HeapOp.Assign(otherSize, Optional.empty(), at(5))));
	}

	/** Allocates if the condition holds, does something, and frees if it holds. */
	private List<String> correlated(Variable condition, HeapOp between) {
		int first = builder.node(new HeapOp.Test(at(0)));
		int allocation = builder.node(allocate(Flag.MANUAL));
		int middle = builder.node(between);
		int second = builder.node(new HeapOp.Test(at(6)));
		int release = builder.node(free());
		int end = builder.node(exit(9));
		builder.edge(first, allocation, new Guard.Compare(condition, Constant.TRUE, true, "big"));
		builder.edge(first, middle, new Guard.Compare(condition, Constant.TRUE, false, "small"));
		builder.edge(allocation, middle, Guard.ALWAYS);
		builder.edge(middle, second, Guard.ALWAYS);
		builder.edge(second, release, new Guard.Compare(condition, Constant.TRUE, true, "big"));
		builder.edge(second, end, new Guard.Compare(condition, Constant.TRUE, false, "small"));
		builder.edge(release, end, Guard.ALWAYS);
		return moments();
	}

	@Test
	void tooManyPathsEndInSilenceAndAreReported() {
		Variable big = builder.variable("big");
		int first = builder.node(new HeapOp.Test(at(0)));
		int allocation = builder.node(allocate(Flag.MANUAL));
		int middle = builder.node(new HeapOp.Join(at(5)));
		builder.edge(first, allocation, new Guard.Compare(big, Constant.TRUE, true, "big"));
		builder.edge(first, middle, new Guard.Compare(big, Constant.TRUE, false, "small"));
		builder.edge(allocation, middle, Guard.ALWAYS);
		int second = builder.node(new HeapOp.Test(at(6)));
		builder.edge(branches(10, middle), second, Guard.ALWAYS);
		int release = builder.node(free());
		int end = builder.node(exit(9));
		builder.edge(second, release, new Guard.Compare(big, Constant.TRUE, true, "big"));
		builder.edge(second, end, new Guard.Compare(big, Constant.TRUE, false, "small"));
		builder.edge(release, end, Guard.ALWAYS);
		Outcome outcome = Simulation.run(builder.build());
		assertTrue(outcome.exhausted());
		assertEquals(List.of(), ends(outcome));
	}

	private static List<Moment> ends(Outcome outcome) {
		return outcome.moments().stream().filter(Moment.End.class::isInstance).toList();
	}

	@Test
	void conditionsNobodyAsksForAgainCostNothing() {
		int node = builder.node(allocate(Flag.MANUAL));
		for (int index = 0; index < 30; index++) {
			node = branch(node, builder.variable("p" + index));
		}
		builder.edge(node, builder.node(exit(9)), Guard.ALWAYS);
		Outcome outcome = Simulation.run(builder.build());
		assertFalse(outcome.exhausted());
		assertEquals(1, ends(outcome).size());
	}

	/** As many conditions, each of them tested a second time behind all others. */
	private int branches(int conditions, int from) {
		var variables = new ArrayList<Variable>();
		int node = from;
		for (int index = 0; index < conditions; index++) {
			variables.add(builder.variable("p" + index));
			node = branch(node, variables.get(index));
		}
		for (Variable variable : variables) {
			node = branch(node, variable);
		}
		return node;
	}

	private int branch(int node, Variable variable) {
		int test = builder.node(new HeapOp.Test(at(4)));
		int join = builder.node(new HeapOp.Join(at(5)));
		builder.edge(node, test, Guard.ALWAYS);
		builder.edge(test, join, new Guard.Compare(variable, Constant.TRUE, true, "yes"));
		builder.edge(test, join, new Guard.Compare(variable, Constant.TRUE, false, "no"));
		return join;
	}

	@Test
	void factsNarrowToWhatIsPossible() {
		var one = new Constant.Literal("1");
		var two = new Constant.Literal("2");
		Optional<Fact> isOne = Optional.of(new Fact.Is(one));
		assertEquals(isOne, Fact.narrow(Optional.empty(), one, true));
		assertEquals(isOne, Fact.narrow(isOne, two, false));
		assertEquals(Optional.empty(), Fact.narrow(isOne, two, true));
		assertEquals(Optional.empty(), Fact.narrow(isOne, one, false));
		Optional<Fact> notOne = Fact.narrow(Optional.empty(), one, false);
		assertEquals(Optional.empty(), Fact.narrow(notOne, one, true));
		assertEquals(Optional.of(new Fact.Is(two)), Fact.narrow(notOne, two, true));
		assertEquals(Optional.of(new Fact.Is(Constant.FALSE)), Fact.narrow(Optional.empty(), Constant.TRUE, false));
		Optional<Fact> named = Optional.of(new Fact.Is(new Constant.Symbol("LIMIT")));
		assertEquals(named, Fact.narrow(named, one, true), "a name may stand for any number");
		assertEquals(Optional.empty(), Fact.narrow(named, Constant.NULL, true));
	}
}
