// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.cdt.core.dom.ast.IASTArrayDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTEnumerationSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTNamedTypeSpecifier;
import org.eclipse.cdt.core.dom.ast.IASTPointerOperator;
import org.eclipse.cdt.core.dom.ast.IASTSimpleDeclSpecifier;
import org.eclipse.cdt.core.dom.ast.cpp.ICPPASTReferenceOperator;

/** What a declaration says of how a variable holds blocks. Told by words: headers are often missing. Immutable. */
enum Kind {
	/** A number, a truth value, a status: never leads to a block. */
	SCALAR,
	/** An address. */
	POINTER,
	/** A smart pointer. */
	SMART,
	/** A struct, a class or a container in place. */
	OBJECT,
	/** Not written. */
	INFERRED,
	/** Another name for a pointer that somebody else has. */
	POINTER_REFERENCE,
	/** Another name for an object that somebody else has. */
	OBJECT_REFERENCE;

	private static final Set<String> NUMBERS = Set.of("string", "HIAI_StatusT", "HIAI_Status", "size_t", "ssize_t", "BOOL", "INT", "UINT",
			"mutex", "lock_guard", "unique_lock", "thread", "ifstream", "ofstream", "stringstream", "ostringstream", "HIAI_PORT_ID",
			"time_t",
			"timeval");
	private static final Pattern NUMBER = Pattern.compile("u?int(_fast|_least)?\\d+(_t)?|U?INT\\d+|float\\d*_t");
	private static final Set<String> OWNERS = Set.of("shared_ptr", "unique_ptr", "auto_ptr");

	/** Whether a type of that name is one of smart pointers. */
	static boolean owns(String type) {
		return OWNERS.contains(type);
	}

	/** Whether the address of such a variable, or a reference to it, is another way to change what it holds. */
	boolean holdsPointer() {
		return this == POINTER || this == SMART || this == INFERRED;
	}

	static Kind of(IASTDeclSpecifier type, IASTDeclarator declarator) {
		boolean reference = false;
		boolean pointer = false;
		for (IASTPointerOperator operator : declarator.getPointerOperators()) {
			reference |= operator instanceof ICPPASTReferenceOperator;
			pointer |= !(operator instanceof ICPPASTReferenceOperator);
		}
		IASTDeclarator nested = declarator.getNestedDeclarator();
		pointer |= nested != null && nested.getPointerOperators().length > 0;
		Kind plain = pointer ? POINTER : plain(type);
		if (declarator instanceof IASTArrayDeclarator) {
			return plain == SCALAR ? SCALAR : OBJECT;
		}
		if (!reference) {
			return plain;
		}
		return switch (plain) {
			case POINTER, SMART -> POINTER_REFERENCE;
			case OBJECT -> OBJECT_REFERENCE;
			default -> plain;
		};
	}

	private static Kind plain(IASTDeclSpecifier type) {
		if (type instanceof IASTSimpleDeclSpecifier simple) {
			return simple.getType() == IASTSimpleDeclSpecifier.t_auto ? INFERRED : SCALAR;
		}
		if (type instanceof IASTEnumerationSpecifier) {
			return SCALAR;
		}
		if (type instanceof IASTNamedTypeSpecifier named) {
			String name = Names.last(named.getName());
			if (NUMBERS.contains(name) || NUMBER.matcher(name).matches()) {
				return SCALAR;
			}
			return OWNERS.contains(name) ? SMART : OBJECT;
		}
		return OBJECT;
	}
}
