// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.flow.FlowGraph;

/**
 * What remains of a file when its tree is gone. Confined to one thread at a time.
 */
public final class LoweredFile {
	final SourceText source;
	final List<FlowGraph> functions = new ArrayList<>();
	/** Functions that allocate or free themselves; of the others it is no news if they have too many paths. */
	final Set<String> concerned = new HashSet<>();
	final List<String> tooLarge = new ArrayList<>();
	final Suppressions suppressions;
	private final Map<String, String> types = new HashMap<>();

	private LoweredFile(CompilationUnit unit, SourceText source) {
		this.source = source;
		this.suppressions = new Suppressions(unit, source);
	}

	/**
	 * Lowers every function of a file.
	 *
	 * @param unit         the tree of {@code source}, with or without bindings
	 * @param declarations of all files of the program, this one among them
	 * @param model        of functions without source
	 */
	public static LoweredFile of(CompilationUnit unit, SourceText source, Declarations declarations, ApiModel model) {
		var file = new LoweredFile(unit, source);
		var api = new Api(unit, model);
		var context = new Lowering.Context(source.file(), api, new Handover(unit, api), declarations);
		for (Functions.Function function : Functions.of(unit, api)) {
			if (function.concerns()) {
				file.concerned.add(function.key());
			}
			file.types.put(function.key(), Declarations.simple(function.type()));
			try {
				file.functions.add(Lowering.lower(context, function));
			} catch (Flow.TooLargeException e) {
				if (function.concerns()) {
					file.tooLarge.add(function.key());
				}
			}
		}
		return file;
	}

	public SourceText source() {
		return source;
	}

	/** The simple name of the type that a function belongs to; empty where it has none. */
	String type(FlowGraph function) {
		return types.getOrDefault(function.function(), "");
	}
}
