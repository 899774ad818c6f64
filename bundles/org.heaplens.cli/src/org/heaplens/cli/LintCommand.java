// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.File;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.Finding;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.Severity;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.cdt.CppLinter;
import org.heaplens.lint.jdt.JavaLinter;
import org.heaplens.lint.jdt.JavaProgram;
import org.heaplens.lint.jdt.classpath.ProjectClassPath;
import org.heaplens.lint.report.LintReport;
import org.heaplens.lint.report.RulePages;
import org.heaplens.runtime.HiaiMemory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heaplens lint}: finds leaked and misused blocks in source files. */
@Command(name = "lint", description = "Find blocks of HIAI_DMalloc that leak or are misused. Exit code 0: nothing that counts, 1: findings, 2: could not run, or not analyse all and found none.", mixinStandardHelpOptions = true, sortOptions = false)
final class LintCommand implements Callable<Integer> {
	/** From which severity on findings count for the exit code. */
	enum FailOn {
		error, warning, info, never;

		boolean counts(Severity severity) {
			return severity.ordinal() <= ordinal() && this != never;
		}
	}

	@Parameters(arity = "0..*", paramLabel = "PATH", description = "Files in Java, C and C++, and folders to search for them.")
	private List<Path> paths = new ArrayList<>();

	@Option(names = "--format", paramLabel = "text|sarif|jsonl|junit", description = "text (the default), SARIF 2.1.0, JSON with a finding in each line, or JUnit XML.")
	private LintOutput.Format format = LintOutput.Format.text;

	@Option(names = "--output", paramLabel = "FILE", description = "Write the findings there and not to standard output.")
	@Nullable
	private Path output;

	@Option(names = "--fail-on", paramLabel = "error|warning|info|never", description = "Which findings make the exit code 1: those of this severity and worse (default: warning).")
	private FailOn failOn = FailOn.warning;

	@Option(names = "--baseline", paramLabel = "FILE", description = "Only what is not in this file counts, and is shown as text.")
	@Nullable
	private Path baseline;

	@Option(names = "--write-baseline", description = "Make what is found now the baseline: in the file of --baseline, or that of heaplens.toml. Exit code 0.")
	private boolean writeBaseline;

	@Option(names = "--trace", paramLabel = "FILE", description = "Compare predicted leaks with the blocks that a run left, from its recording; leaks that were not predicted count. May be given several times.")
	private List<Path> traces = new ArrayList<>();

	@Option(names = "--fix", description = "Apply all fixes that are safe, then report what is left.")
	private boolean fix;

	@Option(names = "--rule", paramLabel = "RULE=SEVERITY", description = "Report a rule as error, warning or info, or turn it off; wins over heaplens.toml.")
	private Map<String, String> rules = new LinkedHashMap<>();

	@Option(names = "--config", paramLabel = "FILE", description = "Settings; without, the nearest heaplens.toml from each PATH upwards.")
	@Nullable
	private Path config;

	@Option(names = "--classpath", paramLabel = "PATH", description = "Folders and jars that resolve types, separated as in -cp; without, they are read from Eclipse's, Maven's and Gradle's files, as far as those are there.")
	@Nullable
	private String classPath;

	@Option(names = "--base", paramLabel = "FOLDER", description = "Where the names of files in sarif, jsonl and junit start (default: the working folder).")
	private Path base = Path.of("");

	@Option(names = "--jobs", paramLabel = "N", description = "Use at most so many threads (default: one for each processor).")
	private int jobs = Runtime.getRuntime().availableProcessors();

	@Option(names = "--color", paramLabel = "auto|always|never", description = "Colours in text: auto (the default) on a terminal, unless NO_COLOR is set.")
	private LintOutput.Colour colour = LintOutput.Colour.auto;

	@Option(names = "--explain", paramLabel = "RULE", description = "Print the page of a rule, and do nothing else.")
	@Nullable
	private String explain;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	private List<Path> linted = List.of();

	@Override
	public Integer call() {
		String rule = explain;
		return rule != null ? explain(rule) : lint();
	}

	private int explain(String rule) {
		PrintWriter out = spec.commandLine().getOut();
		String page = RulePages.of(rule).orElseThrow(
				() -> new CannotRun("there is no rule " + rule + "; " + LintScope.advice(rule).orElse("its page is missing")));
		out.print(page);
		out.flush();
		return Main.FINE;
	}

	private int lint() {
		if (paths.isEmpty()) {
			throw new ParameterException(spec.commandLine(), "Missing required parameter: 'PATH...'");
		}
		if (jobs < 1) {
			throw new ParameterException(spec.commandLine(), "--jobs: " + jobs + " is too few; the least is 1");
		}
		paths.forEach(LintCommand::requireSource);
		traces.forEach(Traces::requireFile);
		LintScope scope = LintScope.of(paths, config, rules);
		var known = new LintBaseline(scope, baseline);
		List<Path> types = classPath();
		PrintWriter err = spec.commandLine().getErr();
		LintResult result = fix ? new Fixing(() -> run(scope, types), err).run() : run(scope, types);
		result.problems().forEach(problem -> err.println(
				"heaplens: " + problem.file() + (problem.line() > 0 ? ":" + problem.line() : "") + ": " + problem.message()));
		if (writeBaseline) {
			known.write(result).forEach(file -> err.println("heaplens: " + file + " has what was found now"));
		}
		LintReport report = crossChecked(known.compare(result));
		new LintOutput(format, output, base, colour, entry -> counts(entry)).write(report, spec.commandLine().getOut());
		err.flush();
		err.println("heaplens: " + summary(report));
		if (report.recording().isPresent()) {
			err.println("heaplens: " + CrossCheck.summary(report));
		}
		if (report.entries().stream().anyMatch(this::counts) || CrossCheck.surprises(report) && failOn != FailOn.never) {
			return Main.FOUND;
		}
		// What was not analysed was not found to be clean.
		return report.problems().isEmpty() ? Main.FINE : Main.COULD_NOT_RUN;
	}

