// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/**
 * A field of objects. Immutable.
 *
 * @param owner  the qualified name of the class that declares it; empty where it is not known
 * @param name   as in the source
 * @param closed whether nobody outside of the analysed program can read it
 */
public record Field(String owner, String name, boolean closed) {
	/** Where an object keeps something that cannot be told more exactly. */
	public static final Field SOMEWHERE = new Field("", "?", false);
}
