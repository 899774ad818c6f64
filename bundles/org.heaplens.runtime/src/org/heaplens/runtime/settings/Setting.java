// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that a run can be told, in one table. A setting {@code a.b-c} is the system property {@code heaplens.a.b-c}, the environment
 * variable {@code HEAPLENS_A_B_C}, and the key {@code a.b-c} in {@code heaplens.toml}.
 *
 * <p>
 * Where the vendor's documents contradict each other or are silent, the source names the question by its number in the project's list of
 * ambiguities, and the default is what is recommended there.
 */
public enum Setting {
	/** Set by whoever launches, never in a file: a recording belongs to a run. */
	TRACE("trace", new Domain.Folder(), "", "Folder to record into; nothing is recorded without.", ""),

	DRIVER("driver", choice("simulator", "native"), "simulator",
			"What Java programs run on: the simulator in this process, or a native library with the C and C++ API: HeapLens's own, or a board's.",
			""),
	LIBRARY("library", new Domain.File(), "",
			"The native library of the driver `native`: `libheaplens_hiai.so`, or that of a board. From the working directory.", ""),
	JNI("jni", new Domain.File(), "",
			"The `libheaplens_jni.so` that connects Java with it; usually found beside it or in HeapLens.", ""),

	HOST_CAPACITY("host.capacity", Sizes.HEAP, "1G", "Size of the host's heap.", ""),
	DEVICE_CAPACITY("device.capacity", Sizes.HEAP, "1G", "Size of the heap of each device.", ""),
	DEVICE_COUNT("device.count", new Domain.Count(1, 64, "devices"), "1",
			"Devices, each with a heap of its own; a graph's `device_id` chooses one.", ""),

	RECORDING_MODE("recording.mode", choice("all", "flight"), "all",
			"What a recording keeps: all of the run, or, as a flight recorder, its end.", ""),
	RECORDING_RING("recording.ring", new Domain.Bytes(1L << 20, 1L << 30), "4M",
			"Size of the ring of events that a flight recording keeps.", ""),
	RECORDING_STACK_FRAMES("recording.stack-frames", new Domain.Count(0, 64, "frames"), "16",
			"Frames of a call stack that are recorded; 0 records no stacks.", ""),

	LOG_LEVEL("log.level", choice("off", "fatal", "error", "warning", "info", "debug"), "error",
			"What of the log of a C or C++ program, `HIAI_ENGINE_LOG`, goes to standard error.", ""),
	INFERENCE_TIME("inference.time", Times.MILLIS, "0",
			"How long a model of a C or C++ program takes; it computes nothing.", ""),

	POLICY("simulator.policy", choice("tlsf", "tlsf8", "best-fit", "first-fit", "buddy"), "tlsf",
			"How a heap chooses the place of a block.", ""),
	STRICT("simulator.strict", Switches.SWITCH, "false",
			"Whether a misuse ends the call with an exception that tells the block and its history.", ""),
	RC("simulator.rc", Switches.SWITCH, "false",
			"Whether there is no host, as on an Atlas 200 DK: all is on device 0, and every send stays on its side.", ""),

