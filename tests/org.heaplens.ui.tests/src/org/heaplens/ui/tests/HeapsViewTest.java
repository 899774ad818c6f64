// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.jface.text.ITextSelection;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.texteditor.ITextEditor;
import org.heaplens.model.Block;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.BlockState;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;
import org.heaplens.ui.heap.HeapLensIds;
import org.heaplens.ui.heap.LiveHeaps;
import org.heaplens.ui.heap.Recording;
import org.heaplens.ui.heap.RecordingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HeapsViewTest {
	private static final int HOST = 0;
	private static final int DEVICE = 1;

	@RegisterExtension
	final NoLoggedErrors log = new NoLoggedErrors();

	private final IWorkbenchPage page = PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();

	@BeforeEach
	void openPerspective() throws Exception {
		PlatformUI.getWorkbench().showPerspective(HeapLensIds.PERSPECTIVE, page.getWorkbenchWindow());
		Pump.events();
	}

	@AfterEach
	void closeEverything() {
		page.closeAllEditors(false);
		page.hideView(page.findView(HeapLensIds.HEAPS_VIEW));
		Pump.events();
	}

	@Test
	void emptyViewSaysWhatToDo() throws Exception {
		forgetRecordings();
		assertEquals("No heaps to show yet", heaps().status());
		assertEquals(RecordingState.NONE, heaps().state());
	}

	@Test
	void viewReachesTheTotalsOfTheRunningProgram() throws Exception {
		LiveHeaps heaps = heaps();
		try (var program = HiaiProgram.run("running", "128")) {
			awaitTotals(heaps, program);
			assertEquals(RecordingState.LIVE, heaps.state());
			assertEquals(128 << 20, heaps.snapshots().get(HOST).heap().capacity());
			assertEquals(1, heaps.snapshots().get(HOST).misuses());
			Pump.until("no event is lost", () -> heaps.status().contains("none dropped"));
			program.launch().terminate();
			Pump.until("the end is seen", () -> heaps.state() == RecordingState.ENDED);
			assertTrue(heaps.snapshots().get(HOST).blocks().stream().allMatch(block -> block.state() == BlockState.LEAKED));
		}
	}

	@Test
	void theFileOfTheProjectSaysHowLargeHeapsAreUnlessTheLaunchDoes() throws Exception {
		LiveHeaps heaps = heaps();
		try (var program = HiaiProgram.run("settings", "", "host.capacity = \"256M\"\ndevice.count = 2\n")) {
			awaitTotals(heaps, program);
			assertEquals(List.of(256L << 20, 1L << 30, 1L << 30),
					heaps.snapshots().stream().map(heap -> heap.heap().capacity()).toList());
		}
		try (var program = HiaiProgram.run("launch", "128", "host.capacity = \"256M\"\n")) {
			awaitTotals(heaps, program);
			assertEquals(128 << 20, heaps.snapshots().get(HOST).heap().capacity());
		}
	}

	@Test
	void aMistakeInTheFileOfTheProjectIsSaidWithItsPlace() {
		var thrown = assertThrows(CoreException.class, () -> HiaiProgram.run("mistaken", "", "\nhost.capcity = 1\n"));
		assertTrue(
				thrown.getStatus().getMessage()
						.endsWith("heaplens.toml:2:1: there is no setting host.capcity; did you mean host.capacity?"),
				thrown.getStatus().getMessage());
	}

	@Test
	void killedProgramLeavesItsLastTrueHeap() throws Exception {
		LiveHeaps heaps = heaps();
		try (var program = HiaiProgram.run("killed", "128")) {
			awaitTotals(heaps, program);
			List<Integer> before = heaps.snapshots().stream().map(HeapSnapshot::blockCount).toList();
			program.process().destroyForcibly();
			Pump.until("the kill is seen", () -> heaps.state() == RecordingState.KILLED);
			assertEquals(before, heaps.snapshots().stream().map(HeapSnapshot::blockCount).toList());
			assertTrue(heaps.status().startsWith("killed: this is its last true heap"), heaps.status());
		}
	}

	/** As after a restart: the recordings are there, the launches are not. */
	@Test
	void whatWasLastRecordedIsShownAgainWithItsProject() throws Exception {
		LiveHeaps first = heaps();
		try (var program = HiaiProgram.run("remembered", "128")) {
			awaitTotals(first, program);
		}
		page.hideView(page.findView(HeapLensIds.HEAPS_VIEW));
		var launches = DebugPlugin.getDefault().getLaunchManager();
		launches.removeLaunches(launches.getLaunches());
		LiveHeaps heaps = heaps();
		Pump.until("the newest recording is shown", () -> heaps.state() == RecordingState.ENDED || heaps.state() == RecordingState.KILLED);
		assertEquals("remembered", heaps.recording().orElseThrow().project());
	}

	@Test
	void doubleClickOpensTheLineThatAllocated() throws Exception {
		LiveHeaps heaps = heaps();
		try (var program = HiaiProgram.run("jump", "128")) {
			awaitTotals(heaps, program);
			Block kept = heaps.snapshots().get(HOST).blocks().stream().filter(block -> block.requested() == 9_000_000).findFirst()
					.orElseThrow();
			heaps.pointAt(HOST, kept.extent().offset());
			heaps.openSource(HOST, kept.extent().offset());
			Pump.until("an editor is open", () -> page.getActiveEditor() != null);
			var editor = (ITextEditor) page.getActiveEditor();
			assertEquals("Frames.java", editor.getTitle());
			assertEquals(JavaUI.ID_CU_EDITOR, editor.getSite().getId());
			Pump.until("its line is selected",
					() -> ((ITextSelection) editor.getSelectionProvider().getSelection()).getStartLine() + 1 == HiaiProgram.KEEPING_LINE);
			assertTrue(heaps.status().startsWith("live"), heaps.status());
		}
	}

	@Test
	void doubleClickOpensTheLineOfMachineCodeThatAllocated() throws Exception {
		Path folder = Files.createTempDirectory("native");
		Path source = Files.writeString(folder.resolve("camera.cpp"), "// far\n\nint load() {\n\treturn 1;\n}\n");
		Path header = Files.writeString(folder.resolve("in_workspace.hpp"), "// first\n// second\n");
		var project = ResourcesPlugin.getWorkspace().getRoot().getProject("native");
		project.create(null);
		project.open(null);
		IFile linked = project.getFile("in_workspace.hpp");
		linked.createLink(header.toUri(), IResource.NONE, null);
		LiveHeaps heaps = heaps();
		try (var writer = TraceWriter.create(folder, "camera")) {
			Lane lane = writer.lane(new HeapInfo(HOST, Side.HOST, 0, 1 << 20, 0));
			allocate(lane, 0, writer.stack(List.of(new StackFrame("/bin/camera", "load", source.toString(), 4))));
			allocate(lane, 4096, writer.stack(List.of(new StackFrame("/bin/camera", "inlined", source.toString(), 1),
					new StackFrame("/bin/camera", "caller", header.toString(), 2))));
			allocate(lane, 8192, writer.stack(List.of(new StackFrame("/bin/camera", "main", "", -1))));
			heaps.show(new Recording("camera", writer.file(), ""));
			Pump.until("the blocks are shown", () -> !heaps.snapshots().isEmpty() && heaps.snapshots().get(HOST).blockCount() == 3);
			opens(heaps, 0, "camera.cpp", 4);
			// What the user works on goes before what is nearer to the heap.
			opens(heaps, 4096, "in_workspace.hpp", 2);
			heaps.openSource(HOST, 8192);
			Pump.untilIdle();
			assertEquals("in_workspace.hpp", page.getActiveEditor().getTitle());
		} finally {
			page.closeAllEditors(false);
			project.delete(true, true, null);
			try (var files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private void opens(LiveHeaps heaps, long offset, String file, int line) throws Exception {
		heaps.openSource(HOST, offset);
		Pump.until(file + " is open", () -> page.getActiveEditor() != null && page.getActiveEditor().getTitle().equals(file));
		var editor = (ITextEditor) page.getActiveEditor();
		Pump.until("its line is selected",
				() -> ((ITextSelection) editor.getSelectionProvider().getSelection()).getStartLine() + 1 == line);
	}

	private static void allocate(Lane lane, long offset, int stack) {
		lane.append(EventKind.ALLOCATE, offset, 4096, 4000, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, 0, stack, 0);
	}

	@Test
	void aFolderIsFollowedFromProgramToProgram() throws Exception {
		LiveHeaps heaps = heaps();
		Path folder = Files.createTempDirectory("followed").resolve("not yet");
		heaps.follow(folder);
		try (var first = TraceWriter.create(folder, "/opt/camera/first --seconds 3")) {
			allocate(first.lane(new HeapInfo(HOST, Side.HOST, 0, 1 << 20, 0)), 0, 0);
			Pump.until("the first program is seen", () -> heaps.recording().filter(shown -> shown.path().equals(first.file())).isPresent());
			assertTrue(heaps.recording().orElseThrow().name().matches("first \\([0-9:]{8}\\)"), heaps.recording()::toString);
			Pump.until("its heap is seen", () -> !heaps.snapshots().isEmpty());
			assertEquals(RecordingState.LIVE, heaps.state());
			try (var second = TraceWriter.create(folder, "second")) {
				Pump.until("the second program is seen",
						() -> heaps.recording().filter(shown -> shown.path().equals(second.file())).isPresent());
				// What the user chooses stays until another program begins.
				heaps.show(new Recording("first", first.file(), ""));
				Pump.untilIdle();
				assertEquals(Optional.of("first"), heaps.recording().map(Recording::name));
				assertEquals(Optional.of(folder), heaps.followed());
			}
		}
	}

	@Test
	void fileThatIsNoTraceIsSaidToBeNone() throws Exception {
		LiveHeaps heaps = heaps();
		Path file = Files.writeString(Files.createTempFile("no", ".heaptrace"), "this is no trace at all");
		try {
			heaps.show(new Recording("nonsense", file, ""));
			Pump.until("it is unreadable", () -> heaps.state() == RecordingState.UNREADABLE);
			assertEquals("This recording cannot be read", heaps.status());
		} finally {
			Files.delete(file);
		}
	}

	private static void forgetRecordings() throws IOException {
		Path recordings = Platform.getStateLocation(Platform.getBundle("org.heaplens.ui.heap")).toPath().resolve("traces");
		if (Files.isDirectory(recordings)) {
			try (var files = Files.walk(recordings)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
	}

	private LiveHeaps heaps() throws Exception {
		return Adapters.adapt(page.showView(HeapLensIds.HEAPS_VIEW), LiveHeaps.class);
	}

	/** Until the view has counted what the program itself has counted. */
	private static void awaitTotals(LiveHeaps heaps, HiaiProgram program) throws Exception {
		Pump.until("the program has counted", () -> !program.counted().isEmpty() || program.launch().isTerminated());
		Pump.until("the view has " + program.counted() + ", it has " + counted(heaps), () -> program.counted().equals(counted(heaps)));
	}

	private static List<String> counted(LiveHeaps heaps) {
		List<HeapSnapshot> snapshots = heaps.snapshots();
		return snapshots.size() <= DEVICE ? List.of() : List.of(line("host", snapshots.get(HOST)), line("device", snapshots.get(DEVICE)));
	}

	private static String line(String name, HeapSnapshot heap) {
		return name + " " + heap.allocations() + " " + heap.blockCount();
	}
}
