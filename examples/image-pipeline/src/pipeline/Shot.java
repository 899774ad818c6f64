// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

/**
 * Asks the camera for a frame. Stays on the host, so it needs no registration.
 *
 * @param number of the frame; 0, 1, 2...
 */
record Shot(int number) {
	static final String NAME = "Shot";
}
