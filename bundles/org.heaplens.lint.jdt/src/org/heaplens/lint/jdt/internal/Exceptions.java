// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.heaplens.lint.flow.ExitKind;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;

/** Leads exceptions to the clauses that catch them. Confined to one thread. */
final class Exceptions {
	/**
	 * What is thrown.
	 *
	 * @param certain whether leaving the function by it counts; else it only counts where it is caught
	 * @param span    of the throw statement or the call
	 */
	record Thrown(ExceptionType type, boolean certain, ExitKind exit, Span span) {
		/** Exceptions thrown by statements are not mixed: each is an exit of its own. */
		private String key() {
			return type.chain() + (certain ? "!" : "?") + (exit == ExitKind.THROW ? span.offset() : "");
		}
	}

	private final Lowering lowering;

	Exceptions(Lowering lowering) {
		this.lowering = lowering;
	}

	/**
	 * Adds a call's exceptional ways out.
	 *
	 * @param method null if it is not known
	 */
	void call(ASTNode call, String name, @Nullable IMethodBinding method) {
		call(call, name, method, Optional.empty());
	}

	/**
	 * Adds a call with its exceptional ways out.
	 *
	 * @param method    null if it is not known
	 * @param operation what the call does; nothing worth an operation if it is empty
	 */
	void call(ASTNode call, String name, @Nullable IMethodBinding method, Optional<HeapOp> operation) {
		Span span = Lowering.span(call);
		var thrown = new ArrayList<Thrown>();
		if (method == null) {
			thrown.add(new Thrown(ExceptionType.ANY, false, ExitKind.EXCEPTION, span));
		} else {
			for (ITypeBinding declared : method.getExceptionTypes()) {
				ExceptionType type = ExceptionType.of(declared, declared.getName());
				if (type.checked() || !type.complete()) {
					thrown.add(new Thrown(type, type.checked(), ExitKind.EXCEPTION, span));
				}
			}
			thrown.add(new Thrown(ExceptionType.UNCHECKED, false, ExitKind.EXCEPTION, span));
		}
		thrown.removeIf(each -> !each.certain() && !caught(each, lowering.frame));
		Flow flow = lowering.flow;
		int node = thrown.isEmpty() && operation.isEmpty() ? -1 : flow.emit(operation.orElse(new HeapOp.Invoke(span)));
		if (node < 0) {
			return;
		}
		List<Flow.Dangling> normal = flow.take();
		for (Thrown each : thrown) {
			String what = each.certain() ? each.type().name() : "an exception";
			raise(each, List.of(new Flow.Dangling(node, new Guard.Throws(name + " throws " + what + " here"))));
		}
		flow.resume(normal);
	}

	/** A call of the API here: it throws nothing in practice, but a clause that catches nothing else is not there for nothing. */
	void unlikely(ASTNode call) {
		Frame frame = lowering.frame;
		while (frame instanceof Frame.Body || frame instanceof Frame.Target) {
			frame = frame.outer();
		}
		if (frame instanceof Frame.Catches catches) {
			int node = lowering.flow.emit(new HeapOp.Invoke(Lowering.span(call)));
			if (node >= 0) {
				catches.unlikely().add(new Flow.Dangling(node, new Guard.Throws("the call throws an exception here")));
			}
		}
	}

	private static boolean caught(Thrown thrown, @Nullable Frame from) {
		for (Frame frame = from; frame != null; frame = frame.outer()) {
			if (frame instanceof Frame.Catches catches && catches.handlers().stream()
					.anyMatch(handler -> match(handler, thrown) != ExceptionType.Match.NO)) {
				return true;
			}
		}
		return false;
	}

	private static ExceptionType.Match match(Frame.Handler handler, Thrown thrown) {
		return handler.types().stream().map(type -> type.catches(thrown.type())).min(Enum::compareTo)
				.orElse(ExceptionType.Match.NO);
	}

	/** Sends the edges to whatever handles the exception, through the finally blocks on the way; none are left. */
	void raise(Thrown thrown, List<Flow.Dangling> from) {
		List<Flow.Dangling> edges = from;
		for (Frame frame = lowering.frame; frame != null && !edges.isEmpty(); frame = frame.outer()) {
			switch (frame) {
				case Frame.Catches catches -> {
					if (enter(catches, thrown, edges)) {
						return;
					}
				}
				case Frame.Finally last -> {
					if (!thrown.certain() && !caught(thrown, last.outer())) {
						return;
					}
					edges = pass(last, thrown, edges);
				}
				case Frame.Body body -> {
				}
				case Frame.Target target -> {
				}
			}
		}
		if (thrown.certain() && !edges.isEmpty()) {
			lowering.flow.resume(edges);
			lowering.flow.emit(new HeapOp.Exit(thrown.exit(), thrown.span()));
			lowering.flow.take();
		}
	}

	/** Whether some clause surely catches it. */
	private static boolean enter(Frame.Catches catches, Thrown thrown, List<Flow.Dangling> edges) {
		for (Frame.Handler handler : catches.handlers()) {
			ExceptionType.Match match = match(handler, thrown);
			if (match != ExceptionType.Match.NO) {
				handler.entries().addAll(edges);
			}
			if (match == ExceptionType.Match.YES) {
				return true;
			}
		}
		return false;
	}

	/** The edges behind a copy of the finally block; exceptions of one type share one copy. */
	private List<Flow.Dangling> pass(Frame.Finally last, Thrown thrown, List<Flow.Dangling> edges) {
		Flow flow = lowering.flow;
		if (last.copies().containsKey(thrown.key())) {
			flow.connect(edges, last.copies().get(thrown.key()));
			return List.of();
		}
		flow.resume(edges);
		last.copies().put(thrown.key(), flow.emit(new HeapOp.Join(thrown.span())));
		lowering.statements.runFinally(last);
		return flow.take();
	}
}
