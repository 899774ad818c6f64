// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.hiai.NativeBuffer.State;
import org.heaplens.runtime.settings.Setting;

/**
 * The Java API on a native library with the functions of {@code c_graph.h} and, if it has them, of {@code ai_memory.h}: HeapLens's own, or
 * that of a board. Threads share it.
 *
 * <p>
 * The library decides, and records if it is ours. Only what it cannot know is decided here: an address that was freed may be another's
 * block by now, so a block that Java has given back is never given back to the library again.
 */
@HeapDriver.Named("native")
public final class NativeDriver implements HeapDriver {
	/** The answer of a function that has no status. */
	private static final long NOTHING_SAID = ~(long) Statuses.UNSAID;

	private final boolean ours;
	private final boolean saysStatus;
	private final boolean hasDvpp;
	private final boolean hasIsDMalloc;
	private final boolean hasRelease;
	private final boolean hasGraphs;
	/** Where code is that belongs to no engine, as Java's never does here. */
	private final Side here;
	private final Statuses statuses;
	private final Observers observers;
	private final @Nullable CallSites sites;
	private final int mallocTimeOutMillis;

	/** As the settings of this process say; for {@link java.util.ServiceLoader}. */
	public NativeDriver() {
		Loader.load();
		int abilities = NativeCalls.abilities();
		ours = (abilities & NativeCalls.OURS) != 0;
		saysStatus = (abilities & NativeCalls.WITH_STATUS) != 0;
		hasDvpp = (abilities & NativeCalls.DVPP) != 0;
		hasIsDMalloc = (abilities & NativeCalls.IS_DMALLOC) != 0;
		hasRelease = (abilities & NativeCalls.RELEASE) != 0;
		statuses = new Statuses(ours);
		hasGraphs = (abilities & NativeCalls.GRAPHS) != 0;
		here = value(Setting.RC).equals("true") ? Side.DEVICE : Side.HOST;
		observers = new Observers(here);
		mallocTimeOutMillis = Integer.parseInt(value(Setting.MALLOC_TIME_OUT));
		int frames = 0;
		if (ours) {
			handOnProperties();
			frames = NativeCalls.recordedFrames();
		}
		sites = frames == 0 ? null : new CallSites(frames);
	}

	/** The number of the stack of the calling thread, where our library records it. */
	private int callSite() {
		CallSites known = sites;
		return known == null ? 0 : known.current();
	}

	/** Tells the user of the program in one line on standard error. */
	static void warn(String line) {
		System.err.println("heaplens: " + line);
	}

	/** The library reads the environment by itself, but knows nothing of a JVM's properties, which win. */
	private static void handOnProperties() {
		for (Setting setting : Setting.values()) {
			String said = System.getProperty(setting.property(), "").strip();
			boolean concernsIt = setting != Setting.DRIVER && setting != Setting.LIBRARY && setting != Setting.JNI;
			if (concernsIt && !said.isEmpty()) {
				setting.problem(said).ifPresent(
						problem -> warn(setting.property() + " is '" + said + "'; it " + problem + "; taking " + setting.usual()));
				if (!NativeCalls.set(setting.key().getBytes(StandardCharsets.UTF_8), value(setting).getBytes(StandardCharsets.UTF_8))) {
					warn(setting.property() + " has no effect: the library was used before Java told it");
				}
			}
		}
	}

	/** What a setting comes to; what cannot be is told by whom it concerns. */
	private static String value(Setting setting) {
		String said = setting.ofProcess();
		return said.isEmpty() || setting.problem(said).isPresent() ? setting.usual() : said;
	}

	@Override
	public @Nullable HiaiBuffer allocateOrNull(int size, int timeOutMillis, MemoryAttr flag) {
		if (!observers.isEmpty()) {
			Allocation allocation = allocate(size, timeOutMillis, flag);
			return allocation.block().isPresent() ? allocation.block().get() : null;
		}
		long address = NativeCalls.allocate(size, millis(timeOutMillis), code(flag), callSite());
		return address == 0 ? null : new NativeBuffer(this, address, size, blockFlag(flag));
	}

	@Override
	public Allocation allocate(int size, int timeOutMillis, MemoryAttr flag) {
		if (saysStatus) {
			return answered(NativeCalls.allocateWithStatus(size, millis(timeOutMillis), code(flag), callSite()), size, blockFlag(flag),
					flag);
		}
		long address = NativeCalls.allocate(size, millis(timeOutMillis), code(flag), callSite());
		return answered(address == 0 ? NOTHING_SAID : address, size, blockFlag(flag), flag);
	}

	@Override
	public Allocation allocateDvpp(int size) {
		if (!hasDvpp) {
			// A host's library leaves these functions out.
			observers.misused(MisuseReason.DVPP_ON_HOST, HiaiStatus.GRAPH_INVALID_VALUE, null);
			return Allocation.refused(HiaiStatus.GRAPH_INVALID_VALUE);
		}
		return answered(NativeCalls.allocateDvpp(size, callSite()), size, BlockFlag.DVPP, null);
	}

