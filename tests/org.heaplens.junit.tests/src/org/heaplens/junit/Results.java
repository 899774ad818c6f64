// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** What became of each test, and of each container that did not end well, by name. */
@NonNullByDefault({}) // JUnit's interface says nothing about null
final class Results implements TestExecutionListener {
	private final Map<String, TestExecutionResult> results = new TreeMap<>();

	@Override
	public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
			results.put(test.getDisplayName(), result);
		}
	}

	synchronized Map<String, TestExecutionResult> all() {
		return new TreeMap<>(results);
	}
}
