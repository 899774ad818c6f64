// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Tests of what users get: the feature, installed into a plain Eclipse. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.install;
