// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;
import org.heaplens.lint.api.ApiEffect;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Slot;
import org.heaplens.lint.flow.Flag;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls of functions that models describe. Confined to one thread. */
final class Modelled {
	private final Lowering lowering;

	Modelled(Lowering lowering) {
		this.lowering = lowering;
	}

	/** What the call gives, if a model knows the function. */
	Optional<Variable> value(Calls.Site site) {
		return find(site).map(function -> lower(function, site));
	}

	/** Headers are missing, so that the class of a receiver is seldom known: the name and the number of arguments tell. */
	private Optional<FunctionModel> find(Calls.Site site) {
		if (site.name().isEmpty()) {
			return Optional.empty();
		}
		List<FunctionModel> named = lowering.context.model().named(lowering.context.language(), site.name(), site.arguments().size());
		if (!site.qualifier().isEmpty()) {
			List<FunctionModel> of = named.stream().filter(function -> function.simpleOwner().equals(site.qualifier())).toList();
			return first(of.isEmpty() ? named.stream().filter(function -> function.owner().isEmpty()).toList() : of);
		}
		if (site.receiver().isPresent()) {
			return first(named.stream().filter(function -> !function.owner().isEmpty() && !function.ofType()).toList());
		}
		List<FunctionModel> free = named.stream().filter(function -> function.owner().isEmpty()).toList();
		boolean own = lowering.context.functions().only(site.name(), site.arguments().size()).isPresent();
		return first(free).or(() -> lowering.hasSelf() && !own
				? first(named.stream().filter(function -> !function.ofType()).toList())
				: Optional.empty());
	}

	private static Optional<FunctionModel> first(List<FunctionModel> functions) {
		return functions.stream().findFirst();
	}

	private Variable lower(FunctionModel function, Calls.Site site) {
		Span span = site.span();
		Variable result = lowering.temporary();
		Optional<ApiEffect.Allocates> allocation = function.allocation();
		int out = allocation.isPresent() && allocation.get().block() instanceof Slot.Argument(int index) ? index : -1;
		var values = new ArrayList<Variable>();
		for (int index = 0; index < site.arguments().size(); index++) {
			values.add(index == out ? result : lowering.expressions.value(site.arguments().get(index)));
		}
		Optional<Variable> receiver = site.receiver().map(lowering.expressions::value);
		var call = new Call(values, receiver, result);
		if (function.throwing()) {
			lowering.statements.mayThrow(span);
		}
		for (ApiEffect effect : function.effects()) {
			switch (effect) {
				case ApiEffect.Allocates allocates -> allocate(allocates, call, site, out);
				case ApiEffect.Frees frees -> call.value(frees.block())
						.ifPresent(block -> lowering.flow.emit(new HeapOp.Free(block, frees.family(), span)));
				case ApiEffect.Sends sends -> call.value(sends.message()).ifPresent(message -> lowering.flow
						.emit(new HeapOp.Send(message, sends.status().flatMap(call::value).orElseGet(lowering::temporary), span)));
				case ApiEffect.Uses uses -> call.value(uses.value())
						.ifPresent(value -> lowering.flow.emit(new HeapOp.Use(value, uses.write(), uses.what(), span)));
				case ApiEffect.Keeps keeps -> call.value(keeps.value())
						.ifPresent(value -> lowering.flow.emit(new HeapOp.Escape(value, "handed over here", span)));
				case ApiEffect.Returns returns -> call.value(returns.value())
						.ifPresent(value -> lowering.flow.emit(new HeapOp.Copy(result, value, span)));
				default -> {
					// Owners and containers of C++ are known by what they are.
				}
			}
		}
		return result;
	}

	/** What takes part in a call. */
	private record Call(List<Variable> arguments, Optional<Variable> receiver, Variable result) {
		Optional<Variable> value(Slot slot) {
			return switch (slot) {
				case Slot.Receiver() -> receiver;
				case Slot.Result() -> Optional.of(result);
				case Slot.Argument(int index) -> index < arguments.size() ? Optional.of(arguments.get(index)) : Optional.empty();
			};
		}
	}

	private void allocate(ApiEffect.Allocates allocates, Call call, Calls.Site site, int out) {
		Span span = site.span();
		Flag flag = allocates.flag();
		Optional<Variable> flagFrom = allocates.flagFrom().flatMap(call::value);
		if (allocates.flagFrom().isPresent() && allocates.flagFrom().get() instanceof Slot.Argument(int index)) {
			flag = index < site.arguments().size() ? flag(site.arguments().get(index)) : Flag.AUTO;
		}
		if (flag != Flag.UNKNOWN) {
			flagFrom = Optional.empty();
		}
		Places.Place place = out < 0 ? new Places.Place.Elsewhere() : lowering.places.of(site.arguments().get(out));
		boolean direct = place instanceof Places.Place.Local;
		Variable block = out < 0 ? call.result() : direct ? lowering.places.read(place, span) : lowering.temporary();
		lowering.flow.emit(new HeapOp.Allocate(block, allocates.family(), flag, flagFrom, size(allocates, call, site),
				allocates.status().flatMap(call::value), allocates.nullable(), span));
		if (out >= 0 && !direct) {
			lowering.places.write(place, block, span);
		}
	}

	/** Sizes that are computed are right on the paths that matter: only one that is written as a number is looked at. */
	private Optional<Variable> size(ApiEffect.Allocates allocates, Call call, Calls.Site site) {
		return allocates.size().filter(slot -> slot instanceof Slot.Argument(int index) && index < site.arguments().size()
				&& lowering.expressions.constant(Names.bare(site.arguments().get(index))).isPresent()).flatMap(call::value);
	}

	private Flag flag(IASTInitializerClause written) {
		return switch (Names.bare(written)) {
			case IASTIdExpression id -> lowering.context.model().flag(Names.last(id.getName()));
			case IASTLiteralExpression literal -> lowering.context.model().flag(String.valueOf(literal.getValue()));
			default -> Flag.UNKNOWN;
		};
	}
}
