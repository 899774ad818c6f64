// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.internal.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Real memory behind the offsets of a heap. Threads may share it.
 *
 * <p>
 * It is mapped privately from files of zeros, when an extent is first touched: pages cost memory only once they are written, the files cost
 * no disk, and a disk that fills up later cannot hurt. A buffer of the JDK has less than 2 GiB, so there are several; each begins a stride
 * behind the one before and reaches far enough for the largest extent that begins in its stride. Where two overlap they are different
 * memory, which nobody can see: an extent is only ever reached through the window it begins in.
 *
 * <pre>
 * offsets   0         1 STRIDE   2 STRIDE   3 STRIDE
 * window 0  [--------------)
 * window 1            [--------------)
 * window 2                       [--------------)
 * </pre>
 *
 * Where no file can be made, each extent has a direct buffer of its own, for as long as somebody holds it.
 */
public final class HeapBytes {
	private static final long STRIDE = 512L << 20;
	/** The largest extent: 256 MiB, and what a heap adds. */
	private static final long REACH = (256L << 20) + (64L << 10);

	private final long capacity;
	private final Path folder;
	private final Consumer<String> warning;
	private final @Nullable ByteBuffer[] windows;
	private boolean withoutFiles;

	/**
	 * @param capacity bytes
	 * @param folder   for the files of zeros, which are gone when this returns
	 * @param warning  told once, in one line, if no file can be made there
	 */
	public HeapBytes(long capacity, Path folder, Consumer<String> warning) {
		this.capacity = capacity;
		this.folder = folder;
		this.warning = warning;
		this.windows = new @Nullable ByteBuffer[(int) ((capacity + STRIDE - 1) / STRIDE)];
	}

	/**
	 * The bytes of an extent, in the machine's byte order; to be asked for once for each extent.
	 *
	 * @throws OutOfMemoryError if the machine has no memory for it; the message says what to do
	 */
	public ByteBuffer extent(long offset, int size) {
		if (offset < 0 || size < 0 || size > REACH || offset + size > capacity) {
			throw new IllegalArgumentException("outside of the heap: offset=" + offset + ", size=" + size);
		}
		ByteBuffer window = window((int) (offset / STRIDE));
		ByteBuffer bytes = window == null ? direct(size) : window.slice((int) (offset % STRIDE), size);
		return bytes.order(ByteOrder.nativeOrder());
	}

	private synchronized @Nullable ByteBuffer window(int index) {
		if (windows[index] == null && !withoutFiles) {
			try {
				windows[index] = map();
			} catch (IOException e) {
				withoutFiles = true;
				warning.accept("no file for the memory of blocks can be made in " + folder + " (" + e
						+ "): blocks take direct memory instead; set java.io.tmpdir to a folder that can be written");
			}
		}
		return windows[index];
	}

	private ByteBuffer map() throws IOException {
		// The JDK closes the file of a thread that is interrupted; it is told afterwards.
		boolean interrupted = Thread.interrupted();
		try {
			Path file = Files.createTempFile(folder, "heaplens", ".zeros");
			try (var zeros = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE)) {
				zeros.write(ByteBuffer.allocate(1), STRIDE + REACH - 1);
				return zeros.map(MapMode.PRIVATE, 0, STRIDE + REACH);
			}
		} finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private ByteBuffer direct(int size) {
		try {
			return ByteBuffer.allocateDirect(size);
		} catch (OutOfMemoryError e) {
			var clear = new OutOfMemoryError("no memory for a block of " + size + " bytes (" + e.getMessage()
					+ "); set java.io.tmpdir to a folder that can be written, now " + folder + ", or raise -XX:MaxDirectMemorySize");
			clear.initCause(e);
			throw clear;
		}
	}
}
