// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.cdt.core.dom.ast.IASTCastExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFieldReference;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTLiteralExpression;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.HeapOp;
import org.heaplens.lint.flow.Span;
import org.heaplens.lint.flow.Variable;

/** Lowers calls. Confined to one thread. */
final class Calls {
	private static final Set<String> SAME = Set.of("move", "forward", "static_pointer_cast", "dynamic_pointer_cast", "const_pointer_cast",
			"reinterpret_pointer_cast", "ref", "cref");
	private static final Set<String> MAKERS = Set.of("make_shared", "make_unique");
	private static final Set<String> ENDS = Set.of("exit", "_exit", "abort", "quick_exit", "terminate", "__builtin_unreachable");
	private static final Set<String> ADDS = Set.of("push_back", "push", "push_front", "emplace_back", "emplace", "insert", "PushData");
	private static final Family MALLOC = new Family("malloc");

	private final Lowering lowering;
	private final Modelled modelled;

	Calls(Lowering lowering) {
		this.lowering = lowering;
		this.modelled = new Modelled(lowering);
	}

	/** A call; the object it is on is not evaluated yet. */
	record Site(IASTExpression node, String name, String qualifier, Optional<IASTExpression> receiver,
			List<IASTInitializerClause> arguments) {
		Span span() {
			return Names.span(node);
		}
	}

	Variable value(IASTFunctionCallExpression node) {
		return value(site(node));
	}

	/** The result of a function that is a template, or of a constructor. */
	Variable value(IASTExpression node, IASTName name, List<IASTInitializerClause> arguments) {
		return value(new Site(node, Names.last(name), Names.qualifier(name), Optional.empty(), arguments));
	}

	private Variable value(Site site) {
		if (ENDS.contains(site.name()) && site.receiver().isEmpty()) {
			site.arguments().forEach(lowering.expressions::value);
			Variable none = lowering.expressions.unknown(site.span());
			lowering.statements.ends();
			return none;
		}
		if (site.receiver().isEmpty() && SAME.contains(site.name()) && site.arguments().size() == 1) {
			return lowering.expressions.value(site.arguments().get(0));
		}
		if (site.receiver().isEmpty() && MAKERS.contains(site.name())) {
			return made(site);
		}
		if (site.receiver().isEmpty() && (site.name().endsWith("_ptr")) && !site.arguments().isEmpty()) {
			return lowering.owners.made(site.arguments(), site.span());
		}
		if (site.receiver().isPresent()) {
			Optional<Variable> handled = onObject(site, site.receiver().get());
			if (handled.isPresent()) {
				return handled.get();
			}
		}
		return modelled.value(site).or(() -> known(site)).orElseGet(() -> strange(site));
	}

	private static Site site(IASTFunctionCallExpression node) {
		IASTExpression function = node.getFunctionNameExpression();
		List<IASTInitializerClause> arguments = List.of(node.getArguments());
		IASTInitializerClause bare = function == null ? null : Names.bare(function);
		if (bare instanceof IASTFieldReference reference) {
			return new Site(node, Names.last(reference.getFieldName()), "", Optional.of(reference.getFieldOwner()), arguments);
		}
		if (bare instanceof IASTIdExpression id) {
			return new Site(node, Names.last(id.getName()), Names.qualifier(id.getName()), Optional.empty(), arguments);
		}
		return new Site(node, "", "", Optional.empty(), arguments);
	}

