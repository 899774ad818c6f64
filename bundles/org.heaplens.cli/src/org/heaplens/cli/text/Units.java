// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.text;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.heaplens.model.trace.TraceReport;

/** Bytes, times, counts and shares: as people write them, and back. What cannot be read throws {@link IllegalArgumentException}. */
public final class Units {
	private static final Pattern BYTES = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?)(?:i?B)?", Pattern.CASE_INSENSITIVE);
	private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ns|us|ms|s|m|min|h)?");
	private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%?)");

	private static final long MICROSECOND = 1_000;
	private static final long MILLISECOND = 1_000_000;
	private static final long SECOND = 1_000_000_000;

	private Units() {}

	/** {@code 12.4 MiB}. */
	public static String bytes(long count) {
		return TraceReport.bytes(count);
	}

	/** {@code 1,234,567}. */
	public static String count(long number) {
		return String.format(Locale.ROOT, "%,d", number);
	}

	/** {@code 1 block}, {@code 2 blocks}. */
	public static String count(long number, String noun) {
		return count(number) + " " + noun + (number == 1 ? "" : "s");
	}

	/** {@code 4.7%}. */
	public static String percent(double share) {
		return String.format(Locale.ROOT, "%.1f%%", share * 100);
	}

	/** {@code 812 ns}, {@code 4.21 ms}, {@code 12.5 s}, {@code 3 min 20 s}: three figures are enough to compare by. */
	public static String duration(long nanos) {
		long left = Math.abs(nanos);
		String sign = nanos < 0 ? "-" : "";
		if (left < MICROSECOND) {
			return sign + left + " ns";
		}
		if (left < MILLISECOND) {
			return sign + figures(left / (double) MICROSECOND) + " us";
		}
		if (left < SECOND) {
			return sign + figures(left / (double) MILLISECOND) + " ms";
		}
		if (left < 120 * SECOND) {
			return sign + figures(left / (double) SECOND) + " s";
		}
		long seconds = left / SECOND;
		return sign + (seconds < 7200 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds / 3600 + " h " + seconds / 60 % 60 + " min");
	}

	private static String figures(double value) {
		return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
	}

	/** Reads {@code 2G}, {@code 512M}, {@code 1.5GiB}, {@code 4096}; units are powers of 1024. */
	public static long parseBytes(String text) {
		Matcher matcher = BYTES.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no size; write 512M or 4G");
		}
		int power = " KMGT".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toUpperCase(Locale.ROOT));
		return whole(Double.parseDouble(matcher.group(1)) * Math.pow(1024, power), text);
	}

	/** Reads {@code 300ms}, {@code 12.5s}, {@code 2m}, {@code 1h}; seconds where no unit is given. In nanoseconds. */
	public static long parseDuration(String text) {
		Matcher matcher = TIME.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no time; write 300ms or 12.5s");
		}
		String unit = matcher.group(2) == null ? "s" : matcher.group(2);
		double nanos = switch (unit) {
			case "ns" -> 1;
			case "us" -> MICROSECOND;
			case "ms" -> MILLISECOND;
			case "m", "min" -> 60.0 * SECOND;
			case "h" -> 3600.0 * SECOND;
			default -> SECOND;
		};
		return whole(Double.parseDouble(matcher.group(1)) * nanos, text);
	}

	/** Reads {@code 5%} or {@code 0.05}. */
	public static double parseShare(String text) {
		Matcher matcher = SHARE.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'" + text + "' is no share; write 5% or 0.05");
		}
		double share = Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
		if (share > 1) {
			throw new IllegalArgumentException("'" + text + "' is more than the whole; write 5% or 0.05");
		}
		return share;
	}

	private static long whole(double value, String text) {
		if (value >= Long.MAX_VALUE) {
			throw new IllegalArgumentException("'" + text + "' is too large");
		}
		return Math.round(value);
	}
}
