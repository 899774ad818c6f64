// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.SarifReport;
import org.heaplens.lint.TextReport;
import org.heaplens.lint.jdt.JavaLinter;
import org.heaplens.lint.LintResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens lint}: finds leaked and misused blocks in source files. */
@Command(name = "lint", description = "Find blocks of HIAI_DMalloc that leak or are misused. Exit code 0: none, 1: some, 2: could not run, or not analyse all and found none.", mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
	/** How findings are written. */
	enum Format {
		text, sarif
	}

	@Parameters(arity = "1..*", paramLabel = "PATH", description = "Java files, and folders to search for them.")
	private List<Path> paths = new ArrayList<>();

	@Option(names = "--format", paramLabel = "text|sarif", description = "text (the default) or SARIF 2.1.0.")
	private Format format = Format.text;

	@Option(names = "--output", paramLabel = "FILE", description = "Write the findings there and not to standard output.")
	@Nullable
	private Path output;

	@Option(names = "--classpath", paramLabel = "PATH", description = "Folders and jars that resolve types, separated as in -cp; works without.")
	private String classPath = "";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() {
		for (Path path : paths) {
			if (!Files.isReadable(path)) {
				throw new CannotRun("cannot read " + path + ": " + (Files.exists(path) ? "permission denied" : "no such file or folder"));
			}
			if (!Files.isDirectory(path) && !path.toString().endsWith(".java")) {
				throw new CannotRun("cannot lint " + path + ": neither a folder nor a Java file");
			}
		}
		LintResult result = new JavaLinter().lint(paths, classPath(), () -> false);
		PrintWriter err = spec.commandLine().getErr();
		result.problems().forEach(problem -> err
				.println("heaplens: " + problem.file() + (problem.line() > 0 ? ":" + problem.line() : "") + ": " + problem.message()));
		write(result);
		err.flush();
		err.println("heaplens: " + count(result.findings().size(), "finding") + " in " + count(result.files(), "file"));
		if (!result.findings().isEmpty()) {
			return Main.FOUND;
		}
		// What was not analysed was not found to be clean.
		return result.problems().isEmpty() ? Main.FINE : Main.COULD_NOT_RUN;
	}

	private List<Path> classPath() {
		var entries = new ArrayList<Path>();
		for (String entry : classPath.split(File.pathSeparator)) {
			if (!entry.isBlank()) {
				Path path = Path.of(entry);
				if (!Files.exists(path)) {
					throw new CannotRun("cannot read class path entry " + path + ": no such file or folder");
				}
				entries.add(path);
			}
		}
		return entries;
	}

	private void write(LintResult result) {
		Path file = output;
		if (file == null) {
			PrintWriter out = spec.commandLine().getOut();
			writeTo(out, result);
			if (out.checkError()) {
				throw new CannotRun("cannot write the findings to standard output: is it closed, or its disk full?");
			}
			return;
		}
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			writeTo(writer, result);
		} catch (IOException e) {
			throw new CannotRun("cannot write " + file + ": " + Reasons.of(e), e);
		}
	}

	private void writeTo(Writer writer, LintResult result) {
		try {
			switch (format) {
				case text -> writer.write(TextReport.write(result.findings(), LintCommand::source));
				case sarif -> SarifReport.write(result.findings(), Path.of("").toAbsolutePath(), writer);
			}
		} catch (IOException e) {
			throw new CannotRun("cannot write the findings: " + Reasons.of(e), e);
		}
	}

	/** The text of a file that was analysed a moment ago; empty if it has gone since, so that only the excerpt is lost. */
	private static String source(String file) {
		try {
			return Files.readString(Path.of(file));
		} catch (IOException e) {
			return "";
		}
	}

	private static String count(int number, String noun) {
		return number + " " + noun + (number == 1 ? "" : "s");
	}
}