	private Variable made(Site site) {
		List<Variable> values = site.arguments().stream().map(lowering.expressions::value).toList();
		Variable result = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(result, site.span()));
		values.forEach(value -> lowering.flow.emit(new HeapOp.Hold(result, value, site.span())));
		return result;
	}

	/** What smart pointers and containers do. */
	private Optional<Variable> onObject(Site site, IASTExpression object) {
		List<IASTInitializerClause> arguments = site.arguments();
		boolean pointer = site.node() instanceof IASTFunctionCallExpression call
				&& call.getFunctionNameExpression() instanceof IASTFieldReference reference && reference.isPointerDereference();
		switch (site.name()) {
			case "get", "lock" -> {
				return arguments.isEmpty() ? Optional.of(lowering.expressions.value(object)) : Optional.empty();
			}
			case "release" -> {
				if (!arguments.isEmpty() || pointer) {
					return Optional.empty();
				}
				Places.Place place = lowering.places.of(object);
				Variable held = copy(lowering.places.read(place, site.span()), site.span());
				lowering.places.write(place, lowering.expressions.assigned(Optional.of(Constant.NULL), site.span()), site.span());
				return Optional.of(held);
			}
			case "reset" -> {
				if (pointer || arguments.size() > 2) {
					return Optional.empty();
				}
				Variable owner = lowering.owners.made(arguments, site.span());
				lowering.places.write(lowering.places.of(object), owner, site.span());
				return Optional.of(owner);
			}
			default -> {
				return ADDS.contains(site.name()) && !arguments.isEmpty() ? Optional.of(added(site, object)) : Optional.empty();
			}
		}
	}

	private Variable copy(Variable value, Span span) {
		Variable copied = lowering.temporary();
		lowering.flow.emit(new HeapOp.Copy(copied, value, span));
		return copied;
	}

	/** Objects in place are copied into the container: what they hold is known to others, too. */
	private Variable added(Site site, IASTExpression object) {
		Variable container = lowering.expressions.value(object);
		for (IASTInitializerClause argument : site.arguments()) {
			Variable value = lowering.expressions.value(argument);
			boolean inPlace = lowering.places.of(argument) instanceof Places.Place.Local(Variable variable, Kind kind)
					&& (kind == Kind.OBJECT || kind == Kind.OBJECT_REFERENCE);
			lowering.flow.emit(inPlace
					? new HeapOp.Escape(value, "stored here", site.span())
					: new HeapOp.Put(container, value, site.span()));
		}
		return lowering.expressions.unknown(site.span());
	}

	/** A function of the program. */
	private Optional<Variable> known(Site site) {
		return target(site).map(target -> {
			Span span = site.span();
			var arguments = new ArrayList<Variable>();
			if (!target.owner().isEmpty()) {
				arguments.add(site.receiver().map(lowering.expressions::value).orElseGet(lowering::self));
			}
			var back = new ArrayList<Runnable>();
			for (int index = 0; index < target.parameters().size(); index++) {
				arguments.add(argument(site.arguments().get(index), target.parameters().get(index), span, back));
			}
			Variable result = lowering.temporary();
			lowering.flow.emit(new HeapOp.Call(result, List.of(target.key()), arguments, site.name(), span));
			back.forEach(Runnable::run);
			lowering.statements.mayThrow(span);
			return result;
		});
	}

	private Optional<Functions.Function> target(Site site) {
		Functions functions = lowering.context.functions();
		int count = site.arguments().size();
		if (site.receiver().isPresent()) {
			String type = type(site.receiver().get());
			return type.isEmpty() ? Optional.empty() : functions.find(type, site.name(), count, lowering.function.file());
		}
		if (site.name().isEmpty() || lowering.local(site.name()).isPresent()) {
			return Optional.empty();
		}
		if (!site.qualifier().isEmpty()) {
			return functions.find(site.qualifier(), site.name(), count, lowering.function.file())
					.or(() -> functions.find("", site.name(), count, lowering.function.file()));
		}
		return (lowering.hasSelf()
				? functions.find(lowering.function.owner(), site.name(), count, lowering.function.file())
				: Optional.<Functions.Function>empty())
				.or(() -> functions.find("", site.name(), count, lowering.function.file()));
	}

	/** The class of what an expression gives, as far as declarations tell; else empty. */
	private String type(IASTExpression expression) {
		IASTInitializerClause bare = Names.bare(expression);
		if (bare instanceof IASTIdExpression id) {
			String name = Names.last(id.getName());
			return lowering.local(name).or(() -> lowering.context.functions().field(lowering.function.owner(), name))
					.map(Scope.Local::type).orElse("");
		}
		return bare instanceof IASTLiteralExpression literal && literal.getKind() == IASTLiteralExpression.lk_this
				? lowering.function.owner()
				: "";
	}

	/** What is handed to a parameter; pointers by reference go in something that holds them, and come back from there. */
	private Variable argument(IASTInitializerClause written, IASTParameterDeclaration parameter, Span span, List<Runnable> back) {
		Kind kind = Kind.of(parameter.getDeclSpecifier(), parameter.getDeclarator());
		Optional<IASTInitializerClause> meant = kind == Kind.POINTER_REFERENCE ? Optional.of(Names.bare(written)) : addressed(written);
		if (meant.isEmpty()) {
			return lowering.expressions.value(written);
		}
		Places.Place place = lowering.places.of(meant.get());
		if (place instanceof Places.Place.Local(Variable variable, Kind of) && !of.holdsPointer()
				|| place instanceof Places.Place.Elsewhere || place instanceof Places.Place.Element) {
			return lowering.expressions.value(written);
		}
		Variable cell = lowering.temporary();
		lowering.flow.emit(new HeapOp.New(cell, span));
		lowering.flow.emit(new HeapOp.Store(cell, Lowering.CONTENT, lowering.places.read(place, span), span));
		back.add(() -> {
			Variable after = lowering.temporary();
			lowering.flow.emit(new HeapOp.Load(after, cell, Lowering.CONTENT, span));
			lowering.places.write(place, after, span);
		});
		return cell;
	}

	/** {@code p} of {@code &p}, with casts around. */
	private static Optional<IASTInitializerClause> addressed(IASTInitializerClause written) {
		return Names.bare(written) instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_amper
				? Optional.ofNullable(unary.getOperand())
				: Optional.empty();
	}

	/** Whether a written cast says that the callee may put another pointer there. */
	private static boolean castToReference(IASTInitializerClause written) {
		return written instanceof IASTCastExpression cast && Kind.of(cast.getTypeId().getDeclSpecifier(),
				cast.getTypeId().getAbstractDeclarator()) == Kind.POINTER_REFERENCE;
	}

	/** A function of which nothing is known: it looks at what it gets. */
	private Variable strange(Site site) {
		Span span = site.span();
		var values = new ArrayList<Variable>();
		boolean free = site.name().equals("free") && site.arguments().size() == 1;
		site.receiver().ifPresent(object -> {
			Variable value = lowering.expressions.value(object);
			lowering.flow.emit(new HeapOp.Lend(value, span));
		});
		for (IASTInitializerClause argument : site.arguments()) {
			Optional<IASTInitializerClause> address = addressed(argument);
			Variable value = lowering.expressions.value(argument);
			if (free) {
				lowering.flow.emit(new HeapOp.Free(value, MALLOC, span));
			} else if (!scalar(argument)) {
				lowering.flow.emit(new HeapOp.Lend(value, span));
				values.add(value);
			}
			if (address.isPresent()) {
				changed(address.get(), span);
			} else if (castToReference(argument)) {
				changed(argument, span);
			}
		}
		lowering.statements.mayThrow(span);
		Variable result = lowering.expressions.unknown(span);
		if (!Uses.asNumber(site.node(), lowering)) {
			values.forEach(value -> lowering.flow.emit(new HeapOp.Derive(result, value, span)));
		}
		return result;
	}

	/** A stranger may have put something else there; what was there he then knows. */
	private void changed(IASTInitializerClause written, Span span) {
		Places.Place place = lowering.places.of(written);
		if (place instanceof Places.Place.Local(Variable variable, Kind kind)) {
			if (kind.holdsPointer()) {
				lowering.flow.emit(new HeapOp.Escape(variable, "handed over here", span));
			}
			if (kind.holdsPointer() || kind == Kind.SCALAR) {
				lowering.unknown(variable, span);
			}
		}
	}

	private boolean scalar(IASTInitializerClause argument) {
		IASTInitializerClause bare = Names.bare(argument);
		if (lowering.expressions.constant(bare).isPresent()) {
			return true;
		}
		return bare instanceof IASTIdExpression id
				&& lowering.local(Names.last(id.getName())).filter(local -> local.kind() == Kind.SCALAR).isPresent();
	}
}
