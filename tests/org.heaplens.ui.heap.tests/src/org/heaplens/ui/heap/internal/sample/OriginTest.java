// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.heaplens.model.StackFrame;
import org.junit.jupiter.api.Test;

class OriginTest {
	@Test
	void framesOfLibrariesThatCallEnginesAreLeftOut() {
		var store = new StackFrame("/opt/app/pipeline", "Archive::store", "/opt/app/archive.cpp", 31);
		var plugin = new StackFrame("/opt/app/libcamera.so", "Camera::Process", "", -1);
		assertEquals(List.of(store, plugin),
				Origin.ofUser(List.of(store, plugin, new StackFrame("/opt/heaplens/lib/libheaplens_hiai.so", "run", "", -1),
						new StackFrame("/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "execute", "", -1),
						new StackFrame("/lib/x86_64-linux-gnu/libc.so.6", "clone", "", -1))));
	}

	@Test
	void framesOfTheJavaApiAreLeftOut() {
		var main = new StackFrame("pipeline.Main", "main", "Main.java", 20);
		assertEquals(List.of(main),
				Origin.ofUser(List.of(new StackFrame("org.heaplens.runtime.HiaiMemory", "dMalloc", "HiaiMemory.java", 9),
						main, new StackFrame("java.lang.Thread", "run", "Thread.java", 1))));
	}
}
