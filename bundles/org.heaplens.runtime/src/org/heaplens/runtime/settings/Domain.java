// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The values that a setting may have, each written as text. */
public sealed interface Domain {
	/** The values in words, as they follow "it has to be". */
	String words();

	/** Whether that text is such a value. */
	boolean has(String text);

	/** How the type is called in a table. */
	String type();

	/** A number of bytes, or of KiB, MiB or GiB with the letter K, M or G behind it. */
	record Bytes(long least, long most) implements Domain {
		@Override
		public String words() {
			return "a number of bytes from " + text(least) + " to " + text(most) + ", such as 512M or 2G";
		}

		@Override
		public boolean has(String text) {
			return parse(text).isPresent();
		}

		@Override
		public String type() {
			return "bytes, " + text(least) + " to " + text(most);
		}

		/** The number; none if the text is no such value. */
		public OptionalLong parse(String text) {
			String number = text.strip().toUpperCase(Locale.ROOT);
			int unit = number.isEmpty() ? -1 : "KMG".indexOf(number.charAt(number.length() - 1));
			try {
				long count = Long.parseLong(unit < 0 ? number : number.substring(0, number.length() - 1));
				long bytes = Math.multiplyExact(count, 1L << 10 * (unit + 1));
				return bytes >= least && bytes <= most ? OptionalLong.of(bytes) : OptionalLong.empty();
			} catch (ArithmeticException | NumberFormatException e) {
				// No number, or one beyond all ranges: no such value, which is the answer.
				return OptionalLong.empty();
			}
		}

		private static String text(long bytes) {
			for (int unit = 3; unit > 0; unit--) {
				if (bytes != 0 && bytes % (1L << 10 * unit) == 0) {
					return (bytes >> 10 * unit) + "" + "KMG".charAt(unit - 1);
				}
			}
			return Long.toString(bytes);
		}
	}

	/**
	 * A whole number.
	 *
	 * @param unit what is counted, such as {@code ms}
	 */
	record Count(long least, long most, String unit) implements Domain {
		@Override
		public String words() {
			return "a whole number" + (unit.isEmpty() ? "" : " of " + unit) + " from " + least + " to " + most;
		}

		@Override
		public boolean has(String text) {
			return parse(text).isPresent();
		}

		@Override
		public String type() {
			return (unit.isEmpty() ? "number" : unit) + ", " + least + " to " + most;
		}

		/** The number; none if the text is no such value. */
		public OptionalLong parse(String text) {
			try {
				long number = Long.parseLong(text.strip());
				return number >= least && number <= most ? OptionalLong.of(number) : OptionalLong.empty();
			} catch (NumberFormatException e) {
				// No such value, which is the answer.
				return OptionalLong.empty();
			}
		}
	}

	/** One word of a few. */
	record Choice(List<String> options) implements Domain {
		public Choice {
			options = List.copyOf(options);
		}

		@Override
		public String words() {
			return "one of " + String.join(", ", options);
		}

		@Override
		public boolean has(String text) {
			return options.contains(text.strip());
		}

		@Override
		public String type() {
			return String.join(", ", options);
		}
	}

	/** Yes or no. */
	record Switch() implements Domain {
		@Override
		public String words() {
			return "true or false";
		}

		@Override
		public boolean has(String text) {
			return parse(text).isPresent();
		}

		@Override
		public String type() {
			return "true, false";
		}

		/** Whether it is on; nothing if the text is no such value. */
		public Optional<Boolean> parse(String text) {
			return switch (text.strip()) {
				case "true" -> Optional.of(true);
				case "false" -> Optional.of(false);
				default -> Optional.empty();
			};
		}
	}

	/** The path of a file. */
	record File() implements Domain {
		@Override
		public String words() {
			return "the path of a file";
		}

		@Override
		public boolean has(String text) {
			return !text.isBlank();
		}

		@Override
		public String type() {
			return "file";
		}
	}

	/** A folder, which need not be there yet. */
	record Folder() implements Domain {
		@Override
		public String words() {
			return "a folder";
		}

		@Override
		public boolean has(String text) {
			return !text.isBlank();
		}

		@Override
		public String type() {
			return "folder";
		}
	}
}
