// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.List;

import org.eclipse.cdt.core.dom.ast.IASTEqualsInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializer;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTInitializerList;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTConstructorInitializer;

/** What stands behind a name that is declared. Stateless. */
final class Initializers {
	private Initializers() {}

	/** The values that are handed in. */
	static List<IASTInitializerClause> clauses(IASTInitializer initializer) {
		return switch (initializer) {
			case IASTEqualsInitializer equal -> List.of(equal.getInitializerClause());
			case ICPPASTConstructorInitializer constructor -> List.of(constructor.getArguments());
			case IASTInitializerList list -> List.of(list.getClauses());
			default -> List.of();
		};
	}
}
