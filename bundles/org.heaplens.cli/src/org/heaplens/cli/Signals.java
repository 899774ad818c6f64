// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a program that was started decide what becomes of a signal to end: while this is open, this process goes on, and hands on what the
 * program did not get itself. To be used by one thread at a time, once.
 */
final class Signals implements AutoCloseable {
	/** The terminal sends these to all of its foreground processes at once. */
	private static final Set<String> OF_THE_TERMINAL = Set.of("INT", "HUP");
	private static final List<String> HANDED_ON = List.of("INT", "HUP", "TERM");
	/** Of /proc/self/stat, behind the name in parentheses: state, parent, then these. */
	private static final int PROCESS_GROUP = 2;
	private static final int FOREGROUND_GROUP = 5;

	private final Process program;
	private final BooleanSupplier foreground;
	private final List<Runnable> undo = new ArrayList<>();

	Signals(Process program) {
		this(program, Signals::inForeground);
	}

	/** @param foreground whether the terminal's signals reach the program anyway */
	Signals(Process program, BooleanSupplier foreground) {
		this.program = program;
		this.foreground = foreground;
		for (String name : HANDED_ON) {
			SignalHandler before = Signal.handle(new Signal(name), signal -> handOn(name));
			undo.add(() -> Signal.handle(new Signal(name), before));
		}
	}

	private void handOn(String name) {
		if (OF_THE_TERMINAL.contains(name) && foreground.getAsBoolean()) {
			return;
		}
		try {
			new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + program.pid()).start();
		} catch (IOException e) {
			// A system without a shell: ending it is what most signals are for.
			program.destroy();
		}
	}

	private static boolean inForeground() {
		try {
			String stat = Files.readString(Path.of("/proc/self/stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return fields[PROCESS_GROUP].equals(fields[FOREGROUND_GROUP]);
		} catch (IOException e) {
			return false;
		}
	}

	@Override
	public void close() {
		undo.forEach(Runnable::run);
	}
}
