// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.heaplens.model.Side;
import org.heaplens.runtime.GraphConfig.Connection;
import org.heaplens.runtime.GraphConfig.EngineConfig;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.Parser.SingularOverwritePolicy;
import com.google.protobuf.TextFormatParseInfoTree;

/** Reads {@code graph.config}: protobuf's text format, with the keys of {@link GraphSchema}. One thread. */
final class GraphFile {
	/** The vendor's limit. */
	private static final int MOST_GRAPHS = 2048;
	/** Far more than a graph.config has, and little enough to be held. */
	private static final long MOST_BYTES = 16L << 20;
	private static final int MOST_THREADS = 4096;
	private static final int MOST_IN_QUEUE = 1_000_000;
	private static final int LAST_PORT = 15;
	private static final int DAY_MILLIS = 86_400_000;
	/** How protobuf lists keys that it does not know: line, column, type and key. */
	private static final Pattern UNKNOWN = Pattern.compile("(?m)^([0-9]+):([0-9]+):\t(\\w+)\\.(.+)$");
	private static final Pattern POSITION = Pattern.compile("^[0-9]+:[0-9]+: ");

	private final String file;
	private final EngineFactory factory;
	private final Consumer<String> warnings;

	private GraphFile(String file, EngineFactory factory, Consumer<String> warnings) {
		this.file = file;
		this.factory = factory;
		this.warnings = warnings;
	}

	static List<GraphConfig> read(Path file, EngineFactory engines, Consumer<String> warnings) throws IOException {
		if (Files.size(file) > MOST_BYTES) {
			throw new GraphFormatException(file.toString(), 1, 1, "this is no graph.config: it has " + Files.size(file) + " bytes");
		}
		String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
		// A byte order mark is no part of the text, but editors write it.
		String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
		return new GraphFile(file.toString(), engines, warnings).graphs(bare);
	}

	private List<GraphConfig> graphs(String text) {
		GraphNode root = parse(text);
		var graphs = new LinkedHashMap<Integer, GraphConfig>();
		for (GraphNode node : root.groups("graphs")) {
			if (graphs.size() == MOST_GRAPHS) {
				throw node.problem("graph_id", "there are more than " + MOST_GRAPHS + " graphs; spread them over several files");
			}
			GraphConfig graph = graph(node);
			if (graphs.put(graph.graphId(), graph) != null) {
				throw node.problem("graph_id", "there is a graph " + Integer.toUnsignedString(graph.graphId())
						+ " in this file already; give this one another graph_id");
			}
		}
		if (graphs.isEmpty()) {
			throw root.problem("graphs", "there is no graph in this file; write graphs { graph_id: 1 engines { ... } connects { ... } }");
		}
		return List.copyOf(graphs.values());
	}

	/** The vendor's documents have quotes around the number of the device; without them it is read all the same. */
	private GraphNode parse(String text) {
		try {
			return parse(text, Type.TYPE_STRING);
		} catch (TextFormat.ParseException quoted) {
			try {
				return parse(text, Type.TYPE_UINT32);
			} catch (TextFormat.ParseException plain) {
				// Whichever came further knows better what is wrong.
				boolean further = plain.getLine() > quoted.getLine()
						|| plain.getLine() == quoted.getLine() && plain.getColumn() > quoted.getColumn();
				throw problem(further ? plain : quoted);
			}
		}
	}

