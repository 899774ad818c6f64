// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.Allocation;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.HeapDriver;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.MisuseException;
import org.heaplens.runtime.conformance.Scenario.Line;
import org.heaplens.runtime.conformance.ScriptedEngine.Visit;
import org.heaplens.runtime.conformance.Types.Message;
import org.heaplens.runtime.internal.FreshSimulator;

/** The calls of a scenario, made on the thread of their actor. The scenario's thread reads what they leave behind once they are over. */
final class Calls {
	private static final String NULL = "null";
	/** Registrations are the process's: each scenario needs names of its own. */
	private static final AtomicInteger RUNS = new AtomicInteger();

	private final HeapDriver driver;
	private final Graphs graphs;
	private final Map<String, String> own = new ConcurrentHashMap<>();
	private final Map<String, HiaiBuffer> blocks = new ConcurrentHashMap<>();
	private final Map<String, Queue<Message>> received = new ConcurrentHashMap<>();

	Calls(HeapDriver driver, Graphs graphs) {
		this.driver = driver;
		this.graphs = graphs;
	}

	/** The block of that name. */
	HiaiBuffer block(Line line, String name) {
		HiaiBuffer block = blocks.get(name);
		if (block == null) {
			throw line.failure("there is no block " + name);
		}
		return block;
	}

	/** Whether the last call for that name gave a block. */
	boolean hasBlock(String name) {
		return blocks.containsKey(name);
	}

	void name(String name, @Nullable HiaiBuffer block) {
		if (block != null) {
			blocks.put(name, block);
		}
	}

	/** The oldest message that a receive function got and nobody asked for. */
	@Nullable
	Message received(String where) {
		Queue<Message> messages = received.get(where);
		return messages == null ? null : messages.poll();
	}

	/** Makes a call; answers what the README says, without places. */
	String make(Line line, @Nullable Visit visit) {
		try {
			return call(line, visit);
		} catch (MisuseException e) {
			return "aborts";
		}
	}

	private String call(Line line, @Nullable Visit visit) {
		return switch (line.word(1)) {
			case "alloc" -> made(line, driver.allocate(size(line), Integer.parseInt(line.option("timeout", "0")), flag(line, 4)));
			case "default" -> made(line,
					driver.allocate(size(line), HeapDriver.USUAL_TIME_OUT, MemoryAttr.AUTO_FREE));
			case "dvpp" -> made(line, driver.allocateDvpp(size(line)));
			case "free" -> driver.free(anyBlock(line)).name();
			case "dvppfree" -> driver.freeDvpp(anyBlock(line)).name();
			case "isdmalloc" -> Boolean.toString(driver.isDMalloc(anyBlock(line), inside(line), line.number(3)));
			case "fill" -> fill(block(line, line.word(2)).bytes(), (byte) line.number(3));
			case "holds" -> Boolean.toString(holds(block(line, line.word(2)).bytes(), (byte) line.number(3)));
			case "poisoned" -> Boolean.toString(FreshSimulator.isPoisoned(block(line, line.word(2))));
			case "send" -> send(line, visit).name();
			case "create" -> graphs.create(line, line.number(2));
			case "destroy" -> graphs.destroy(line.number(2));
			case "find" -> Boolean.toString(graphs.exists(line.number(2)));
			case "receiver" -> receiver(line, visit).name();
			case "release" -> driver.release(anyBlock(line)).name();
			case "queued" -> Integer.toString(graphs.engine(line, line.word(2)).queueCurrentSize(line.number(3)));
			case "queuesize" -> Integer.toString(graphs.engine(line, line.word(2)).queueMaxSize());
			case "register" -> register(line).name();
			default -> throw line.failure("there is no call " + line.word(1));
		};
	}

	private static int size(Line line) {
		// Above 2 GiB is negative here, as it is in a Java program.
		return (int) Long.parseLong(line.word(3));
	}

	/** The flag that a word of the line names. */
	static MemoryAttr flag(Line line, int index) {
		return switch (line.word(index)) {
			case "auto" -> MemoryAttr.AUTO_FREE;
			case "manual" -> MemoryAttr.MANUAL_FREE;
			case "none" -> MemoryAttr.NONE;
			case "huge" -> MemoryAttr.HUGE_PAGE;
			default -> MemoryAttr.of(line.number(index)).orElse(MemoryAttr.MAX);
		};
	}

	private String made(Line line, Allocation allocation) {
		blocks.remove(line.word(2));
		allocation.block().ifPresent(block -> blocks.put(line.word(2), block));
		return allocation.status().name();
	}

	private @Nullable HiaiBuffer anyBlock(Line line) {
		String name = line.word(2).split("\\+")[0];
		return switch (name) {
			case NULL -> null;
			case "foreign" -> new ForeignBuffer(1000);
			default -> block(line, name);
		};
	}

	/** The number behind NAME+, 0 without. */
	private static int inside(Line line) {
		String[] parts = line.word(2).split("\\+");
		return parts.length == 1 ? 0 : line.number(parts[1]);
	}

	private static String fill(ByteBuffer bytes, byte value) {
		while (bytes.hasRemaining()) {
			bytes.put(value);
		}
		return "done";
	}

	private static boolean holds(ByteBuffer bytes, byte value) {
		while (bytes.hasRemaining()) {
			if (bytes.get() != value) {
				return false;
			}
		}
		return true;
	}

	private HiaiStatus send(Line line, @Nullable Visit visit) {
		String type = Types.name(own.getOrDefault(line.word(3), line.word(3)));
		String name = line.word(4);
		String timeOut = line.option("timeout", "0");
		@Nullable
		Object message = name.equals(NULL) ? null : Types.sent(new Message(line.word(3), name.equals("-") ? null : block(line, name)));
		if (line.word(2).contains(".")) {
			EnginePort target = port(line, 2);
			int millis = timeOut.equals("default") ? HeapDriver.USUAL_TIME_OUT : Integer.parseInt(timeOut);
			return graphs.running(line, target.graph()).send(target, type, message, millis);
		}
		if (visit == null) {
			throw line.failure("only engines have output ports");
		}
		return timeOut.equals("default")
				? visit.engine().send(line.number(2), type, message)
				: visit.engine().send(line.number(2), type, message, Integer.parseInt(timeOut));
	}

	private HiaiStatus receiver(Line line, @Nullable Visit visit) {
		if (line.word(2).contains(".") || visit == null) {
			EnginePort port = port(line, 2);
			return graphs.running(line, port.graph()).receive(port, message -> keep(line.word(2), message));
		}
		return visit.engine().receive(line.number(2), message -> keep(line.word(0) + "." + line.word(2), message));
	}

	private HiaiStatus keep(String where, Object message) {
		received.computeIfAbsent(where, key -> new ConcurrentLinkedQueue<>()).add(Types.received(message));
		return HiaiStatus.OK;
	}

	private HiaiStatus register(Line line) {
		String type = own.computeIfAbsent(line.word(2), name -> name + "." + RUNS.incrementAndGet());
		return switch (line.word(3)) {
			case "highspeed" -> Types.highSpeed(type);
			case "plain" -> Types.plain(type);
			default -> throw line.failure("a type is registered highspeed or plain");
		};
	}

	/** GRAPH.ENGINE.PORT. */
	static EnginePort port(Line line, int index) {
		String[] numbers = line.word(index).split("\\.");
		if (numbers.length != 3) {
			throw line.failure("'" + line.word(index) + "' is no GRAPH.ENGINE.PORT");
		}
		return new EnginePort(line.number(numbers[0]), line.number(numbers[1]), line.number(numbers[2]));
	}
}
