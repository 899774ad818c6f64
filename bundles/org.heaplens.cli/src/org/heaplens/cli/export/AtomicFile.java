// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A file that is there whole or not at all: written under another name beside it, and renamed when it is complete. What is interrupted
 * leaves nothing behind. One thread at a time.
 */
public final class AtomicFile implements AutoCloseable {
	private final Path file;
	private final Path part;
	private final boolean replace;
	private final OutputStream stream;
	private final Thread cleaner;
	private boolean committed;

	private AtomicFile(Path file, Path part, boolean replace) throws IOException {
		this.file = file;
		this.part = part;
		this.replace = replace;
		this.stream = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
				StandardOpenOption.WRITE);
		// Ctrl+C ends the process without closing anything.
		this.cleaner = new Thread(this::delete, "heaplens-cleaner");
		Runtime.getRuntime().addShutdownHook(cleaner);
	}

	/**
	 * Begins a file.
	 *
	 * @param replace whether a file of that name may be replaced
	 * @throws FileAlreadyExistsException if there is one and it may not
	 */
	public static AtomicFile begin(Path file, boolean replace) throws IOException {
		if (!replace && Files.exists(file)) {
			throw new FileAlreadyExistsException(file.toString());
		}
		Path name = file.getFileName();
		return new AtomicFile(file, file.resolveSibling(name + "." + ProcessHandle.current().pid() + ".part"), replace);
	}

	public OutputStream stream() {
		return stream;
	}

	/** Gives the file its name; it is complete. */
	public void commit() throws IOException {
		stream.close();
		if (!replace && Files.exists(file)) {
			throw new FileAlreadyExistsException(file.toString());
		}
		keepAttributes();
		Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		committed = true;
	}

	/** What replaces a file belongs to the same people, who may do the same with it. */
	private void keepAttributes() throws IOException {
		@Nullable
		PosixFileAttributeView before = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		@Nullable
		PosixFileAttributeView now = Files.getFileAttributeView(part, PosixFileAttributeView.class);
		if (before == null || now == null || !Files.isRegularFile(file)) {
			return;
		}
		PosixFileAttributes wanted = before.readAttributes();
		if (!now.readAttributes().owner().equals(wanted.owner())) {
			now.setOwner(wanted.owner());
		}
		if (!now.readAttributes().group().equals(wanted.group())) {
			now.setGroup(wanted.group());
		}
		now.setPermissions(wanted.permissions());
	}

	@Override
	public void close() throws IOException {
		stream.close();
		if (!committed) {
			Files.deleteIfExists(part);
		}
		try {
			Runtime.getRuntime().removeShutdownHook(cleaner);
		} catch (IllegalStateException e) {
			// The process is ending, and the cleaner finds nothing left to do.
		}
	}

	private void delete() {
		try {
			Files.deleteIfExists(part);
		} catch (IOException e) {
			System.err.println("heaplens: cannot remove " + part + ": " + e.getMessage());
		}
	}
}
