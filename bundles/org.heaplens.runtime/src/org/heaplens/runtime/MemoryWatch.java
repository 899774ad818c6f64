// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.runtime.HeapDriver.Caller;

/**
 * Watches what a part of a program does with blocks: for tests, whether the process records or not. Threads may share it.
 *
 * <p>
 * While one watches, each call costs the walk of a stack, some microseconds. It sees what happens between {@link #begin()} and
 * {@link #close()}, on any thread.
 */
public final class MemoryWatch implements AutoCloseable {
	private final HeapDriver driver;
	private final BooleanSupplier concerns;
	private final Predicate<MisuseReason> fatal;
	private final Map<HiaiBuffer, Life> live = new LinkedHashMap<>();
	/** Those that are gone, for as long as the program can still free or use them. A buffer is equal to itself alone. */
	private final Map<HiaiBuffer, Life> gone = new WeakHashMap<>();
	private final List<Misuse> misuses = new ArrayList<>();
	private final HeapDriver.Observer observer = new Watcher();

	/**
	 * A block that was allocated and has not been freed.
	 *
	 * @param device its number; 0 on the host
	 * @param size   bytes that were asked for
	 * @param thread that allocated it, or received it
	 * @param engine whose thread that was
	 * @param stack  of the program when it did, innermost first
	 */
	public record Leak(Side side, int device, long address, int size, BlockFlag flag, String thread, Optional<EngineInfo> engine,
			List<StackFrame> stack) {
		/** One line: what and where it is. */
		public String block() {
			return flag + " block of " + size + " bytes at 0x" + Long.toHexString(address) + " on "
					+ (side == Side.HOST ? "the host" : "device " + device);
		}
	}

	/**
	 * A wrong use.
	 *
	 * @param status  what the call answered
	 * @param block   in one line; empty if it concerns none, or one that was allocated before the watch began
	 * @param stack   of the program when it erred, innermost first
	 * @param history of the block, a line for each thing that happened to it, the oldest first
	 */
	public record Misuse(MisuseReason reason, HiaiStatus status, String block, String thread, Optional<EngineInfo> engine,
			List<StackFrame> stack, List<String> history) {}

	private static final class Life {
		private final Leak leak;
		private final List<String> history = new ArrayList<>();

		Life(Leak leak) {
			this.leak = leak;
		}
	}

	private MemoryWatch(HeapDriver driver, BooleanSupplier concerns, Predicate<MisuseReason> fatal) {
		this.driver = driver;
		this.concerns = concerns;
		this.fatal = fatal;
	}

	/** Begins to watch all threads. */
	public static MemoryWatch begin() {
		return begin(() -> true);
	}

	/**
	 * Begins to watch some threads: a block belongs to the thread that allocates it, a misuse to the thread that errs. What happens to a
	 * block that belongs here is seen whoever does it.
	 *
	 * @param concerns asked on the thread that allocates or errs, whether that concerns this watch; quick, and without a call of the API
	 */
	public static MemoryWatch begin(BooleanSupplier concerns) {
		return begin(concerns, reason -> false);
	}

	/**
	 * The same, with some misuses stopped where they happen.
	 *
	 * @param fatal which throw a {@link MisuseException} on the thread that errs, if it concerns this watch
	 */
	public static MemoryWatch begin(BooleanSupplier concerns, Predicate<MisuseReason> fatal) {
		HeapDriver driver = HiaiMemory.Driver.CURRENT;
		var watch = new MemoryWatch(driver, concerns, fatal);
		driver.observe(watch.observer);
		return watch;
	}

	/** The blocks that were allocated since this began and are not freed, in the order of their allocation. */
	public List<Leak> leaks() {
		synchronized (live) {
			return live.values().stream().map(life -> life.leak).toList();
		}
	}

	/** The misuses since this began, in their order. */
	public List<Misuse> misuses() {
		synchronized (live) {
			return List.copyOf(misuses);
		}
	}

	@Override
	public void close() {
		driver.forget(observer);
	}

	private final class Watcher implements HeapDriver.Observer {
		@Override
		public void made(HiaiBuffer block, Side side, int device, BlockFlag flag, Caller caller) {
			if (!concerns.getAsBoolean()) {
				return;
			}
			var life = new Life(
					new Leak(side, device, block.address(), block.size(), flag, caller.thread(), caller.engine(), caller.stack()));
			life.history.add(line(flag == BlockFlag.RECEIVED ? "received" : "allocated", caller));
			synchronized (live) {
				live.put(block, life);
			}
		}

		@Override
		public void sent(HiaiBuffer block, HiaiStatus status, Caller caller) {
			synchronized (live) {
				Life life = live.get(block);
				if (life != null) {
					life.history.add(line(status == HiaiStatus.OK ? "sent" : "not sent, " + status + ",", caller));
				}
			}
		}

		@Override
		public void freed(HiaiBuffer block, boolean byFramework, Caller caller) {
			synchronized (live) {
				Life life = live.remove(block);
				if (life != null) {
					life.history.add(line(byFramework ? "freed by the framework" : "freed", caller));
					gone.put(block, life);
				}
			}
		}

		@Override
		public void misused(MisuseReason reason, HiaiStatus status, @Nullable HiaiBuffer block, Caller caller) {
			synchronized (live) {
				Life life = block == null ? null : live.getOrDefault(block, gone.get(block));
				boolean here = concerns.getAsBoolean();
				if (life == null && !here) {
					return;
				}
				var misuse = new Misuse(reason, status, life == null ? "" : life.leak.block(), caller.thread(), caller.engine(),
						caller.stack(), life == null ? List.of() : List.copyOf(life.history));
				misuses.add(misuse);
				if (here && fatal.test(reason)) {
					throw new MisuseException(reason, status, misuse.block.isEmpty() ? "the call answers " + status : misuse.block,
							misuse.history);
				}
			}
		}

		private static String line(String what, Caller caller) {
			String where = caller.stack().isEmpty() ? "" : " at " + caller.stack().get(0);
			return what + where + " on " + caller.thread();
		}
	}
}