	private boolean counts(LintReport.Entry entry) {
		return !entry.known() && failOn.counts(entry.finding().severity());
	}

	private static void requireSource(Path path) {
		if (!Files.isReadable(path)) {
			throw new CannotRun("cannot read " + path + ": " + (Files.exists(path) ? "permission denied" : "no such file or folder"));
		}
		if (!Files.isDirectory(path) && !isSource(path)) {
			throw new CannotRun("cannot lint " + path + ": neither a folder nor a file in Java, C or C++");
		}
	}

	private static boolean isSource(Path path) {
		return JavaLinter.isSource(path) || CppLinter.isSource(path);
	}

	private LintResult run(LintScope scope, List<Path> types) {
		SourceTree tree = SourceTree.find(paths, LintCommand::isSource, scope::excludes);
		linted = tree.files();
		var progress = new FileProgress(spec.commandLine().getErr());
		JavaProgram program = new JavaLinter(scope.model()).program(tree.files().stream().filter(JavaLinter::isSource).toList(), types,
				jobs, progress);
		LintResult java = program.result();
		LintResult cpp = new CppLinter(scope.model()).lint(tree.files().stream().filter(CppLinter::isSource).toList(), jobs, progress);
		var problems = new ArrayList<LintProblem>(tree.problems());
		problems.addAll(java.problems());
		problems.addAll(cpp.problems());
		var ignored = new ArrayList<>(java.ignored());
		ignored.addAll(cpp.ignored());
		LintResult others = scope.apply(new LintResult(cpp.findings(), List.of(), cpp.files(), ignored));
		LintResult shown = scope.apply(new LintResult(java.findings(), problems, java.files() + cpp.files(), List.of()));
		var findings = new ArrayList<>(program.fix(shown.findings()));
		findings.addAll(others.findings());
		Map<String, Integer> places = new HashMap<>();
		tree.files().forEach(file -> places.put(SourceTree.name(file), places.size()));
		findings.sort(Comparator.comparingInt((Finding finding) -> places.getOrDefault(finding.location().file(), 0))
				.thenComparing(Finding.ORDER));
		progress.end();
		return new LintResult(findings, shown.problems(), shown.files(), others.ignored());
	}

	private LintReport crossChecked(LintReport report) {
		if (traces.isEmpty()) {
			return report;
		}
		var check = new CrossCheck(report, linted, LintOutput::source);
		for (Path trace : traces) {
			Traces.read(trace, recording -> {
				check.add(recording);
				return Main.FINE;
			});
		}
		return check.result();
	}

	private List<Path> classPath() {
		String named = classPath;
		if (named == null) {
			ProjectClassPath found = ProjectClassPath.of(paths, mavenRepository(), gradleHome());
			found.notes().forEach(note -> spec.commandLine().getErr().println("heaplens: " + note));
			return withRuntime(found.entries());
		}
		var entries = new ArrayList<Path>();
		for (String entry : named.split(File.pathSeparator)) {
			if (!entry.isBlank()) {
				Path path = Path.of(entry);
				if (!Files.exists(path)) {
					throw new CannotRun("cannot read class path entry " + path + ": no such file or folder");
				}
				entries.add(path);
			}
		}
		return withRuntime(entries);
	}

	/** The HiAI API for Java is known without being named: behind all else, so that a project's own comes first. */
	private static List<Path> withRuntime(List<Path> entries) {
		CodeSource source = HiaiMemory.class.getProtectionDomain().getCodeSource();
		if (source == null) {
			return entries; // an IDE that runs from its own cache; types are then known by their names
		}
		try {
			return Stream.concat(entries.stream(), Stream.of(Path.of(source.getLocation().toURI()))).toList();
		} catch (URISyntaxException | IllegalArgumentException e) {
			throw new IllegalStateException("the place of our own classes is no file: " + source.getLocation(), e);
		}
	}

	private static Path mavenRepository() {
		return Path
				.of(System.getProperty("maven.repo.local", Path.of(System.getProperty("user.home", ""), ".m2", "repository").toString()));
	}

	private static Path gradleHome() {
		String home = System.getenv("GRADLE_USER_HOME");
		return home == null ? Path.of(System.getProperty("user.home", ""), ".gradle") : Path.of(home);
	}

	private static String summary(LintReport report) {
		int known = report.entries().size() - report.fresh().size();
		return count(report.fresh().size(), report.compared() ? "new finding" : "finding") + " in " + count(report.files(), "file")
				+ (known > 0 ? ", " + known + " known from the baseline" : "")
				+ (report.gone().isEmpty() ? "" : ", " + report.gone().size() + " of the baseline gone; --write-baseline forgets them");
	}

	static String count(int number, String noun) {
		return number + " " + noun + (number == 1 ? "" : "s");
	}
}
