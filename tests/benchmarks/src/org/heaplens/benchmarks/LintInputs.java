// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Trees of Java sources as applications have them, made up. Stateless. */
final class LintInputs {
	private LintInputs() {}

	/** A file that has nothing to do with blocks; its number of lines. */
	private static int plain(Path folder, int number) throws IOException {
		var text = new StringBuilder("package orders.part" + number / 50 + ";\n\nimport java.util.*;\n\n/** Orders of part " + number
				+ ". */\npublic class Orders" + number + " {\n\tprivate final Map<String, Integer> amounts = new HashMap<>();\n\n");
		for (int method = 0; method < 12; method++) {
			text.append("""
						/** Adds what is ordered, unless it is known. */
						public int add%1$d(String name, List<Integer> ordered, boolean again) {
							int sum = 0;
							for (int each : ordered) {
								if (each < 0) {
									throw new IllegalArgumentException("a negative amount: " + each);
								}
								sum += each;
							}
							if (amounts.containsKey(name) && !again) {
								return amounts.get(name);
							}
							amounts.merge(name, sum, Integer::sum);
							return sum > %1$d ? sum : -1;
						}

					""".formatted(method));
		}
		return write(folder.resolve("orders/part" + number / 50), "Orders" + number, text.append("}\n").toString());
	}

	/** A file that makes, hands on and frees blocks, some of them not on all paths; its number of lines. */
	private static int blocks(Path folder, int number) throws IOException {
		String before = "Frames" + Math.max(0, number - 1);
		var text = new StringBuilder("package frames.part" + number / 50 + ";\n\nimport java.util.*;\nimport org.heaplens.runtime.*;\n"
				+ (number % 50 == 0 && number > 0 ? "import frames.part" + (number - 1) / 50 + "." + before + ";\n" : "")
				+ "\n/** Frames of camera " + number + ". */\npublic class Frames" + number
				+ " implements AutoCloseable {\n\tprivate final List<HiaiBuffer> waiting = new ArrayList<>();\n\tprivate HiaiBuffer last;\n\n");
		text.append("""
					public static HiaiBuffer take(int size) {
						return HiaiMemory.dMalloc(size, 1000, MemoryAttr.MANUAL_FREE);
					}

					public static void give(HiaiBuffer buffer) {
						if (buffer != null) {
							HiaiMemory.dFree(buffer);
						}
					}

					@Override
					public void close() {
						for (HiaiBuffer each : waiting) {
							give(each);
						}
						waiting.clear();
						give(last);
						last = null;
					}

				""");
		for (int method = 0; method < 8; method++) {
			text.append("""
						/** Copies a frame and keeps it until it is sent. */
						public int copy%1$d(byte[] pixels, Engine engine, boolean keep) {
							HiaiBuffer frame = %2$s.take(pixels.length + %1$d);
							if (frame == null) {
								return -1;
							}
							try {
								frame.bytes().put(pixels);
								if (keep) {
									waiting.add(frame);
									return waiting.size();
								}
							} catch (RuntimeException e) {
								%2$s.give(frame);
								return -2;
							}
							HiaiStatus status = engine.sendData(%1$d, "Frame", frame);
							if (status != HiaiStatus.OK) {
								%3$s
								return -3;
							}
							give(frame);
							return 0;
						}

					""".formatted(method, before, (number + method) % 40 == 0 ? "// forgotten" : "give(frame);"));
		}
		return write(folder.resolve("frames/part" + number / 50), "Frames" + number, text.append("}\n").toString());
	}

	private static int write(Path folder, String name, String text) throws IOException {
		Files.createDirectories(folder);
		Files.writeString(folder.resolve(name + ".java"), text);
		return (int) text.lines().count();
	}

	/**
	 * Fills a folder.
	 *
	 * @param lines at least so many
	 * @param share of files with blocks, from 0 to 1
	 * @return how many lines there are
	 */
	static int fill(Path folder, int lines, double share) throws IOException {
		int written = 0;
		int made = 0;
		for (int number = 0; written < lines; number++) {
			boolean withBlocks = made < share * (number + 1);
			written += withBlocks ? blocks(folder, made++) : plain(folder, number);
		}
		return written;
	}
}
