// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Family;
import org.heaplens.lint.flow.Flag;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads models from TOML. Confined to one thread, used once. */
final class ApiReader {
	/** What model files are made of. */
	static final String FUNCTION = "function";
	static final String API = "api";

	/** Of a function; docs/api-models.md has a row for each. */
	static final Set<String> KEYS = Set.of("language", "class", "name", "arguments", "inherited", "static", "throws", "exits",
			"result", "allocates", "frees", "closes", "sends", "keeps", "borrows", "reads", "writes", "returns", "wraps", "puts",
			"takes", "removes", "iterates", "tells-empty", "tells-null", "requires");
	/** Of what a function allocates. */
	static final Set<String> ALLOCATION_KEYS = Set.of("family", "block", "flag", "flag-from", "size", "status", "nullable");
	private static final Map<String, Flag> FLAGS = Map.of("auto", Flag.AUTO, "manual", Flag.MANUAL, "unknown", Flag.UNKNOWN);

	private final String file;
	private final List<FunctionModel> functions = new ArrayList<>();
	private final Map<String, Flag> flags = new LinkedHashMap<>();
	private final Set<String> okay = new HashSet<>();
	/** Where each family is first made blocks of, as messages begin. */
	private final Map<String, String> made = new HashMap<>();
	private boolean closes;

	/** @param file how it is called in messages */
	ApiReader(String file) {
		this.file = file;
	}

	static TomlParseResult parse(String file, String text) throws ApiModelException {
		TomlParseResult parsed = Toml.parse(text);
		for (TomlParseError error : parsed.errors()) {
			String said = String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
			throw new ApiModelException(
					ApiTable.at(file, error.position()) + said + "; write KEY = VALUE, with texts in quotes");
		}
		return parsed;
	}

	/**
	 * Adds what a file says.
	 *
	 * @param others whether the file may hold other things as well; they are not looked at
	 */
	ApiModel read(TomlParseResult parsed, boolean others, ApiModel below) throws ApiModelException {
		var whole = new ApiTable(file, "a model file", parsed);
		if (!others) {
			whole.only(Set.of(FUNCTION, API));
		}
		Optional<ApiTable> api = whole.inner(API, "{ ok = [\"OK\"] }");
		if (api.isPresent()) {
			constants(api.get());
		}
		Object value = parsed.get(List.of(FUNCTION));
		if (value != null && !(value instanceof TomlArray)) {
			throw whole.wrong(FUNCTION, "function is " + ApiTable.written(value) + "; write [[function]] and its keys below");
		}
		for (Object each : value instanceof TomlArray list ? list.toList() : List.of()) {
			if (!(each instanceof TomlTable table)) {
				throw whole.wrong(FUNCTION, "function is a list of values; write [[function]] and its keys below, once for each");
			}
			function(new ApiTable(file, FUNCTION, table));
		}
		ApiModel all = below.with(new ApiModel(functions, flags, okay));
		freed(all);
		return all;
	}

	private void constants(ApiTable api) throws ApiModelException {
		api.only(Set.of("flags", "ok"));
		okay.addAll(api.texts("ok"));
		Optional<ApiTable> table = api.inner("flags", "{ AUTO_FREE = \"auto\" }");
		if (table.isPresent()) {
			for (String name : table.get().table().keySet()) {
				table.get().word(name, List.of("auto", "manual")).ifPresent(word -> flags.put(name, flag(word)));
			}
		}
	}

	private static Flag flag(String word) {
		return FLAGS.getOrDefault(word, Flag.UNKNOWN);
	}

