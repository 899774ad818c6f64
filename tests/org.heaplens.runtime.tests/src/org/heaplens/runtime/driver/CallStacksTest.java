// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;

class CallStacksTest {
	private static final int LIMIT = 12;

	/** The lists of frames that were asked a number for: more than there are stacks, for they may be forgotten. */
	private final List<List<StackFrame>> stacks = new ArrayList<>();
	private final CallStacks calls = new CallStacks(LIMIT, type -> false, frames -> {
		int known = stacks.indexOf(frames);
		stacks.add(frames);
		return known >= 0 ? known : stacks.size() - 1;
	});

	@Test
	void oneStackIsWalkedInFullOnce() {
		int[] numbers = new int[100];
		for (int call = 0; call < numbers.length; call++) {
			numbers[call] = calls.current();
		}
		assertEquals(1, Arrays.stream(numbers).distinct().count());
		assertEquals(1, stacks.size());
	}

	@Test
	void framesAreThoseOfTheProgramInnermostFirst() {
		List<StackFrame> frames = stacks.get(calls.current());
		List<String> expected = StackWalker.getInstance()
				.walk(walked -> walked.limit(LIMIT).map(frame -> frame.getClassName() + "." + frame.getMethodName()).toList());
		assertEquals(expected, frames.stream().map(frame -> frame.className() + "." + frame.method()).toList().subList(0, expected.size()));
		assertEquals("CallStacksTest.java", frames.get(0).file());
		assertTrue(frames.get(0).line() > 0);
	}

	@Test
	void otherLinesAreOtherStacks() {
		int first = calls.current();
		int second = calls.current();
		assertNotEquals(stacks.get(first).get(0).line(), stacks.get(second).get(0).line());
	}

	@Test
	void lambdasOfTheSameCodeAreToldApart() {
		// Both have the call at the same place of their byte code, and are called from the same place.
		IntSupplier one = () -> calls.current();
		IntSupplier other = () -> calls.current();
		var numbers = new ArrayList<Integer>();
		for (IntSupplier supplier : List.of(one, other, one, other)) {
			numbers.add(supplier.getAsInt());
		}
		assertNotEquals(numbers.get(0), numbers.get(1));
		assertEquals(numbers.subList(0, 2), numbers.subList(2, 4));
	}

	@Test
	void methodsOfTheSameCodeAreToldApartWhereReflectionCallsThem() throws ReflectiveOperationException {
		var numbers = new ArrayList<Integer>();
		for (int time = 0; time < 50; time++) {
			for (String name : List.of("reflected", "alsoReflected")) {
				numbers.add((Integer) CallStacksTest.class.getDeclaredMethod(name).invoke(this));
			}
		}
		for (int call = 0; call < numbers.size(); call++) {
			assertEquals(call % 2 == 0 ? "reflected" : "alsoReflected", stacks.get(numbers.get(call)).get(0).method());
		}
	}

	int reflected() {
		return calls.current();
	}

	int alsoReflected() {
		return calls.current();
	}

	@Test
	void methodsOfTheSameCodeAreToldApartAtTheLimit() {
		assertEquals("outermost", stacks.get(outermost(0)).get(LIMIT - 1).method());
		assertEquals("otherOutermost", stacks.get(otherOutermost(0)).get(LIMIT - 1).method());
		assertEquals("outermost", stacks.get(outermost(0)).get(LIMIT - 1).method());
	}

	private int outermost(int depth) {
		return deep(LIMIT - 2);
	}

	private int otherOutermost(int depth) {
		return deep(LIMIT - 2);
	}

	private int deep(int more) {
		return more == 0 ? calls.current() : deep(more - 1);
	}

	@Test
	void randomPathsThroughTheJdkAreTrue() {
		long seed = System.nanoTime();
		var random = new Random(seed);
		for (int call = 0; call < 3000; call++) {
			path(random, 1 + random.nextInt(20), "seed " + seed + ", call " + call);
		}
	}

	private void path(Random random, int more, String which) {
		if (more == 0) {
			List<StackFrame> expected = StackWalker.getInstance().walk(frames -> frames.limit(LIMIT)
					.map(frame -> new StackFrame(frame.getClassName(), frame.getMethodName(), "", 0)).toList());
			List<StackFrame> found = stacks.get(calls.current());
			assertEquals(expected, found.stream().map(frame -> new StackFrame(frame.className(), frame.method(), "", 0)).toList(), which);
			return;
		}
		switch (random.nextInt(5)) {
			case 0 -> path(random, more - 1, which);
			case 1 -> Stream.of(1).forEach(one -> path(random, more - 1, which));
			case 2 -> List.of(1).forEach(one -> path(random, more - 1, which));
			case 3 -> new ArrayList<>(List.of(1, 2)).sort(Comparator.comparing(one -> {
				if (one == 1) {
					path(random, more - 1, which);
				}
				return one;
			}));
			default -> ((Runnable) () -> path(random, more - 1, which)).run();
		}
	}
}