	AUTO_FREE_WHEN("simulator.auto-free-when", choice("arrival", "process-end"), "arrival",
			"When an AUTO_FREE block that was sent goes back: when it has arrived, or when the program ends.", "7.1"),
	POISON("simulator.poison", Switches.SWITCH, "true",
			"Whether a block that was sent away is overwritten, so that reading it is seen.", "7.1"),
	GUARD("simulator.guard", Switches.SWITCH, "false",
			"Whether a C or C++ program stops where it uses a block that was freed or sent away, or writes behind one.", ""),
	AUTO_FREE_DELETER("simulator.auto-free-deleter", choice("misuse", "accept"), "misuse",
			"What a free of an AUTO_FREE block is that the framework has freed: a misuse, or accepted.", "7.2"),
	AUTO_FREE_ROUTE("simulator.auto-free-route", choice("high-speed", "all"), "high-speed",
			"Which sends free an AUTO_FREE block: those of the high-speed path to the other side, or also those on one side, once "
					+ "the receiver has processed the message.",
			"7.3"),
	DVPP_AUTO_ON_SEND("simulator.dvpp-auto-on-send", Switches.SWITCH, "false",
			"Whether the framework frees a DVPP block that was sent to the other side; else its sender does.", "7.4"),
	RECEIVED_FREE("simulator.received-free", choice("both", "release", "free"), "both",
			"What gives a received block back: `releaseDataBuffer`, `dFree`, or either.", "7.5"),
	MALLOC_TIME_OUT("simulator.malloc-time-out", Times.MILLIS, "500",
			"How long a request waits for room if it does not say; 0 not at all.", "7.6"),
	ENGINE_SEND_TIME_OUT("simulator.engine-send-time-out", Times.MILLIS, "500",
			"How long each try of an engine's send waits if it does not say.", "7.7"),
	GRAPH_SEND_TIME_OUT("simulator.graph-send-time-out", Times.MILLIS, "500",
			"How long each try of a send from outside waits if it does not say.", "7.7"),
	SEND_TRIES("simulator.send-tries", new Domain.Count(1, 1000, "tries"), "16",
			"How often a send to the other side that may wait is tried, one try right after the other.", "7.7"),
	QUEUE_SIZE("simulator.queue-size", new Domain.Count(1, 1_000_000, "messages"), "200",
			"Messages that wait at an input port if the graph does not say.", "7.7"),
	NO_ROOM_STATUS("simulator.no-room-status", choice("no-useful-memory", "no-memory"), "no-useful-memory",
			"The answer to a send for which the receiver has no room.", "7.8"),
	QUEUE_FULL_STATUS("simulator.queue-full-status", choice("queue-full", "sendmsg-failed"), "queue-full",
			"The answer to a send whose receiver's queue stays full.", "7.9"),
	LAZY_POOL("simulator.lazy-pool", Switches.SWITCH, "true",
			"Whether a heap is there before the first graph and after the last; else requests are refused with GRAPH_NOT_EXIST.", "7.10"),
	FIRST_GRAPH_RULE("simulator.first-graph-rule", Switches.SWITCH, "true",
			"Whether the host's heap refuses requests while the oldest graph is being destroyed.", "7.11"),
	HOST_BLOCK_LIMIT("simulator.host-block-limit", new Domain.Bytes((256L << 20) - 96, 256L << 20), "256M",
			"The largest request on the host; on a device it is always 96 bytes less than 256M.", "7.12"),
	SEND_ONCE("simulator.send-once", choice("auto", "manual", "both"), "auto",
			"Which blocks may be sent only once: AUTO_FREE, MANUAL_FREE, or both.", "7.13, 7.19"),
	PLAIN_PAYLOAD("simulator.plain-payload", choice("copy", "refuse"), "copy",
			"What becomes of a high-speed send whose payload is no block: it is copied, or refused.", "7.15"),
	HOST_ALIGNMENT("simulator.host-alignment", new Domain.Choice(List.of("64", "128", "256", "512", "1024", "2048", "4096")), "64",
			"Bytes to which blocks on the host are aligned.", "7.20"),
	DEVICE_ALIGNMENT("simulator.device-alignment", new Domain.Choice(List.of("128", "256", "512", "1024", "2048", "4096")), "128",
			"Bytes to which blocks on a device are aligned.", "7.20"),

	RECEIVER_OTHER_SIDE("simulator.receiver-other-side", choice("carry", "refuse"), "carry",
			"What becomes of a receiver that is set for an engine on the other side: messages are carried over to it, or it is refused "
					+ "with PORT_ID_ERROR.",
			"section 4"),
	DESTROY_TIME_OUT("simulator.destroy-time-out", Times.MILLIS, "30000",
			"How long the end of a graph waits for its engines to return.", "section 4"),
	DEVICE_PROCESS("simulator.device-process", Switches.SWITCH, "false",
			"Whether the devices of a C or C++ program are a process of their own, where a pointer to the host is worth nothing, as on a "
					+ "board.",
			"");

