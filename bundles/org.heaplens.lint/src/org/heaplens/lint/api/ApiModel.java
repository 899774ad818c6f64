// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.heaplens.lint.flow.Constant;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;

/** All that is known of functions without their source. Immutable. */
public final class ApiModel {
	/** Nothing is known. */
	public static final ApiModel NONE = new ApiModel(List.of(), Map.of(), Set.of());

	private final Map<String, FunctionModel> byKey = new LinkedHashMap<>();
	private final Map<String, List<FunctionModel>> byName = new LinkedHashMap<>();
	private final Map<String, Flag> flags;
	private final Set<String> okay;

	/**
	 * @param functions of several with the same key, the last counts
	 * @param flags     who frees a block after it was sent, by how arguments say it: the last word of a constant, or a
	 *                      number
	 * @param okay      the last words of constants that are the status of a call that did what it was asked to
	 */
	public ApiModel(List<FunctionModel> functions, Map<String, Flag> flags, Set<String> okay) {
		for (FunctionModel function : functions) {
			byKey.put(key(function), function);
		}
		for (FunctionModel function : byKey.values()) {
			byName.computeIfAbsent(function.name(), name -> new ArrayList<>()).add(function);
		}
		this.flags = Map.copyOf(flags);
		this.okay = Set.copyOf(okay);
	}

	/** C and C++ may call the same name with different meanings. */
	private static String key(FunctionModel function) {
		return new TreeSet<>(function.languages()) + function.key();
	}

	/** This, and what {@code other} says; it wins where both speak of the same. */
	public ApiModel with(ApiModel other) {
		var functions = new ArrayList<FunctionModel>(byKey.values());
		functions.addAll(other.byKey.values());
		var allFlags = new LinkedHashMap<String, Flag>(flags);
		allFlags.putAll(other.flags);
		var allOkay = new TreeSet<String>(okay);
		allOkay.addAll(other.okay);
		return new ApiModel(functions, allFlags, allOkay);
	}

	/** All functions, in the order in which they were first spoken of. */
	public List<FunctionModel> functions() {
		return List.copyOf(byKey.values());
	}

	/**
	 * The function that a call on an object of a class means.
	 *
	 * @param owners the name of the class, then those of the classes and interfaces above, the nearest first; those without a
	 *                   package are names of which only the last word is known
	 */
	public Optional<FunctionModel> find(Language language, List<String> owners, String name, int arguments) {
		List<FunctionModel> named = named(language, name, arguments);
		for (int index = 0; index < owners.size() && !named.isEmpty(); index++) {
			String owner = owners.get(index);
			boolean above = index > 0;
			List<FunctionModel> alike = named.stream()
					.filter(function -> function.ofClass(owner) && (!above || function.inherited())).toList();
			List<FunctionModel> exact = alike.stream().filter(function -> function.owner().equals(owner)).toList();
			List<FunctionModel> of = exact.isEmpty() ? alike : exact;
			boolean one = of.stream().map(FunctionModel::owner).filter(FunctionModel::qualified).distinct().count() <= 1;
			if (!of.isEmpty() && one) {
				return best(of);
			}
		}
		return Optional.empty();
	}

	/** The functions of that name, whatever their class. */
	public List<FunctionModel> named(Language language, String name, int arguments) {
		return byName.getOrDefault(name, List.of()).stream().filter(
				function -> function.languages().contains(language) && function.arity().allows(arguments)).toList();
	}

	/** What is said of fewer numbers of arguments is said more exactly; then, what is said last. */
	private static Optional<FunctionModel> best(List<FunctionModel> functions) {
		return functions.stream().reduce((one, other) -> width(other) <= width(one) ? other : one);
	}

	private static long width(FunctionModel function) {
		return (long) function.arity().most() - function.arity().least();
	}

	/** What a flag argument says; unknown if it says nothing that is known. */
	public Flag flag(String written) {
		return flags.getOrDefault(written, Flag.UNKNOWN);
	}

	/** The constant with that last word; every constant for success is {@link Constant#STATUS_OK}. */
	public Constant constant(String lastWord) {
		return okay.contains(lastWord) ? Constant.STATUS_OK : new Constant.Symbol(lastWord);
	}

	/** The families some function makes blocks of. */
	public Set<Family> families() {
		return Set.copyOf(byKey.values().stream().flatMap(function -> function.allocation().stream())
				.map(ApiEffect.Allocates::family).toList());
	}

	/** Last words of the names of classes whose objects are blocks: they are made by their constructor, or have memory. */
	public Set<String> blockTypes(Language language) {
		var types = new TreeSet<String>();
		for (FunctionModel function : byKey.values()) {
			if (function.languages().contains(language) && function.ofBlocks()) {
				types.add(function.simpleOwner());
			}
		}
		return types;
	}

	/** Last words of the names of classes whose objects own what they are constructed with, until they are closed. */
	public Set<String> ownerTypes(Language language) {
		var types = new TreeSet<String>();
		for (FunctionModel function : byKey.values()) {
			if (function.languages().contains(language) && function.constructs() && !function.effects(ApiEffect.Wraps.class).isEmpty()) {
				types.add(function.simpleOwner());
			}
		}
		return types;
	}

	/** A file in that language without any of these words has no call that makes, frees or sends a block, nor names its type. */
	public Set<String> words(Language language) {
		var words = new TreeSet<String>(blockTypes(language));
		for (FunctionModel function : byKey.values()) {
			if (function.languages().contains(language) && function.obliges()) {
				words.add(function.constructs() ? function.simpleOwner() : function.name());
			}
		}
		return words;
	}
}
