// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.core.runtime.CoreException;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.ProgramCheck;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.Language;
import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Span;

/**
 * What is found in files, analysed together. Immutable.
 *
 * @param findings in source order, files in their order
 * @param ignored  what the sources ask to ignore
 * @param problems what could not be analysed
 * @param makers  names of functions whose callers get blocks from them
 */
public record Analysis(List<Finding> findings, List<Ignored> ignored, List<LintProblem> problems, Set<String> makers) {
	/** A file that was read. */
	public record File(Path path, SourceText source, boolean cpp) {}

	/**
	 * Parses and analyses files.
	 *
	 * @param headers all files of the program
	 * @param macros  that are defined
	 */
	public static Analysis of(List<File> files, Headers.Library headers, Map<String, String> macros, ApiModel model, Executor threads,
			LintMonitor monitor) {
		var problems = new ArrayList<LintProblem>();
		var functions = new Functions();
		Map<File, List<Functions.Function>> declared = new LinkedHashMap<>();
		for (File file : files) {
			if (monitor.cancelled()) {
				break;
			}
			try {
				IASTTranslationUnit unit = Parsing.parse(file.path().toAbsolutePath().normalize().toString(), file.source().text(),
						file.cpp(), macros,
						new Headers(headers, file.path()));
				declared.put(file, functions.add(unit, file.path()));
			} catch (CoreException | RuntimeException | StackOverflowError e) {
				problems.add(new LintProblem(file.source().file(), 0, "Could not be parsed: " + e));
			}
		}
		var program = new Program();
		Map<FlowGraph, Functions.Function> homes = new HashMap<>();
		declared.forEach((file, of) -> {
			var context = new Lowering.Context(file.source().file(), file.path(), functions, model, file.cpp() ? Language.CPP : Language.C);
			for (Functions.Function function : of) {
				try {
					FlowGraph graph = Lowering.lower(context, function);
					program.add(graph);
					homes.put(graph, function);
				} catch (Flow.TooLargeException e) {
					problems.add(new LintProblem(file.source().file(), 0, function.key() + " is too large to be analysed"));
				} catch (RuntimeException | StackOverflowError e) {
					problems.add(new LintProblem(file.source().file(), 0, function.key() + " could not be analysed: " + e));
				}
			}
		});
		return found(program, homes, files, problems, threads, monitor);
	}

	/**
	 * Whether it is about a block that the program is seen to make, or to free: any message may come in as a parameter, and
	 * what is sent need not be a block.
	 */
	private static boolean certain(Diagnosis diagnosis) {
		return diagnosis.moments().stream().anyMatch(moment -> !moment.block().allocation().equals(new Span(0, 0)) || !sent(moment));
	}

	private static boolean sent(Moment moment) {
		return switch (moment) {
			case Moment.SecondSend second -> true;
			case Moment.SecondFree free -> free.sent();
			case Moment.LateUse use -> use.sent();
			case Moment.End end -> true;
			case Moment.WrongFree free -> true;
			case Moment.UncheckedUse use -> false;
			case Moment.Request request -> false;
		};
	}

	private static Analysis found(Program program, Map<FlowGraph, Functions.Function> homes, List<File> files, List<LintProblem> problems,
			Executor threads, LintMonitor monitor) {
		Map<String, SourceText> sources = new HashMap<>();
		files.forEach(file -> sources.put(file.source().file(), file.source()));
		Map<String, List<Finding>> findings = new HashMap<>();
		Set<String> makers = new HashSet<>();
		for (ProgramCheck.Result result : ProgramCheck.check(program, name -> sources.getOrDefault(name, new SourceText(name, "")),
				new Cache(), threads, monitor::cancelled)) {
			List<Finding> of = findings.computeIfAbsent(result.function().file(), name -> new ArrayList<>());
			result.diagnoses().stream().filter(Analysis::certain).map(Diagnosis::finding).forEach(of::add);
			Functions.Function home = homes.get(result.function());
			if (result.makes() && home != null) {
				makers.add(home.name());
			}
		}
		var shown = new ArrayList<Finding>();
		var ignored = new ArrayList<Ignored>();
		for (File file : files) {
			var suppressions = new Suppressions(file.source());
			findings.getOrDefault(file.source().file(), List.of()).stream().sorted(Finding.ORDER)
					.filter(finding -> !suppressions.hides(finding)).forEach(shown::add);
			ignored.addAll(suppressions.ignored());
		}
		return new Analysis(List.copyOf(shown), List.copyOf(ignored), List.copyOf(problems), Set.copyOf(makers));
	}
}