	/**
	 * @param answer an address, or a status turned round
	 * @param flag   that was asked for; null for DVPP
	 */
	private Allocation answered(long answer, int size, BlockFlag kind, @Nullable MemoryAttr flag) {
		if (answer < 0) {
			HiaiStatus status = statuses.of((int) ~answer);
			MisuseReason reason = misuse(size, kind, flag, status);
			if (reason != MisuseReason.NONE) {
				observers.misused(reason, status, null);
			}
			return Allocation.refused(status);
		}
		if (!statuses.knowsSuccess() && NativeCalls.statusOfSuccess() != Statuses.UNSAID) {
			statuses.learnSuccess(NativeCalls.statusOfSuccess());
		}
		var block = new NativeBuffer(this, answer, size, kind);
		observers.made(block, kind);
		return new Allocation(HiaiStatus.OK, Optional.of(block));
	}

	/** How a request that was refused was wrong, as far as can be seen from here. */
	private static MisuseReason misuse(int size, BlockFlag kind, @Nullable MemoryAttr flag, HiaiStatus status) {
		if (status == HiaiStatus.GRAPH_INVALID_VALUE) {
			boolean badFlag = kind != BlockFlag.DVPP && code(flag) == MemoryAttr.MAX.code();
			return badFlag ? MisuseReason.BAD_FLAG : size == 0 ? MisuseReason.SIZE_ZERO : MisuseReason.DVPP_ON_HOST;
		}
		return switch (status) {
			case GRAPH_MALLOC_LARGER -> MisuseReason.SIZE_TOO_LARGE;
			case GRAPH_NOT_EXIST -> MisuseReason.NO_GRAPH;
			case GRAPH_MEMORY_POOL_STOPPED -> MisuseReason.POOL_STOPPED;
			default -> MisuseReason.NONE;
		};
	}

	private int millis(int timeOutMillis) {
		return timeOutMillis == USUAL_TIME_OUT ? mallocTimeOutMillis : timeOutMillis;
	}

	/** A program that is compiled without checks may pass null. */
	private static int code(@Nullable MemoryAttr flag) {
		return flag == null ? MemoryAttr.MAX.code() : flag.code();
	}

	private static BlockFlag blockFlag(@Nullable MemoryAttr flag) {
		if (flag == MemoryAttr.AUTO_FREE) {
			return BlockFlag.AUTO_FREE;
		}
		return flag == MemoryAttr.HUGE_PAGE ? BlockFlag.HUGE_PAGE : BlockFlag.MANUAL_FREE;
	}

	@Override
	public HiaiStatus free(@Nullable HiaiBuffer block) {
		return free(block, false);
	}

	@Override
	public HiaiStatus freeDvpp(@Nullable HiaiBuffer block) {
		return free(block, true);
	}

