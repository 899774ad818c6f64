// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.flow;

/** Which pair of functions a block belongs to. Immutable. */
public enum Family {
	/** {@code DMalloc} and {@code DFree}. */
	D,
	/** {@code DVPP_DMalloc} and {@code DVPP_DFree}. */
	DVPP
}
