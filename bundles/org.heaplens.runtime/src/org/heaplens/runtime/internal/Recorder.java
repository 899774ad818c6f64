// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.EngineInfo;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;
import org.heaplens.runtime.Engine;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.HeapDriver.Caller;
import org.heaplens.runtime.HeapDriver.Observer;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.driver.CallStacks;
import org.heaplens.runtime.settings.Setting;

/** Knows the trace of this process, if it records, and who is calling. Threads share it. */
final class Recorder {
	private static final Pattern SOURCE_LAUNCHER = Pattern.compile("^jdk\\.compiler/com\\.sun\\.tools\\.javac\\.launcher\\.\\w+ ");
	private static final String INTERNAL = "org.heaplens.runtime.internal.";
	/** Classes of the API through which a program calls. */
	private static final Set<String> API = Stream.of(HiaiMemory.class, HiaiBuffer.class, Engine.class, Graph.class).map(Class::getName)
			.collect(Collectors.toUnmodifiableSet());
	/** What observers get to see of a stack. */
	private static final int OBSERVED_FRAMES = 16;

	private final @Nullable TraceWriter writer;
	private final @Nullable CallStacks stacks;
	private final StackWalker walker = StackWalker.getInstance();
	private final List<Observer> observers = new CopyOnWriteArrayList<>();
	private final ThreadLocal<Integer> threads = ThreadLocal.withInitial(() -> 0);

	private Recorder(@Nullable TraceWriter writer, int recordedFrames) {
		this.writer = writer;
		this.stacks = writer == null ? null : new CallStacks(recordedFrames, type -> !isOfProgram(type.getName()), writer::stack);
	}

	/** Tells the user of the program in one line on standard error; the only place that does. */
	static void warn(String line) {
		System.err.println("heaplens: " + line);
	}

	/** Tells of a defect in the program's own code, and where it is. */
	static void warn(String line, Throwable defect) {
		warn(line + ": " + defect);
		defect.printStackTrace();
	}

	/** Begins to record if the settings say where; the program goes on without if that fails. */
	static Recorder begin(Settings settings) {
		int frames = settings.count(Setting.RECORDING_STACK_FRAMES);
		Optional<String> folder = settings.trace();
		if (folder.isEmpty()) {
			return new Recorder(null, frames);
		}
		try {
			return new Recorder(write(Path.of(folder.get()), settings), frames);
		} catch (IOException | RuntimeException e) {
			warn("nothing is recorded: " + e.getMessage());
			return new Recorder(null, frames);
		}
	}

	private static TraceWriter write(Path folder, Settings settings) throws IOException {
		return settings.is(Setting.RECORDING_MODE, "flight")
				? TraceWriter.createFlight(folder, command(), settings.bytes(Setting.RECORDING_RING))
				: TraceWriter.create(folder, command());
	}

	@Nullable
	Lane lane(HeapInfo heap) {
		TraceWriter trace = writer;
		return trace == null ? null : trace.lane(heap);
	}

	/** The number of the calling thread's name; 0 if nothing is recorded. */
	int thread() {
		TraceWriter trace = writer;
		if (trace == null) {
			return 0;
		}
		int known = threads.get();
		if (known == 0) {
			known = trace.thread(Thread.currentThread().getName());
			threads.set(known);
		}
		return known;
	}

	/** The number of the program's call stack, without the frames of this bundle; 0 if nothing is recorded. */
	int stack() {
		CallStacks known = stacks;
		return known == null ? 0 : known.current();
	}

	/** The number of an engine; 0 if nothing is recorded or there is none. */
	int engine(@Nullable EngineRuntime engine) {
		TraceWriter trace = writer;
		return trace == null || engine == null ? 0 : trace.engine(engine.graph(), engine.id(), engine.name(), engine.side());
	}

	void observe(Observer observer) {
		observers.add(observer);
	}

	void forget(Observer observer) {
		observers.remove(observer);
	}

	/** Who want to be told what happens to blocks; usually nobody. */
	List<Observer> observers() {
		return observers;
	}

	/** Who is calling, if an observer wants to know. */
	@Nullable
	Caller caller(@Nullable EngineRuntime engine) {
		return observers.isEmpty() ? null : who(engine);
	}

	/** Who is calling. */
	Caller who(@Nullable EngineRuntime engine) {
		Optional<EngineInfo> who = engine == null
				? Optional.empty()
				: Optional.of(new EngineInfo(engine.graph(), engine.id(), engine.name(), engine.side()));
		return new Caller(Thread.currentThread().getName(), who, frames(OBSERVED_FRAMES));
	}

	/** Ends the trace; the lanes have ended before. */
	void end() {
		TraceWriter trace = writer;
		if (trace == null) {
			return;
		}
		try {
			trace.close();
		} catch (IOException e) {
			warn("could not close " + trace.file() + ": " + e.getMessage());
		}
		if (trace.dropped() > 0) {
			warn(trace.dropped() + " events could not be written to " + trace.file() + "; is the disk full?");
		}
		trace.compressionFailure()
				.ifPresent(failure -> warn("not all of " + trace.file() + " could be compressed, which is a defect of HeapLens", failure));
		if (!Files.exists(trace.file())) {
			warn("the recording " + trace.file() + " was deleted while the program ran");
		}
	}

	private List<StackFrame> frames(int most) {
		return walker.walk(frames -> frames.filter(frame -> isOfProgram(frame.getClassName())).limit(most)
				.map(frame -> new StackFrame(frame.getClassName(), frame.getMethodName(), CallStacks.file(frame), frame.getLineNumber()))
				.toList());
	}

	private static boolean isOfProgram(String className) {
		return !className.startsWith(INTERNAL) && !API.contains(className);
	}

	/** As the user typed it: where {@code java Main.java} was, the JVM knows only of the launcher in the compiler. */
	private static String command() {
		String command = System.getProperty("sun.java.command", ProcessHandle.current().info().commandLine().orElse("java"));
		return SOURCE_LAUNCHER.matcher(command).replaceFirst("");
	}
}
