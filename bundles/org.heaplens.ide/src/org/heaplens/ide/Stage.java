// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ide;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;

/** Lets a thread of its own act on the workbench as a user would: do something, wait until it is seen, take a picture. */
final class Stage {
	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
	/** Long enough for hovers, decorations and animations to settle before a picture. */
	private static final Duration BEFORE_PICTURE = Duration.ofSeconds(2);

	/** Something that may fail. */
	interface Step {
		void run() throws Exception;
	}

	/** Something that is true sooner or later. */
	interface Condition {
		boolean holds() throws Exception;
	}

	private final Optional<Path> pictures;
	private final Duration patience;
	private final Display display = PlatformUI.getWorkbench().getDisplay();

	Stage(Optional<Path> pictures, Duration patience) {
		this.pictures = pictures;
		this.patience = patience;
	}

	/** Runs it on the UI thread and waits for it. */
	void run(Step step) {
		call(() -> {
			step.run();
			return Boolean.TRUE;
		});
	}

	/** Runs it on the UI thread and waits for what it gives. */
	<T> T call(Callable<T> action) {
		return display.syncCall(() -> {
			try {
				return action.call();
			} catch (RuntimeException e) {
				throw e;
			} catch (Exception e) {
				throw new IllegalStateException(e.getMessage(), e);
			}
		});
	}

	/** Waits until it holds, and gives up after a while with a line that says what was waited for. */
	void await(String what, Condition condition) throws Exception {
		Instant end = Instant.now().plus(patience);
		while (!condition.holds()) {
			if (Instant.now().isAfter(end)) {
				throw new IllegalStateException("waited " + patience.toSeconds() + " s, but not so: " + what);
			}
			Thread.sleep(BETWEEN_LOOKS.toMillis());
		}
	}

	IWorkbenchPage page() {
		return window().getActivePage();
	}

	/** Shows the perspective alone in a window as large as the screen. */
	void openPerspective(String id) throws WorkbenchException {
		PlatformUI.getWorkbench().getIntroManager().closeIntro(PlatformUI.getWorkbench().getIntroManager().getIntro());
		Shell shell = window().getShell();
		if (pictures.isPresent()) {
			shell.setBounds(display.getBounds());
		}
		PlatformUI.getWorkbench().showPerspective(id, window());
	}

	/** Saves what the screen shows; nothing without a folder for it. */
	void picture(String name) {
		pictures.ifPresent(folder -> {
			try {
				Thread.sleep(BEFORE_PICTURE.toMillis());
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			run(() -> save(folder.resolve(name + ".png")));
		});
	}

	private void save(Path file) {
		var image = new Image(display, display.getBounds().width, display.getBounds().height);
		var gc = new GC(display);
		try {
			gc.copyArea(image, 0, 0);
			var loader = new ImageLoader();
			loader.data = new ImageData[]{image.getImageData()};
			loader.save(file.toString(), SWT.IMAGE_PNG);
		} finally {
			gc.dispose();
			image.dispose();
		}
	}

	private static IWorkbenchWindow window() {
		IWorkbenchWindow active = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		return active != null ? active : PlatformUI.getWorkbench().getWorkbenchWindows()[0];
	}
}
