// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.MethodDeclaration;
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
	private final Map<String, Analysis.Maker> callable = new HashMap<>();
	private final Set<String> wanted = new TreeSet<>();

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
		var context = new Lowering.Context(source.file(), api, new Handover(unit, api), declarations, file.wanted);
		for (Functions.Function function : Functions.of(unit, api)) {
			if (function.concerns()) {
				file.concerned.add(function.key());
			}
			file.callable(function).ifPresent(called -> file.callable.put(function.key(), called));
			if (function.node().getProperty(Lambdas.RUN_AT_ONCE) != null) {
				continue;
			}
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

	/** Simple names of types that the file hands values to, or derives from, and that the program does not declare. */
	public Set<String> wanted() {
		return Collections.unmodifiableSet(wanted);
	}

	private Optional<Analysis.Maker> callable(Functions.Function function) {
		String type = Declarations.simple(function.type());
		return type.isEmpty() ? Optional.empty() : switch (function.kind()) {
			case METHOD -> Optional.of(new Analysis.Maker(type, ((MethodDeclaration) function.node()).getName().getIdentifier()));
			case CONSTRUCTOR -> Optional.of(new Analysis.Maker(type, type));
			case FIELDS, INITIALIZER, LAMBDA -> Optional.empty();
		};
	}

	/** How callers name the function; empty where they cannot. */
	Optional<Analysis.Maker> maker(FlowGraph function) {
		return Optional.ofNullable(callable.get(function.function()));
	}
}
