// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/**
 * Puts findings where JDT puts its own problems, and offers their fixes. Parameters have no default: most methods here
 * override those of Eclipse, which promises nothing about them.
 */
@NonNullByDefault({DefaultLocation.RETURN_TYPE, DefaultLocation.FIELD})
package org.heaplens.ui.lint.internal;

import org.eclipse.jdt.annotation.DefaultLocation;
import org.eclipse.jdt.annotation.NonNullByDefault;
