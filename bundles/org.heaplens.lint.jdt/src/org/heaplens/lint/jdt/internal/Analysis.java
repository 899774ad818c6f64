// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Diagnosis;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Ignored;
import org.heaplens.lint.ProgramCheck;
import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.flow.FlowGraph;

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
		var diagnoses = new ArrayList<Diagnosis>();
		var program = new Program();
		var exhausted = new ArrayList<String>();
		for (Functions.Function function : Functions.of(unit, api)) {
			try {
				FlowGraph graph = Lowering.lower(source.file(), function.name(), api, handover, function.parameters(),
						function.body());
				program.add(graph);
			} catch (Flow.TooLargeException e) {
				exhausted.add(function.name());
			}
		}
		for (ProgramCheck.Result result : ProgramCheck.check(program, file -> source, new Cache(), Runnable::run, () -> false)) {
			diagnoses.addAll(result.diagnoses());
			if (result.exhausted()) {
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