	private static final String PREFIX = "heaplens.";

	private final String key;
	private final Domain domain;
	private final String usual;
	private final String meaning;
	private final String source;

	Setting(String key, Domain domain, String usual, String meaning, String source) {
		this.key = key;
		this.domain = domain;
		this.usual = usual;
		this.meaning = meaning;
		this.source = source;
	}

	/** Ranges that several settings share; an enum's own constants would come too late. */
	private static final class Sizes {
		/** The allocator counts quanta of 64 bytes in an int. */
		static final Domain HEAP = new Domain.Bytes(1L << 20, 64L << 30);
	}

	private static final class Times {
		/** Up to a day: what waits longer hangs. */
		static final Domain MILLIS = new Domain.Count(0, 86_400_000, "ms");
	}

	private static final class Switches {
		static final Domain SWITCH = new Domain.Switch();
	}

	private static Domain choice(String... options) {
		return new Domain.Choice(List.of(options));
	}

	/** The key in {@code heaplens.toml}: {@code a.b-c}. */
	public String key() {
		return key;
	}

	/** The system property: {@code heaplens.a.b-c}. */
	public String property() {
		return PREFIX + key;
	}

	/** The environment variable: {@code HEAPLENS_A_B_C}. */
	public String variable() {
		return property().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
	}

	public Domain domain() {
		return domain;
	}

	/** The value if nothing is set, as text; empty if there is none. */
	public String usual() {
		return usual;
	}

	/** What it decides, in one sentence. */
	public String meaning() {
		return meaning;
	}

	/** The ambiguity of the vendor's documents that it settles, or where the behaviour is described; empty if it is ours. */
	public String source() {
		return source;
	}

	/** What this process is told, by its system properties or else by its environment; empty if nothing. */
	public String ofProcess() {
		String text = Optional.ofNullable(System.getProperty(property())).orElse("").strip();
		return text.isEmpty() ? Optional.ofNullable(System.getenv(variable())).orElse("").strip() : text;
	}

	/** Whether it may stand in {@code heaplens.toml}. */
	public boolean inFile() {
		return this != TRACE;
	}

	/** What is wrong with a value, as it follows "it": empty if nothing is. */
	public Optional<String> problem(String text) {
		return domain.has(text) ? Optional.empty() : Optional.of("has to be " + domain.words());
	}

	/** The setting with that key. */
	public static Optional<Setting> of(String key) {
		return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
	}

	/** The key that is written most like that one, for whoever mistyped it; empty if none is near. */
	public static Optional<String> nearest(String key) {
		String best = "";
		int least = 4;
		for (Setting setting : values()) {
			int distance = distance(key, setting.key);
			if (setting.inFile() && key.contains(".") && distance < least) {
				least = distance;
				best = setting.key;
			}
		}
		return best.isEmpty() ? Optional.empty() : Optional.of(best);
	}

	/** All settings as the table of docs/settings.md. */
	public static String table() {
		var lines = new ArrayList<String>();
		lines.add("| key | values | default | meaning | source |");
		lines.add("|---|---|---|---|---|");
		for (Setting setting : values()) {
			lines.add("| `" + setting.key + "` | " + setting.domain.type() + " | "
					+ (setting.usual.isEmpty() ? "" : "`" + setting.usual + "`")
					+ " | " + setting.meaning + " | " + setting.source + " |");
		}
		return String.join("\n", lines) + "\n";
	}

	/** Letters to insert, remove or exchange until one is the other. */
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		Arrays.setAll(row, column -> column);
		for (int line = 1; line <= one.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column <= other.length(); column++) {
				int changed = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(changed, Math.min(row[column], row[column - 1]) + 1);
			}
		}
		return row[other.length()];
	}
}
