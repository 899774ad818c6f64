// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.Extent;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.HeapInfo;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.conformance.Scenario.Line;
import org.heaplens.runtime.conformance.ScriptedEngine.Visit;
import org.heaplens.runtime.conformance.Types.Message;

/** Runs one scenario, once. One thread. */
final class Run {
	/** Nothing takes that long: what is not done by then hangs. */
	private static final long HANG_SECONDS = 20;
	private static final String WAITS = "waits";

	private final Board board;
	private final Graphs graphs;
	private final Calls calls;
	private final Map<String, Actor> actors = new LinkedHashMap<>();
	private final Map<String, Visit> visits = new LinkedHashMap<>();
	private final Map<Actor, Line> waiting = new LinkedHashMap<>();

	private Run(Scenario scenario, Board board) {
		this.board = board;
		this.graphs = new Graphs(board.driver(), scenario.parts());
		this.calls = new Calls(board.driver(), graphs);
	}

	/** @param folder empty, for the trace */
	static void of(Scenario scenario, Path folder) throws IOException, InterruptedException {
		Types.register();
		try (var board = new Board(scenario.settings(), folder)) {
			var run = new Run(scenario, board);
			try {
				for (Line line : scenario.steps()) {
					run.step(line);
				}
				run.requireNothingWaits();
			} catch (AssertionError otherwise) {
				// Threads of engines may be inside Process, where the end of their graphs would wait for them.
				run.letGo();
				throw otherwise;
			}
			run.end();
		}
	}

	private void step(Line line) throws IOException, InterruptedException {
		switch (line.word(0)) {
			case "take" -> take(line);
			case "got" -> got(line);
			case "events", "graphs" -> events(line);
			case "blocks" -> blocks(line);
			case "advance" -> board.clock().advance(TimeUnit.MILLISECONDS.toNanos(line.number(1)));
			case "quiet" -> quiet(line);
			case "exit" -> board.exit();
			case "code" -> line.expect(String.join(" ", line.answer()), Integer.toString(HiaiStatus.valueOf(line.word(1)).code()));
			case "flag" -> line.expect(String.join(" ", line.answer()), Integer.toString(Calls.flag(line, 1).code()));
			default -> act(line);
		}
	}

	private void act(Line line) throws IOException, InterruptedException {
		Actor actor = actor(line);
		switch (line.word(1)) {
			case "done" -> answer(line, actor, get(line, pending(line, actor)));
			case WAITS -> check(line, pending(line, actor).isDone() ? get(line, pending(line, actor)) : WAITS, List.of(WAITS));
			case "return" -> leave(line);
			default -> {
				if (actor.pending() != null) {
					throw line.failure(line.word(0) + " still waits");
				}
				waiting.put(actor, line);
				CompletableFuture<String> call = actor.ask(() -> calls.make(line, visits.get(line.word(0))));
				if (line.answer().equals(List.of(WAITS))) {
					awaitWaiting(line, actor, call);
					check(line, WAITS, line.answer());
				} else {
					answer(line, actor, get(line, call));
				}
			}
		}
	}

	private Actor actor(Line line) {
		String name = line.word(0);
		if (name.equals("main") || name.matches("t\\d+")) {
			return actors.computeIfAbsent(name, Actor::outside);
		}
		Actor actor = actors.get(name);
		if (actor == null) {
			throw line.failure("there is no actor or step " + name);
		}
		return actor;
	}

	private static CompletableFuture<String> pending(Line line, Actor actor) {
		@Nullable
		CompletableFuture<String> pending = actor.pending();
		if (pending == null) {
			throw line.failure("no call of " + line.word(0) + " waits");
		}
		return pending;
	}

	private void leave(Line line) {
		Visit visit = visits.remove(line.word(0));
		if (visit == null) {
			throw line.failure("only an engine returns, and once");
		}
		visit.leave(HiaiStatus.valueOf(line.word(2)));
		actors.remove(line.word(0));
		await(line, visit::isOver, "the engine's thread does not go on");
	}

