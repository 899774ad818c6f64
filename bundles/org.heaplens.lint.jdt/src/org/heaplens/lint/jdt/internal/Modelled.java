// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Slot;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.Guard;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls of functions that models describe. Confined to one thread. */
final class Modelled {
	/**
	 * A call that is about to be lowered; what takes part in it was evaluated.
	 *
	 * @param node      the whole call
	 * @param name      as steps of a path name the function
	 * @param method    null if it is not known
	 * @param receiver  the object it is called on
	 * @param arguments as written
	 * @param values    of the arguments
	 * @param result    what the call gives
	 */
	record Call(ASTNode node, String name, @Nullable IMethodBinding method, Optional<Variable> receiver, List<Expression> arguments,
			List<Variable> values, Variable result) {
		/** What is meant; empty where the call has none. */
		Optional<Variable> value(Slot slot) {
			return switch (slot) {
				case Slot.Receiver() -> receiver;
				case Slot.Result() -> Optional.of(result);
				case Slot.Argument(int index) -> index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
			};
		}

		Optional<Expression> written(Optional<Slot> slot) {
			return slot.isPresent() && slot.get() instanceof Slot.Argument(int index) && index < arguments.size()
					? Optional.of(arguments.get(index))
					: Optional.empty();
		}

		Span span() {
			return Lowering.span(node);
		}
	}

	private final Lowering lowering;

	Modelled(Lowering lowering) {
		this.lowering = lowering;
	}

	/** Whether the model says more than how elements come and go, which is lowered elsewhere. */
	static boolean tells(FunctionModel function) {
		return function.exits() || !function.effects().isEmpty()
				&& function.effects().stream().noneMatch(effect -> effect instanceof ApiEffect.Puts
						|| effect instanceof ApiEffect.Takes || effect instanceof ApiEffect.Iterates
						|| effect instanceof ApiEffect.TellsEmpty);
	}

	/** What the call gives. */
	Variable lower(FunctionModel function, Call call) {
		function.effects().forEach(effect -> before(effect, function, call));
		exits(function, call);
		if (function.exits()) {
			lowering.flow.take();
			return call.result();
		}
		Variable result = call.result();
		for (ApiEffect effect : function.effects()) {
			switch (effect) {
				case ApiEffect.Allocates allocates -> allocate(allocates, call);
				case ApiEffect.Wraps wraps -> wrap(wraps, call);
				case ApiEffect.Returns returns -> result = call.value(returns.value()).orElse(result);
				default -> {
				}
			}
		}
		return result;
	}

	/** What is done even if the call throws. */
	private void before(ApiEffect effect, FunctionModel function, Call call) {
		Flow flow = lowering.flow;
		switch (effect) {
			case ApiEffect.Requires requires -> call.value(requires.value()).ifPresent(value -> notNull(value, call.span()));
			case ApiEffect.Uses uses -> call.value(uses.value()).ifPresent(value -> use(uses, function, value, call));
			case ApiEffect.Sends sends -> call.value(sends.message()).ifPresent(message -> flow.emit(new HeapOp.Send(message,
					sends.status().flatMap(call::value).orElseGet(lowering::temporary), call.span())));
			case ApiEffect.Frees frees -> call.value(frees.block())
					.ifPresent(block -> flow.emit(new HeapOp.Free(block, frees.family(), call.span())));
			case ApiEffect.Closes closes -> call.value(closes.owner())
					.ifPresent(owner -> flow.emit(new HeapOp.Close(owner, call.span())));
			case ApiEffect.Keeps keeps -> call.value(keeps.value()).ifPresent(
					value -> flow.emit(new HeapOp.Escape(value, "handed over to " + call.name() + " here", call.span())));
			default -> {
			}
		}
	}

	/** That it throws is what the function is there for. */
	private void notNull(Variable value, Span span) {
		int node = lowering.flow.emit(new HeapOp.Test(span));
		if (node >= 0) {
			lowering.flow.resume(List.of(new Flow.Dangling(node, new Guard.Compare(value, Constant.NULL, false, ""))));
		}
	}

	/** Where a function gives access for both, what is called on its result says which. */
	private void use(ApiEffect.Uses uses, FunctionModel function, Variable value, Call call) {
		List<ApiEffect.Uses> same = function.effects(ApiEffect.Uses.class).stream()
				.filter(other -> other.value().equals(uses.value())).toList();
		if (same.size() == 1) {
			lowering.flow.emit(new HeapOp.Use(value, uses.write(), uses.what(), call.span()));
			return;
		}
		if (same.indexOf(uses) > 0) {
			return;
		}
		String access = call.node().getParent() instanceof MethodInvocation outer && outer.getExpression() == call.node()
				? outer.getName().getIdentifier()
				: "";
		boolean writes = access.startsWith("put");
		String what = writes ? "written" : access.startsWith("get") ? "read" : "read or written";
		lowering.flow.emit(new HeapOp.Use(value, writes, what, call.span()));
	}

	/** The ways out by exceptions: a block that is made is not there on those. */
	private void exits(FunctionModel function, Call call) {
		if (function.throwing()) {
			lowering.exceptions.call(call.node(), call.name(), call.method());
		} else if (function.effects().stream()
				.anyMatch(effect -> effect instanceof ApiEffect.Allocates || effect instanceof ApiEffect.Frees)) {
			lowering.exceptions.unlikely(call.node());
		}
	}

	private void allocate(ApiEffect.Allocates allocates, Call call) {
		Optional<Expression> written = call.written(allocates.flagFrom());
		Flag flag = written.map(expression -> flag(expression, lowering.models.model())).orElse(allocates.flag());
		Optional<Variable> from = flag == Flag.UNKNOWN ? allocates.flagFrom().flatMap(call::value) : Optional.empty();
		Optional<Variable> size = allocates.size().flatMap(call::value);
		OptionalLong bytes = call.written(allocates.size()).map(Numbers::of).orElse(OptionalLong.empty());
		if (bytes.isPresent()) {
			Variable constant = lowering.temporary();
			lowering.flow.emit(new HeapOp.Assign(constant, Optional.of(new Constant.Literal(Long.toString(bytes.getAsLong()))),
					call.span()));
			size = Optional.of(constant);
		}
		Optional<Variable> block = call.value(allocates.block());
		if (block.isPresent()) {
			lowering.flow.emit(new HeapOp.Allocate(block.get(), allocates.family(), flag, from, size,
					allocates.status().flatMap(call::value), allocates.nullable(), call.span()));
		}
	}

	/** The flag an expression names; unknown if it names none. */
	static Flag flag(Expression expression, ApiModel model) {
		return switch (expression) {
			case Name constant -> model.flag(Api.last(constant));
			case FieldAccess access -> model.flag(access.getName().getIdentifier());
			default -> {
				OptionalLong number = Numbers.of(expression);
				yield number.isPresent() ? model.flag(Long.toString(number.getAsLong())) : Flag.UNKNOWN;
			}
		};
	}

	private void wrap(ApiEffect.Wraps wraps, Call call) {
		Optional<Variable> owner = call.value(wraps.owner());
		Optional<Variable> block = call.value(wraps.block());
		if (owner.isPresent() && block.isPresent()) {
			if (wraps.owner() instanceof Slot.Result) {
				lowering.flow.emit(new HeapOp.New(owner.get(), call.span()));
			}
			lowering.flow.emit(new HeapOp.Hold(owner.get(), block.get(), call.span()));
		}
	}
}
