// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceHistory;
import org.heaplens.model.trace.TraceReport;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.hiai.NativeDriver;
import org.heaplens.runtime.settings.Setting;
import org.heaplens.settings.RunSettings;
import org.heaplens.settings.SettingsException;

import com.google.protobuf.TextFormat;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code heaplens run}: runs a program with recording on, and says what it left behind.
 *
 * <p>
 * Both runtimes read {@code HEAPLENS_TRACE}. The jars of that for Java are put at the end of {@code CLASSPATH}, so that
 * {@code java Main.java} needs no options, and the folder of that for C and C++ at the end of {@code LD_LIBRARY_PATH}.
 */
@Command(name = "run", description = "Run a HiAI application in simulation, record its heaps, and say what it left behind. The exit code is the command's own, 128 and the signal's number if one ended it; 2 if it could not be started.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
	@Option(names = "--trace", paramLabel = "DIR", description = "Folder for the recordings (default: heaplens-traces).")
	private Path traces = Path.of("heaplens-traces");

	@Option(names = "--config", paramLabel = "FILE", description = "Settings of the run (default: the nearest heaplens.toml, from the working directory upwards).")
	private @Nullable Path config;

	@Option(names = "--set", paramLabel = "KEY=VALUE", description = "A single setting, such as host.capacity=512M; may be repeated. docs/settings.md lists all.")
	private List<String> single = new ArrayList<>();

	@Option(names = "--preload", description = "Put the HiAI library for C and C++ before all others, for programs that were linked without it.")
	private boolean preload;

	@Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The program and its arguments, after --.")
	private List<String> command = new ArrayList<>();

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() throws InterruptedException {
		RunSettings settings = settings();
		Path folder = traces.toAbsolutePath();
		Set<Path> before = recordings(folder);
		int code = run(start(folder, settings));
		Set<Path> added = recordings(folder);
		added.removeAll(before);
		added.forEach(this::report);
		if (added.isEmpty()) {
			spec.commandLine().getErr().println("heaplens: nothing was recorded: the program never used the HiAI runtime of HeapLens");
		}
		return code;
	}

	private RunSettings settings() {
		try {
			RunSettings settings = ofFile();
			for (String keyAndValue : single) {
				settings = settings.with(keyAndValue);
			}
			return settings;
		} catch (SettingsException e) {
			throw new CannotRun(e.line(), e);
		}
	}

	private RunSettings ofFile() throws SettingsException {
		Path named = config;
		if (named != null) {
			return RunSettings.read(named, named.toString());
		}
		Path here = Path.of("").toAbsolutePath();
		Optional<Path> found = RunSettings.find(here);
		return found.isEmpty() ? RunSettings.NONE : RunSettings.read(found.get(), here.relativize(found.get()).toString());
	}

	private Process start(Path folder, RunSettings settings) {
		try {
			Files.createDirectories(folder);
		} catch (IOException e) {
			throw new CannotRun("cannot make the folder " + folder + ": " + Reasons.of(e), e);
		}
		var builder = new ProcessBuilder(command).inheritIO();
		builder.environment().putAll(settings.variables(Map.copyOf(builder.environment())));
		builder.environment().put(Setting.TRACE.variable(), folder.toString());
		builder.environment().merge("CLASSPATH", "." + File.pathSeparator + runtimeClassPath(),
				(own, ours) -> own + File.pathSeparator + ours);
		Program program = Program.of(command.get(0));
		addNativeLibrary(program, builder.environment());
		builder.command(JavaLauncher.quiet(command, program, builder.environment()));
		try {
			if (program.isForeign()) {
				throw new IOException("it is for another processor");
			}
			return builder.start();
		} catch (IOException e) {
			throw new CannotRun(program.whyNot(e), e);
		}
	}

	/** The program's exit code; 128 and the signal's number if one ended it. */
	private static int run(Process process) throws InterruptedException {
		try (var signals = new Signals(process)) {
			return process.waitFor();
		}
	}

	/** Any program may be one of C or C++, or start one. */
	private void addNativeLibrary(Program program, Map<String, String> environment) {
		Optional<Path> folder = NativeLibrary.folder(machine(program));
		if (folder.isEmpty()) {
			if (preload) {
				throw new CannotRun(
						"there is no HiAI library for " + machine(program) + " to preload; ./heaplens builds it for this machine");
			}
			return;
		}
		// Behind the user's own: his libraries keep their names.
		environment.merge("LD_LIBRARY_PATH", folder.get().toString(), (own, ours) -> own + File.pathSeparator + ours);
		// For programs in Java, whose driver asks for it by name.
		environment.putIfAbsent(Setting.LIBRARY.variable(), folder.get().resolve(NativeLibrary.FILE).toString());
		Path connection = folder.get().resolveSibling(NativeLibrary.JNI_FILE);
		if (Files.exists(connection)) {
			environment.putIfAbsent(Setting.JNI.variable(), connection.toString());
		}
		if (preload) {
			environment.merge("LD_PRELOAD", folder.get().resolve(NativeLibrary.FILE).toString(),
					(own, ours) -> own + File.pathSeparator + ours);
		}
	}

	private static String machine(Program program) {
		try {
			return program.machine().orElseGet(Program::thisMachine);
		} catch (IOException e) {
			// It cannot be read, but perhaps be started all the same.
			return Program.thisMachine();
		}
	}

	/** Where the classes of the runtime and of what it needs came from; protobuf only for programs that read a graph.config. */
	private static String runtimeClassPath() {
		return Stream.of(HiaiMemory.class, NativeDriver.class, Side.class, TextFormat.class).map(RunCommand::origin)
				.collect(Collectors.joining(File.pathSeparator));
	}

	private static String origin(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		} catch (URISyntaxException e) {
			throw new IllegalStateException("a class path entry is no file: " + type.getProtectionDomain().getCodeSource().getLocation(),
					e);
		}
	}

	private static Set<Path> recordings(Path folder) {
		if (!Files.isDirectory(folder)) {
			return new TreeSet<>();
		}
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> file.toString().endsWith(".heaptrace")).collect(Collectors.toCollection(TreeSet::new));
		} catch (IOException e) {
			throw new CannotRun("cannot list " + folder + ": " + Reasons.of(e), e);
		}
	}

	private void report(Path file) {
		try (TraceHistory history = TraceHistory.open(file)) {
			spec.commandLine().getErr().println("heaplens: recorded " + file);
			spec.commandLine().getErr().print(TraceReport.of(history).toText());
			spec.commandLine().getErr().flush();
		} catch (IOException e) {
			// The program has run: its exit code stands.
			spec.commandLine().getErr().println("heaplens: " + Reasons.of(e));
		}
	}
}
