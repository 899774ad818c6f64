// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal;

import java.util.Locale;
import java.util.Optional;

/**
 * What a run can be told, by system property or environment: {@code heaplens.trace} is {@code HEAPLENS_TRACE}.
 *
 * @param hostCapacity   bytes
 * @param deviceCapacity bytes
 * @param trace          folder to record into
 */
record Settings(long hostCapacity, long deviceCapacity, Optional<String> trace) {
	private static final long DEFAULT_CAPACITY = 1L << 30;
	private static final long LEAST_CAPACITY = 1L << 20;
	/** The allocator counts quanta of 64 bytes in an int. */
	private static final long MOST_CAPACITY = 64L << 30;

	static Settings read() {
		return new Settings(capacity("heaplens.host.capacity"), capacity("heaplens.device.capacity"), setting("heaplens.trace"));
	}

	private static long capacity(String name) {
		return setting(name).map(text -> capacity(name, text)).orElse(DEFAULT_CAPACITY);
	}

	/** A number of bytes, or of KiB, MiB or GiB with the letter K, M or G behind it. */
	static long capacity(String name, String text) {
		String number = text.strip().toUpperCase(Locale.ROOT);
		int unit = number.isEmpty() ? -1 : "KMG".indexOf(number.charAt(number.length() - 1));
		try {
			long count = Long.parseLong(unit < 0 ? number : number.substring(0, number.length() - 1));
			long bytes = Math.multiplyExact(count, 1L << 10 * (unit + 1));
			if (bytes >= LEAST_CAPACITY && bytes <= MOST_CAPACITY) {
				return bytes;
			}
		} catch (ArithmeticException | NumberFormatException e) {
			// Said below, as for a number out of range.
		}
		Recorder.warn(name + " is '" + text + "'; it has to be a number of bytes from 1M to 64G, such as 512M or 2G; taking 1G");
		return DEFAULT_CAPACITY;
	}

	private static Optional<String> setting(String property) {
		String value = System.getProperty(property, "");
		if (value.isBlank()) {
			value = System.getenv().getOrDefault(property.toUpperCase(Locale.ROOT).replace('.', '_'), "");
		}
		return value.isBlank() ? Optional.empty() : Optional.of(value);
	}
}
