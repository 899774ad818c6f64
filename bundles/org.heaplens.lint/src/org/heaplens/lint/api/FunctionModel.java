// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a function without its source. Immutable.
 *
 * @param languages in which it is called so
 * @param owner     the qualified name of its class; empty for a function of no class
 * @param name      its name; {@link #CONSTRUCTOR} for a constructor
 * @param arity     with how many arguments it is called
 * @param inherited whether it is the same when called on an object of a class below
 * @param effects   what it does, in the order in which it does it
 * @param throwing  whether it may throw, and so end its caller
 * @param exits     whether it ends the process: it never returns
 * @param result    whether what it returns may be null
 */
public record FunctionModel(Set<Language> languages, String owner, String name, Arity arity, boolean inherited,
		List<ApiEffect> effects, boolean throwing, boolean exits, Nullness result) {
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

	/** What tells it from other functions; a model of the same key replaces it. */
	public String key() {
		String separator = languages.contains(Language.JAVA) ? "." : "::";
		return (owner.isEmpty() ? name : owner + separator + name) + "/" + arity;
	}

	/** The last word of the name of its class; empty for a function of no class. */
	public String simpleOwner() {
		return owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf(':')) + 1);
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
