// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.MisuseReason;
import org.heaplens.runtime.MemoryWatch;

/**
 * A test that runs, or a class whose tests do, with what belongs to it. Threads share it.
 *
 * <p>
 * A thread belongs to the scope that it entered, or that the thread belonged to that started it. A thread that belongs to none, because
 * it is older than the tests that run, counts to the innermost scope, unless tests run in parallel: then nobody can tell.
 */
final class Scope {
	private static final InheritableThreadLocal<@Nullable Scope> CURRENT = new InheritableThreadLocal<>();
	private static final Set<Scope> OPEN = ConcurrentHashMap.newKeySet();

	private final @Nullable Scope parent;
	private final boolean parallel;
	private final AtomicInteger children = new AtomicInteger();
	private final MemoryWatch watch;
	private volatile boolean open = true;

	/**
	 * Opens a scope inside of another, or of none.
	 *
	 * @param parallel whether others, checked or not, may run at the same time
	 * @param fatal    misuses that throw where they happen
	 */
	Scope(@Nullable Scope parent, boolean parallel, Predicate<MisuseReason> fatal) {
		this.parent = parent;
		this.parallel = parallel;
		if (parent != null) {
			parent.children.incrementAndGet();
		}
		OPEN.add(this);
		this.watch = MemoryWatch.begin(() -> ofThread() == this, fatal);
	}

	/** The scope that the calling thread's blocks belong to; null if that cannot be told. */
	static @Nullable Scope ofThread() {
		Scope entered = CURRENT.get();
		return entered != null && entered.open ? entered : innermost();
	}

	private static @Nullable Scope innermost() {
		Scope found = null;
		for (Scope scope : OPEN) {
			if (scope.parallel) {
				return null;
			}
			if (scope.children.get() == 0) {
				found = scope;
			}
		}
		return found;
	}

	/** Whether any test runs that is being watched. */
	static boolean anyOpen() {
		return !OPEN.isEmpty();
	}

	/** Makes the calling thread belong to this scope. Answers what it belonged to before. */
	@Nullable
	Scope enter() {
		Scope before = CURRENT.get();
		CURRENT.set(this);
		return before;
	}

	/** Makes the calling thread belong to what it belonged to before. */
	static void leave(@Nullable Scope before) {
		if (before == null) {
			CURRENT.remove();
		} else {
			CURRENT.set(before);
		}
	}

	MemoryWatch watch() {
		return watch;
	}

	/** Nothing belongs to it any more; again does nothing. */
	void end() {
		if (!open) {
			return;
		}
		open = false;
		OPEN.remove(this);
		watch.close();
		Scope outer = parent;
		if (outer != null) {
			outer.children.decrementAndGet();
		}
	}
}
