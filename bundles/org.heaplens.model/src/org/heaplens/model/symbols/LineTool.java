// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;

/** The system's {@code addr2line} on one file: one process for all questions, since it reads what it needs of the file but once. One thread. */
final class LineTool implements AutoCloseable {
	/** The first question of a file with gigabytes of debug information takes that long. */
	private static final long PATIENCE_SECONDS = 60;
	/** A question whose answer marks the end of the one before: nothing has this address. */
	private static final String MARK = "0xffffffffffffffff";

	private final Process process;
	private final Writer questions;
	private final BufferedReader answers;

	/**
	 * One function over a place.
	 *
	 * @param function as in the source, with its parameters; empty if unknown
	 * @param file     with its path; empty if unknown
	 * @param line     1-based; -1 if unknown
	 */
	record Line(String function, String file, int line) {}

	private LineTool(Process process) {
		this.process = process;
		this.questions = new OutputStreamWriter(process.getOutputStream(), UTF_8);
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
	}

	/** @throws IOException if there is no such program */
	static LineTool start(String program, Path file) throws IOException {
		var builder = new ProcessBuilder(program, "-a", "-f", "-C", "-i", "-e", file.toString());
		builder.environment().put("LC_ALL", "C");
		return new LineTool(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start());
	}

	/** What is at that place: the function that was inlined there innermost comes first, the one that has the machine code last. */
	List<Line> lines(long offset) throws IOException {
		CompletableFuture<@Nullable Void> watch = CompletableFuture.runAsync(process::destroyForcibly,
				CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
		try {
			questions.write("0x" + Long.toHexString(offset) + "\n" + MARK + "\n");
			questions.flush();
			// The address itself.
			next();
			var lines = new ArrayList<Line>();
			for (String function = next(); !function.equals(MARK); function = next()) {
				lines.add(line(function, next()));
			}
			next();
			next();
			return lines;
		} finally {
			watch.cancel(false);
		}
	}

	private String next() throws IOException {
		String line = answers.readLine();
		if (line == null) {
			throw new IOException("addr2line ended or did not answer");
		}
		return line;
	}

	private static Line line(String function, String place) {
		int colon = place.lastIndexOf(':');
		String file = colon < 0 ? place : place.substring(0, colon);
		// Behind the figure there may be more: "12 (discriminator 3)".
		String digits = place.substring(colon + 1).replaceFirst("\\D.*", "");
		boolean known = !file.startsWith("??");
		return new Line(function.equals("??") ? "" : function, known ? file : "",
				known && !digits.isEmpty() && digits.length() < 10 && !digits.equals("0") ? Integer.parseInt(digits) : -1);
	}

	@Override
	public void close() {
		process.destroyForcibly();
	}
}