	private void function(ApiTable table) throws ApiModelException {
		table.only(KEYS);
		List<String> names = table.texts("name");
		if (names.isEmpty()) {
			throw new ApiModelException(ApiTable.at(file, position(table)) + "a function without a name; add name = \"NAME\"");
		}
		Set<Language> languages = languages(table);
		List<String> classes = table.texts("class");
		if (languages.contains(Language.JAVA) && classes.isEmpty()) {
			throw table.wrong("name", "a function in Java without a class; add class = \"its.qualified.Name\"");
		}
		Arity arity = table.arity("arguments");
		boolean constructor = names.contains(FunctionModel.CONSTRUCTOR);
		List<ApiEffect> effects = effects(table, new ApiTable.Call(arity, !classes.isEmpty(), constructor));
		var result = switch (table.word("result", List.of("never-null", "maybe-null")).orElse("")) {
			case "never-null" -> FunctionModel.Nullness.NEVER;
			case "maybe-null" -> FunctionModel.Nullness.MAYBE;
			default -> FunctionModel.Nullness.UNKNOWN;
		};
		for (String owner : classes.isEmpty() ? List.of("") : classes) {
			for (String name : names) {
				functions.add(new FunctionModel(languages, owner, name, arity, table.truth("inherited", true), table.truth("static", false),
						effects,
						table.truth("throws", true), table.truth("exits", false), result));
			}
		}
	}

	private static @Nullable TomlPosition position(ApiTable table) {
		return table.table().keySet().stream().findFirst().map(key -> table.table().inputPositionOf(List.of(key))).orElse(null);
	}

	private static Set<Language> languages(ApiTable table) throws ApiModelException {
		var languages = new HashSet<Language>();
		for (String word : table.texts("language")) {
			languages.add(Language.of(word).orElseThrow(() -> table.wrong("language",
					"language is \"" + word + "\"; it has to be java, c or c++, in quotes, or a list of c and c++")));
		}
		if (languages.size() > 1 && languages.contains(Language.JAVA)) {
			throw table.wrong("language", "a function in Java and in C or C++; write a function for each");
		}
		return languages.isEmpty() ? Set.of(Language.JAVA) : languages;
	}

	private List<ApiEffect> effects(ApiTable table, ApiTable.Call call) throws ApiModelException {
		var effects = new ArrayList<ApiEffect>();
		table.slots("requires", call).forEach(slot -> effects.add(new ApiEffect.Requires(slot)));
		table.slots("borrows", call).forEach(slot -> effects.add(new ApiEffect.Borrows(slot)));
		table.slots("reads", call).forEach(slot -> effects.add(new ApiEffect.Uses(slot, false, "read")));
		table.slots("writes", call).forEach(slot -> effects.add(new ApiEffect.Uses(slot, true, "written")));
		sends(table, call, effects);
		frees(table, call, effects);
		table.slots("closes", call).forEach(slot -> effects.add(new ApiEffect.Closes(slot)));
		closes |= table.has("closes");
		table.slots("keeps", call).forEach(slot -> effects.add(new ApiEffect.Keeps(slot)));
		allocates(table, call, effects);
		wraps(table, call, effects);
		puts(table, call, effects);
		table.slot("takes", call).ifPresent(slot -> effects.add(new ApiEffect.Takes(slot, false)));
		table.slot("removes", call).ifPresent(slot -> effects.add(new ApiEffect.Takes(slot, true)));
		table.slot("iterates", call).ifPresent(slot -> effects.add(new ApiEffect.Iterates(slot)));
		table.slot("returns", call).ifPresent(slot -> effects.add(new ApiEffect.Returns(slot)));
		tells(table, call, effects);
		return effects;
	}

	private void allocates(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> inner = table.inner("allocates", "{ family = \"stream\" }");
		if (inner.isPresent()) {
			ApiTable allocates = inner.get();
			allocates.only(ALLOCATION_KEYS);
			String family = family(table, "allocates", allocates);
			Optional<Slot> from = allocates.slot("flag-from", call);
			String flag = allocates.word("flag", List.of("auto", "manual", "unknown")).orElse(from.isPresent() ? "unknown" : "manual");
			effects.add(new ApiEffect.Allocates(new Family(family), allocates.slot("block", call).orElse(Slot.RESULT), flag(flag),
					from, allocates.slot("size", call), allocates.slot("status", call),
					allocates.truth("nullable", false)));
			made.putIfAbsent(family, ApiTable.at(file, allocates.table().inputPositionOf(List.of("family"))));
		}
	}

