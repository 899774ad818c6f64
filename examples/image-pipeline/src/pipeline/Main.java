// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package pipeline;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.Side;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.GraphConfig;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.heaplens.runtime.HiaiStatus;

/** Sends frames from the host to the device and takes what the device finds in them. */
public final class Main {
	private static final int GRAPH = 100;
	private static final int CAMERA = 1;
	private static final int DETECTOR = 2;
	private static final int ARCHIVE = 3;
	private static final int UNDER_WAY = 6;
	private static final int FRAMES_A_SECOND = 20;
	private static final int PATIENCE_SECONDS = 30;

	private Main() {}

	public static void main(String[] arguments) throws InterruptedException {
		if (arguments.length == 1 && arguments[0].equals("--help")) {
			System.out.println(Options.USAGE);
			return;
		}
		try {
			System.exit(run(Options.parse(arguments)) ? 0 : 1);
		} catch (IllegalArgumentException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	private static boolean run(Options options) throws InterruptedException {
		Frame.register();
		Result.register();
		var progress = new Progress(UNDER_WAY);
		boolean finished;
		try (Graph graph = Graph.create(graph(new Scene(options.seed()), progress))) {
			sendShots(graph, options, progress);
			finished = progress.finish(PATIENCE_SECONDS);
		}
		System.out.println(progress.summary());
		return finished;
	}

	private static GraphConfig graph(Scene scene, Progress progress) {
		return GraphConfig.builder(GRAPH).engine(CAMERA, "Camera", Side.HOST, () -> new Camera(scene, progress))
				.engine(new EngineConfig(DETECTOR, "Detector", Side.DEVICE, 2, UNDER_WAY, Map.of(), () -> new Detector(progress)))
				.engine(ARCHIVE, "Archive", Side.HOST, () -> new Archive(scene, progress)).connect(CAMERA, 0, DETECTOR, 0)
				.connect(DETECTOR, 0, ARCHIVE, 0).build();
	}

	/** As a camera would: at a steady pace, and never more under way than the heaps are meant for. */
	private static void sendShots(Graph graph, Options options, Progress progress) throws InterruptedException {
		long begin = System.nanoTime();
		long end = begin + TimeUnit.SECONDS.toNanos(options.seconds());
		for (int number = 0; options.frames() > 0 ? number < options.frames() : System.nanoTime() < end; number++) {
			progress.depart();
			HiaiStatus status = graph.sendData(new EnginePort(GRAPH, CAMERA, 0), Shot.NAME, new Shot(number));
			if (status != HiaiStatus.OK) {
				progress.lost(number, "the camera does not answer: " + status);
			}
			long due = begin + TimeUnit.SECONDS.toNanos(number + 1L) / FRAMES_A_SECOND;
			TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
		}
	}
}
