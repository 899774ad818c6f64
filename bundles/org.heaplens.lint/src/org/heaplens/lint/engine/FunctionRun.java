// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.heaplens.lint.flow.Field;
import org.heaplens.lint.flow.FlowGraph;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Variable;

/** Follows each block that concerns a function through it, once what it calls is known. Confined to one thread, used once. */
final class FunctionRun {
	/** More places than this are not followed: what happens there is not known to callers. */
	private static final int MOST_PLACES = 32;
	/** More blocks of one called function are not followed. */
	private static final int MOST_MADE = 8;

	private final FlowGraph graph;
	private final Summaries summaries;
	private final Liveness liveness;
	private final Budget budget = new Budget();
	private final List<Moment> moments = new ArrayList<>();
	private final Set<Place> written = new HashSet<>();
	private final Set<Field> loose = new HashSet<>();
	private boolean exhausted;

	FunctionRun(FlowGraph graph, Summaries summaries) {
		this.graph = graph;
		this.summaries = summaries;
		this.liveness = new Liveness(graph);
	}

	/** What is told to callers; empty effects where nothing is known. */
	Summary run() {
		var made = new ArrayList<Summary.Made>();
		for (Subject subject : subjects()) {
			Transfer transfer = follow(subject);
			List<Effect> left = transfer.results.effects().stream()
					.filter(effect -> (effect.phase().due() || effect.phase().gone()) && !effect.places().isEmpty()).toList();
			if (!left.isEmpty() && made.size() < MOST_MADE) {
				made.add(new Summary.Made(transfer.family(), transfer.flag(), left));
			}
		}
		Transfer ways = follow(new Subject.None());
		var touches = new LinkedHashMap<Place, List<Touch>>();
		Map<Place, List<Effect>> effects = given(ways.read, touches);
		return new Summary(effects, touches, ways.results.effects(), made, written, loose);
	}

	private List<Subject> subjects() {
		var subjects = new ArrayList<Subject>();
		for (int node = 0; node < graph.nodes().size(); node++) {
			switch (graph.nodes().get(node).operation()) {
				case HeapOp.Allocate allocate -> subjects.add(new Subject.Here(node));
				case HeapOp.Receive receive -> subjects.add(new Subject.Here(node));
				case HeapOp.Call call -> made(node, call, subjects);
				default -> {
				}
			}
		}
		return subjects;
	}

	private void made(int node, HeapOp.Call call, List<Subject> subjects) {
		for (int target = 0; target < call.targets().size(); target++) {
			int blocks = summaries.of(call.targets().get(target)).map(summary -> summary.made().size()).orElse(0);
			for (int block = 0; block < blocks; block++) {
				subjects.add(new Subject.InCallee(node, target, block));
			}
		}
	}

	private Transfer follow(Subject subject) {
		var tracker = new Tracker(graph, liveness, subject, summaries, budget);
		Transfer transfer = tracker.run();
		exhausted |= tracker.exhausted();
		moments.addAll(transfer.moments());
		written.addAll(transfer.written);
		loose.addAll(transfer.loose);
		return transfer;
	}

	/** What becomes of blocks the caller has: at parameters, and where the function looks. */
	private Map<Place, List<Effect>> given(Set<Place> read, Map<Place, List<Touch>> touches) {
		var places = new LinkedHashSet<Place>();
		Set<Variable> used = liveness.handled();
		for (int parameter = 0; parameter < graph.parameters().size(); parameter++) {
			if (used.contains(graph.parameters().get(parameter))) {
				places.add(new Place(parameter, List.of()));
			}
		}
		places.addAll(read);
		Map<Place, List<Effect>> effects = new LinkedHashMap<>();
		while (!places.isEmpty() && effects.size() < MOST_PLACES) {
			Place place = places.iterator().next();
			places.remove(place);
			Transfer transfer = follow(new Subject.Given(place));
			effects.put(place, transfer.results.effects());
			touches.put(place, transfer.results.touches());
			transfer.read.stream().filter(each -> !effects.containsKey(each)).forEach(places::add);
		}
		exhausted |= !places.isEmpty();
		return effects;
	}

	List<Moment> moments() {
		return moments;
	}

	boolean exhausted() {
		return exhausted;
	}
}