	private static String family(ApiTable table, String key, ApiTable inner) throws ApiModelException {
		Optional<String> family = inner.text("family");
		if (family.isEmpty()) {
			throw table.wrong(key, key + " names no family; add family = \"NAME\", the same where such blocks are made and freed");
		}
		return family.get();
	}

	private static void frees(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> inner = table.inner("frees", "{ family = \"stream\", block = 0 }");
		if (inner.isPresent()) {
			inner.get().only(Set.of("family", "block"));
			String family = family(table, "frees", inner.get());
			effects.add(new ApiEffect.Frees(new Family(family), required(table, inner.get(), "block", call)));
		}
	}

	private static Slot required(ApiTable table, ApiTable inner, String key, ApiTable.Call call) throws ApiModelException {
		Optional<Slot> slot = inner.slot(key, call);
		if (slot.isEmpty()) {
			throw table.wrong(inner.path(),
					inner.path() + " does not say which " + key + "; add " + key + " = 0, or the number of the argument");
		}
		return slot.get();
	}

	private static void sends(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> inner = table.inner("sends", "{ message = 2, status = \"result\" }");
		if (inner.isPresent()) {
			inner.get().only(Set.of("message", "status"));
			effects.add(new ApiEffect.Sends(required(table, inner.get(), "message", call), inner.get().slot("status", call)));
		}
	}

	private static void wraps(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> inner = table.inner("wraps", "{ block = 0 }");
		if (inner.isPresent()) {
			inner.get().only(Set.of("owner", "block", "deleter"));
			effects.add(new ApiEffect.Wraps(inner.get().slot("owner", call).orElse(Slot.RESULT),
					required(table, inner.get(), "block", call), inner.get().slot("deleter", call)));
		}
	}

	private static void puts(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> inner = table.inner("puts", "{ container = \"receiver\", value = 0 }");
		if (inner.isPresent()) {
			inner.get().only(Set.of("container", "value"));
			effects.add(new ApiEffect.Puts(required(table, inner.get(), "container", call),
					required(table, inner.get(), "value", call)));
		}
	}

	private static void tells(ApiTable table, ApiTable.Call call, List<ApiEffect> effects) throws ApiModelException {
		Optional<ApiTable> empty = table.inner("tells-empty", "{ container = \"receiver\", when = true }");
		if (empty.isPresent()) {
			empty.get().only(Set.of("container", "when"));
			effects.add(new ApiEffect.TellsEmpty(required(table, empty.get(), "container", call), empty.get().truth("when", true)));
		}
		Optional<ApiTable> none = table.inner("tells-null", "{ value = 0, when = true }");
		if (none.isPresent()) {
			none.get().only(Set.of("value", "when"));
			effects.add(new ApiEffect.TellsNull(required(table, none.get(), "value", call), none.get().truth("when", true)));
		}
	}

	/** Blocks that nobody can free would all be leaks. Most objects that a constructor makes have a method close. */
	private void freed(ApiModel all) throws ApiModelException {
		for (Map.Entry<String, String> each : made.entrySet()) {
			var family = new Family(each.getKey());
			boolean frees = all.functions().stream().anyMatch(function -> function.frees(family).isPresent()
					|| function.constructs() && function.allocation().filter(made -> made.family().equals(family)).isPresent());
			if (!frees && !closes) {
				throw new ApiModelException(each.getValue() + "no function frees family \"" + each.getKey()
						+ "\"; add a [[function]] with frees = { family = \"" + each.getKey()
						+ "\", block = 0 }, or with closes = \"receiver\"");
			}
		}
	}
}
