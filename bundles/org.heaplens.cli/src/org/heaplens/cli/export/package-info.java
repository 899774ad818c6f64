// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
/** Recordings in the formats of other tools. Streams: memory grows with what is live, not with the file. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.cli.export;