	private static void await(Line line, BooleanSupplier condition, String otherwise) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANG_SECONDS);
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > deadline) {
				throw line.failure(otherwise);
			}
			Thread.onSpinWait();
		}
	}

	private static String get(Line line, CompletableFuture<String> call) throws InterruptedException {
		try {
			return call.get(HANG_SECONDS, TimeUnit.SECONDS);
		} catch (TimeoutException e) {
			throw line.failure("expected " + String.join(" ", line.answer()) + ", but the call does not end");
		} catch (ExecutionException e) {
			var failure = line.failure("the call fails: " + e.getCause());
			failure.initCause(e.getCause());
			throw failure;
		}
	}

	private void awaitWaiting(Line line, Actor actor, CompletableFuture<String> call) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANG_SECONDS);
		Thread thread = actor.thread();
		while (thread == null || !board.clock().isWaiting(thread)) {
			if (call.isDone()) {
				throw line.failure("expected waits, got " + get(line, call));
			}
			if (System.nanoTime() > deadline) {
				throw line.failure("expected waits, but the call does not come to wait");
			}
			Thread.onSpinWait();
			thread = actor.thread();
		}
	}

	private void answer(Line line, Actor actor, String status) throws IOException {
		Line call = waiting.remove(actor);
		actor.answered();
		board.look();
		boolean makes = call != null && List.of("alloc", "default", "dvpp").contains(call.word(1));
		String place = makes && call != null && calls.hasBlock(call.word(2)) ? " " + board.place(calls.block(line, call.word(2))) : "";
		check(line, status + place, line.answer());
	}

	/** Compares an answer, with the misuses that belong to it. */
	private void check(Line line, String answer, List<String> expected) throws IOException {
		board.look();
		String misuses = board.misuses().stream().map(event -> " !" + event.reason()).collect(Collectors.joining());
		line.expect(String.join(" ", expected), answer + misuses);
	}

	private void take(Line line) throws IOException, InterruptedException {
		String name = line.word(2);
		Visit visit = graphs.visits(line.word(1)).poll(HANG_SECONDS, TimeUnit.SECONDS);
		if (visit == null) {
			throw line.failure("nothing reaches engine " + line.word(1));
		}
		visits.put(name, visit);
		actors.put(name, visit.actor());
		board.look();
		check(line, describe(name, Types.received(visit.message()), " port=" + visit.port()), line.answer());
	}

	/** How often an engine was told that nothing came, which it is on a thread of its own. */
	private void quiet(Line line) throws InterruptedException {
		Semaphore told = graphs.quiets(line.word(1));
		int expected = line.answer().isEmpty() ? 0 : line.number(line.answer().get(0));
		if (!told.tryAcquire(expected, HANG_SECONDS, TimeUnit.SECONDS)) {
			throw line.failure("expected " + expected + ", got " + told.drainPermits());
		}
		line.expect(Integer.toString(expected), Integer.toString(expected + told.drainPermits()));
		ScriptedEngine engine = graphs.engine(line, line.word(1));
		await(line, engine::isWaitingAgain, "the engine's thread does not go on");
	}

	private void got(Line line) throws IOException {
		Message message = calls.received(line.word(1));
		board.look();
		check(line, message == null ? "nothing" : describe(line.word(2), message, ""), line.answer());
	}

	private String describe(String name, Message message, String port) {
		HiaiBuffer block = message.block();
		calls.name(name, block);
		return message.type() + port + (block == null ? "" : " " + board.place(block));
	}

	private void events(Line line) throws IOException {
		board.look();
		List<String> expected = line.words().subList(2, line.words().size());
		List<HeapEvent> events = board.events(heap(line), line.word(0).equals("graphs"));
		List<String> got = new ArrayList<>();
		for (int index = 0; index < events.size(); index++) {
			HeapEvent event = events.get(index);
			boolean withArgument = index < expected.size() && expected.get(index).endsWith(")");
			got.add(event.kind() + (withArgument ? "(" + event.argument() + ")" : ""));
		}
		line.expect(String.join(" ", expected), got.isEmpty() ? "-" : String.join(" ", got));
	}

	private void blocks(Line line) throws IOException {
		board.look();
		List<Extent> expected = line.words().subList(2, line.words().size()).stream().filter(word -> word.contains("+")).map(Run::extent)
				.toList();
		if (!Digest.of(expected).equals(line.option("digest", ""))) {
			throw line.failure("the scenario is wrong: the digest of these blocks is " + Digest.of(expected));
		}
		List<Extent> got = board.snapshot(heap(line)).blocks().stream().map(block -> block.extent()).toList();
		line.expect(text(expected), text(got));
	}

	private HeapInfo heap(Line line) {
		try {
			return board.heap(line.word(1));
		} catch (IllegalArgumentException e) {
			throw line.failure(String.valueOf(e.getMessage()));
		}
	}

	private static Extent extent(String word) {
		String[] numbers = word.split("\\+");
		return new Extent(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
	}

	private static String text(List<Extent> extents) {
		return extents.isEmpty()
				? "-"
				: extents.stream().map(extent -> extent.offset() + "+" + extent.size()).collect(Collectors.joining(" "));
	}

	private void requireNothingWaits() {
		waiting.values().stream().findFirst().ifPresent(line -> {
			throw line.failure("this call still waits at the end of the scenario");
		});
	}

	/** Lets all threads go. */
	private void end() {
		visits.values().forEach(visit -> visit.leave(HiaiStatus.OK));
		graphs.destroyAll();
		actors.values().forEach(Actor::leave);
	}

	private void letGo() {
		visits.values().forEach(visit -> visit.leave(HiaiStatus.OK));
		actors.values().forEach(Actor::leave);
	}
}
