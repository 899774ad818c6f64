// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Runs the benchmarks and prints one table. */
public final class Main {
	static final String USAGE = """
			usage: bench [runtime] [--quick] [--date TEXT] [--write]   everything that has a bar; minutes, or one minute with --quick
			       bench native [--write]                                   the same for the native library; a minute or two
			       bench lint [--write]                                     the linter; some minutes
			       bench kill [--native] [--times N] [--seed N] [--write]   kills a recording program N times in each mode (100)
			       bench soak [--minutes N] [--write]                       lets a program run at 10,000 events a second (20 minutes)
			       bench micro [PATTERN] [--quick]                          only the benchmarks of JMH whose names match
			""";

	private Main() {}

	public static void main(String[] arguments) throws Exception {
		Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
		String command = rest.isEmpty() || rest.peek().startsWith("--") ? "runtime" : rest.pop();
		Path scratch = Scratch.begin();
		int code = 0;
		try {
			switch (command) {
				case "runtime" -> runtime(rest);
				case "native" -> nativeLibrary(rest);
				case "lint" -> lint(rest);
				case "kill" -> kill(rest);
				case "soak" -> soak(rest);
				case "micro" -> micro(rest);
				default -> throw new IllegalArgumentException("unknown benchmark '" + command + "'\n" + USAGE);
			}
		} catch (IllegalArgumentException e) {
			System.err.println("heaplens: " + e.getMessage());
			code = 2;
		} catch (IllegalStateException e) {
			System.err.println("heaplens: " + e.getMessage());
			code = 1;
		} finally {
			Scratch.delete(scratch);
		}
		System.exit(code);
	}

	private static void runtime(Deque<String> rest) throws Exception {
		boolean quick = rest.remove("--quick");
		String date = option(rest, "--date").orElse(now());
		boolean write = rest.remove("--write");
		requireEmpty(rest);
		String machine = Machine.text(date);
		var suite = new RuntimeSuite(quick);
		suite.run();
		System.out.println(machine);
		System.out.println();
		System.out.print(Table.aligned(suite.figures()));
		System.out.println();
		System.out.println(RuntimeSuite.NOTES);
		suite.details().forEach(System.out::println);
		if (write) {
			Document.write("Runtime and trace", machine + "\n\n" + Table.markdown(suite.figures()) + "\n" + RuntimeSuite.NOTES
					+ "\n<details><summary>All of JMH</summary>\n\n```\n" + String.join("\n", suite.details()) + "\n```\n</details>\n");
		}
	}

	private static void nativeLibrary(Deque<String> rest) throws Exception {
		boolean write = rest.remove("--write");
		requireEmpty(rest);
		String machine = Machine.text(now());
		List<Figure> figures = new NativeSuite().run();
		System.out.println(machine + "\n");
		System.out.print(Table.aligned(figures));
		System.out.println();
		System.out.println(NativeSuite.NOTES);
		if (write) {
			Document.write("Native library", machine + "\n\n" + Table.markdown(figures) + "\n" + NativeSuite.NOTES);
		}
	}

	private static void lint(Deque<String> rest) throws Exception {
		boolean write = rest.remove("--write");
		requireEmpty(rest);
		String machine = Machine.text(now());
		List<Figure> figures = new LintSuite().run();
		System.out.println(machine + "\n");
		System.out.print(Table.aligned(figures));
		System.out.println();
		System.out.println(LintSuite.NOTES);
		if (write) {
			Document.write("Linter", machine + "\n\n" + Table.markdown(figures) + "\n" + LintSuite.NOTES);
		}
	}

	private static void kill(Deque<String> rest) throws Exception {
		boolean ofNative = rest.remove("--native");
		boolean write = rest.remove("--write");
		int times = Integer.parseInt(option(rest, "--times").orElse("100"));
		long seed = Long.parseLong(option(rest, "--seed").orElse(Long.toString(System.nanoTime() & 0xFFFFFF)));
		requireEmpty(rest);
		String machine = Machine.text(now());
		List<Figure> figures = new Kill(seed, ofNative).run(times);
		System.out.println(machine + "; seed " + seed + "\n");
		System.out.print(Table.aligned(figures));
		if (write) {
			Document.write(ofNative ? "Kill of a native program" : "Kill", machine + "; seed " + seed + "\n\n" + Table.markdown(figures));
		}
		requireMet(figures);
	}

	private static void soak(Deque<String> rest) throws Exception {
		boolean write = rest.remove("--write");
		double minutes = Double.parseDouble(option(rest, "--minutes").orElse("20"));
		requireEmpty(rest);
		String machine = Machine.text(now());
		List<Figure> figures = new Soak(minutes).run();
		System.out.println(machine + "\n");
		System.out.print(Table.aligned(figures));
		if (write) {
			Document.write("Soak", machine + "\n\n" + Table.markdown(figures) + "\n" + Soak.NOTES);
		}
		requireMet(figures);
	}

	private static void micro(Deque<String> rest) throws Exception {
		boolean quick = rest.remove("--quick");
		String pattern = rest.isEmpty() ? ".*" : rest.pop();
		requireEmpty(rest);
		Micro.run(pattern, quick).forEach((name, measured) -> System.out.println(name + ": " + measured.text()));
	}

	private static String now() {
		return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
	}

	/** For what is no matter of speed. */
	private static void requireMet(List<Figure> figures) {
		if (figures.stream().anyMatch(figure -> !figure.verdict().isEmpty() && !figure.verdict().equals("met"))) {
			throw new IllegalStateException("not all bars are met");
		}
	}

	static Optional<String> option(Deque<String> rest, String name) {
		if (!rest.contains(name)) {
			return Optional.empty();
		}
		var kept = new ArrayDeque<String>();
		String value = null;
		while (!rest.isEmpty()) {
			String word = rest.pop();
			if (word.equals(name)) {
				if (rest.isEmpty()) {
					throw new IllegalArgumentException(name + " needs a value\n" + USAGE);
				}
				value = rest.pop();
			} else {
				kept.add(word);
			}
		}
		rest.addAll(kept);
		return Optional.ofNullable(value);
	}

	private static void requireEmpty(Deque<String> rest) {
		if (!rest.isEmpty()) {
			throw new IllegalArgumentException("unknown argument '" + rest.peek() + "'\n" + USAGE);
		}
	}
}
