// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.heaplens.model.BlockFlag;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.MisuseReason;
import org.heaplens.model.Side;
import org.heaplens.model.StackFrame;
import org.heaplens.model.trace.Lane;
import org.heaplens.model.trace.TraceWriter;

/** Writes recordings in which the same happens each time; only the times differ. */
final class TraceRecorder implements AutoCloseable {
	static final int HOST_CAPACITY = 16 << 20;
	private static final String FILE = "Camera.java";

	private final TraceWriter writer;
	final Lane host;
	final Lane device;
	final int camera;
	final int detector;
	private final int main;
	private final int worker;
	private final int engine;

	TraceRecorder(Path folder) throws IOException {
		this(folder, "main");
	}

	/** @param mainThread the name of the thread that allocates */
	TraceRecorder(Path folder, String mainThread) throws IOException {
		writer = TraceWriter.create(folder, "app.Main --frames 3");
		host = writer.lane(new HeapInfo(0, Side.HOST, 0, HOST_CAPACITY, 0x10000));
		device = writer.lane(new HeapInfo(1, Side.DEVICE, 0, 64 << 20, 0x80000));
		camera = writer
				.stack(List.of(new StackFrame("app.Camera", "process", FILE, 27), new StackFrame("app.Main", "main", "Main.java", 5)));
		detector = writer.stack(List.of(new StackFrame("app.Detector", "edges", "Detector.java", 33)));
		main = writer.thread(mainThread);
		worker = writer.thread("worker");
		engine = writer.engine(1, 2, "Detector", Side.DEVICE);
	}

	/**
	 * Two leaks of the camera and one of the detector, a double free, a transfer, a wait that is served, and a time-out for lack of one
	 * hole that is large enough.
	 */
	static Path leaking(Path folder) throws IOException {
		try (var recorder = new TraceRecorder(folder)) {
			recorder.allocate(0, 1 << 20);
			recorder.allocate(1 << 20, 2 << 20);
			recorder.allocate(3 << 20, 8 << 20);
			recorder.free(1 << 20, 2 << 20);
			recorder.misuse(1 << 20, 2 << 20);
			recorder.send(0, 1 << 20, 7);
			recorder.allocate(11 << 20, 1 << 20);
			recorder.wait(6 << 20);
			recorder.free(3 << 20, 8 << 20);
			recorder.serve(1 << 20, 6 << 20);
			recorder.free(1 << 20, 6 << 20);
			recorder.timeOut(14 << 20, 10 << 20);
			return recorder.end();
		}
	}

	/** One block that is left by machine code whose files are gone. */
	static Path machineCode(Path folder) throws IOException {
		try (var recorder = new TraceRecorder(folder)) {
			int stack = recorder.writer.stack(List.of(new StackFrame("/gone/libcamera.so", "0x1c4", "native:00ff+0x1c4", 0),
					new StackFrame("/gone/camera", "camera::main(int)", "native:00fe+0x88", 0)));
			recorder.host.append(EventKind.ALLOCATE, 0, 4096, 4000, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, recorder.main,
					stack, 0);
			return recorder.end();
		}
	}

	/** One block that is freed. */
	static Path clean(Path folder) throws IOException {
		try (var recorder = new TraceRecorder(folder)) {
			recorder.allocate(0, 1 << 20);
			recorder.free(0, 1 << 20);
			return recorder.end();
		}
	}

	void allocate(long offset, int size) {
		host.append(EventKind.ALLOCATE, offset, size, size - 10, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, main, camera, 0);
	}

	void free(long offset, int size) {
		host.append(EventKind.FREE, offset, size, size - 10, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, main, camera, 0);
	}

	void misuse(long offset, int size) {
		host.append(EventKind.MISUSE, offset, size, size - 10, 0, BlockFlag.MANUAL_FREE.code(), 1, MisuseReason.DOUBLE_FREE, main, camera,
				0);
	}

	void wait(int size) {
		host.append(EventKind.WAIT_BEGIN, 0, size, size, 500, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, worker, camera, 0);
	}

	void serve(long offset, int size) {
		host.append(EventKind.WAIT_END, 0, size, size, 1_000_000, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, worker, camera, 0);
		host.append(EventKind.ALLOCATE, offset, size, size, 0, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, worker, camera, 0);
	}

	void timeOut(int size, long largestHole) {
		host.append(EventKind.TIMEOUT, 0, size, size, largestHole, BlockFlag.MANUAL_FREE.code(), 1, MisuseReason.NONE, worker, detector, 0);
	}

	void send(long offset, int size, long transfer) {
		host.append(EventKind.SEND_BEGIN, offset, size, size - 10, transfer, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, main,
				camera, 0);
		device.append(EventKind.RECEIVE, 0, size, size - 10, transfer, BlockFlag.RECEIVED.code(), 0, MisuseReason.NONE, worker, detector,
				engine);
		host.append(EventKind.SEND_END, offset, size, size - 10, transfer, BlockFlag.MANUAL_FREE.code(), 0, MisuseReason.NONE, main, camera,
				0);
	}

	/** Ends the process's part, and says where the recording is. */
	Path end() {
		host.end();
		device.end();
		return writer.file();
	}

	@Override
	public void close() throws IOException {
		writer.close();
	}
}
