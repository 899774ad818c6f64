// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model;

/** Where memory is: on the host, or on the device behind it. */
public enum Side {
	HOST, DEVICE
}
