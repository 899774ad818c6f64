// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.heaplens.lint.engine.Cache;
import org.heaplens.lint.engine.Moment;
import org.heaplens.lint.engine.Outcome;
import org.heaplens.lint.engine.PathStep;
import org.heaplens.lint.engine.Program;
import org.heaplens.lint.engine.Simulation;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.Span;

/** Asks all rules about the functions of a program. Stateless. */
public final class ProgramCheck {
	/**
	 * What the rules found in one function.
	 *
	 * @param diagnoses in source order
	 * @param makes     whether callers get blocks from it that it makes
	 * @param exhausted whether the function has more paths than were followed; what is found is certain nevertheless
	 */
	public record Result(FlowGraph function, List<Diagnosis> diagnoses, boolean makes, boolean exhausted) {
		public Result {
			diagnoses = List.copyOf(diagnoses);
		}
	}

	private record Key(String rule, Span span) {}

	private record Objection(Rule rule, String message, Moment moment) {}

	private ProgramCheck() {}

	/**
	 * One diagnosis for each rule and place, however many paths lead there.
	 *
	 * @param sources   the text of each file that functions of the program name
	 * @param cache     what earlier checks have found out
	 * @param threads   do the work; this call returns when they are done
	 * @param cancelled asked now and then; true ends the check with what was found so far
	 * @return in the order of the functions; those that were not reached before the check was cancelled are missing
	 */
	public static List<Result> check(Program program, Function<String, SourceText> sources, Cache cache,
			Executor threads, BooleanSupplier cancelled) {
		Map<String, Outcome> outcomes = Simulation.run(program, cache, threads, cancelled);
		var results = new ArrayList<Result>();
		for (FlowGraph function : program.functions()) {
			Outcome outcome = outcomes.get(function.function());
			if (outcome != null) {
				results.add(new Result(function, diagnoses(function, outcome, sources), outcome.makes(),
						outcome.exhausted()));
			}
		}
		return results;
	}

	private static List<Diagnosis> diagnoses(FlowGraph function, Outcome outcome, Function<String, SourceText> sources) {
		Map<Key, List<Objection>> objections = new LinkedHashMap<>();
		for (Moment moment : outcome.moments()) {
			for (Rule rule : Rules.ALL) {
				rule.judge(moment).ifPresent(message -> objections
						.computeIfAbsent(new Key(rule.id(), place(moment)), key -> new ArrayList<>())
						.add(new Objection(rule, message, moment)));
			}
		}
		join(objections);
		var diagnoses = new ArrayList<Diagnosis>();
		objections.forEach((key, same) -> diagnoses.add(diagnosis(key, same, function.file(), sources)));
		diagnoses.sort(Comparator.comparing(Diagnosis::finding, Finding.ORDER));
		return diagnoses.isEmpty()
				? diagnoses
				: Fingerprints.of(function.function(), diagnoses, sources.apply(function.file()));
	}

	/** One defect, one finding: what is part of another finding goes there. */
	private static void join(Map<Key, List<Objection>> objections) {
		for (Key key : List.copyOf(objections.keySet())) {
			List<Objection> parts = objections.getOrDefault(key, List.of());
			Optional<List<Objection>> whole = parts.stream().map(Objection::rule)
					.filter(rule -> rule.id().equals(key.rule())).flatMap(rule -> rule.partOf().stream())
					.map(rule -> objections.get(new Key(rule, key.span()))).filter(Objects::nonNull).findFirst();
			if (whole.isPresent()) {
				whole.get().addAll(parts);
				objections.remove(key);
			}
		}
	}

	/** Leaks of one allocation are one defect, and so is an allocation nobody looks at; everything else is one where it happens. */
	private static Span place(Moment moment) {
		return moment instanceof Moment.End || moment instanceof Moment.UncheckedUse
				? moment.block().allocation()
				: moment.span();
	}

	/** The path of a finding is the one that leaves first in the source. */
	private static Diagnosis diagnosis(Key key, List<Objection> objections, String file,
			Function<String, SourceText> sources) {
		Objection first = objections.stream().filter(objection -> objection.rule().id().equals(key.rule())).min(Comparator.comparingInt(
				(Objection objection) -> objection.moment().span().offset())
				.thenComparingInt(objection -> objection.moment().path().size())).orElseThrow();
		var steps = new ArrayList<Step>();
		for (PathStep step : first.moment().path()) {
			steps.add(new Step(sources.apply(step.file().isEmpty() ? file : step.file()).location(step.span()), step.text()));
		}
		SourceText source = sources.apply(file);
		steps.add(new Step(source.location(first.moment().span()), last(first.moment())));
		Span shown = first.moment() instanceof Moment.End ? key.span() : first.moment().span();
		var finding = new Finding(key.rule(), first.rule().severity(), first.message(), source.location(shown),
				steps, List.of(), "");
		return new Diagnosis(finding, objections.stream().map(Objection::moment).toList());
	}

	private static String last(Moment moment) {
		String block = moment.block().name().isEmpty() ? Words.noun(moment.block()) : "'" + moment.block().name() + "'";
		String freed = Words.freed(moment.block());
		return switch (moment) {
			case Moment.End end -> last(end, block);
			case Moment.SecondFree free -> (free.sent()
					? "freed here, after the framework has freed " + block
					: freed + " again here");
			case Moment.WrongFree free -> freed + " here in a way that is not for such blocks";
			case Moment.LateUse use -> use.what() + " here, after "
					+ (use.sent() ? "the framework has freed " : "the program has " + freed + " ") + block;
			case Moment.SecondSend send -> "sent again here";
			case Moment.UncheckedUse use -> use.what() + " here, although there may be no block";
			case Moment.Request request -> "asked for here";
		};
	}

	private static String last(Moment.End end, String block) {
		String freeing = Words.freeing(end.block());
		String freed = Words.freed(end.block());
		return switch (end.reason()) {
			case RETURN -> "returns here without " + freeing + " " + block;
			case END -> "ends here without " + freeing + " " + block;
			case THROW -> "throws here without " + freeing + " " + block;
			case EXCEPTION -> "leaves by the exception without " + freeing + " " + block;
			case OVERWRITTEN -> block + " is overwritten here without having been " + freed;
			case SCOPE -> block + " goes out of scope here without having been " + freed;
			case DROPPED -> "nobody keeps " + Words.noun(end.block()) + ", so that nobody can " + Words.free(end.block()) + " it";
			case FIELD -> "ends here with " + block + " in a field that nothing " + Words.free(end.block()) + "s";
		};
	}
}
