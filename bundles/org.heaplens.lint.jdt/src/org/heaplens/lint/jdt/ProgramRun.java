// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.eclipse.jdt.core.compiler.IProblem;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.jdt.internal.Analysis;
import org.heaplens.lint.jdt.internal.Declarations;
import org.heaplens.lint.jdt.internal.Fixes;
import org.heaplens.lint.jdt.internal.LoweredFile;
import org.heaplens.lint.jdt.internal.Parsing;

/**
 * Reads and analyses files together, once; then looks for fixes. What cannot be analysed is a problem, and the run goes
 * on. Confined to one thread.
 */
final class ProgramRun {
	/** Wrappers of wrappers of wrappers: from here on it is too far from any block. */
	private static final int MOST_ROUNDS = 4;

	/** A file that was read. */
	private record Text(Path path, SourceText source) {}

	/** A file of which is known what it declares. */
	private record Declared(Text text, CompilationUnit unit) {}

	private final ApiModel model;
	private final WordFilter words;
	private final String[] classPath;
	private final ExecutorService threads;
	private final LintMonitor monitor;
	private final List<LintProblem> problems = new ArrayList<>();
	private final Cache cache = new Cache();
	private final Map<Path, String> packages = new ConcurrentHashMap<>();
	/** The files that matter, lowered, and those of them that declare what others declare as well. */
	private List<LoweredFile> lowered = List.of();
	private Declarations declarations = new Declarations();
	private Set<String> repeated = Set.of();

	/**
	 * @param threads do the work of {@link #lint}; the result does not depend on how many they are
	 */
	ProgramRun(ApiModel model, WordFilter words, List<Path> classPath, ExecutorService threads, LintMonitor monitor) {
		this.classPath = classPath.stream().filter(Files::exists).map(path -> path.toAbsolutePath().toString())
				.toArray(String[]::new);
		this.model = model;
		this.words = words;
		this.threads = threads;
		this.monitor = monitor;
	}

	LintResult lint(List<Path> paths) {
		var done = new AtomicInteger();
		List<Text> texts = each(paths, path -> SourceTree.name(path), path -> {
			Optional<Text> text = read(path);
			monitor.at(done.incrementAndGet(), paths.size());
			return text;
		});
		var relevant = new ArrayList<>(texts.stream().filter(text -> words.concerns(text.source().text())).toList());
		List<Analysis> analyses = List.of();
		Set<String> known = new HashSet<>();
		List<LintProblem> read = List.copyOf(problems);
		for (int round = 0; round < MOST_ROUNDS && !monitor.cancelled(); round++) {
			problems.clear();
			problems.addAll(read);
			lowered = lower(relevant);
			analyses = Analysis.of(lowered, cache, threads, monitor::cancelled);
			Set<String> owners = new HashSet<>();
			analyses.forEach(analysis -> owners.addAll(analysis.owners()));
			owners.removeAll(known);
			known.addAll(owners);
			if (!addUsers(owners, texts, relevant)) {
				break;
			}
		}
		return result(analyses, texts.size());
	}

	/** The findings of a file with their fixes; without any where the file has changed, or cannot be read any more. */
	List<Finding> fix(String file, List<Finding> findings) {
		int index = index(file);
		Optional<Text> text = index < 0 ? Optional.empty() : read(Path.of(file));
		boolean same = text.isPresent() && text.get().source().text().equals(lowered.get(index).source().text());
		return !same ? findings : guarded(text.get(), ProgramRun::name, each -> {
			CompilationUnit unit = parse(each);
			return Optional.of(analyses(index, each, unit).get(index).fix(findings, unit, each.source(), model, changed -> {
				var other = new Text(each.path(), changed);
				CompilationUnit tried = Parsing.parse(changed.text()); // to resolve bindings takes ten times as long
				return Fixes.Baseline.of(analyses(index, other, tried), tried);
			}));
		}).orElse(findings);
	}

	private int index(String file) {
		for (int index = 0; index < lowered.size(); index++) {
			if (lowered.get(index).source().file().equals(file)) {
				return index;
			}
		}
		return -1;
	}

	/** What is found when one of the files has that text. Fixes change bodies of functions, not what the file declares. */
	private List<Analysis> analyses(int index, Text text, CompilationUnit unit) {
		var files = new ArrayList<>(lowered);
		files.set(index, lower(text, unit));
		return Analysis.of(files, cache, Runnable::run, () -> false);
	}

	private Optional<Text> read(Path path) {
		try {
			String read = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
			String text = read.startsWith("\uFEFF") ? ' ' + read.substring(1) : read; // offsets stay those of the file
			return Optional.of(new Text(path, new SourceText(SourceTree.name(path), text)));
		} catch (IOException e) {
			problem(SourceTree.unreadable(path, e));
			return Optional.empty();
		}
	}

	private void problem(LintProblem problem) {
		synchronized (problems) {
			problems.add(problem);
		}
	}

