// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules say about operations; the offset of an operation is its place in the text. */
class JudgementsTest {
	private static final String TEXT = "x".repeat(100);
	private static final Family STREAM = new Family("stream");

	private final FlowGraph.Builder builder = new FlowGraph.Builder("F.java", "f()");
	private final Variable block = builder.variable("b");
	private final Variable status = builder.variable("status");
	private final Variable size = builder.variable("");
	private final Variable flag = builder.variable("");

	private static Span at(int offset) {
		return new Span(offset, 1);
	}

	private HeapOp allocate(Family family, Flag known, int offset) {
		return new HeapOp.Allocate(block, family, known, Optional.empty(), Optional.empty(), Optional.empty(), false, at(offset));
	}

	private HeapOp free(int offset) {
		return new HeapOp.Free(block, Family.D, at(offset));
	}

	private HeapOp use(String what, int offset) {
		return new HeapOp.Use(block, false, what, at(offset));
	}

	private HeapOp send(int offset) {
		return new HeapOp.Send(block, status, at(offset));
	}

	private static HeapOp exit(int offset) {
		return new HeapOp.Exit(ExitKind.RETURN, at(offset));
	}

	private static HeapOp exit(ExitKind kind, int offset) {
		return new HeapOp.Exit(kind, at(offset));
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

	private List<Diagnosis> diagnoses() {
		var program = new Program();
		program.add(builder.build());
		var diagnoses = new ArrayList<Diagnosis>();
		ProgramCheck.check(program, file -> new SourceText(file, TEXT), new Cache(), Runnable::run, () -> false)
				.forEach(result -> diagnoses.addAll(result.diagnoses()));
		return diagnoses;
	}

	/** Offset, rule and message of each finding. */
	private List<String> found() {
		return diagnoses().stream().map(Diagnosis::finding)
				.map(finding -> finding.location().offset() + " " + finding.rule() + ": " + finding.message()).toList();
	}

	private List<String> rules() {
		return diagnoses().stream().map(diagnosis -> diagnosis.finding().rule()).toList();
	}

	private String lastStep() {
		return diagnoses().get(0).finding().path().getLast().text();
	}

	@Test
	void aLeakNamesTheKindOfTheBlock() {
		line(allocate(Family.D, Flag.MANUAL, 1), exit(9));
		assertEquals(List.of("1 leaked-manual-block: MANUAL_FREE block 'b' is never freed on a path that returns: free it before"),
				found());
	}

	@Test
	void anAutoBlockShouldBeSentOrFreed() {
		line(allocate(Family.D, Flag.AUTO, 1), exit(ExitKind.THROW, 9));
		assertEquals(List.of(
				"1 unsent-auto-block: AUTO_FREE block 'b' is neither sent nor freed on a path that throws: free it before"),
				found());
	}

	@Test
	void anUnknownFlagIsTakenForAuto() {
		line(allocate(Family.D, Flag.UNKNOWN, 1), exit(ExitKind.END, 9));
		assertEquals(List.of(
				"1 unsent-auto-block: Block 'b' is neither sent nor freed on a path that reaches the end: free it before"),
				found());
	}

	@Test
	void aDvppBlockIsTheCallersSentOrNot() {
		line(allocate(Family.DVPP, Flag.MANUAL, 1), send(3), exit(9));
		assertEquals(List.of("1 leaked-dvpp-block: DVPP block 'b' is never freed on a path that returns: free it before"),
				found());
	}

	@Test
	void otherFamiliesAreNamedByTheirModel() {
		line(allocate(STREAM, Flag.UNKNOWN, 1), exit(9));
		assertEquals(List.of("1 leaked-manual-block: Stream 'b' is never released on a path that returns: release it before"), found());
	}

	@Test
	void otherFamiliesHaveNeitherSizeNorFlag() {
		line(new HeapOp.Assign(size, Optional.of(new Constant.Literal("0")), at(0)),
				new HeapOp.Assign(flag, Optional.of(new Constant.Symbol("NONE")), at(0)),
				new HeapOp.Allocate(block, STREAM, Flag.UNKNOWN, Optional.of(flag), Optional.of(size), Optional.empty(), false, at(1)),
				new HeapOp.Free(block, STREAM, at(3)), exit(9));
		assertEquals(List.of(), found());
	}

	@Test
	void anExceptionLeaksToo() {
		int[] nodes = line(allocate(Family.D, Flag.MANUAL, 1), new HeapOp.Invoke(at(4)), free(5), exit(9));
		int thrown = builder.node(exit(ExitKind.EXCEPTION, 8));
		builder.edge(nodes[1], thrown, new Guard.Throws("read() throws"));
		assertEquals(List.of("1 leaked-manual-block: MANUAL_FREE block 'b' is never freed when a call throws: give it an owner that does"),
				found());
	}

	@Test
	void whatNoVariableHoldsIsLeakedAtOnce() {
		Variable temporary = builder.variable("");
		line(new HeapOp.Allocate(temporary, Family.D, Flag.MANUAL, Optional.empty(), Optional.empty(), Optional.empty(), false,
				at(1)), new HeapOp.Join(at(2)), exit(9));
		assertEquals(List.of("1 leaked-manual-block: MANUAL_FREE block is never freed, and no variable holds it: keep it and free it"),
				found());
	}

	@Test
	void aFieldThatNothingFreesLeaksItsBlock() {
		Variable self = builder.variable("this");
		builder.parameter(self);
		line(allocate(Family.D, Flag.MANUAL, 1), new HeapOp.Store(self, new Field("A", "pool", true), block, at(2)), exit(9));
		assertEquals(List.of(
				"1 leaked-manual-block: MANUAL_FREE block 'b' is never freed, though it is kept in 'pool': free it where its owner is closed"),
				found());
	}

	@Test
	void aBlockIsLostWhereItsVariableGetsAnotherValue() {
		line(allocate(Family.D, Flag.MANUAL, 1), new HeapOp.Assign(block, Optional.of(Constant.NULL), at(3)), exit(9));
		assertEquals(List.of("1 lost-block: MANUAL_FREE block 'b' is lost where its variable gets another value: free it before"),
				found());
		assertEquals("'b' is overwritten here without having been freed", lastStep());
	}

	@Test
	void aBlockIsLostAtTheEndOfEachRound() {
		loop(new HeapOp.EndScope(List.of(block), at(4)));
		assertEquals(List.of("1 lost-block: DVPP block 'b' is lost at the end of a round of the loop: free it before"), found());
	}

	private void loop(HeapOp end) {
		int[] nodes = line(new HeapOp.Join(at(0)), allocate(Family.DVPP, Flag.MANUAL, 1), end, new HeapOp.Test(at(5)));
		builder.edge(nodes[3], nodes[0], new Guard.Opaque("again"));
		builder.edge(nodes[3], builder.node(exit(9)), new Guard.Opaque("done"));
	}

	@Test
	void outsideOfLoopsTheEndOfAScopeIsALeakAsAnyOther() {
		line(allocate(Family.D, Flag.AUTO, 1), new HeapOp.EndScope(List.of(block), at(4)), exit(9));
		assertEquals(List.of(
				"1 unsent-auto-block: AUTO_FREE block 'b' is neither sent nor freed before its variable goes out of scope: free it before"),
				found());
	}

	@Test
	void whatIsBothLostAndLeakedIsOneFinding() {
		loop(new HeapOp.Join(at(4)));
		List<Diagnosis> diagnoses = diagnoses();
		assertEquals(List.of("leaked-dvpp-block"), rules());
		assertEquals(2, diagnoses.get(0).moments().size(), "a fix has to know both ends");
		assertEquals("returns here without freeing 'b'", lastStep(), "the path is that of the rule");
	}

	@Test
	void whatIsLostFirstIsPartOfTheLeakToo() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), new HeapOp.Test(at(2)));
		int[] lost = line(new HeapOp.Assign(block, Optional.of(Constant.NULL), at(3)), exit(4));
		builder.edge(nodes[1], lost[0], new Guard.Opaque("first"));
		builder.edge(nodes[1], builder.node(exit(9)), new Guard.Opaque("second"));
		assertEquals(List.of("unsent-auto-block"), rules());
		assertEquals(2, diagnoses().get(0).moments().size());
	}

	@Test
	void aFailedSendGivesTheBlockBack() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), send(3), new HeapOp.Test(at(4)));
		builder.edge(nodes[2], builder.node(exit(7)), new Guard.Compare(status, Constant.STATUS_OK, true, "sent"));
		builder.edge(nodes[2], builder.node(exit(8)), new Guard.Compare(status, Constant.STATUS_OK, false, "not sent"));
		assertEquals(List.of(
				"1 leak-on-send-failure: AUTO_FREE block 'b' is not freed where its send fails: look at the status and free it there"),
				found());
		assertEquals(List.of("allocated here", "sent here, but the send fails", "returns here without freeing 'b'"),
				diagnoses().get(0).finding().path().stream().map(Step::text).filter(text -> !text.equals("not sent")).toList());
	}

	@Test
	void aDroppedStatusIsAFailureNobodySees() {
		line(allocate(Family.D, Flag.AUTO, 1), send(3), exit(9));
		assertEquals(List.of("leak-on-send-failure"), rules());
	}

	@Test
	void aPathBeforeTheSendIsADefectOfItsOwn() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), new HeapOp.Test(at(2)));
		builder.edge(nodes[1], builder.node(exit(7)), new Guard.Opaque("early"));
		int[] sent = line(send(3), exit(9));
		builder.edge(nodes[1], sent[0], new Guard.Opaque("late"));
		assertEquals(List.of("leak-on-send-failure", "unsent-auto-block"), rules());
	}

	@Test
	void aRetryUntilItSucceedsIsNeitherTwiceNorLeaked() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), new HeapOp.Join(at(2)), send(3), new HeapOp.Test(at(4)));
		builder.edge(nodes[3], builder.node(exit(9)), new Guard.Compare(status, Constant.STATUS_OK, true, "sent"));
		builder.edge(nodes[3], nodes[1], new Guard.Compare(status, Constant.STATUS_OK, false, "not sent"));
		assertEquals(List.of(), found());
	}

	@Test
	void aBlockIsFreedASecondTime() {
		line(allocate(Family.D, Flag.MANUAL, 1), free(2), free(3), exit(9));
		assertEquals(List.of("3 double-free: Block 'b' is freed a second time: remove one of the two"), found());
		assertEquals("freed again here", lastStep());
	}

	@Test
	void theFrameworkFreesWhatWasSent() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), send(2), new HeapOp.Test(at(4)));
		int[] sent = line(free(5), exit(7));
		builder.edge(nodes[2], sent[0], new Guard.Compare(status, Constant.STATUS_OK, true, "sent"));
		assertEquals(List.of(
				"5 double-free: Block 'b' is freed after a successful send, when the framework has freed it: free it only where the send fails"),
				found());
	}

	@Test
	void aFreedBlockIsNotToBeTouched() {
		line(allocate(Family.D, Flag.MANUAL, 1), free(2), use("read", 3), exit(9));
		assertEquals(List.of("3 use-after-free: Block 'b' is read after it was freed: do so before, or copy what is needed"), found());
		assertEquals("read here, after the program has freed 'b'", lastStep());
	}

	@Test
	void norIsItToBeSent() {
		line(allocate(Family.D, Flag.AUTO, 1), free(2), send(3), exit(9));
		assertEquals(List.of("3 use-after-free: Block 'b' is sent after it was freed: do so before, or copy what is needed"), found());
	}

	@Test
	void eachUseAfterAFreeIsFound() {
		int[] nodes = line(allocate(Family.D, Flag.MANUAL, 1), free(2), new HeapOp.Test(at(3)));
		for (int offset : new int[]{5, 6}) {
			int[] branch = line(use("read", offset), exit(offset + 2));
			builder.edge(nodes[2], branch[0], new Guard.Opaque("branch " + offset));
		}
		assertEquals(List.of("use-after-free", "use-after-free"), rules());
	}

	@Test
	void aSentAutoBlockIsTheFrameworks() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), send(2), new HeapOp.Test(at(4)));
		int[] sent = line(use("read", 5), exit(7));
		int[] failed = line(use("read", 6), free(7), exit(8));
		builder.edge(nodes[2], sent[0], new Guard.Compare(status, Constant.STATUS_OK, true, "sent"));
		builder.edge(nodes[2], failed[0], new Guard.Compare(status, Constant.STATUS_OK, false, "not sent"));
		assertEquals(List.of(
				"5 use-after-send: Block 'b' is read after a successful send, when the framework has freed it: do so before, or copy what is needed"),
				found());
	}

	@Test
	void anAutoBlockIsSentOnce() {
		int[] nodes = line(allocate(Family.D, Flag.AUTO, 1), send(2), new HeapOp.Test(at(4)));
		int[] again = line(send(5), exit(7));
		builder.edge(nodes[2], again[0], new Guard.Compare(status, Constant.STATUS_OK, true, "sent"));
		assertEquals(List.of(
				"5 sent-twice: AUTO_FREE block 'b' is sent again after a successful send, when the framework has freed it: allocate one for each receiver"),
				found());
		assertEquals("sent again here", lastStep());
	}

	@Test
	void aManualBlockMayBeSentAndReadAgain() {
		line(allocate(Family.D, Flag.MANUAL, 1), send(2), use("read", 3), send(4), free(5), exit(9));
		assertEquals(List.of(), found());
	}

	@ParameterizedTest
	@CsvSource({"D, DVPP, MANUAL_FREE block 'b' is freed as if DVPP_DMalloc had made it",
		"DVPP, D, DVPP block 'b' is freed as if DMalloc had made it", "stream, D, Stream 'b' is released as if DMalloc had made it",
		"D, stream, MANUAL_FREE block 'b' is freed as if it were a stream"})
	void eachFamilyHasItsFree(String made, String freed, String message) {
		line(allocate(new Family(made), Flag.MANUAL, 1), new HeapOp.Free(block, new Family(freed), at(3)), exit(9));
		assertEquals(List.of("3 mismatched-free: " + message + ": use the call that fits it"), found());
	}

	private HeapOp nullable(int offset) {
		return new HeapOp.Allocate(block, Family.D, Flag.MANUAL, Optional.empty(), Optional.empty(), Optional.of(status), true,
				at(offset));
	}

	@Test
	void anAllocationMayGiveNothing() {
		line(nullable(1), use("written", 3), use("read", 4), free(5), exit(9));
		assertEquals(List.of(
				"3 unchecked-allocation: Block 'b' is written although there may be none: look at the result of the allocation first"),
				found());
	}

	@Test
	void anAllocationNobodyLooksAtIsOneDefect() {
		int[] nodes = line(nullable(1), new HeapOp.Test(at(2)));
		for (int offset : new int[]{6, 4}) {
			int[] branch = line(use("read", offset), free(offset + 1), exit(9));
			builder.edge(nodes[1], branch[0], new Guard.Opaque("branch " + offset));
		}
		assertEquals(List.of("4 unchecked-allocation"), found().stream().map(text -> text.substring(0, text.indexOf(':'))).toList());
	}

	@ParameterizedTest
	@ValueSource(booleans = {true, false})
	void anAllocationIsLookedAtByItsResultOrItsStatus(boolean byStatus) {
		int[] nodes = line(nullable(1), new HeapOp.Test(at(2)));
		Variable variable = byStatus ? status : block;
		Constant constant = byStatus ? Constant.STATUS_OK : Constant.NULL;
		int[] there = line(use("read", 3), free(4), exit(8));
		builder.edge(nodes[1], there[0], new Guard.Compare(variable, constant, byStatus, "there"));
		builder.edge(nodes[1], builder.node(exit(9)), new Guard.Compare(variable, constant, !byStatus, "not there"));
		assertEquals(List.of(), found());
	}

	@Test
	void nothingIsFreedInVain() {
		line(nullable(1), free(2), exit(9));
		assertEquals(List.of(), found(), "whoever frees nothing does no harm");
	}

	/** What is found for a block of that size, which is freed at once. */
	private List<String> ofSize(Family family, String literal) {
		line(new HeapOp.Assign(size, Optional.of(new Constant.Literal(literal)), at(0)),
				new HeapOp.Allocate(block, family, Flag.MANUAL, Optional.empty(), Optional.of(size), Optional.empty(), false, at(1)),
				new HeapOp.Free(block, family, at(2)), exit(9));
		return found();
	}

	@ParameterizedTest
	@ValueSource(strings = {"0", "-1", "268435457", "0x10000001", "268_435_457", "268435457L", "0b0", "1'000'000'000u", "99999999999"})
	void aSizeIsOutOfRange(String literal) {
		assertEquals(List.of("size-out-of-range"), rulesOf(ofSize(Family.D, literal)));
	}

	@ParameterizedTest
	@ValueSource(strings = {"262144", "262048", "268435456", "0x10000000", "WIDTH", "1.5", "'0'", "\"0\""})
	void aSizeIsAllRightOrUnknown(String literal) {
		assertEquals(List.of(), ofSize(Family.D, literal));
	}

	@ParameterizedTest
	@ValueSource(strings = {"1", "262047", "0x10", "0777"})
	void aSizeIsNotRecommended(String literal) {
		assertEquals(List.of("size-not-recommended"), rulesOf(ofSize(Family.D, literal)));
	}

	@Test
	void theDeviceHasLess() {
		assertEquals(List.of("1 size-out-of-range: Block 'b' is asked for with a size of 268435361: a block has 1 to 268435360 bytes"),
				ofSize(Family.DVPP, "268435361"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"1", "268435360"})
	void dvppBlocksMayBeSmall(String literal) {
		assertEquals(List.of(), ofSize(Family.DVPP, literal));
	}

	private static List<String> rulesOf(List<String> found) {
		return found.stream().map(text -> text.substring(text.indexOf(' ') + 1, text.indexOf(':'))).toList();
	}

	private List<String> withFlag(Constant constant) {
		line(new HeapOp.Assign(flag, Optional.of(constant), at(0)),
				new HeapOp.Allocate(block, Family.D, Flag.UNKNOWN, Optional.of(flag), Optional.empty(), Optional.empty(), false, at(1)),
				free(2), exit(9));
		return found();
	}

	@ParameterizedTest
	@ValueSource(strings = {"NONE", "MEMORY_ATTR_NONE", "MAX", "IAI_MEMORY_ATTR_MAX"})
	void aFlagSaysWhoFrees(String name) {
		assertEquals(List.of("1 bad-flag: Block 'b' is asked for with " + name
				+ ", which does not say who frees it: use AUTO_FREE or MANUAL_FREE"), withFlag(new Constant.Symbol(name)));
	}

	@ParameterizedTest
	@ValueSource(strings = {"MEMORY_ATTR_AUTO_FREE", "HIAI_MEMORY_ATTR_MANUAL_FREE", "HUGE_PAGE", "MY_FLAG"})
	void namesOfFlagsAreKnownOrSomebodyElses(String name) {
		assertEquals(List.of(), withFlag(new Constant.Symbol(name)));
	}

	@ParameterizedTest
	@CsvSource({"0, true", "3, true", "5, true", "-1, true", "1, false", "2, false", "4, false", "0x200, false", "x, false"})
	void numbersOfFlagsAreKnown(String number, boolean bad) {
		assertEquals(bad ? List.of("bad-flag") : List.of(), rulesOf(withFlag(new Constant.Literal(number))));
	}

	@Test
	void noFlagIsABadOne() {
		assertEquals(List.of("bad-flag"), rulesOf(withFlag(Constant.NULL)));
	}

	@ParameterizedTest
	@CsvSource({"2, unsent-auto-block", "4, leaked-manual-block"})
	void numbersOfFlagsSayWhoFrees(String number, String rule) {
		line(new HeapOp.Assign(flag, Optional.of(new Constant.Literal(number)), at(0)),
				new HeapOp.Allocate(block, Family.D, Flag.UNKNOWN, Optional.of(flag), Optional.empty(), Optional.empty(), false, at(1)),
				exit(9));
		assertEquals(List.of(rule), rules());
	}

	@Test
	void rulesComeInTheOrderOfTheSource() {
		line(allocate(Family.D, Flag.MANUAL, 1), free(20), free(30), exit(40));
		line(exit(50));
		assertEquals(rules(), diagnoses().stream().map(Diagnosis::finding).sorted(Finding.ORDER).map(Finding::rule).toList());
	}

	@Test
	void partsAreOfRulesThatThereAre() {
		List<String> ids = Rules.ALL.stream().map(Rule::id).toList();
		Rules.ALL.forEach(rule -> assertTrue(ids.containsAll(rule.partOf()), rule.id()));
	}

	@Test
	void everyMessageIsOneSentenceThatSaysWhatToDo() {
		line(new HeapOp.Assign(size, Optional.of(new Constant.Literal("0")), at(0)),
				new HeapOp.Assign(flag, Optional.of(new Constant.Symbol("NONE")), at(0)), new HeapOp.Allocate(block, Family.D,
						Flag.UNKNOWN, Optional.of(flag), Optional.of(size), Optional.empty(), true, at(1)),
				use("read", 2), free(3), free(4), exit(9));
		List<Diagnosis> diagnoses = diagnoses();
		assertEquals(4, diagnoses.size());
		diagnoses.forEach(diagnosis -> assertTrue(diagnosis.finding().message().matches("[A-Z][^.]*'b'[^.]*: [^.:]+"),
				diagnosis.finding().message()));
	}
}
