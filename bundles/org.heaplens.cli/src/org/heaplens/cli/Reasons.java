// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words what the JDK says with the name of an exception. */
final class Reasons {
	private Reasons() {}

	static String of(IOException failure) {
		if (failure instanceof NoSuchFileException) {
			return "no such file or folder";
		}
		if (failure instanceof FileAlreadyExistsException) {
			return "a file has this name";
		}
		if (failure instanceof AccessDeniedException) {
			return "permission denied";
		}
		if (failure instanceof FileSystemException system && system.getReason() != null) {
			return system.getReason().toLowerCase(java.util.Locale.ROOT);
		}
		String message = failure.getMessage();
		return message == null ? failure.getClass().getSimpleName() : message;
	}
}
