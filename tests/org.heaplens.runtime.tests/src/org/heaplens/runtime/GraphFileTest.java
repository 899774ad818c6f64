// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.heaplens.model.Side;
import org.heaplens.runtime.GraphConfig.Connection;
import org.heaplens.runtime.GraphConfig.EngineConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphFileTest {
	@TempDir
	Path folder = Path.of("");

	private final List<String> warnings = new ArrayList<>();

	private static final class Idle extends Engine {
		@Override
		public HiaiStatus process(int port, Object message) {
			return HiaiStatus.OK;
		}
	}

	private static final EngineFactory ENGINES = EngineFactory.of(Map.of("Source", Idle::new, "Sink", Idle::new));

	private Path file(String text) throws IOException {
		return Files.writeString(folder.resolve("graph.config"), text);
	}

	private List<GraphConfig> parse(String text) throws IOException {
		return GraphConfig.parse(file(text), ENGINES, warning -> warnings.add(warning.replace(folder + java.io.File.separator, "")));
	}

	@Test
	void enginesOfSoFilesNeedANativeLibrary() throws IOException {
		Path file = file("graphs { graph_id: 1 engines { id: 1 engine_name: \"Any\" thread_num: 1 so_name: \"./libany.so\" } }");
		var thrown = assertThrows(UnsupportedOperationException.class, () -> Graph.create(file));
		assertEquals("the simulator runs engines in Java, not those of the .so files that " + file
				+ " names: give it these with Graph.create(file, engines), or set driver=native", thrown.getMessage());
	}

	@Test
	void everyDocumentedKeyIsRead() throws IOException {
		List<GraphConfig> graphs = parse("""
				# a comment
				graphs {
				  graph_id: 100
				  priority: 1
				  device_id: "1"   # in quotes, as the vendor's documents have it
				  engines: {
				    id: 1
				    engine_name: "Source"
				    side: HOST
				    thread_num: 3
				    thread_priority: 20
				    queue_size: 7
				    so_name: "./libHost.so"
				    so_name: './libMore.so'
				    internal_so_name: "libInternal.so"
				    ai_config {
				      items { name: "path" value: "a" "b" }
				      items { name: "tree" sub_items { name: "leaf" value: "green" } }
				      items: { name: "empty" value: "" }
				    }
				    ai_model { name: "model" type: "caffe" sub { deep: 1 } }
				    oam_config { dump_list: "all" }
				    wait_inputdata_max_time: 1500
				    is_repeat_timeout_flag: 1
				    holdModelFileFlag: true
				    receive_memory_without_dvpp: 0
				  }
				  engines { id: 2 engine_name: "Sink" side: DEVICE thread_num: 1 }
				  connects { src_engine_id: 1 src_port_id: 2 target_engine_id: 2 target_port_id: 15 }
				  connects: { src_engine_id: 2 src_port_id: 0 target_graph_id: 200 target_engine_id: 9 target_port_id: 1 };
				}
				graphs { graph_id: 200, engines { id: 9 engine_name: "Sink" thread_num: 1 } }
				""");
		assertEquals(List.of(), warnings);
		assertEquals(2, graphs.size());
		GraphConfig first = graphs.get(0);
		assertEquals(100, first.graphId());
		assertEquals(1, first.device());
		assertEquals(List.of(new Connection(new EnginePort(100, 1, 2), new EnginePort(100, 2, 15)),
				new Connection(new EnginePort(100, 2, 0), new EnginePort(200, 9, 1))), first.connections());
		EngineConfig source = first.engines().get(0);
		assertEquals(
				new EngineConfig(1, "Source", Side.HOST, 3, 7, Map.of("path", "ab", "tree.leaf", "green", "empty", ""), 1500, true, true,
						source.maker()),
				source);
		EngineConfig sink = first.engines().get(1);
		assertEquals(new EngineConfig(2, "Sink", Side.DEVICE, 1, GraphConfig.USUAL_QUEUE_SIZE, Map.of(), 0, false, false, sink.maker()),
				sink);
		assertEquals(0, graphs.get(1).device());
		assertEquals(Side.DEVICE, graphs.get(1).engines().get(0).side());
	}

	@Test
	void theExampleOfTheDocumentIsRead() throws IOException {
		String document = Files.readString(Path.of("../../docs/graph-config.md")).replace("\r", "");
		int begin = document.indexOf("graphs {");
		var makers = EngineFactory.of(Map.of("Source", Idle::new, "Detector", Idle::new));
		GraphConfig graph = GraphConfig.parse(file(document.substring(begin, document.indexOf("```", begin))), makers, warnings::add)
				.get(0);
		assertEquals(List.of("Source", "Detector"), graph.engines().stream().map(EngineConfig::name).toList());
		assertEquals(List.of(), warnings);
	}

	@Test
	void whatIsNotDocumentedIsIgnoredAndSaid() throws IOException {
		List<GraphConfig> graphs = parse("""
				graphs {
				  graph_id: 1
				  colour: "red"
				  engines { id: 1 engine_name: "Sink" speed { high: 1 } }
				}
				""");
		assertEquals(1, graphs.get(0).engines().size());
		assertEquals(List.of("graph.config:3:3: colour is no key of graph that is documented; it is ignored",
				"graph.config:4:39: speed is no key of engine that is documented; it is ignored",
				"graph.config:4:13: engine 1 has no thread_num; taking 1"), warnings);
	}

	@Test
	void aDeviceMayStandWithoutQuotes() throws IOException {
		assertEquals(3, parse("graphs { graph_id: 1 device_id: 3 }").get(0).device());
		var thrown = assertThrows(GraphFormatException.class, () -> parse("graphs { graph_id: 1 device_id: 3 engines { id: x } }"));
		assertTrue(String.valueOf(thrown.getMessage()).contains("graph.config:1:49: "), thrown::getMessage);
	}

	@Test
	void anItemThatIsNamedTwiceIsSaid() throws IOException {
		List<GraphConfig> graphs = parse("""
				graphs { graph_id: 1 engines { id: 1 engine_name: "Sink" thread_num: 1 ai_config {
				  items { name: "a" value: "1" }
				  items { name: "a" value: "2" }
				} } }
				""");
		assertEquals(Map.of("a", "2"), graphs.get(0).engines().get(0).items());
		assertEquals(List.of("graph.config:3:11: there is an item \"a\" already; taking this one"), warnings);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '%', textBlock = """
			graphs { graph_id 1 }                                       | 1:19 | Expected "
			graphs { graph_id: 1                                        | 1:21 | close each { with a }
			graphs { graph_id: "1" }                                    | 1:20 | write a whole number, without quotes
			graphs { graph_id: -1 }                                     | 1:20 | write a whole number, without quotes
			graphs { graph_id: 1 graph_id: 2 }                          | 1:30 | remove one of the two
			graphs { engines { id: 1 engine_name: Sink } }              | 1:39 | put the value in double quotes
			graphs { engines { id: 1 side: MOON engine_name: "Sink" } } | 1:32 | write side: HOST or side: DEVICE
			graphs { engines { id: 1 engine_name: "Sunk" } }            | 1:26 | no engine is known under the name "Sunk"
			graphs { engines { id: 1 } }                                | 1:20 | an engine needs an id and an engine_name
			graphs { engines { id: 1 engine_name: "Sink" thread_num: 0 } } | 1:46 | thread_num is 0; it has to be from 1 to 4096
			graphs { engines { id: 1 engine_name: "Sink" queue_size: 4294967295 } } | 1:46 | queue_size is 4294967295; it has to be from 1 to
			graphs { device_id: "one" }                                 | 1:10 | device_id is "one"; it has to be a number
			graphs { graph_id: 1 } graphs { graph_id: 1 }               | 1:33 | there is a graph 1 in this file already
			graphs { engines { id: 1 engine_name: "Sink" } engines { id: 1 engine_name: "Sink" } } | 1:58 | there is an engine 1 in this graph already
			graphs { connects { src_engine_id: 1 } }                    | 1:21 | src_engine_id is 1, but this graph has no such engine
			graphs { engines { id: 1 engine_name: "Sink" } connects { src_engine_id: 1 src_port_id: 16 target_engine_id: 1 } } | 1:76 | src_port_id is 16; it has to be from 0 to 15
			# nothing                                                   | 1:1  | there is no graph in this file
			""")
	void whatCannotBeIsSaidWithItsPlace(String text, String position, String words) throws IOException {
		var thrown = assertThrows(GraphFormatException.class, () -> parse(text));
		String message = String.valueOf(thrown.getMessage());
		assertTrue(message.startsWith(folder.resolve("graph.config") + ":" + position + ": "), message);
		assertTrue(message.contains(words), message);
		assertEquals(1, message.lines().count(), message);
		assertEquals(HiaiStatus.GRAPH_PROTO_FILE_PARSE_FAILED, thrown.status());
	}

	@Test
	void deepNestingIsRefused() {
		String deep = "graphs { engines { ai_config { items { " + "sub_items { ".repeat(100_000);
		var thrown = assertThrows(GraphFormatException.class, () -> parse(deep));
		assertTrue(String.valueOf(thrown.getMessage()).contains("graph.config:1:"), thrown::getMessage);
	}

	@Test
	void aFileThatIsMissingIsNamed() {
		Path missing = folder.resolve("missing.config");
		var thrown = assertThrows(NoSuchFileException.class, () -> GraphConfig.parse(missing, ENGINES));
		assertEquals(missing.toString(), thrown.getMessage());
	}

	@Test
	void aFileMakesAllOfItsGraphsOrNone() throws IOException {
		String first = "graphs { graph_id: 301 engines { id: 1 engine_name: \"Sink\" thread_num: 1 } }";
		List<Graph> graphs = Graph.create(file(first + first.replace("301", "302")), ENGINES);
		try {
			assertEquals(List.of(301, 302), graphs.stream().map(Graph::id).toList());
		} finally {
			graphs.forEach(Graph::destroy);
		}
		String absent = first.replace("301", "303 device_id: \"40\"");
		var thrown = assertThrows(IllegalArgumentException.class, () -> Graph.create(file(first + absent), ENGINES));
		assertTrue(String.valueOf(thrown.getMessage()).contains("wants device 40, but there are 1"), thrown::getMessage);
		assertTrue(Graph.find(301).isEmpty());
		Graph.create(GraphConfig.builder(301).engine(1, "again", Side.HOST, Idle::new).build()).destroy();
	}
}
