// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.heaplens.model.StackFrame;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.driver.CallStacks;

/** Where in the program calls come from, as our library records it; of its own it sees only the frames of a JVM. Threads share it. */
final class CallSites {
	/** Classes through which a program calls. */
	private static final Set<String> BETWEEN = Stream
			.of(HiaiMemory.class, HiaiBuffer.class, Graph.class, NativeDriver.class, NativeBuffer.class, NativeCalls.class,
					NativeGraph.class,
					Observers.class, CallSites.class)
			.map(Class::getName).collect(Collectors.toUnmodifiableSet());

	private final CallStacks stacks;
	private final ThreadLocal<String> names = new ThreadLocal<>();

	/** @param frames of a stack that are recorded */
	CallSites(int frames) {
		stacks = new CallStacks(frames, type -> !isOfProgram(type.getName()), CallSites::number);
	}

	static boolean isOfProgram(String className) {
		return !BETWEEN.contains(className);
	}

	/** The number of the stack of the calling thread, whose name the library then knows as well. */
	int current() {
		String name = Thread.currentThread().getName();
		if (!name.equals(names.get())) {
			NativeCalls.nameThread(name.getBytes(StandardCharsets.UTF_8));
			names.set(name);
		}
		return stacks.current();
	}

	private static int number(List<StackFrame> frames) {
		var text = new StringBuilder();
		for (StackFrame frame : frames) {
			text.append(line(frame.className())).append(line(frame.method())).append(line(frame.file())).append(frame.line()).append('\n');
		}
		return NativeCalls.stack(text.toString().getBytes(StandardCharsets.UTF_8));
	}

	/** Class files may have any name in them. */
	private static String line(String name) {
		return name.replace('\n', ' ').replace('\0', ' ') + '\n';
	}
}
