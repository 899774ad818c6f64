// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/** A value that is known without running the program. Two different constants are different values. Immutable. */
public sealed interface Constant {
	/** No object. */
	record Null() implements Constant {}

	/** A boolean. */
	record Truth(boolean value) implements Constant {}

	/** A named constant, e.g. the {@code OK} of a status; named by its last word. */
	record Symbol(String name) implements Constant {}

	/** A number, a char or a string, as written. */
	record Literal(String text) implements Constant {}

	Constant NULL = new Null();
	Constant TRUE = new Truth(true);
	Constant FALSE = new Truth(false);
	/** The status of a call that did what it was asked to. */
	Constant STATUS_OK = new Symbol("OK");
}
