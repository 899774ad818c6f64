// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.BodyDeclaration;
import org.eclipse.jdt.core.dom.CatchClause;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.TryStatement;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.UnionType;

/** Which exceptions may be thrown at a place without an error. Stateless. */
final class Handling {
	private Handling() {}

	/** What the nearest method of that name in a type, or above it, has to be caught for; none where it is not known. */
	static List<ExceptionType> thrown(ITypeBinding owner, String method) {
		for (ITypeBinding type = owner; type != null; type = type.getSuperclass()) {
			for (IMethodBinding each : type.getDeclaredMethods()) {
				if (each.getName().equals(method)) {
					return checked(each);
				}
			}
			for (ITypeBinding above : type.getInterfaces()) {
				List<ExceptionType> inherited = type.isInterface() || type.getSuperclass() == null ? thrown(above, method) : List.of();
				if (!inherited.isEmpty()) {
					return inherited;
				}
			}
		}
		return List.of();
	}

	private static List<ExceptionType> checked(IMethodBinding method) {
		var types = new ArrayList<ExceptionType>();
		for (ITypeBinding each : method.getExceptionTypes()) {
			ExceptionType type = ExceptionType.of(each, each.getName());
			if (type.checked()) {
				types.add(type);
			}
		}
		return types;
	}

	/** Whether such an exception is caught or declared around a place. */
	static boolean handled(ExceptionType thrown, ASTNode place) {
		@Nullable
		ASTNode inside = place;
		for (ASTNode node = place.getParent(); node != null && !(node instanceof LambdaExpression); inside = node, node = node
				.getParent()) {
			if (node instanceof TryStatement attempt && inside == attempt.getBody() && caught(attempt, thrown)) {
				return true;
			}
			if (node instanceof MethodDeclaration method) {
				return ((List<?>) method.thrownExceptionTypes()).stream()
						.anyMatch(type -> catches((Type) type, thrown));
			}
			if (node instanceof BodyDeclaration) {
				return false;
			}
		}
		return false;
	}

	private static boolean caught(TryStatement attempt, ExceptionType thrown) {
		return ((List<?>) attempt.catchClauses()).stream().map(CatchClause.class::cast)
				.anyMatch(clause -> catches(clause.getException().getType(), thrown));
	}

	private static boolean catches(Type type, ExceptionType thrown) {
		return type instanceof UnionType union
				? ((List<?>) union.types()).stream().anyMatch(each -> catches((Type) each, thrown))
				: ExceptionType.of(type).catches(thrown) == ExceptionType.Match.YES;
	}
}