	/** Adds the files that name one of the types, in the order of all files; whether there are any. */
	private static boolean addUsers(Set<String> types, List<Text> texts, List<Text> relevant) {
		if (types.isEmpty()) {
			return false;
		}
		var all = new HashSet<>(relevant);
		boolean more = false;
		for (Text text : texts) {
			more |= !all.contains(text) && names(text.source().text(), types) && all.add(text);
		}
		if (more) {
			relevant.clear();
			texts.stream().filter(all::contains).forEach(relevant::add);
		}
		return more;
	}

	private static boolean names(String text, Set<String> types) {
		int start = -1;
		for (int index = 0; index <= text.length(); index++) {
			boolean part = index < text.length() && Character.isJavaIdentifierPart(text.charAt(index));
			if (part && start < 0) {
				start = index;
			} else if (!part && start >= 0) {
				if (Character.isUpperCase(text.charAt(start)) && types.contains(text.substring(start, index))) {
					return true;
				}
				start = -1;
			}
		}
		return false;
	}

	/** First what all of them declare, then their functions. */
	private List<LoweredFile> lower(List<Text> texts) {
		List<Declared> units = each(texts, ProgramRun::name, text -> Optional.of(new Declared(text, declared(text))));
		declarations = new Declarations();
		repeated = new HashSet<>();
		for (Declared each : units) {
			if (declarations.repeats(each.unit())) {
				repeated.add(name(each.text()));
			} else {
				declarations.add(each.unit());
			}
		}
		units.clear(); // trees are large
		return each(texts, ProgramRun::name, text -> Optional.of(lower(text, parse(text))));
	}

	private LoweredFile lower(Text text, CompilationUnit unit) {
		return LoweredFile.of(unit, text.source(),
				repeated.contains(name(text)) ? Declarations.apart(unit, name(text)) : declarations, model);
	}

	private static String name(Text text) {
		return text.source().file();
	}

	private CompilationUnit declared(Text text) {
		CompilationUnit unit = Parsing.parse(text.source().text());
		for (IProblem problem : unit.getProblems()) {
			if (problem.isError() && (problem.getID() & IProblem.Syntax) != 0) {
				problem(new LintProblem(name(text), problem.getSourceLineNumber(),
						"Syntax error, the rest was analysed: " + problem.getMessage()));
				break;
			}
		}
		if (unit.getPackage() != null) {
			packages.put(text.path(), unit.getPackage().getName().getFullyQualifiedName());
		}
		return unit;
	}

	private CompilationUnit parse(Text text) {
		String source = text.source().text();
		return Parsing.parse(source, text.path().getFileName().toString(), classPath,
				roots(text.path(), packages.getOrDefault(text.path(), "")));
	}

	/** The folder that the file's package starts in. */
	private static String[] roots(Path path, String packageName) {
		Path folder = path.toAbsolutePath().normalize().getParent();
		String[] names = packageName.isEmpty() ? new String[0] : packageName.split("\\.");
		for (int index = names.length - 1; index >= 0 && folder != null; index--) {
			folder = folder.endsWith(names[index]) ? folder.getParent() : null;
		}
		return folder == null ? new String[0] : new String[]{folder.toString()};
	}

	/** Does something with each of the inputs, side by side; what fails costs only itself. In the order of the inputs. */
	private <I, O> List<O> each(List<I> inputs, Function<I, String> name, Function<I, Optional<O>> work) {
		var futures = new ArrayList<Future<Optional<O>>>();
		for (I input : inputs) {
			futures.add(threads.submit(() -> monitor.cancelled() ? Optional.empty() : guarded(input, name, work)));
		}
		var outputs = new ArrayList<O>();
		for (Future<Optional<O>> future : futures) {
			get(future).ifPresent(outputs::add);
		}
		return outputs;
	}

	private static <O> Optional<O> get(Future<Optional<O>> future) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return future.get();
				} catch (InterruptedException e) {
					interrupted = true; // the work ends soon: the monitor says when
				} catch (java.util.concurrent.ExecutionException e) {
					throw new IllegalStateException(e.getCause());
				}
			}
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private <I, O> Optional<O> guarded(I input, Function<I, String> name, Function<I, Optional<O>> work) {
		try {
			return work.apply(input);
		} catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
			problem(new LintProblem(name.apply(input), 0, "Could not be analysed: " + e));
			return Optional.empty();
		}
	}

	private LintResult result(List<Analysis> analyses, int read) {
		var findings = new ArrayList<Finding>();
		var ignored = new ArrayList<Ignored>();
		for (int index = 0; index < analyses.size(); index++) {
			Analysis analysis = analyses.get(index);
			SourceText source = lowered.get(index).source();
			ignored.addAll(analysis.ignored());
			analysis.exhausted().forEach(function -> problem(new LintProblem(source.file(), 0,
					"Too many paths in " + function + ", findings there may be missing")));
			findings.addAll(analysis.findings());
		}
		problems.sort(java.util.Comparator.comparing(LintProblem::file).thenComparing(LintProblem::line)
				.thenComparing(LintProblem::message));
		return new LintResult(findings, problems, read, ignored);
	}
}
