// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.export.AtomicFile;
import org.heaplens.cli.export.ChromeExport;
import org.heaplens.cli.export.CsvExport;
import org.heaplens.cli.export.EventExport;
import org.heaplens.cli.export.ParquetExport;
import org.heaplens.cli.export.PerfettoExport;
import org.heaplens.cli.export.Selection;
import org.heaplens.cli.text.Units;
import org.heaplens.model.EventKind;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens trace export}: a recording in the format of another tool. */
@Command(name = "export", description = "Write a recording in the format of another tool.", mixinStandardHelpOptions = true, footer = {
	"",
	"perfetto   for ui.perfetto.dev: counters, blocks and waits as bars, transfers as arrows",
	"chrome     JSON trace events, for chrome://tracing and others: the same",
	"csv        a line for each event, RFC 4180",
	"parquet    a row for each event, for DuckDB, Spark and others"})
final class ExportCommand implements Callable<Integer> {
	/** What is written. */
	enum Format {
		perfetto, chrome, csv, parquet;

		EventExport begin(OutputStream stream, Recording recording) throws IOException {
			return switch (this) {
				case perfetto -> new PerfettoExport(stream, recording);
				case chrome -> new ChromeExport(stream, recording);
				case csv -> new CsvExport(stream, recording);
				case parquet -> new ParquetExport(stream, recording);
			};
		}
	}

	@Parameters(paramLabel = "FILE", description = "A recording, *.heaptrace.")
	private Path file = Path.of("");

	@Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
	private Format format = Format.csv;

	@Option(names = "--output", required = true, paramLabel = "FILE", description = "Where to write; - for standard output. There is no half file, whatever happens.")
	private String output = "";

	@Option(names = "--force", description = "Replace the file if there is one.")
	private boolean force;

	@Option(names = "--heap", paramLabel = "HEAP", description = "Only this heap: host, device0. Can be given several times.")
	private List<String> heaps = new ArrayList<>();

	@Option(names = "--from", paramLabel = "TIME", description = "Only from this time since the beginning: 12.5s, 300ms.")
	private String from = "0s";

	@Option(names = "--to", paramLabel = "TIME", description = "Only up to this time since the beginning.")
	@Nullable
	private String to;

	@Option(names = "--kind", split = ",", paramLabel = "KIND", description = "Only events of these kinds: ALLOCATE,FREE,MISUSE,...")
	private List<String> kinds = new ArrayList<>();

	@Option(names = "--site", paramLabel = "TEXT", description = "Only events with this text in a frame of their stack, or of the stack that made their block.")
	private String site = "";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		Set<EventKind> wanted = kinds();
		long fromNanos = Options.duration(spec, "--from", from);
		String end = to;
		long toNanos = end == null ? Long.MAX_VALUE : Options.duration(spec, "--to", end);
		return Traces.read(file, recording -> {
			Set<Integer> numbers = new HashSet<>();
			heaps.forEach(name -> numbers.add(Traces.heap(recording.heaps(), name).id()));
			write(recording, new Selection(recording, new Selection.Limits(numbers, fromNanos, toNanos, wanted, site)));
			return Main.FINE;
		});
	}

	private Set<EventKind> kinds() {
		Set<EventKind> wanted = new HashSet<>();
		for (String kind : kinds) {
			try {
				wanted.add(EventKind.valueOf(kind.strip().toUpperCase(Locale.ROOT)));
			} catch (IllegalArgumentException e) {
				throw new ParameterException(spec.commandLine(),
						"--kind: '" + kind + "' is no kind of event; there are "
								+ List.of(EventKind.values()).toString().replaceAll("[\\[\\]]", ""));
			}
		}
		return wanted;
	}

	private void write(Recording recording, Selection selection) throws IOException {
		if (output.equals("-")) {
			var stream = new BufferedOutputStream(System.out, 1 << 16);
			write(recording, selection, stream);
			stream.flush();
			if (System.out.checkError()) {
				throw new CannotRun("cannot write to standard output: is it closed, or its disk full?");
			}
			return;
		}
		Path target = Path.of(output);
		if (Files.exists(target) && !Files.isRegularFile(target)) {
			throw new CannotRun("cannot write " + target + ": not a file");
		}
		try (AtomicFile atomic = AtomicFile.begin(target, force);
				var stream = new BufferedOutputStream(atomic.stream(), 1 << 16)) {
			String written = write(recording, selection, stream);
			stream.flush();
			atomic.commit();
			spec.commandLine().getErr().println("heaplens: wrote " + target + ", " + Units.bytes(Files.size(target)) + ", " + written);
		} catch (FileAlreadyExistsException e) {
			throw new CannotRun("cannot write " + target + ": there is one; --force replaces it", e);
		} catch (Recording.Broken e) {
			throw new CannotRun(Reasons.of(e.why()), e);
		} catch (IOException e) {
			throw new CannotRun("cannot write " + target + ": " + Reasons.of(e), e);
		}
	}

	/** @return what was written, for people */
	private String write(Recording recording, Selection selection, OutputStream stream) throws IOException {
		EventExport export = format.begin(stream, recording);
		var progress = new Progress(spec.commandLine().getErr());
		long[] counts = new long[2];
		recording.events(event -> {
			if (selection.isOver(event)) {
				return false;
			}
			boolean wanted = selection.wants(event);
			export.add(event, wanted);
			counts[wanted ? 0 : 1]++;
			progress.at(counts[0] + counts[1]);
			return true;
		});
		export.finish();
		progress.end();
		if (!export.omitted().isEmpty()) {
			spec.commandLine().getErr().println("heaplens: " + export.omitted());
		}
		return Units.count(counts[0], "event");
	}
}
