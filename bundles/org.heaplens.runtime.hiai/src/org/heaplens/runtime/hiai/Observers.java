// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.runtime.HeapDriver.Caller;
import org.heaplens.runtime.HeapDriver.Observer;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.driver.CallStacks;

/** Those in this program who want to be told what its Java code does with blocks; usually nobody. Threads share it. */
final class Observers {
	private static final int FRAMES = 16;

	private final StackWalker walker = StackWalker.getInstance();
	private final List<Observer> observers = new CopyOnWriteArrayList<>();
	private final Side side;

	/** @param side where code is that belongs to no engine, as Java code never does here */
	Observers(Side side) {
		this.side = side;
	}

	void add(Observer observer) {
		observers.add(observer);
	}

	void remove(Observer observer) {
		observers.remove(observer);
	}

	boolean isEmpty() {
		return observers.isEmpty();
	}

	void made(HiaiBuffer block, BlockFlag flag) {
		if (!observers.isEmpty()) {
			Caller caller = caller();
			observers.forEach(observer -> observer.made(block, side, 0, flag, caller));
		}
	}

	void sent(HiaiBuffer block, HiaiStatus status) {
		if (!observers.isEmpty()) {
			Caller caller = caller();
			observers.forEach(observer -> observer.sent(block, status, caller));
		}
	}

	void freed(HiaiBuffer block, boolean byFramework) {
		if (!observers.isEmpty()) {
			Caller caller = caller();
			observers.forEach(observer -> observer.freed(block, byFramework, caller));
		}
	}

	void misused(MisuseReason reason, HiaiStatus status, @Nullable HiaiBuffer block) {
		if (!observers.isEmpty()) {
			Caller caller = caller();
			observers.forEach(observer -> observer.misused(reason, status, block, caller));
		}
	}

	private Caller caller() {
		List<StackFrame> stack = walker.walk(frames -> frames.filter(frame -> CallSites.isOfProgram(frame.getClassName())).limit(FRAMES)
				.map(Observers::frame).toList());
		return new Caller(Thread.currentThread().getName(), Optional.empty(), stack);
	}

	private static StackFrame frame(StackWalker.StackFrame frame) {
		return new StackFrame(frame.getClassName(), frame.getMethodName(), CallStacks.file(frame), frame.getLineNumber());
	}
}
