// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.SerializeRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link MemoryCheckTest} to run; no class here is found by those that look for tests. */
final class Samples {
	/** Blocks that were leaked, so that the real test can free them. */
	static final LinkedBlockingQueue<HiaiBuffer> LEAKED = new LinkedBlockingQueue<>();

	private Samples() {}

	static HiaiBuffer block() {
		return block(MemoryAttr.MANUAL_FREE);
	}

	static HiaiBuffer block(MemoryAttr flag) {
		HiaiBuffer block = HiaiMemory.dMalloc(1000, 0, flag);
		assertNotNull(block);
		return block;
	}

	static void leak() {
		LEAKED.add(block());
	}

	@HiaiMemoryCheck
	static class Simple {
		@Test
		void clean() {
			block().close();
		}

		@Test
		void leaks() {
			leak();
		}

		@Test
		void leaksThreeFromOnePlace() {
			for (int number = 0; number < 3; number++) {
				leak();
			}
		}

		@Test
		void misuses() {
			HiaiBuffer block = block();
			HiaiMemory.dFree(block);
			HiaiMemory.dFree(block);
		}

		@Test
		void failsAndLeaks() {
			leak();
			fail("its own reason");
		}

		@Test
		void givesUpAndLeaks() {
			leak();
			assumeTrue(false, "its own reason");
		}

		@Test
		void givesUp() {
			assumeTrue(false, "its own reason");
		}

		@Test
		@HiaiMemoryCheck(allowLeaks = 2)
		void mayLeakTwo() {
			leak();
			leak();
		}

		@Test
		@HiaiMemoryCheck(allowLeaks = 2)
		void mayLeakTwoAndLeaksThree() {
			leak();
			leak();
			leak();
		}

		@Test
		@HiaiMemoryCheck(ignoreSites = "Samples\\.leak\\(Samples\\.java:\\d+\\)")
		void leaksWhereItMay() {
			leak();
		}

		@Test
		@HiaiMemoryCheck(ignoreSites = {"nowhere", "[0-9]nowhere"})
		void leaksWhereItMayNot() {
			leak();
		}

		@Test
		@HiaiMemoryCheck(ignoreSites = "(")
		void hasABadPattern() {
			leak();
		}

		@Test
		@HiaiMemoryCheck(allowMisuse = MisuseReason.SIZE_ZERO)
		void misusesAsItMay() {
			assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, HiaiMemory.allocate(0, 0, MemoryAttr.AUTO_FREE).status());
		}

		@Test
		@HiaiMemoryCheck(allowMisuse = MisuseReason.SIZE_ZERO)
		void misusesAsItMayNot() {
			HiaiMemory.dvppDMalloc(10);
		}

		@Test
		@HiaiMemoryCheck(strict = true)
		void isStopped() {
			HiaiBuffer block = block();
			HiaiMemory.dFree(block);
			HiaiMemory.dFree(block);
			fail("it should not come so far");
		}

		@Test
		@HiaiMemoryCheck(strict = true, allowMisuse = MisuseReason.SIZE_ZERO)
		void isNotStopped() {
			assertEquals(HiaiStatus.GRAPH_INVALID_VALUE, HiaiMemory.allocate(0, 0, MemoryAttr.AUTO_FREE).status());
		}

		@Test
		@Timeout(value = 50, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
		void leaksOnATimeOutThread() {
			leak();
		}

		@Test
		void leaksOnAThreadOfItsOwn() throws InterruptedException {
			var thread = new Thread(Samples::leak, "of its own");
			thread.start();
			thread.join();
		}

		@ParameterizedTest
		@ValueSource(ints = {0, 1, 2})
		void leaksForOne(int number) {
			if (number == 1) {
				leak();
			}
		}
	}

	static class OnlyOneIsChecked {
		@Test
		@HiaiMemoryCheck
		void checked() {
			leak();
		}

		@Test
		void unchecked() {
			leak();
		}
	}

	@HiaiMemoryCheck
	static class AroundEach {
		private final List<HiaiBuffer> blocks = new ArrayList<>(List.of(block()));

