// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.util.Throttler;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.heaplens.model.Block;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;
import org.heaplens.ui.heap.LiveHeaps;
import org.heaplens.ui.heap.Recording;
import org.heaplens.ui.heap.RecordingState;
import org.heaplens.ui.heap.internal.Messages;
import org.heaplens.ui.heap.internal.launch.FollowedFolder;
import org.heaplens.ui.heap.internal.launch.Recordings;
import org.heaplens.ui.heap.internal.sample.HeapSampler;
import org.heaplens.ui.heap.internal.sample.Origin;
import org.heaplens.ui.heap.internal.sample.Sample;
import org.heaplens.ui.heap.internal.scene.Box;
import org.heaplens.ui.heap.internal.scene.HeapScene;
import org.heaplens.ui.heap.internal.scene.Palette;

/** The maps of all heaps of one recording on a canvas. For the UI thread. */
final class HeapsPane implements LiveHeaps {
	/** At most 60 frames a second. */
	private static final Duration FRAME = Duration.ofMillis(16);

	private final Canvas canvas;
	private final Recordings recordings;
	private final SceneJob scenes;
	private final Throttler repaint;
	private final List<Image> images = new ArrayList<>();
	private SceneJob.@Nullable Picture uploaded;
	private volatile @Nullable HeapSampler sampler;
	private @Nullable FollowedFolder followed;
	private @Nullable Point pointer;
	private String notice = "";
	private boolean hidden;
	private Runnable shown = () -> {};

