// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.ProgramCheck;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.flow.FlowGraph;

/**
 * What was found in a compilation unit. Immutable.
 *
 * @param diagnoses in source order, without those the source asks to ignore
 * @param ignored   what the source asks to ignore, in source order
 * @param unused    findings about requests to ignore that match nothing
 * @param exhausted names of functions that are too large, or have too many paths, to be followed wholly
 * @param makers    functions that make blocks for their callers: other files have to be looked at for them
 */
public record Analysis(List<Diagnosis> diagnoses, List<Ignored> ignored, List<Finding> unused, List<String> exhausted,
		Collection<Maker> makers) {
	/**
	 * A function that makes blocks for its callers.
	 *
	 * @param type the simple name of its type
	 * @param name that callers use; the type's own for constructors
	 */
	public record Maker(String type, String name) {}

	public Analysis {
		diagnoses = List.copyOf(diagnoses);
		ignored = List.copyOf(ignored);
		unused = List.copyOf(unused);
		exhausted = List.copyOf(exhausted);
		makers = List.copyOf(makers);
	}

	/** Analyses every function of a compilation unit, of which nothing else is known. */
	public static Analysis of(CompilationUnit unit, SourceText source, ApiModel model) {
		var declarations = new Declarations();
		declarations.add(unit);
		return of(List.of(LoweredFile.of(unit, source, declarations, model)), new Cache(), Runnable::run, () -> false).get(0);
	}

	/**
	 * Analyses all functions of a program.
	 *
	 * @param cache     what was found out before; is brought up to date
	 * @param threads   do the work; this call returns when they are done
	 * @param cancelled asked now and then; true ends the analysis with what was found so far
	 * @return what was found in each file, in the order of the files
	 */
	public static List<Analysis> of(List<LoweredFile> files, Cache cache, Executor threads, BooleanSupplier cancelled) {
		var program = new Program();
		Map<FlowGraph, LoweredFile> homes = new HashMap<>();
		Map<String, SourceText> sources = new HashMap<>();
		for (LoweredFile file : files) {
			sources.put(file.source().file(), file.source());
			for (FlowGraph function : file.functions) {
				program.add(function);
				homes.put(function, file);
			}
		}
		Map<LoweredFile, List<ProgramCheck.Result>> results = new LinkedHashMap<>();
		files.forEach(file -> results.put(file, new ArrayList<>()));
		for (ProgramCheck.Result result : ProgramCheck.check(program, name -> sources.getOrDefault(name, new SourceText(name, "")),
				cache, threads, cancelled)) {
			Optional.ofNullable(homes.get(result.function())).map(results::get).ifPresent(list -> list.add(result));
		}
		var analyses = new ArrayList<Analysis>();
		results.forEach((file, found) -> analyses.add(of(file, found)));
		return analyses;
	}

	private static Analysis of(LoweredFile file, List<ProgramCheck.Result> results) {
		var diagnoses = new ArrayList<Diagnosis>();
		var exhausted = new ArrayList<>(file.tooLarge);
		var makers = new LinkedHashSet<Maker>();
		for (ProgramCheck.Result result : results) {
			diagnoses.addAll(result.diagnoses());
			if (result.exhausted() && file.concerned.contains(result.function().function())) {
				exhausted.add(result.function().function());
			}
			if (result.makes()) {
				file.maker(result.function()).ifPresent(makers::add);
			}
		}
		diagnoses.sort(Comparator.comparing(Diagnosis::finding, Finding.ORDER));
		diagnoses.removeIf(diagnosis -> file.suppressions.hides(diagnosis.finding()));
		// What was not looked at wholly may well hold what is asked to be ignored.
		List<Finding> unused = exhausted.isEmpty() ? file.suppressions.unused() : List.of();
		return new Analysis(diagnoses, file.suppressions.ignored(), unused, exhausted, makers);
	}

	/** All findings of the unit, in source order. Only those have fixes that need no look at the fixed text. */
	public List<Finding> findings() {
		var all = new ArrayList<Finding>(unused);
		diagnoses.forEach(diagnosis -> all.add(diagnosis.finding()));
		all.sort(Finding.ORDER);
		return List.copyOf(all);
	}

	/**
	 * Looks for fixes.
	 *
	 * @param wanted findings of this unit, or of an earlier text of it
	 * @param model  that this unit was analysed with
	 * @param trial  of the program that this unit was analysed with
	 * @return the same findings, in the same order, with all fixes that were verified
	 */
	public List<Finding> fix(List<Finding> wanted, CompilationUnit unit, SourceText source, ApiModel model,
			Fixes.Trial trial) {
		Set<String> fingerprints = wanted.stream().map(Finding::fingerprint).collect(Collectors.toSet());
		List<Diagnosis> meant = diagnoses.stream()
				.filter(diagnosis -> fingerprints.contains(diagnosis.finding().fingerprint())).toList();
		Map<String, List<Fix>> fixes = new HashMap<>();
		Fixes.add(meant, unit, source, model, trial).forEach(finding -> fixes.put(finding.fingerprint(), finding.fixes()));
		return wanted.stream()
				.map(finding -> finding.withFixes(fixes.getOrDefault(finding.fingerprint(), finding.fixes()))).toList();
	}
}
