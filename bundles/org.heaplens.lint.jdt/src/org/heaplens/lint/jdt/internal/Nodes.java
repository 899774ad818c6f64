// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;

/** Walks over syntax trees. Stateless. */
final class Nodes {
	private Nodes() {}

	/** Visits a node and everything in it, in source order; goes no deeper where {@code enter} says no. */
	static void walk(ASTNode root, Predicate<ASTNode> enter) {
		root.accept(new ASTVisitor() {
			@Override
			@NonNullByDefault({}) // JDT says nothing about null
			public boolean preVisit2(ASTNode node) {
				return enter.test(node);
			}
		});
	}

	/** Visits every node of a type, in source order. */
	static <N extends ASTNode> void each(ASTNode root, Class<N> type, Consumer<N> consumer) {
		walk(root, node -> {
			if (type.isInstance(node)) {
				consumer.accept(type.cast(node));
			}
			return true;
		});
	}
}
