// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.flow.Family;

/**
 * What is known of a function without its source. Immutable.
 *
 * @param languages in which it is called so
 * @param owner     the name of its class; without a package, all classes of that name are meant; empty for a function of
 *                  no class
 * @param name      its name; {@link #CONSTRUCTOR} for a constructor
 * @param arity     with how many arguments it is called
 * @param inherited whether it is the same when called on an object of a class below
 * @param ofType    whether it is called on the class itself and not on an object of it
 * @param effects   what it does, in the order in which it does it
 * @param throwing  whether it may throw, and so end its caller
 * @param exits     whether it ends the process: it never returns
 * @param result    whether what it returns may be null
 */
public record FunctionModel(Set<Language> languages, String owner, String name, Arity arity, boolean inherited,
		boolean ofType, List<ApiEffect> effects, boolean throwing, boolean exits, Nullness result) {
	/** Whether a result may be null. Immutable. */
	public enum Nullness {
		/** It never is. */
		NEVER,
		/** It is, in circumstances callers should reckon with. */
		MAYBE,
		/** Nothing is said. */
		UNKNOWN
	}

	/** The name of constructors; no function of any language can be called so. */
	public static final String CONSTRUCTOR = "new";

	public FunctionModel {
		languages = Set.copyOf(languages);
		effects = List.copyOf(effects);
	}

	/** Whether it is a constructor. */
	public boolean constructs() {
		return name.equals(CONSTRUCTOR);
	}

	/** What tells it from other functions; a model of the same key replaces it. */
	public String key() {
		String separator = languages.contains(Language.JAVA) ? "." : "::";
		return (owner.isEmpty() ? name : owner + separator + name) + "/" + arity;
	}

	/** The last word of the name of its class; empty for a function of no class. */
	public String simpleOwner() {
		return simple(owner);
	}

	/** Whether a class of that name has it; where one of the names has no package, their last words count. */
	public boolean ofClass(String name) {
		return owner.equals(name)
				|| (!qualified(owner) || !qualified(name)) && !owner.isEmpty() && simpleOwner().equals(simple(name));
	}

	/** Whether the name of a class says in which package or namespace it is. */
	static boolean qualified(String name) {
		return !simple(name).equals(name);
	}

	private static String simple(String name) {
		return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
	}

	/** Whether the objects it is called on, or that it constructs, are blocks themselves. */
	boolean ofBlocks() {
		return effects.stream().anyMatch(effect -> switch (effect) {
			case ApiEffect.Allocates allocates -> constructs() && allocates.block() instanceof Slot.Result;
			case ApiEffect.Uses uses -> uses.value() instanceof Slot.Receiver;
			case ApiEffect.Frees frees -> frees.block() instanceof Slot.Receiver;
			default -> false;
		});
	}

	/** The block of that family that it gives back, if it gives one back. */
	public Optional<Slot> frees(Family family) {
		return effects(ApiEffect.Frees.class).stream().filter(effect -> effect.family().equals(family)).map(ApiEffect.Frees::block)
				.findFirst();
	}

	/** The effects of one kind. */
	public <E extends ApiEffect> List<E> effects(Class<E> kind) {
		return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	/** The block it makes, if it makes one. */
	public Optional<ApiEffect.Allocates> allocation() {
		return effects(ApiEffect.Allocates.class).stream().findFirst();
	}

	/** Whether it does something to blocks, owners or messages that callers answer for. */
	public boolean obliges() {
		return effects.stream().anyMatch(effect -> effect instanceof ApiEffect.Allocates
				|| effect instanceof ApiEffect.Frees || effect instanceof ApiEffect.Sends);
	}
}
