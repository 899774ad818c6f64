// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Standard output as other commands have it: where its reader has gone ({@code | head}), the process ends without a word, as the signal
 * SIGPIPE would end it; Java ignores that signal.
 */
final class StandardOutput extends FilterOutputStream {
	/** What shells show for a process that SIGPIPE ended: 128 + 13. */
	private static final int ENDED_BY_SIGPIPE = 141;

	private StandardOutput(OutputStream target) {
		super(target);
	}

	/** Makes it {@link System#out}. */
	static void install() {
		System.setOut(new PrintStream(new StandardOutput(new FileOutputStream(FileDescriptor.out)), false, System.out.charset()));
	}

	@Override
	public void write(int value) throws IOException {
		try {
			out.write(value);
		} catch (IOException e) {
			throw endIfPipe(e);
		}
	}

	@Override
	public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
		try {
			out.write(bytes, offset, length);
		} catch (IOException e) {
			throw endIfPipe(e);
		}
	}

	private static IOException endIfPipe(IOException failure) {
		if ("Broken pipe".equals(failure.getMessage())) {
			System.exit(ENDED_BY_SIGPIPE);
		}
		return failure;
	}
}
