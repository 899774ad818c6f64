// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Real memory behind the offsets of a heap. Threads may share it.
 *
 * <p>
 * It is mapped privately from a file of zeros: pages cost memory only once they are written, the file costs no disk, and a disk that
 * fills up cannot hurt. A buffer of the JDK has less than 2 GiB, so there are several; each begins a stride behind the one before and
 * reaches far enough for the largest extent that begins in its stride. Where two overlap they are different memory, which nobody can
 * see: an extent is only ever reached through the window it begins in.
 *
 * <pre>
 * offsets   0         1 STRIDE   2 STRIDE   3 STRIDE
 * window 0  [--------------)
 * window 1            [--------------)
 * window 2                       [--------------)
 * </pre>
 */
public final class HeapBytes {
	private static final long STRIDE = 512L << 20;
	/** The largest extent: 256 MiB, and what a heap adds. */
	private static final long REACH = (256L << 20) + (64L << 10);

	private final long capacity;
	private final ByteBuffer[] windows;

	/**
	 * @param capacity bytes
	 * @throws UncheckedIOException if the system gives no memory; the message says what to do
	 */
	public HeapBytes(long capacity) {
		this.capacity = capacity;
		this.windows = new ByteBuffer[(int) ((capacity + STRIDE - 1) / STRIDE)];
		try {
			mapWindows();
		} catch (IOException e) {
			throw new UncheckedIOException("no memory for a simulated heap of " + capacity + " bytes (" + e.getMessage()
					+ "); choose a smaller one, or set java.io.tmpdir to a folder that can be written", e);
		}
	}

	/** The bytes of an extent, in the machine's byte order. */
	public ByteBuffer slice(long offset, int size) {
		if (offset < 0 || size < 0 || size > REACH || offset + size > capacity) {
			throw new IllegalArgumentException("outside of the heap: offset=" + offset + ", size=" + size);
		}
		return windows[(int) (offset / STRIDE)].slice((int) (offset % STRIDE), size).order(ByteOrder.nativeOrder());
	}

	private void mapWindows() throws IOException {
		Path file = Files.createTempFile("heaplens", ".zeros");
		try (var zeros = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
			zeros.write(ByteBuffer.allocate(1), STRIDE + REACH - 1);
			for (int index = 0; index < windows.length; index++) {
				windows[index] = zeros.map(MapMode.PRIVATE, 0, STRIDE + REACH);
			}
		}
	}
}
