// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
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
import org.heaplens.lint.jdt.internal.RelatedFiles;

/**
 * Reads and analyses files together, once; then looks for fixes. What cannot be analysed is a problem, and the run goes
 * on. Confined to one thread.
 */
final class ProgramRun {
	/** Wrappers of wrappers of wrappers: from here on it is too far from any block. */
	private static final int MOST_ROUNDS = 4;
	/** So many files share one look at the platform, which takes as long as hundreds of lines; their trees share memory, too. */
	private static final int BATCH = 128;

	/** A file that was read. */
	private record Text(Path path, SourceText source) {}

	/** A file of which is known what it declares. */
	private record Declared(Text text, CompilationUnit unit) {}

	private final ApiModel model;
	private final WordFilter words;
	private final String[] classPath;
	private ExecutorService threads;
	private final LintMonitor monitor;
	private final List<LintProblem> problems = new ArrayList<>();
	private final Cache cache = new Cache();
	private final Map<Path, String> packages = new ConcurrentHashMap<>();
	/** The files that matter, lowered, and those of them that declare what others declare as well. */
	private List<LoweredFile> lowered = List.of();
	private final Map<String, Optional<LoweredFile>> known = new HashMap<>();
	private final Declarations declarations = new Declarations();
	private final Set<String> repeated = new HashSet<>();

	/**
	 * @param threads do the work; the result does not depend on how many they are
	 */
	ProgramRun(ApiModel model, WordFilter words, List<Path> classPath, ExecutorService threads, LintMonitor monitor) {
		this.classPath = classPath.stream().filter(Files::exists).map(path -> path.toAbsolutePath().toString())
				.toArray(String[]::new);
		this.model = model;
		this.words = words;
		this.threads = threads;
		this.monitor = monitor;
	}

	/** What is done from now on is done by those. */
	void use(ExecutorService others) {
		threads = others;
	}

	LintResult lint(List<Path> paths) {
		var done = new AtomicInteger();
		List<Text> texts = each(paths, path -> SourceTree.name(path), path -> {
			Optional<Text> text = read(path);
			monitor.at(done.incrementAndGet(), paths.size());
			return text;
		});
		var relevance = new Relevance(texts.stream().map(text -> text.source()).toList(), words);
		List<Analysis> analyses = List.of();
		boolean more = true;
		for (int round = 0; more && round < MOST_ROUNDS && !monitor.cancelled(); round++) {
			lower(texts.stream().filter(text -> relevance.contains(text.source())).toList());
			analyses = Analysis.of(lowered, cache, threads, monitor::cancelled);
			more = relevance.grow(lowered, analyses, declarations);
		}
		return result(analyses, texts.size());
	}

	/**
	 * Looks for fixes in files.
	 *
	 * @param findings of each file
	 * @return the same with their fixes, where they have any; none of files that have changed, or cannot be read any more
	 */
	Map<String, List<Finding>> fix(Map<String, List<Finding>> findings) {
		Map<String, Integer> places = new HashMap<>();
		var texts = new ArrayList<Text>();
		for (int index = 0; index < lowered.size(); index++) {
			SourceText source = lowered.get(index).source();
			places.put(source.file(), index);
			if (findings.containsKey(source.file())) {
				read(Path.of(source.file())).filter(text -> text.source().text().equals(source.text())).ifPresent(texts::add);
			}
		}
		var related = new RelatedFiles(lowered);
		var done = new AtomicInteger();
		Map<String, List<Finding>> fixed = new ConcurrentHashMap<>();
		parsed(texts, (text, unit) -> {
			List<LoweredFile> others = related.of(places.getOrDefault(name(text), 0)).stream().map(lowered::get).toList();
			fixed.put(name(text), fix(text, unit, others, findings.getOrDefault(name(text), List.of())));
			monitor.at(done.incrementAndGet(), texts.size());
			return text;
		});
		return fixed;
	}

	private List<Finding> fix(Text text, CompilationUnit unit, List<LoweredFile> others, List<Finding> findings) {
		return analyse(lower(text, unit), others).get(0).fix(findings, unit, text.source(), model, changed -> {
			CompilationUnit tried = Parsing.parse(changed.text()); // to resolve bindings takes ten times as long
			return Fixes.Baseline.of(analyse(lower(new Text(text.path(), changed), tried), others), tried);
		});
	}