		@BeforeEach
		void allocate() {
			blocks.add(block());
		}

		@AfterEach
		void free() {
			blocks.forEach(HiaiBuffer::close);
		}

		@Test
		void usesWhatIsMadeAndFreedAround() {
			blocks.add(block());
		}
	}

	@HiaiMemoryCheck
	static class BeforeEachLeaks {
		@BeforeEach
		void allocate() {
			leak();
		}

		@Test
		void doesNothing() {
			// The leak is that of @BeforeEach.
		}
	}

	@HiaiMemoryCheck
	static class AroundAll {
		private static final AtomicReference<HiaiBuffer> SHARED = new AtomicReference<>();

		@BeforeAll
		static void allocate() {
			SHARED.set(block());
		}

		@AfterAll
		static void free() {
			SHARED.get().close();
		}

		@Test
		void usesWhatIsShared() {
			SHARED.get().bytes().put(0, (byte) 1);
		}
	}

	@HiaiMemoryCheck
	static class BeforeAllLeaks {
		@BeforeAll
		static void allocate() {
			leak();
		}

		@Test
		void doesNothing() {
			// The leak is that of the class.
		}
	}

	@HiaiMemoryCheck
	@TestInstance(TestInstance.Lifecycle.PER_CLASS)
	static class OneInstance {
		private final HiaiBuffer block = block();

		@Test
		void usesItsBlock() {
			block.bytes().put(0, (byte) 1);
		}

		@Test
		void usesItsBlockToo() {
			block.bytes().put(0, (byte) 1);
		}

		@AfterAll
		void free() {
			block.close();
		}
	}

	@HiaiMemoryCheck
	static class Outer {
		private final HiaiBuffer block = block();

		@AfterEach
		void free() {
			block.close();
		}

		@Nested
		class Inner {
			@Test
			void leaks() {
				leak();
			}

			@Test
			void clean() {
				block.bytes().put(0, (byte) 1);
			}
		}

		@Nested
		@HiaiMemoryCheck(allowLeaks = 1)
		class Lenient {
			@Test
			void leaksOne() {
				leak();
			}
		}
	}

	@HiaiMemoryCheck
	static class Engines {
		private static final int GRAPH = 31;

		static final class Keeper extends Engine {
			private final CountDownLatch done;

			Keeper(CountDownLatch done) {
				this.done = done;
			}

			@Override
			public HiaiStatus process(int port, Object message) {
				leak();
				done.countDown();
				return HiaiStatus.OK;
			}
		}

		@Test
		void engineLeaks() throws InterruptedException {
			SerializeRegistry.registerDataType("sample", String.class, String::getBytes, String::new);
			var done = new CountDownLatch(1);
			try (Graph graph = Graph
					.create(GraphConfig.builder(GRAPH).engine(1, "keeper", Side.DEVICE, () -> new Keeper(done)).build())) {
				assertEquals(HiaiStatus.OK, graph.sendData(new EnginePort(GRAPH, 1, 0), "sample", "go"));
				done.await();
			}
		}
	}

	@HiaiMemoryCheck
	@Execution(ExecutionMode.CONCURRENT)
	static class Parallel {
		private static final CyclicBarrier TOGETHER = new CyclicBarrier(2);

		@Test
		void leaks() throws Exception {
			TOGETHER.await(50, TimeUnit.SECONDS);
			leak();
			TOGETHER.await(50, TimeUnit.SECONDS);
		}

		@Test
		void clean() throws Exception {
			TOGETHER.await(50, TimeUnit.SECONDS);
			try (HiaiBuffer block = block()) {
				TOGETHER.await(50, TimeUnit.SECONDS);
				block.bytes().put(0, (byte) 1);
			}
		}
	}

	@HiaiMemoryCheck
	static class Pool {
		static final ExecutorService OLDER = Executors.newSingleThreadExecutor();

		@Test
		void leaksOnAnOlderThread() throws Exception {
			OLDER.submit(Samples::leak).get(50, TimeUnit.SECONDS);
		}
	}
}
