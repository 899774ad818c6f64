// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;
import org.heaplens.model.Side;
import org.heaplens.model.trace.TraceReader;
import org.heaplens.runtime.EnginePort;
import org.heaplens.runtime.Graph;
import org.heaplens.runtime.HiaiBuffer;
import org.heaplens.runtime.HiaiMemory;
import org.heaplens.runtime.HiaiStatus;
import org.heaplens.runtime.MemoryAttr;
import org.heaplens.runtime.hiai.Child.Ended;
import org.heaplens.runtime.hiai.Child.Jdk;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.google.protobuf.TextFormat;

/** A program in Java that sends to engines in C++ which our library runs, on each JDK of this machine. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NativeGraphTest {
	@TempDir
	Path folder = Path.of("");

	/** Sends a block with each flag, and says what became of it. */
	static final class Sender {
		private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
		/** The engine counts there what it has done with. */
		private static final ByteBuffer SEEN = ByteBuffer.allocateDirect(64).alignedSlice(8);

		private static void awaitSeen(int count) {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while ((int) INT.getVolatile(SEEN, 0) < count && System.nanoTime() < deadline) {
				Thread.onSpinWait();
			}
		}

		public static void main(String[] arguments) throws IOException {
			Graph graph = Graph.create(Path.of(arguments[0])).get(0);
			for (MemoryAttr flag : List.of(MemoryAttr.AUTO_FREE, MemoryAttr.MANUAL_FREE)) {
				HiaiBuffer block = HiaiMemory.allocate(300, 0, flag).block().orElseThrow();
				HiaiStatus status = graph.sendData(new EnginePort(7, 1, 0), "frame", frame(block));
				String after = flag == MemoryAttr.AUTO_FREE
						? Boolean.toString(HiaiMemory.isDMalloc(block, 1))
						: Boolean.toString(block.bytes().isReadOnly());
				System.out.println(flag + " " + status + " " + after);
				block.close();
			}
			System.out.println(graph.sendData(new EnginePort(7, 9, 0), "frame", frame(HiaiMemory.allocate(1, 0, MemoryAttr.MANUAL_FREE)
					.block().orElseThrow())));
			awaitSeen(2);
			System.out.println(graph.destroy());
		}

		private static NativeMessage frame(HiaiBuffer block) {
			ByteBuffer bytes = block.bytes();
			for (int at = 0; at < block.size(); at++) {
				bytes.put(at, (byte) at);
			}
			ByteBuffer struct = ByteBuffer.allocateDirect(24).order(ByteOrder.nativeOrder());
			struct.putInt(0, block.size()).putLong(8, block.address()).putLong(16, NativeCalls.address(SEEN));
			return new NativeMessage(struct, block);
		}
	}

	static List<Jdk> jdks() throws IOException {
		return Child.jdks();
	}

	@ParameterizedTest
	@MethodSource("jdks")
	void enginesGetWhatJavaSendsAndBlocksGoAsTheirFlagsSay(Jdk jdk) throws Exception {
		Path config = Files.writeString(folder.resolve("graph.config"), """
				graphs {
				  graph_id: 7
				  engines { id: 1 engine_name: "Sink" side: DEVICE thread_num: 1 so_name: "%s" }
				}
				""".formatted(Natives.board("sink")));
		Path traces = folder.resolve("traces");
		var classPath = new ArrayList<>(Child.classPath());
		classPath.add(Child.origin(TextFormat.class));
		Ended ended = Child.run(jdk, Map.of("driver", "native", "library", Natives.own().toString(), "jni", Natives.jni().toString(),
				"trace", traces.toString()), List.of(), classPath, Sender.class, config.toString());
		List<String> lines = ended.output().lines().sorted().toList();
		assertEquals(List.of("300 of 300 bytes", "300 of 300 bytes", "AUTO_FREE OK false", "GRAPH_ENGINE_NOT_EXIST", "MANUAL_FREE OK true",
				"OK"), lines);
		assertEquals(0, ended.code());
		assertEquals(List.of("ALLOCATE", "SEND_BEGIN", "SEND_END", "AUTO_FREE", "ALLOCATE", "SEND_BEGIN", "SEND_END", "FREE", "ALLOCATE"),
				blockEvents(traces, Side.HOST).stream().map(event -> event.kind().name()).toList());
		assertEquals(List.of("RECEIVE", "FREE", "RECEIVE", "FREE"),
				blockEvents(traces, Side.DEVICE).stream().map(event -> event.kind().name()).toList());
	}

	private static List<HeapEvent> blockEvents(Path traces, Side side) throws IOException {
		var events = new ArrayList<HeapEvent>();
		try (var files = Files.list(traces); TraceReader trace = TraceReader.open(files.findFirst().orElseThrow())) {
			trace.poll(event -> {
				boolean ofBlocks = event.kind().compareTo(EventKind.GRAPH_CREATED) < 0;
				if (ofBlocks && trace.heaps().get(event.heap()).side() == side) {
					events.add(event);
				}
			}, Integer.MAX_VALUE);
		}
		return events;
	}
}