	private HiaiStatus free(@Nullable HiaiBuffer block, boolean asDvpp) {
		if (block == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		if (!(block instanceof NativeBuffer known)) {
			return unknown(block, asDvpp);
		}
		if (asDvpp && !hasDvpp) {
			// Nor can the block be one of DVPP.
			observers.misused(MisuseReason.WRONG_FAMILY, HiaiStatus.GRAPH_NOT_FIND_MEMORY, block);
			return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
		}
		State before = known.leave();
		return before == null ? again(known, asDvpp) : give(known, asDvpp, before);
	}

	/** Gives a block back unless that has been done, whoever else may be freeing it, and says nothing. */
	void close(NativeBuffer block) {
		State before = block.leave();
		if (before != null) {
			give(block, block.isOfDvpp(), before);
		}
	}

	/** @param before the state to which it returns if the library does not take it */
	private HiaiStatus give(NativeBuffer block, boolean asDvpp, State before) {
		int code = call(block.address(), asDvpp);
		if (!statuses.isSuccess(code) && !isFirstSuccess(block, asDvpp, code)) {
			return notTaken(block, asDvpp, before, statuses.of(code));
		}
		observers.freed(block, false);
		return HiaiStatus.OK;
	}

	private int call(long address, boolean asDvpp) {
		return asDvpp ? NativeCalls.freeDvpp(address, callSite()) : NativeCalls.free(address, callSite());
	}

	/** A library of C functions alone says no status with a block: what it says to the first that comes back as it should is success. */
	private boolean isFirstSuccess(NativeBuffer block, boolean asDvpp, int code) {
		boolean first = !statuses.knowsSuccess() && asDvpp == block.isOfDvpp()
				&& code != HiaiStatus.GRAPH_MEMORY_POOL_STOPPED.code();
		if (first) {
			statuses.learnSuccess(code);
		}
		return first;
	}

	private HiaiStatus notTaken(NativeBuffer block, boolean asDvpp, State before, HiaiStatus status) {
		boolean wrongCall = asDvpp != block.isOfDvpp();
		// Ours may take a block and tell that it came too late, after its graph.
		if (!ours || NativeCalls.sizeOf(block.address()) != 0) {
			block.enter(State.FREED, before);
		} else {
			observers.freed(block, false);
		}
		observers.misused(wrongCall ? MisuseReason.WRONG_FAMILY : MisuseReason.NO_GRAPH, status, block);
		return status;
	}

	/**
	 * A second free. The library hears of it only if it is ours, which records it, and if nobody else has a block there now: one that Java
	 * does not own any more must not go by mistake.
	 */
	private HiaiStatus again(NativeBuffer block, boolean asDvpp) {
		HiaiStatus status = HiaiStatus.GRAPH_NOT_FIND_MEMORY;
		if (ours && NativeCalls.sizeOf(block.address()) == 0) {
			status = statuses.of(call(block.address(), asDvpp));
		}
		if (status != HiaiStatus.OK) {
			boolean sent = block.state() == State.SENT;
			observers.misused(sent ? MisuseReason.AUTO_FREE_DELETER : MisuseReason.DOUBLE_FREE, status, block);
		}
		return status;
	}

	/** What is no block of this driver is given to our library only, which records the mistake. */
	private HiaiStatus unknown(HiaiBuffer block, boolean asDvpp) {
		HiaiStatus status = HiaiStatus.GRAPH_NOT_FIND_MEMORY;
		if (ours && (hasDvpp || !asDvpp) && NativeCalls.sizeOf(block.address()) == 0) {
			status = statuses.of(call(block.address(), asDvpp));
		}
		observers.misused(MisuseReason.NOT_A_BLOCK, status, null);
		return status;
	}

	/** No message brings a block to Java here, so there is none that this call fits; our library records the mistake. */
	@Override
	public HiaiStatus release(@Nullable HiaiBuffer block) {
		if (block == null) {
			return HiaiStatus.GRAPH_INVALID_VALUE;
		}
		if (ours && hasRelease) {
			NativeCalls.release(block.address(), callSite());
		}
		observers.misused(MisuseReason.WRONG_FAMILY, HiaiStatus.GRAPH_NOT_FIND_MEMORY, block);
		return HiaiStatus.GRAPH_NOT_FIND_MEMORY;
	}

	@Override
	public boolean isDMalloc(@Nullable HiaiBuffer block, int offset, int size) {
		if (!(block instanceof NativeBuffer known) || !known.isUsable() || offset < 0 || size < 0 || size > known.size() - offset) {
			return false;
		}
		return hasIsDMalloc ? NativeCalls.isDMalloc(known.address() + offset, size) : !known.isOfDvpp();
	}

	void usedAfterFree(NativeBuffer block) {
		observers.misused(MisuseReason.USE_AFTER_FREE, HiaiStatus.GRAPH_INVALID_VALUE, block);
	}

	@Override
	public void observe(Observer observer) {
		observers.add(observer);
	}

	@Override
	public void forget(Observer observer) {
		observers.remove(observer);
	}

	@Override
	public RunningGraph start(GraphConfig config) {
		throw new UnsupportedOperationException("a native library runs the engines of its own .so files, not engines in Java: make the "
				+ "graph from its file with Graph.create(file), or set driver=simulator");
	}

	@Override
	public List<RunningGraph> start(Path file, List<GraphConfig> graphs) {
		if (!hasGraphs) {
			throw new UnsupportedOperationException(
					"this library makes no graphs: it has not all of HIAI_CreateGraph, HIAI_DestroyGraph and "
							+ "HIAI_C_SendData");
		}
		int code = NativeCalls.createGraph(file.toString().getBytes(Loader.charset()));
		learnSuccess();
		if (!statuses.isSuccess(code)) {
			throw new IllegalArgumentException("the library does not make the graphs of " + file + ": it answers " + statuses.of(code)
					+ " (0x" + Integer.toHexString(code) + ")");
		}
		return graphs.stream().<RunningGraph>map(graph -> new NativeGraph(graph, this, here)).toList();
	}

	/** On a board nothing can be allocated before there is a graph; now a block tells what success is, if there is one. */
	private void learnSuccess() {
		if (!statuses.knowsSuccess()) {
			allocate(1, 0, MemoryAttr.MANUAL_FREE).block().ifPresent(HiaiBuffer::close);
		}
	}

	HiaiStatus status(int code) {
		return statuses.of(code);
	}

	/**
	 * A send is over.
	 *
	 * @param next what becomes of the block, as far as the documents say
	 */
	void sent(NativeBuffer block, HiaiStatus status, State next) {
		// Of a type that is registered as plain data nothing frees the block; only our library can tell.
		boolean gone = next == State.SENT && (!ours || NativeCalls.sizeOf(block.address()) == 0);
		State now = gone ? State.SENT : next == State.SENT ? State.LIVE : next;
		boolean entered = block.enter(State.SENDING, now);
		observers.sent(block, status);
		if (entered && gone) {
			observers.freed(block, true);
		}
	}
}
