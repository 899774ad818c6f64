// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.ILogListener;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test in which somebody logs an error. For one test at a time. */
final class NoLoggedErrors implements BeforeEachCallback, AfterEachCallback {
	private final List<String> errors = new CopyOnWriteArrayList<>();
	private final ILogListener listener = (status, plugin) -> {
		if (status.getSeverity() == IStatus.ERROR) {
			errors.add(status + " " + status.getException());
		}
	};

	@Override
	public void beforeEach(@Nullable ExtensionContext context) {
		Platform.addLogListener(listener);
	}

	@Override
	public void afterEach(@Nullable ExtensionContext context) {
		Platform.removeLogListener(listener);
		List<String> logged = List.copyOf(errors);
		errors.clear();
		assertEquals(List.of(), logged);
	}

	/** The errors so far, each of which a test has to take if it wants them. */
	List<String> take() {
		List<String> taken = List.copyOf(errors);
		errors.clear();
		return taken;
	}
}
