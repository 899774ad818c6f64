// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.nio.file.Path;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.IPartListener2;
import org.eclipse.ui.IWorkbenchPartReference;
import org.eclipse.ui.part.ViewPart;
import org.heaplens.ui.heap.LiveHeaps;
import org.heaplens.ui.heap.Recording;
import org.heaplens.ui.heap.internal.Icons;
import org.heaplens.ui.heap.internal.Messages;
import org.heaplens.ui.heap.internal.launch.Recordings;

/** The <em>Heaps</em> view: wires its pane to launches, to the toolbar and to whether it is seen. */
public final class HeapsView extends ViewPart implements IPartListener2 {
	private final Recordings recordings = new Recordings(this::begun);
	private @Nullable HeapsPane pane;

	@Override
	public void createPartControl(@Nullable Composite parent) {
		if (parent == null) {
			return;
		}
		var heaps = new HeapsPane(parent, recordings);
		pane = heaps;
		IToolBarManager tools = getViewSite().getActionBars().getToolBarManager();
		Action pause = pause(heaps);
		tools.add(pause);
		tools.add(new RecordingsAction(recordings, heaps));
		tools.add(open(heaps));
		recordings.newestLaunched().ifPresentOrElse(heaps::show, () -> showNewest(heaps));
		getSite().getPage().addPartListener(this);
	}

	@Override
	public void setFocus() {
		HeapsPane heaps = pane;
		if (heaps != null) {
			heaps.setFocus();
		}
	}

	@Override
	public void dispose() {
		recordings.close();
		getSite().getPage().removePartListener(this);
		super.dispose();
	}

	@Override
	@NonNullByDefault({})
	public <T> T getAdapter(Class<T> adapter) {
		return adapter == LiveHeaps.class ? adapter.cast(pane) : super.getAdapter(adapter);
	}

	@Override
	public void partHidden(@Nullable IWorkbenchPartReference part) {
		hide(part, true);
	}

	@Override
	public void partVisible(@Nullable IWorkbenchPartReference part) {
		hide(part, false);
	}

	private void hide(@Nullable IWorkbenchPartReference part, boolean hide) {
		HeapsPane heaps = pane;
		if (heaps != null && part != null && part.getPart(false) == this) {
			heaps.hide(hide);
		}
	}

	/** After a restart: what was last recorded, rather than nothing. The file system is asked by a job. */
	private void showNewest(HeapsPane heaps) {
		Display display = heaps.display();
		Job job = Job.createSystem("Newest recording", monitor -> {
			recordings.recent().stream().findFirst().ifPresent(newest -> display.asyncExec(() -> {
				if (!heaps.isDisposed() && heaps.recording().isEmpty()) {
					heaps.show(newest);
				}
			}));
		});
		job.schedule();
	}

	/** Called by the thread that launches. */
	private void begun(Recording recording) {
		Display display = getSite().getShell().getDisplay();
		display.asyncExec(() -> {
			HeapsPane heaps = pane;
			if (heaps != null && !heaps.isDisposed()) {
				heaps.show(recording);
			}
		});
	}

	private Action pause(HeapsPane heaps) {
		var action = new Action(Messages.PAUSE, IAction.AS_CHECK_BOX) {
			@Override
			public void run() {
				heaps.pause(isChecked());
			}
		};
		action.setToolTipText(Messages.PAUSE_HINT);
		action.setImageDescriptor(Icons.PAUSE);
		heaps.whenShown(() -> {
			action.setChecked(false);
			setContentDescription(heaps.recording().map(Recording::name).orElse(""));
		});
		return action;
	}

	private Action open(HeapsPane heaps) {
		var action = new Action(Messages.OPEN) {
			@Override
			public void run() {
				var dialog = new FileDialog(getSite().getShell(), SWT.OPEN);
				dialog.setFilterExtensions(new String[]{"*.heaptrace", "*"});
				@Nullable
				String file = dialog.open();
				if (file != null) {
					Path path = Path.of(file);
					heaps.show(Recordings.opened(path));
				}
			}
		};
		action.setImageDescriptor(Icons.OPEN);
		return action;
	}
}
