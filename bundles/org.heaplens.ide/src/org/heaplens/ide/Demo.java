// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ide;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.debug.core.DebugPlugin;
import org.eclipse.debug.core.ILaunch;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchManager;
import org.eclipse.debug.ui.DebugUITools;
import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.testing.ITestHarness;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.ui.heap.HeapLensIds;
import org.heaplens.ui.heap.LiveHeaps;
import org.heaplens.ui.heap.RecordingState;
import org.heaplens.ui.lint.FindingMarker;

/** What the demo shows, step by step; called by the workbench, on a thread of its own, once its window is open. */
final class Demo implements ITestHarness {
	private static final String LEAKING = "image-pipeline-leaking";
	/** Generous: a machine with two busy cores has to build, start a JVM and fill heaps within it. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Path examples;
	private final Optional<Path> pictures;
	private volatile Optional<String> failure = Optional.empty();

	Demo(Path examples, Optional<Path> pictures) {
		this.examples = examples;
		this.pictures = pictures;
	}

	/** Why the demo could not show all; empty if it did. */
	Optional<String> failure() {
		return failure;
	}

	@Override
	public void runTests() {
		var stage = new Stage(pictures, PATIENCE);
		try {
			show(stage);
		} catch (Exception e) {
			failure = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
			stage.picture("failed");
		} finally {
			if (pictures.isPresent()) {
				stage.run(() -> PlatformUI.getWorkbench().close());
			}
		}
	}

	private void show(Stage stage) throws Exception {
		stage.run(() -> stage.openPerspective(HeapLensIds.PERSPECTIVE));
		List<IProject> projects = new ExampleProjects(examples).importAll();
		IProject leaking = projects.stream().filter(project -> project.getName().equals(LEAKING)).findFirst()
				.orElseThrow(() -> new IllegalStateException("no example " + LEAKING + " in " + examples));
		stage.await("a leak is marked in " + LEAKING, () -> !leaks(leaking).isEmpty());
		IMarker leak = leaks(leaking).stream().filter(marker -> !marker.getAttribute(FindingMarker.FIXES, "").isEmpty()).findFirst()
				.orElseThrow(() -> new IllegalStateException("none of the leaks in " + LEAKING + " has a fix"));
		IEditorPart editor = stage.call(() -> IDE.openEditor(stage.page(), leak));
		ILaunch launch = launch(stage, leaking);
		LiveHeaps heaps = stage.call(() -> Adapters.adapt(stage.page().showView(HeapLensIds.HEAPS_VIEW), LiveHeaps.class));
		stage.await("blocks are seen in both heaps", () -> stage.call(() -> showsBlocksOnBothSides(heaps)));
		stage.picture("1-heaps-live");
		stage.await("a fix is offered for the leak", () -> stage.call(() -> offersFix(editor, leak)));
		stage.picture("2-leak-and-fix");
		if (pictures.isPresent()) {
			stage.run(() -> editor.setFocus());
			stage.await("the example ends", launch::isTerminated);
			stage.await("the end is seen", () -> stage.call(() -> heaps.state() == RecordingState.ENDED));
			stage.run(() -> pointAtALeak(heaps));
			stage.picture("3-leaked-blocks");
		}
	}

	private static List<IMarker> leaks(IProject project) throws CoreException {
		return Arrays.stream(project.findMarkers(FindingMarker.TYPE, true, IResource.DEPTH_INFINITE))
				.sorted(Comparator.comparing((IMarker marker) -> marker.getResource().getName())
						.thenComparing(marker -> marker.getAttribute(IMarker.LINE_NUMBER, 0)))
				.toList();
	}

	private static ILaunch launch(Stage stage, IProject project) throws Exception {
		IFile file = project.getFile(project.getName() + "." + ILaunchConfiguration.LAUNCH_CONFIGURATION_FILE_EXTENSION);
		ILaunchManager manager = DebugPlugin.getDefault().getLaunchManager();
		ILaunchConfiguration configuration = manager.getLaunchConfiguration(file);
		stage.run(() -> DebugUITools.launch(configuration, ILaunchManager.RUN_MODE));
		stage.await(project.getName() + " runs", () -> started(manager, configuration).isPresent());
		return started(manager, configuration).orElseThrow();
	}

	private static Optional<ILaunch> started(ILaunchManager manager, ILaunchConfiguration configuration) {
		return Arrays.stream(manager.getLaunches())
				.filter(launch -> configuration.equals(launch.getLaunchConfiguration()) && launch.getProcesses().length > 0).findFirst();
	}

	private static void pointAtALeak(LiveHeaps live) {
		live.snapshots().stream().flatMap(heap -> heap.blocks().stream()).findFirst()
				.ifPresent(block -> live.pointAt(block.heap(), block.extent().offset()));
	}

	private static boolean showsBlocksOnBothSides(LiveHeaps live) {
		List<HeapSnapshot> heaps = live.snapshots();
		return heaps.size() > 1 && heaps.stream().allMatch(heap -> heap.blockCount() > 0);
	}

	/** Asks for the fixes at the leak, as Ctrl+1 does; true once their list is open. */
	private static boolean offersFix(IEditorPart editor, IMarker leak) {
		List<Shell> before = openShells();
		IDE.gotoMarker(editor, leak);
		editor.setFocus();
		if (!(editor.getAdapter(ITextOperationTarget.class) instanceof ITextOperationTarget target)
				|| !target.canDoOperation(ISourceViewer.QUICK_ASSIST)) {
			return false;
		}
		target.doOperation(ISourceViewer.QUICK_ASSIST);
		return openShells().size() > before.size();
	}

	private static List<Shell> openShells() {
		return Arrays.stream(PlatformUI.getWorkbench().getDisplay().getShells()).filter(Shell::isVisible).toList();
	}
}
