// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.model.trace.TraceHistory;
import org.heaplens.model.trace.TraceReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens trace}: looks into recordings. */
@Command(name = "trace", description = "Look into recordings (*.heaptrace): while the program runs, when it has ended, after it was killed.", mixinStandardHelpOptions = true, subcommands = {
	StatsCommand.class, LeaksCommand.class, ExportCommand.class, CheckCommand.class})
final class TraceCommand implements Runnable {
	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Missing command: one of " + String.join(", ", spec.subcommands().keySet()));
	}

	@Command(name = "info", description = "Say what a recording holds; works while its program runs, and after it was killed.", mixinStandardHelpOptions = true)
	int info(@Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, *.heaptrace.") List<Path> files) {
		files.forEach(Traces::requireFile);
		PrintWriter out = spec.commandLine().getOut();
		for (Path file : files) {
			try (TraceHistory history = TraceHistory.open(file)) {
				String report = TraceReport.of(history).toText();
				out.print((files.size() > 1 ? file + ":" + System.lineSeparator() : "") + report);
				out.print(files.size() > 1 && !file.equals(files.get(files.size() - 1)) ? System.lineSeparator() : "");
				out.flush();
			} catch (IOException e) {
				throw new CannotRun(Reasons.of(e), e);
			}
		}
		return Main.FINE;
	}
}
