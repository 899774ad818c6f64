// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IPath;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.debug.core.model.IProcess;
import org.eclipse.jdt.core.IClasspathEntry;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.launching.IJavaLaunchConfigurationConstants;
import org.heaplens.ui.heap.HeapLensIds;

/** A program of two engines in a project of its own, launched in simulation; closing it ends and deletes it. For the UI thread. */
record HiaiProgram(JavaProject project, ILaunch launch, Path totals) implements AutoCloseable {
	/** Sends frames from the host to the device, writes its own totals, and then waits until its input ends. */
	static final String SOURCE = """
			package demo;

			import java.io.IOException;
			import java.nio.file.*;
			import java.util.*;
			import java.util.concurrent.atomic.AtomicInteger;
			import org.heaplens.model.Side;
			import org.heaplens.runtime.*;

			public class Frames {
				record Frame(int number, HiaiBuffer pixels) {}

				static final List<HiaiBuffer> KEPT = new ArrayList<>();
				static final AtomicInteger MADE = new AtomicInteger();
				static final AtomicInteger FREED = new AtomicInteger();

				static String total(String heap, int made, int live) {
					return heap + " " + made + " " + live + System.lineSeparator();
				}

				static class Source extends Engine {
					@Override
					public HiaiStatus process(int port, Object message) {
						HiaiStatus status = sendData(0, "Frame", message, 5000);
						if (status == HiaiStatus.OK && ((Frame) message).number() % 3 != 2) {
							FREED.incrementAndGet();
						}
						return status;
					}
				}

				static class Sink extends Engine {
					@Override
					public HiaiStatus process(int port, Object message) {
						synchronized (KEPT) {
							KEPT.add(((Frame) message).pixels());
							KEPT.add(HiaiMemory.dvppDMalloc(500_000));
							KEPT.notifyAll();
						}
						return HiaiStatus.OK;
					}
				}

				public static void main(String[] arguments) throws Exception {
					SerializeRegistry.register("Frame", Frame.class,
							frame -> new SerializeRegistry.Parts(new byte[] { (byte) frame.number() }, frame.pixels()),
							(control, data) -> new Frame(control[0], data));
					Graph graph = Graph.create(GraphConfig.builder(1).engine(1, "source", Side.HOST, Source::new)
							.engine(2, "sink", Side.DEVICE, Sink::new).connect(1, 0, 2, 0).build());
					for (int number = 0; number < 12; number++) {
						MemoryAttr flag = number % 3 == 2 ? MemoryAttr.MANUAL_FREE : MemoryAttr.AUTO_FREE;
						HiaiBuffer pixels = HiaiMemory.dMalloc(3_110_400, 1000, flag);
						MADE.incrementAndGet();
						graph.sendData(new EnginePort(1, 1, 0), "Frame", new Frame(number, pixels));
					}
					synchronized (KEPT) {
						while (KEPT.size() < 24) {
							KEPT.wait();
						}
					}
					List<HiaiBuffer> own = keep(5);
					if (HiaiMemory.dFree(own.get(2)) == HiaiStatus.OK) {
						FREED.incrementAndGet();
					}
					HiaiMemory.dFree(own.get(2));
					graph.destroy();
					Files.writeString(Path.of(arguments[0] + ".new"), total("host", MADE.get(), MADE.get() - FREED.get()) + total("device", KEPT.size(), KEPT.size()));
					Files.move(Path.of(arguments[0] + ".new"), Path.of(arguments[0]), StandardCopyOption.ATOMIC_MOVE);
					System.in.read();
				}

				static List<HiaiBuffer> keep(int count) {
					List<HiaiBuffer> blocks = new ArrayList<>();
					for (int index = 0; index < count; index++) {
						blocks.add(HiaiMemory.dMalloc(9_000_000 + index, 1000, MemoryAttr.MANUAL_FREE));
						MADE.incrementAndGet();
					}
					return blocks;
				}
			}
			""";
	private static final String MAIN = "demo.Frames";
	/** Where {@link #SOURCE} makes the blocks that it keeps; first line 1. */
	static final int KEEPING_LINE = 1 + Arrays.asList(SOURCE.split("\n")).indexOf(
			"\t\t\tblocks.add(HiaiMemory.dMalloc(9_000_000 + index, 1000, MemoryAttr.MANUAL_FREE));");

	/** Launches the program, which may not have begun when this returns. */
	static HiaiProgram run(String name, String capacityMebibytes) throws Exception {
		return run(name, capacityMebibytes, "");
	}

	/** @param settings of the project's {@code heaplens.toml}; empty if it has none */
	static HiaiProgram run(String name, String capacityMebibytes, String settings) throws Exception {
		JavaProject project = JavaProject.withoutApi(name);
		var java = JavaCore.create(project.project());
		IClasspathEntry[] entries = Arrays.copyOf(java.getRawClasspath(), java.getRawClasspath().length + 1);
		entries[entries.length - 1] = JavaCore.newContainerEntry(IPath.fromPortableString(HeapLensIds.RUNTIME_CONTAINER));
		java.setRawClasspath(entries, null);
		project.write("demo/Frames.java", SOURCE);
		if (!settings.isEmpty()) {
			Files.writeString(project.project().getLocation().toPath().resolve("heaplens.toml"), settings);
		}
		project.build();
		Path totals = Files.createTempDirectory("heaplens").resolve("totals");
		ILaunchManager manager = DebugPlugin.getDefault().getLaunchManager();
		var configuration = manager.getLaunchConfigurationType(HeapLensIds.LAUNCH_TYPE).newInstance(null, name);
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_PROJECT_NAME, name);
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_MAIN_TYPE_NAME, MAIN);
		configuration.setAttribute(IJavaLaunchConfigurationConstants.ATTR_PROGRAM_ARGUMENTS, totals.toString());
		configuration.setAttribute(HeapLensIds.HOST_CAPACITY, capacityMebibytes);
		configuration.setAttribute(HeapLensIds.DEVICE_CAPACITY, capacityMebibytes);
		try {
			return new HiaiProgram(project, configuration.launch(ILaunchManager.RUN_MODE, null), totals);
		} catch (CoreException e) {
			project.close();
			throw e;
		}
	}

	/** The program's own count of blocks, one heap a line; empty while it works. */
	List<String> counted() throws Exception {
		return Files.exists(totals) ? Files.readAllLines(totals) : List.of();
	}

	ProcessHandle process() {
		return ProcessHandle.of(Long.parseLong(launch.getProcesses()[0].getAttribute(IProcess.ATTR_PROCESS_ID))).orElseThrow();
	}

	@Override
	public void close() throws Exception {
		if (!launch.isTerminated()) {
			launch.terminate();
			Pump.until("the program ends", launch::isTerminated);
		}
		DebugPlugin.getDefault().getLaunchManager().removeLaunch(launch);
		Files.deleteIfExists(totals);
		Files.delete(totals.getParent());
		project.close();
	}
}
