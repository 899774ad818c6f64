// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.view;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.heaplens.ui.heap.internal.scene.Box;

/** Draws on a canvas with colours as numbers. For one paint event of the UI thread. */
record Brush(GC gc, Font plain, Font bold) {
	void ink(int colour) {
		gc.setForeground(color(colour));
	}

	void fill(Box box, int colour) {
		if (box.width() > 0 && box.height() > 0) {
			gc.setBackground(color(colour));
			gc.fillRectangle(box.x(), box.y(), box.width(), box.height());
		}
	}

	void fillRound(Box box, int arc, int colour) {
		gc.setBackground(color(colour));
		gc.fillRoundRectangle(box.x(), box.y(), box.width(), box.height(), arc, arc);
	}

	void frame(Box box, int colour) {
		ink(colour);
		gc.drawRectangle(box.x(), box.y(), box.width() - 1, box.height() - 1);
	}

	void frameRound(Box box, int arc, int colour) {
		ink(colour);
		gc.drawRoundRectangle(box.x(), box.y(), box.width() - 1, box.height() - 1, arc, arc);
	}

	/** @return where the text ends */
	int text(String text, int x, int y, int colour) {
		gc.setFont(plain);
		ink(colour);
		gc.drawText(text, x, y, true);
		return x + gc.textExtent(text).x;
	}

	/** @return where the text ends */
	int title(String text, int x, int y, int colour) {
		gc.setFont(bold);
		ink(colour);
		gc.drawText(text, x, y, true);
		return x + gc.textExtent(text).x;
	}

	Point size(String text, boolean asTitle) {
		gc.setFont(asTitle ? bold : plain);
		return gc.textExtent(text);
	}

	private static Color color(int colour) {
		return new Color(colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF);
	}
}
