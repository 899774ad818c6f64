// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.cdt.core.dom.ast.ASTVisitor;
import org.eclipse.cdt.core.dom.ast.IASTCompositeTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDefinition;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTParameterDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclaration;
import org.eclipse.cdt.core.dom.ast.IASTStandardFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.jdt.annotation.Nullable;

/** What the files of a program declare, by name: headers that are missing leave no other way. Confined to one thread. */
final class Functions {
	/**
	 * A function with a body.
	 *
	 * @param owner the last word of the name of its class; empty if it has none
	 * @param file  it stands in
	 */
	record Function(String key, String owner, String name, List<IASTParameterDeclaration> parameters, IASTFunctionDefinition node,
			Path file) {}

	private final Map<String, List<Function>> byName = new HashMap<>();
	private final Map<IASTNode, Function> byNode = new HashMap<>();
	private final Set<String> keys = new HashSet<>();
	private final Map<String, Map<String, Scope.Local>> fields = new HashMap<>();

	/** Adds the functions that stand in the file itself, and the fields of all classes it sees. */
	List<Function> add(IASTTranslationUnit unit, Path file) {
		var found = new ArrayList<Function>();
		unit.accept(new ASTVisitor() {
			{
				shouldVisitDeclarations = true;
				shouldVisitDeclSpecifiers = true;
				includeInactiveNodes = false;
			}

			@Override
			public int visit(@Nullable IASTDeclaration declaration) {
				if (declaration instanceof IASTFunctionDefinition definition && definition.isPartOfTranslationUnitFile()) {
					function(definition, file).ifPresent(found::add);
				}
				return PROCESS_CONTINUE;
			}

			@Override
			public int visit(org.eclipse.cdt.core.dom.ast.@Nullable IASTDeclSpecifier specifier) {
				if (specifier instanceof IASTCompositeTypeSpecifier type) {
					fields(type);
				}
				return PROCESS_CONTINUE;
			}
		});
		return found;
	}

	private void fields(IASTCompositeTypeSpecifier type) {
		Map<String, Scope.Local> known = fields.computeIfAbsent(Names.last(type.getName()), name -> new HashMap<>());
		for (IASTDeclaration member : type.getMembers()) {
			if (member instanceof IASTSimpleDeclaration declaration) {
				for (IASTDeclarator declarator : declaration.getDeclarators()) {
					if (!(declarator instanceof IASTFunctionDeclarator)) {
						known.put(Names.last(declarator.getName()),
								new Scope.Local(NOWHERE, Kind.of(declaration.getDeclSpecifier(), declarator),
										typeName(declaration.getDeclSpecifier())));
					}
				}
			}
		}
	}

	private static final org.heaplens.lint.flow.Variable NOWHERE = new org.heaplens.lint.flow.Variable(0, "");

	/** The last word of the name of a type; of a smart pointer, that of what it points to. */
	static String typeName(org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier specifier) {
		if (!(specifier instanceof org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier named)) {
			return "";
		}
		if (named.getName().getLastName() instanceof org.eclipse.cdt.core.dom.ast.cpp.ICPPASTTemplateId template
				&& Names.last(template).endsWith("_ptr") && template.getTemplateArguments().length > 0
				&& template.getTemplateArguments()[0] instanceof org.eclipse.cdt.core.dom.ast.IASTTypeId pointee) {
			return typeName(pointee.getDeclSpecifier());
		}
		return Names.last(named.getName());
	}

	private Optional<Function> function(IASTFunctionDefinition definition, Path file) {
		IASTFunctionDeclarator declarator = definition.getDeclarator();
		if (!(declarator instanceof IASTStandardFunctionDeclarator standard) || definition.getBody() == null) {
			return Optional.empty();
		}
		String owner = owner(definition);
		String name = Names.last(declarator.getName());
		List<IASTParameterDeclaration> parameters = List.of(standard.getParameters()).stream()
				.filter(parameter -> !Names.text(parameter).equals("void")).toList();
		String whole = (owner.isEmpty() ? "" : owner + "::") + name + "("
				+ String.join(", ", parameters.stream().map(parameter -> Names.text(parameter.getDeclSpecifier())).toList()) + ")";
		String key = whole;
		for (int number = 2; !keys.add(key); number++) {
			key = whole + "#" + number;
		}
		var function = new Function(key, owner, name, parameters, definition, file.toAbsolutePath().normalize());
		byName.computeIfAbsent(name, each -> new ArrayList<>()).add(function);
		byNode.put(definition, function);
		return Optional.of(function);
	}

	/** The class a function belongs to, be it written inside of it or outside. */
	private static String owner(IASTFunctionDefinition definition) {
		String written = Names.qualifier(definition.getDeclarator().getName());
		if (!written.isEmpty()) {
			return written;
		}
		for (IASTNode node = definition.getParent(); node != null; node = node.getParent()) {
			if (node instanceof IASTCompositeTypeSpecifier type) {
				return Names.last(type.getName());
			}
		}
		return "";
	}

	/** How the field of a class is declared, where that is known. */
	Optional<Scope.Local> field(String type, String name) {
		return Optional.ofNullable(fields.getOrDefault(type, Map.of()).get(name));
	}

	boolean knows(String type) {
		return fields.containsKey(type);
	}

	/** The function of that class, or of none if it is empty, that is nearest to a file. */
	Optional<Function> find(String owner, String name, int arguments, Path from) {
		Path near = from.toAbsolutePath().normalize();
		return byName.getOrDefault(name, List.of()).stream()
				.filter(function -> function.owner().equals(owner) && function.parameters().size() == arguments).reduce((best,
						other) -> Headers.common(other.file(), near) > Headers.common(best.file(), near) ? other : best);
	}

	/** The only function of that name, whatever its class. */
	Optional<Function> only(String name, int arguments) {
		List<Function> named = byName.getOrDefault(name, List.of());
		return named.size() == 1 && named.get(0).parameters().size() == arguments ? Optional.of(named.get(0)) : Optional.empty();
	}
}
