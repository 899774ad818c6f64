// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

/**
 * A port of an engine: {@code EnginePortID} of the C++ API.
 *
 * @param port 0 to 15
 */
public record EnginePort(int graph, int engine, int port) {}
