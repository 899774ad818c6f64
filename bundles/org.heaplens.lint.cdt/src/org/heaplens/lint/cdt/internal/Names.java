// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.function.Consumer;

import org.eclipse.cdt.core.dom.ast.ASTVisitor;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTCastExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFileLocation;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTQualifiedName;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTTemplateId;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.lint.flow.Span;

/** What names and nodes of a tree say without their bindings. Stateless. */
final class Names {
	private Names() {}

	/** The last word of a name, without its template arguments. */
	static String last(@Nullable IASTName name) {
		if (name == null) {
			return "";
		}
		IASTName last = name.getLastName() == null ? name : name.getLastName();
		return last instanceof ICPPASTTemplateId template ? String.valueOf(template.getTemplateName()) : String.valueOf(last);
	}

	/** The word before the last one: a class or a namespace; empty if there is none. */
	static String qualifier(@Nullable IASTName name) {
		if (name instanceof ICPPASTQualifiedName qualified && qualified.getQualifier().length > 0) {
			var words = qualified.getQualifier();
			return words[words.length - 1] instanceof IASTName word ? last(word) : "";
		}
		return "";
	}

	/** Where the node stands in the file; what a macro makes stands where the macro is used. */
	static Span span(IASTNode node) {
		IASTFileLocation location = node.getFileLocation();
		return location == null ? new Span(0, 0) : new Span(location.getNodeOffset(), location.getNodeLength());
	}

	/** The expression inside parentheses and casts. */
	static IASTInitializerClause bare(IASTInitializerClause clause) {
		IASTInitializerClause inner = clause;
		while (true) {
			if (inner instanceof IASTUnaryExpression unary && unary.getOperator() == IASTUnaryExpression.op_bracketedPrimary
					&& unary.getOperand() != null) {
				inner = unary.getOperand();
			} else if (inner instanceof IASTCastExpression cast && cast.getOperand() != null) {
				inner = cast.getOperand();
			} else {
				return inner;
			}
		}
	}

	/** The text of a node with every run of white space made one blank. */
	static String text(IASTNode node) {
		return String.valueOf(node.getRawSignature()).replaceAll("\\s+", " ");
	}

	static boolean assigns(IASTExpression expression) {
		return expression instanceof IASTBinaryExpression binary && binary.getOperator() == IASTBinaryExpression.op_assign;
	}

	/** Calls {@code visit} for each expression below a node, the node included. */
	static void expressions(IASTNode node, Consumer<IASTExpression> visit) {
		node.accept(new ASTVisitor() {
			{
				shouldVisitExpressions = true;
			}

			@Override
			public int visit(@Nullable IASTExpression expression) {
				if (expression != null) {
					visit.accept(expression);
				}
				return PROCESS_CONTINUE;
			}
		});
	}
}