	/** What is found in a file and those it has to do with. Fixes change bodies of functions, not what the file declares. */
	private List<Analysis> analyse(LoweredFile file, List<LoweredFile> others) {
		var files = new ArrayList<>(List.of(file));
		files.addAll(others);
		return Analysis.of(files, new Cache(cache), Runnable::run, () -> false);
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

	/**
	 * First what new ones among the texts declare, then the functions of these, and of those that may call them: what they
	 * call is known better now.
	 */
	private void lower(List<Text> texts) {
		List<Text> fresh = texts.stream().filter(text -> !known.containsKey(name(text))).toList();
		Set<String> types = declare(fresh);
		var callers = new WordFilter(types);
		List<Text> changed = texts.stream()
				.filter(text -> !known.containsKey(name(text)) || !types.isEmpty() && callers.concerns(text.source().text())).toList();
		var done = new AtomicInteger();
		List<LoweredFile> files = parsed(changed, (text, unit) -> {
			monitor.at(done.incrementAndGet(), changed.size());
			return lower(text, unit);
		});
		changed.forEach(text -> known.put(name(text), Optional.empty()));
		files.forEach(file -> known.put(file.source().file(), Optional.of(file)));
		lowered = texts.stream().flatMap(text -> known.getOrDefault(name(text), Optional.empty()).stream()).toList();
	}

	/** The simple names of the types that are declared now and were not before, and of those above and below them. */
	private Set<String> declare(List<Text> texts) {
		List<Declared> units = each(texts, ProgramRun::name, text -> Optional.of(new Declared(text, declared(text))));
		Set<String> types = new HashSet<>();
		for (Declared each : units) {
			if (declarations.repeats(each.unit())) {
				repeated.add(name(each.text()));
			} else {
				types.addAll(declarations.add(each.unit()));
			}
		}
		for (String type : List.copyOf(types)) {
			types.addAll(declarations.above(type));
			types.addAll(declarations.below(type)); // who calls what these inherit knows it only now
		}
		return types;
	}

	/** Does something with the tree of each text, with bindings; in the order of the texts. */
	private <O> List<O> parsed(List<Text> texts, BiFunction<Text, CompilationUnit, O> work) {
		var batches = new ArrayList<List<Text>>();
		for (int from = 0; from < texts.size(); from += BATCH) { // the result must not depend on the number of threads
			batches.add(texts.subList(from, Math.min(texts.size(), from + BATCH)));
		}
		return each(batches, batch -> name(batch.get(0)), batch -> Optional.of(batch(batch, work))).stream().flatMap(List::stream).toList();
	}

	private <O> List<O> batch(List<Text> texts, BiFunction<Text, CompilationUnit, O> work) {
		Map<Path, Text> together = new LinkedHashMap<>();
		Set<String> roots = new LinkedHashSet<>();
		for (Text text : texts) {
			if (!repeated.contains(name(text)) && texts.size() > 1) {
				together.put(text.path(), text);
				roots.addAll(List.of(roots(text)));
			}
		}
		Map<Text, O> done = new HashMap<>();
		Set<Text> failed = new HashSet<>();
		try {
			Parsing.parse(List.copyOf(together.keySet()), classPath, roots.toArray(String[]::new), monitor::cancelled, (path, unit) -> {
				Text text = together.get(path);
				if (text != null && unit.getLength() == text.source().text().length()) { // else it has changed, or begins with a mark
					guarded(text, ProgramRun::name, each -> Optional.of(work.apply(each, unit))).ifPresentOrElse(
							output -> done.put(text, output), () -> failed.add(text));
				}
			});
		} catch (RuntimeException e) {
			problem(new LintProblem(name(texts.get(0)), 0, "Could not be analysed together with others, is now alone: " + e));
		}
		for (Text text : texts) {
			if (!done.containsKey(text) && !failed.contains(text) && !monitor.cancelled()) {
				guarded(text, ProgramRun::name, each -> Optional.of(work.apply(each, parse(each))))
						.ifPresent(output -> done.put(text, output));
			}
		}
		return texts.stream().flatMap(text -> Optional.ofNullable(done.get(text)).stream()).toList();
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
		return Parsing.parse(text.source().text(), text.path().getFileName().toString(), classPath, roots(text));
	}

	/** The folder that the file's package starts in. */
	private String[] roots(Text text) {
		Path path = text.path();
		String packageName = packages.getOrDefault(path, "");
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
		return new LintResult(findings, problems.stream().distinct().toList(), read, ignored);
	}
}
