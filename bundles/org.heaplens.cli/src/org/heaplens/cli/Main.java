// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 fine, 1 something was found, 2 could not run. */
@Command(name = "heaplens", description = "See the heaps of HiAI applications, and the blocks they leak.", mixinStandardHelpOptions = true, version = "HeapLens "
		+ Main.VERSION, subcommands = {
			LintCommand.class, RunCommand.class, TraceCommand.class, ReplayCommand.class})
public final class Main implements Runnable {
	/** Of HeapLens. */
	static final String VERSION = "0.1.0";
	/** Nothing to complain about. */
	static final int FINE = 0;
	/** The command ran and found something. */
	static final int FOUND = 1;
	/** The command could not do its work; one line on standard error says why. */
	static final int COULD_NOT_RUN = 2;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	public static void main(String[] arguments) {
		StandardOutput.install();
		System.exit(execute(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true)));
	}

	/** Runs one command line and returns its exit code; prints nowhere else. */
	public static int execute(String[] arguments, PrintWriter out, PrintWriter err) {
		try {
			return new CommandLine(new Main()).setOut(out).setErr(err).setParameterExceptionHandler(Main::misused)
					.setExecutionExceptionHandler(Main::failed).execute(arguments);
		} catch (Error e) {
			// Out of memory, most likely: whatever it is, it is not a finding.
			e.printStackTrace(err);
			return COULD_NOT_RUN;
		}
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Missing command");
	}

	private static int misused(ParameterException misuse, String[] arguments) {
		CommandLine command = misuse.getCommandLine();
		return complain(command, misuse.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
	}

	private static int failed(Exception failure, CommandLine command, ParseResult arguments) {
		if (failure instanceof CannotRun cannot) {
			return complain(command, cannot.getMessage());
		}
		// A defect of ours: the stack trace is what a report needs, and the only thing that helps.
		failure.printStackTrace(command.getErr());
		return COULD_NOT_RUN;
	}

	private static int complain(CommandLine command, String line) {
		command.getErr().println("heaplens: " + line.replaceAll("\\s*\\R\\s*", " "));
		return COULD_NOT_RUN;
	}
}
