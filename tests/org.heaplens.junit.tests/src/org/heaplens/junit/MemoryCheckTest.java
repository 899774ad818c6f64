// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.MisuseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MemoryCheckTest {
	private static final String SITE = "    at org.heaplens.junit.Samples.block(Samples.java:LINE)\n"
			+ "    at org.heaplens.junit.Samples.block(Samples.java:LINE)\n"
			+ "    at org.heaplens.junit.Samples.leak(Samples.java:LINE)\n";

	@AfterEach
	void freeWhatTheSamplesLeaked() {
		for (HiaiBuffer block = Samples.LEAKED.poll(); block != null; block = Samples.LEAKED.poll()) {
			block.close();
		}
	}

	private static Map<String, TestExecutionResult> run(Class<?> sample, boolean parallel) {
		var results = new Results();
		var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(sample))
				.configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(parallel))
				.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
				.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4").build();
		LauncherFactory.create().execute(request, results);
		return results.all();
	}

	private static TestExecutionResult run(Class<?> sample, String test) {
		TestExecutionResult result = run(sample, false).get(test);
		assertTrue(result != null, test);
		return result;
	}

	/** Its message, without what differs from run to run. */
	private static String message(TestExecutionResult result) {
		String message = String.valueOf(result.getThrowable().map(Throwable::getMessage).orElse("none"));
		return message.replaceAll("0x[0-9a-f]+", "ADDRESS").replaceAll(":\\d+\\)", ":LINE)")
				.replace("thread " + Thread.currentThread().getName() + "\n", "thread TEST\n");
	}

	@Test
	void aLeakFailsTheTestAndNamesItsPlace() {
		TestExecutionResult result = run(Samples.Simple.class, "leaks()");
		assertEquals("""
				leaks() leaked 1 block, 1000 bytes:
				  MANUAL_FREE block of 1000 bytes at ADDRESS on the host, allocated on thread TEST
				""" + SITE + "    at org.heaplens.junit.Samples$Simple.leaks(Samples.java:LINE)", message(result));
		StackTraceElement top = result.getThrowable().orElseThrow().getStackTrace()[0];
		assertEquals("org.heaplens.junit.Samples.block", top.getClassName() + "." + top.getMethodName());
	}

	@Test
	void leaksFromOnePlaceAreSaidOnce() {
		assertEquals("""
				leaksThreeFromOnePlace() leaked 3 blocks, 3000 bytes:
				  MANUAL_FREE block of 1000 bytes at ADDRESS on the host and 2 more like it, allocated on thread TEST
				""" + SITE + "    at org.heaplens.junit.Samples$Simple.leaksThreeFromOnePlace(Samples.java:LINE)",
				message(run(Samples.Simple.class, "leaksThreeFromOnePlace()")));
	}

	@Test
	void aMisuseFailsTheTestAndTellsTheBlocksHistory() {
		assertEquals("""
				misuses() misused blocks 1 time:
				  DOUBLE_FREE, MANUAL_FREE block of 1000 bytes at ADDRESS on the host, on thread TEST; the answer was GRAPH_NOT_FIND_MEMORY
				    at org.heaplens.junit.Samples$Simple.misuses(Samples.java:LINE)
				    before: allocated at org.heaplens.junit.Samples.block(Samples.java:LINE) on TEST
				    before: freed at org.heaplens.junit.Samples$Simple.misuses(Samples.java:LINE) on TEST""",
				message(run(Samples.Simple.class, "misuses()")).replace("on thread " + Thread.currentThread().getName(), "on thread TEST")
						.replace("on " + Thread.currentThread().getName(), "on TEST"));
	}

	@ParameterizedTest
	@CsvSource({"clean(), SUCCESSFUL", "mayLeakTwo(), SUCCESSFUL", "mayLeakTwoAndLeaksThree(), FAILED", "leaksWhereItMay(), SUCCESSFUL",
		"leaksWhereItMayNot(), FAILED", "misusesAsItMay(), SUCCESSFUL", "misusesAsItMayNot(), FAILED", "isNotStopped(), SUCCESSFUL",
		"givesUp(), ABORTED",
		"givesUpAndLeaks(), FAILED", "leaksOnATimeOutThread(), FAILED", "leaksOnAThreadOfItsOwn(), FAILED", "[1] 0, SUCCESSFUL",
		"[2] 1, FAILED", "[3] 2, SUCCESSFUL"})
	void theOutcomeIs(String test, Status outcome) {
		assertEquals(outcome, run(Samples.Simple.class, test).getStatus(), test);
	}

	@Test
	void aTestThatFailsKeepsItsReason() {
		Throwable thrown = run(Samples.Simple.class, "failsAndLeaks()").getThrowable().orElseThrow();
		assertEquals("its own reason", thrown.getMessage());
		assertEquals(1, thrown.getSuppressed().length);
		assertTrue(thrown.getSuppressed()[0].getMessage().startsWith("failsAndLeaks() leaked 1 block"),
				thrown.getSuppressed()[0]::toString);
	}

	@Test
	void strictStopsWhereTheMisuseHappens() {
		Throwable thrown = run(Samples.Simple.class, "isStopped()").getThrowable().orElseThrow();
		assertTrue(thrown instanceof MisuseException, thrown::toString);
		assertTrue(thrown.getMessage().startsWith("DOUBLE_FREE: MANUAL_FREE block of 1000 bytes at "), thrown::getMessage);
		assertTrue(thrown.getMessage().contains("\n\tfreed at org.heaplens.junit.Samples$Simple.isStopped("), thrown::getMessage);
		assertTrue(thrown.getSuppressed()[0].getMessage().startsWith("isStopped() misused blocks 1 time:"), thrown::toString);
	}

	@Test
	void aBadPatternIsSaid() {
		assertTrue(
				message(run(Samples.Simple.class, "hasABadPattern()")).startsWith("ignoreSites has '(', which is no regular expression"));
	}

	@Test
	void anAnnotatedMethodIsCheckedAlone() {
		Map<String, TestExecutionResult> results = run(Samples.OnlyOneIsChecked.class, false);
		assertEquals(Status.FAILED, results.get("checked()").getStatus());
		assertEquals(Status.SUCCESSFUL, results.get("unchecked()").getStatus());
	}

	@Test
	void whatIsFreedAfterEachIsNoLeak() {
		assertEquals(Map.of("usesWhatIsMadeAndFreedAround()", TestExecutionResult.successful()).toString(),
				run(Samples.AroundEach.class, false).toString());
	}

	@Test
	void whatBeforeEachLeaksFailsTheTest() {
		assertTrue(message(run(Samples.BeforeEachLeaks.class, "doesNothing()")).contains("Samples$BeforeEachLeaks.allocate("));
	}

	@Test
	void whatIsFreedAfterAllIsNoLeak() {
		assertEquals(Map.of("usesWhatIsShared()", TestExecutionResult.successful()).toString(),
				run(Samples.AroundAll.class, false).toString());
	}

	@Test
	void whatBeforeAllLeaksFailsTheClass() {
		Map<String, TestExecutionResult> results = run(Samples.BeforeAllLeaks.class, false);
		assertEquals(Status.SUCCESSFUL, results.get("doesNothing()").getStatus());
		String message = message(results.get("Samples$BeforeAllLeaks"));
		assertTrue(message.startsWith("BeforeAllLeaks, outside of its tests, leaked 1 block, 1000 bytes:"), message);
	}

	@Test
	void anInstanceOfTheClassMayHoldABlock() {
		Map<String, TestExecutionResult> results = run(Samples.OneInstance.class, false);
		assertEquals(2, results.size(), results::toString);
		assertTrue(results.values().stream().allMatch(result -> result.getStatus() == Status.SUCCESSFUL), results::toString);
	}

	@Test
	void nestedClassesAreChecked() {
		Map<String, TestExecutionResult> results = run(Samples.Outer.class, false);
		assertEquals(Status.FAILED, results.get("leaks()").getStatus());
		assertEquals(Status.SUCCESSFUL, results.get("clean()").getStatus());
		assertEquals(Status.SUCCESSFUL, results.get("leaksOne()").getStatus());
		assertEquals(3, results.size(), results::toString);
	}

	@Test
	void theEngineIsNamed() {
		String message = message(run(Samples.Engines.class, "engineLeaks()"));
		assertTrue(message.contains(
				"MANUAL_FREE block of 1000 bytes at ADDRESS on device 0, allocated by engine 1 (keeper) of graph 31 on thread e1_w0\n"),
				message);
	}

	@Test
	void parallelTestsAnswerForTheirOwnBlocks() {
		Map<String, TestExecutionResult> results = run(Samples.Parallel.class, true);
		assertEquals(Status.FAILED, results.get("leaks()").getStatus());
		assertEquals(Status.SUCCESSFUL, results.get("clean()").getStatus());
	}

	@Test
	void anOlderThreadCountsToTheTestThatRunsAlone() {
		// The thread is there before the test.
		Samples.Pool.OLDER.submit(() -> "").isDone();
		assertEquals(Status.FAILED, run(Samples.Pool.class, "leaksOnAnOlderThread()").getStatus());
	}

	@Test
	void anOlderThreadCountsToNoneInParallelAndIsSaid() {
		Samples.Pool.OLDER.submit(() -> "").isDone();
		var said = new ByteArrayOutputStream();
		PrintStream before = System.err;
		System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
		try {
			assertEquals(Status.SUCCESSFUL, run(Samples.Pool.class, true).get("leaksOnAnOlderThread()").getStatus());
		} finally {
			System.setErr(before);
		}
		String text = said.toString(StandardCharsets.UTF_8);
		assertTrue(text.contains("heaplens: a thread that no checked test started leaked 1 block, 1000 bytes:"), text);
		assertFalse(text.contains("Samples$Simple"), text);
	}
}
