// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint;

import java.util.List;

import org.eclipse.jdt.core.dom.CompilationUnit;
import org.heaplens.lint.Finding;

/**
 * What finds misused blocks in a Java syntax tree. An OSGi service of this type takes the place of HeapLens's own
 * linter. Called from several threads.
 */
@FunctionalInterface
public interface TreeLinter {
	/**
	 * @param unit   the tree of {@code source}, with bindings where types could be resolved
	 * @param source the text the tree was made from
	 * @param file   the file's path inside its project
	 */
	List<Finding> lint(CompilationUnit unit, String source, String file);

	/**
	 * Looks for fixes, when somebody asks for them.
	 *
	 * @param findings of that text
	 * @return the same findings with their fixes
	 */
	default List<Finding> fix(List<Finding> findings, CompilationUnit unit, String source, String file) {
		return findings;
	}
}
