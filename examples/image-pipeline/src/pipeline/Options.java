// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

/**
 * What the command line asks for.
 *
 * @param seconds how long to send frames; counts if {@code frames} is 0
 * @param frames  how many frames to send; 0 to go by time
 * @param seed    of the scene: the same seed gives the same frames
 */
record Options(int seconds, int frames, long seed) {
	static final String USAGE = "usage: pipeline.Main [--seconds N | --frames N] [--seed S]";
	private static final int MOST_SECONDS = 3600;
	private static final int MOST_FRAMES = 1_000_000;

	/** @throws IllegalArgumentException with one line for the user */
	static Options parse(String... arguments) {
		int seconds = 10;
		int frames = 0;
		long seed = 1;
		for (int i = 0; i < arguments.length; i += 2) {
			String option = arguments[i];
			if (!option.equals("--seconds") && !option.equals("--frames") && !option.equals("--seed")) {
				throw new IllegalArgumentException("unknown option '" + option + "'; " + USAGE);
			}
			if (i + 1 == arguments.length) {
				throw new IllegalArgumentException(option + " needs a value; " + USAGE);
			}
			String value = arguments[i + 1];
			switch (option) {
				case "--seconds" -> seconds = (int) number(option, value, 1, MOST_SECONDS);
				case "--frames" -> frames = (int) number(option, value, 1, MOST_FRAMES);
				default -> seed = number(option, value, Long.MIN_VALUE, Long.MAX_VALUE);
			}
		}
		return new Options(seconds, frames, seed);
	}

	private static long number(String option, String value, long least, long most) {
		try {
			long number = Long.parseLong(value);
			if (number >= least && number <= most) {
				return number;
			}
		} catch (NumberFormatException e) {
			// Said below, as for a number out of range.
		}
		throw new IllegalArgumentException(option + " is '" + value + "'; it has to be a whole number from " + least + " to " + most);
	}
}