	private GraphNode parse(String text, Type deviceId) throws TextFormat.ParseException {
		var message = DynamicMessage.newBuilder(GraphSchema.file(deviceId));
		var places = TextFormatParseInfoTree.builder();
		var unknown = new ArrayList<String>();
		try {
			TextFormat.Parser.newBuilder().setSingularOverwritePolicy(SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
					.setParseInfoTreeBuilder(places).build().merge(text, message);
		} catch (TextFormat.ParseException e) {
			// It complains of unknown keys when it has read all the others.
			Matcher keys = UNKNOWN.matcher(String.valueOf(e.getMessage()));
			while (keys.find()) {
				unknown.add(file + ":" + keys.group(1) + ":" + keys.group(2) + ": " + keys.group(4) + " is no key of "
						+ keys.group(3).toLowerCase(java.util.Locale.ROOT) + " that is documented; it is ignored");
			}
			if (!String.valueOf(e.getMessage()).contains("unknown fields")) {
				throw e;
			}
		}
		unknown.stream().filter(line -> !line.contains(GraphSchema.OPAQUE.toLowerCase(java.util.Locale.ROOT))).forEach(warnings);
		return new GraphNode(file, message.build(), places.build());
	}

	private GraphFormatException problem(TextFormat.ParseException e) {
		String said = POSITION.matcher(String.valueOf(e.getMessage())).replaceFirst("").replaceAll("\\s*\\R\\s*", " ");
		String without = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
		return new GraphFormatException(file, Math.max(1, e.getLine()), Math.max(1, e.getColumn()), without + "; " + advice(said));
	}

	private static String advice(String said) {
		if (said.contains("Enum type")) {
			return "write side: HOST or side: DEVICE";
		}
		if (said.contains("cannot be overwritten")) {
			return "remove one of the two";
		}
		if (said.startsWith("Expected string")) {
			return "put the value in double quotes";
		}
		if (said.startsWith("Expected integer") || said.contains("parse integer")) {
			return "write a whole number, without quotes";
		}
		return "write KEY: VALUE, or KEY { ... } for a group, and close each { with a }";
	}

	private GraphConfig graph(GraphNode node) {
		int id = node.id("graph_id");
		if (!node.has("graph_id")) {
			warnings.accept(node.warning("graph_id", "this graph has no graph_id; taking 0"));
		}
		var engines = new LinkedHashMap<Integer, EngineConfig>();
		for (GraphNode engine : node.groups("engines")) {
			EngineConfig config = engine(engine);
			if (engines.put(config.id(), config) != null) {
				throw engine.problem("id",
						"there is an engine " + Integer.toUnsignedString(config.id()) + " in this graph already; give this one another id");
			}
		}
		var connections = new ArrayList<Connection>();
		node.groups("connects").forEach(connection -> connections.add(connection(connection, id, engines)));
		return new GraphConfig(id, device(node), List.copyOf(engines.values()), connections);
	}

	private static int device(GraphNode node) {
		String text = node.text("device_id").strip();
		if (text.isEmpty()) {
			return 0;
		}
		if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > 63) {
			throw node.problem("device_id", "device_id is \"" + text + "\"; it has to be a number from 0 to 63");
		}
		return Integer.parseInt(text);
	}

	private EngineConfig engine(GraphNode node) {
		String name = node.text("engine_name");
		if (!node.has("id") || name.isEmpty()) {
			throw node.problem("id", "an engine needs an id and an engine_name; add what is missing");
		}
		if (!node.has("thread_num")) {
			warnings.accept(node.warning("id", "engine " + node.text("id") + " has no thread_num; taking 1"));
		}
		Supplier<? extends Engine> maker = factory.maker(name).orElseThrow(() -> node.problem("engine_name",
				"no engine is known under the name \"" + name + "\"; give it to the EngineFactory, or correct engine_name"));
		boolean forDvpp = node.has("receive_memory_without_dvpp") && !node.flag("receive_memory_without_dvpp");
		return new EngineConfig(node.id("id"), name, node.text("side").equals("HOST") ? Side.HOST : Side.DEVICE,
				node.number("thread_num", 1, MOST_THREADS, 1), node.number("queue_size", 1, MOST_IN_QUEUE, GraphConfig.USUAL_QUEUE_SIZE),
				items(node), node.number("wait_inputdata_max_time", 0, DAY_MILLIS, 0), node.flag("is_repeat_timeout_flag"), forDvpp, maker);
	}

	private Map<String, String> items(GraphNode engine) {
		var items = new HashMap<String, String>();
		engine.groups("ai_config").forEach(config -> config.groups("items").forEach(item -> add(items, "", item)));
		return items;
	}

	/** What lies under an item has its name before its own, with a dot between them. */
	private void add(Map<String, String> items, String prefix, GraphNode item) {
		String name = prefix + item.text("name");
		List<GraphNode> under = item.groups("sub_items");
		under.forEach(inner -> add(items, name + ".", inner));
		if (under.isEmpty() && items.put(name, item.text("value")) != null) {
			warnings.accept(item.warning("name", "there is an item \"" + name + "\" already; taking this one"));
		}
	}

	private Connection connection(GraphNode node, int graph, Map<Integer, EngineConfig> engines) {
		int targetGraph = node.has("target_graph_id") ? node.id("target_graph_id") : graph;
		check(node, "src_engine_id", engines);
		if (targetGraph == graph) {
			check(node, "target_engine_id", engines);
		}
		return new Connection(new EnginePort(graph, node.id("src_engine_id"), node.number("src_port_id", 0, LAST_PORT, 0)),
				new EnginePort(targetGraph, node.id("target_engine_id"), node.number("target_port_id", 0, LAST_PORT, 0)));
	}

	private static void check(GraphNode connection, String key, Map<Integer, EngineConfig> engines) {
		if (!engines.containsKey(connection.id(key))) {
			throw connection.problem(key, key + " is " + Integer.toUnsignedString(connection.id(key))
					+ ", but this graph has no such engine; it has "
					+ String.join(", ", engines.keySet().stream().map(Integer::toUnsignedString).toList()));
		}
	}
}
