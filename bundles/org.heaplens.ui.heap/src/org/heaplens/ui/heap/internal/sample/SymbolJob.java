// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.symbols.Symbols;

/** Finds functions and lines of machine code, which may mean reading much. Any thread may ask. */
final class SymbolJob extends Job implements AutoCloseable {
	private final Symbols symbols = new Symbols();
	private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
	private int problemsLogged;
	private volatile boolean open = true;

	private record Question(Origin origin, Consumer<Origin> told) {}

	SymbolJob(String name) {
		super(name);
		setSystem(true);
		setPriority(SHORT);
	}

	/** @param told by the job's thread */
	void look(Origin origin, Consumer<Origin> told) {
		questions.add(new Question(origin, told));
		schedule();
	}

	@Override
	protected IStatus run(@Nullable IProgressMonitor monitor) {
		for (Question question = questions.poll(); question != null && open; question = questions.poll()) {
			question.told().accept(question.origin().with(symbols));
		}
		var problems = symbols.problems();
		problems.subList(problemsLogged, problems.size()).forEach(ILog.get()::warn);
		problemsLogged = problems.size();
		return Status.OK_STATUS;
	}

	@Override
	public boolean shouldSchedule() {
		return open;
	}

	@Override
	public void close() {
		open = false;
		cancel();
		// Whoever looks something up now is waited for, which is no work for the thread of the windows.
		ICoreRunnable closing = monitor -> symbols.close();
		Job.createSystem(getName(), closing).schedule();
	}
}