	HeapsPane(Composite parent, Recordings recordings) {
		this.recordings = recordings;
		canvas = new Canvas(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		repaint = new Throttler(canvas.getDisplay(), FRAME, this::redraw);
		scenes = new SceneJob(this::newest, repaint::throttledAsyncExec);
		canvas.addListener(SWT.Paint, event -> paint(event.gc));
		canvas.addListener(SWT.Resize, event -> fit());
		canvas.addListener(SWT.MouseMove, event -> point(new Point(event.x, event.y)));
		canvas.addListener(SWT.MouseExit, event -> point(null));
		canvas.addListener(SWT.MouseDoubleClick, this::doubleClick);
		canvas.addListener(SWT.Dispose, event -> dispose());
	}

	@Override
	public void show(Recording recording) {
		close();
		notice = "";
		var next = new HeapSampler(recording, scenes::schedule);
		sampler = next;
		shown.run();
		scenes.forget();
		next.hide(hidden);
	}

	@Override
	public Optional<Recording> recording() {
		HeapSampler following = sampler;
		return following == null ? Optional.empty() : Optional.of(following.recording());
	}

	@Override
	public RecordingState state() {
		return newest().state();
	}

	@Override
	public List<HeapSnapshot> snapshots() {
		return newest().heaps();
	}

	@Override
	public long events() {
		return newest().events();
	}

	@Override
	public String status() {
		Sample sample = newest();
		return sample.heaps().isEmpty() ? headline(sample) : StatusText.of(sample, paused());
	}

	@Override
	public void follow(Path folder) {
		leaveFolder();
		Display display = canvas.getDisplay();
		followed = new FollowedFolder(folder, recording -> display.asyncExec(() -> {
			if (!isDisposed() && followed().filter(folder::equals).isPresent()) {
				show(recording);
			}
		}));
	}

	@Override
	public Optional<Path> followed() {
		FollowedFolder following = followed;
		return following == null ? Optional.empty() : Optional.of(following.folder());
	}

	/** Tells of no more recordings in the folder; what is shown stays. */
	void leaveFolder() {
		FollowedFolder following = followed;
		if (following != null) {
			following.close();
			followed = null;
		}
	}

	@Override
	public void pointAt(int heap, long offset) {
		scenes.picture().scene().hit(heap, offset).ifPresent(hit -> {
			Box box = hit.tile().boxes(hit.block()).get(0);
			point(new Point(box.x() + box.width() / 2, box.y() + box.height() / 2));
		});
	}

	@Override
	public void openSource(int heap, long offset) {
		newest().heaps().stream().filter(snapshot -> snapshot.heap().id() == heap).flatMap(snapshot -> snapshot.blockAt(offset).stream())
				.findFirst()
				.ifPresent(this::openSource);
	}

	/** @param told after another recording is shown */
	void whenShown(Runnable told) {
		shown = told;
	}

	Display display() {
		return canvas.getDisplay();
	}

	boolean isDisposed() {
		return canvas.isDisposed();
	}

	void setFocus() {
		canvas.setFocus();
	}

	void pause(boolean pause) {
		HeapSampler following = sampler;
		if (following != null) {
			following.pause(pause);
			canvas.redraw();
		}
	}

	void hide(boolean hide) {
		hidden = hide;
		HeapSampler following = sampler;
		if (following != null) {
			following.hide(hide);
		}
	}

	private boolean paused() {
		HeapSampler following = sampler;
		return following != null && following.paused();
	}

	private Sample newest() {
		HeapSampler following = sampler;
		return following == null ? Sample.NONE : following.latest();
	}

	private void fit() {
		Rectangle area = canvas.getClientArea();
		scenes.frame(
				new SceneJob.Frame(area.width, area.height, new Palette(number(canvas.getBackground()), number(canvas.getForeground()))));
	}

	private void redraw() {
		if (!canvas.isDisposed()) {
			canvas.redraw();
		}
	}

	private void point(@Nullable Point at) {
		pointer = at;
		notice = "";
		canvas.redraw();
	}

	private void paint(GC gc) {
		fit();
		SceneJob.Picture picture = scenes.picture();
		upload(picture);
		Rectangle area = canvas.getClientArea();
		var brush = new Brush(gc, canvas.getFont(), JFaceResources.getFontRegistry().getBold(JFaceResources.DIALOG_FONT));
		brush.fill(new Box(0, 0, area.width, area.height), number(canvas.getBackground()));
		if (picture.scene().tiles().isEmpty()) {
			invite(brush, picture.sample(), area);
			return;
		}
		var painter = new HeapsPainter(brush, picture);
		for (int index = 0; index < images.size(); index++) {
			painter.tile(picture.scene().tiles().get(index), images.get(index));
		}
		painter.footer(paused(), notice);
		Point at = pointer;
		if (at != null) {
			picture.scene().hit(at.x, at.y).ifPresent(hit -> describe(painter, hit, picture.sample(), at));
		}
	}

	private void describe(HeapsPainter painter, HeapScene.Hit hit, Sample sample, Point at) {
		HeapSampler following = sampler;
		Optional<Origin> origin = following == null ? Optional.empty() : following.origin(hit.block());
		painter.point(hit);
		painter.card(BlockCard.of(hit.tile().heap().heap(), hit.block(), sample.timeNanos(), origin), hit.block().flag(), at);
	}

	/** Says what to do next while there is nothing to see. */
	private void invite(Brush brush, Sample sample, Rectangle area) {
		String title = headline(sample);
		String detail = switch (sample.state()) {
			case UNREADABLE -> sample.problem();
			case WAITING -> mayStillRecord() ? Messages.WAITING_DETAIL : Messages.UNUSED_DETAIL;
			default -> sampler == null ? Messages.EMPTY_DETAIL : Messages.UNUSED_DETAIL;
		};
		var palette = new Palette(number(canvas.getBackground()), number(canvas.getForeground()));
		String[] lines = detail.split("\n");
		int height = brush.size(title, true).y;
		int y = Math.max(4, (area.height - height * (lines.length + 2)) / 2);
		brush.title(title, (area.width - brush.size(title, true).x) / 2, y, palette.foreground());
		y += height * 3 / 2;
		for (String line : lines) {
			brush.text(line, (area.width - brush.size(line, false).x) / 2, y, palette.faint());
			y += height + 2;
		}
	}

	private String headline(Sample sample) {
		return switch (sample.state()) {
			case UNREADABLE -> "This recording cannot be read";
			case WAITING -> mayStillRecord() ? Messages.WAITING_TITLE : Messages.UNUSED_TITLE;
			default -> sampler == null ? Messages.EMPTY_TITLE : Messages.UNUSED_TITLE;
		};
	}

	private boolean mayStillRecord() {
		return recording().filter(recording -> recordings.mayRecord(recording.path())).isPresent();
	}

	/** Each picture goes to the screen's memory once, not at every repaint. */
	private void upload(SceneJob.Picture picture) {
		if (uploaded == picture) {
			return;
		}
		images.forEach(Image::dispose);
		images.clear();
		picture.images().forEach(data -> images.add(new Image(canvas.getDisplay(), data)));
		uploaded = picture;
	}

	private void doubleClick(Event event) {
		scenes.picture().scene().hit(event.x, event.y).ifPresent(hit -> openSource(hit.block()));
	}

	private void openSource(Block block) {
		HeapSampler following = sampler;
		if (following == null) {
			return;
		}
		following.whenKnown(block, origin -> canvas.getDisplay().asyncExec(() -> openSource(origin.frames(), following.recording())));
	}

	private void openSource(List<StackFrame> frames, Recording recording) {
		if (canvas.isDisposed()) {
			return;
		}
		if (frames.isEmpty()) {
			tell(Messages.NO_ORIGIN);
		} else {
			new SourceJump(frames, recording.project(), canvas.getDisplay(), this::tell).schedule();
		}
	}

	private void tell(String text) {
		notice = text;
		redraw();
	}

	private void close() {
		HeapSampler following = sampler;
		if (following != null) {
			following.close();
		}
	}

	private void dispose() {
		leaveFolder();
		close();
		scenes.cancel();
		images.forEach(Image::dispose);
	}

	private static int number(Color color) {
		return color.getRed() << 16 | color.getGreen() << 8 | color.getBlue();
	}
}
