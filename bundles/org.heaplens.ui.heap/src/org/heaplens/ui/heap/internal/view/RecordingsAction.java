// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuCreator;
import org.eclipse.jface.action.Separator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.ToolItem;
import org.heaplens.ui.heap.Recording;
import org.heaplens.ui.heap.internal.Icons;
import org.heaplens.ui.heap.internal.Messages;
import org.heaplens.ui.heap.internal.launch.Recordings;

/** The menu of running and recent recordings, listed anew each time it opens. */
final class RecordingsAction extends Action implements IMenuCreator {
	private final Recordings recordings;
	private final HeapsPane heaps;
	private @Nullable Menu menu;

	RecordingsAction(Recordings recordings, HeapsPane heaps) {
		super(Messages.RECORDINGS, IAction.AS_DROP_DOWN_MENU);
		this.recordings = recordings;
		this.heaps = heaps;
		setImageDescriptor(Icons.RECORDINGS);
		setMenuCreator(this);
	}

	/** The button opens the menu as its arrow does. */
	@Override
	public void runWithEvent(@Nullable Event event) {
		if (event != null && event.widget instanceof ToolItem item) {
			var bounds = item.getBounds();
			Menu opened = getMenu(item.getParent());
			opened.setLocation(item.getParent().toDisplay(bounds.x, bounds.y + bounds.height));
			opened.setVisible(true);
		}
	}

	@Override
	public Menu getMenu(@Nullable Control parent) {
		dispose();
		var fresh = new Menu(parent);
		menu = fresh;
		var recent = recordings.recent();
		recent.forEach(recording -> new ActionContributionItem(choice(recording)).fill(fresh, -1));
		if (recent.isEmpty()) {
			var none = new Action(Messages.NO_RECORDINGS) {
			};
			none.setEnabled(false);
			new ActionContributionItem(none).fill(fresh, -1);
		}
		new Separator().fill(fresh, -1);
		new ActionContributionItem(follow(fresh.getShell())).fill(fresh, -1);
		heaps.followed().ifPresent(folder -> new ActionContributionItem(leave(folder)).fill(fresh, -1));
		return fresh;
	}

	@Override
	public @Nullable Menu getMenu(@Nullable Menu parent) {
		return null;
	}

	@Override
	public void dispose() {
		Menu old = menu;
		if (old != null && !old.isDisposed()) {
			old.dispose();
		}
	}

	/** For programs that this workbench does not start. */
	private Action follow(Shell shell) {
		return new Action(Messages.FOLLOW) {
			@Override
			public void run() {
				var dialog = new DirectoryDialog(shell, SWT.OPEN);
				dialog.setMessage(Messages.FOLLOW_DETAIL);
				@Nullable
				String folder = dialog.open();
				if (folder != null) {
					heaps.follow(Path.of(folder));
				}
			}
		};
	}

	private Action leave(Path folder) {
		return new Action(Messages.LEAVE_FOLDER + folder) {
			@Override
			public void run() {
				heaps.leaveFolder();
			}
		};
	}

	private Action choice(Recording recording) {
		boolean running = recordings.mayRecord(recording.path());
		var action = new Action((running ? Messages.RUNNING : "") + recording.name(), IAction.AS_RADIO_BUTTON) {
			@Override
			public void run() {
				if (isChecked()) {
					heaps.show(recording);
				}
			}
		};
		action.setChecked(heaps.recording().filter(shown -> shown.path().equals(recording.path())).isPresent());
		return action;
	}
}
