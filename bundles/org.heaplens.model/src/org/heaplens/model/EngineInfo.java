// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/**
 * An engine of a graph.
 *
 * @param graph  the graph's number
 * @param engine the engine's number in the graph
 * @param name   the engine's name
 * @param side   where it runs
 */
public record EngineInfo(int graph, int engine, String name, Side side) {}
