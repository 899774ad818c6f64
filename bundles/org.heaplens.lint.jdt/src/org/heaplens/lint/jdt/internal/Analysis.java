// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.ProgramCheck;
import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.SourceText;

/**
 * What was found in a compilation unit. Immutable.
 *
 * @param diagnoses in source order, without those the source asks to ignore
 * @param ignored   what the source asks to ignore, in source order
 * @param unused    findings about requests to ignore that match nothing
 * @param exhausted names of functions that are too large, or have too many paths, to be followed wholly
 */
public record Analysis(List<Diagnosis> diagnoses, List<Ignored> ignored, List<Finding> unused, List<String> exhausted) {
	public Analysis {
		diagnoses = List.copyOf(diagnoses);
		ignored = List.copyOf(ignored);
		unused = List.copyOf(unused);
		exhausted = List.copyOf(exhausted);
	}

	/** Analyses every function of a compilation unit. */
	public static Analysis of(CompilationUnit unit, SourceText source) {
		var api = new Api(unit);
		var handover = new Handover(unit, api);
		var declarations = new Declarations();
		declarations.add(unit);
		var context = new Lowering.Context(source.file(), api, handover, declarations);
		var diagnoses = new ArrayList<Diagnosis>();
		var concerned = new HashSet<String>();
		var program = new Program();
		var exhausted = new ArrayList<String>();
		for (Functions.Function function : Functions.of(unit, api)) {
			try {
				program.add(Lowering.lower(context, function));
				if (function.concerns()) {
					concerned.add(function.key());
				}
			} catch (Flow.TooLargeException e) {
				if (function.concerns()) {
					exhausted.add(function.key());
				}
			}
		}
		for (ProgramCheck.Result result : ProgramCheck.check(program, file -> source, new Cache(), Runnable::run, () -> false)) {
			diagnoses.addAll(result.diagnoses());
			if (result.exhausted() && concerned.contains(result.function().function())) {
				exhausted.add(result.function().function());
			}
		}
		var suppressions = new Suppressions(unit, source);
		diagnoses.sort(Comparator.comparing(Diagnosis::finding, Finding.ORDER));
		diagnoses.removeIf(diagnosis -> suppressions.hides(diagnosis.finding()));
		// What was not looked at wholly may well hold what is asked to be ignored.
		List<Finding> unused = exhausted.isEmpty() ? suppressions.unused() : List.of();
		return new Analysis(diagnoses, suppressions.ignored(), unused, exhausted);
	}

	/** All findings of the unit, with their fixes, in source order. */
	public List<Finding> findings(CompilationUnit unit, SourceText source) {
		var all = new ArrayList<>(Fixes.add(diagnoses, unit, source));
		all.addAll(unused);
		all.sort(Finding.ORDER);
		return List.copyOf(all);
	}
}
