// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

/**
 * Takes what a graph sends to the outside: {@code DataRecvInterface} of the C++ API. Called on the sending engine's thread; a block that comes
 * with a copied message is the receiver's.
 */
@FunctionalInterface
public interface DataReceiver {
	HiaiStatus receive(Object message);
}
