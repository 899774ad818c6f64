// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.UnknownFieldSet;

class ExportTest {
	private static final int EVENTS = 17;

	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	@TempDir
	Path folder = Path.of("");

	@Test
	void csvHasALineForEachEvent() throws IOException {
		List<String> lines = Files.readString(export("csv")).lines().toList();
		assertEquals("pid,heap,sequence,time_nanos,timestamp,kind,offset,address,size,requested,argument,flag,status,reason,thread,engine,"
				+ "site,stack", lines.get(0));
		assertEquals(1 + EVENTS, lines.size());
		assertTrue(lines.get(1).contains(
				",ALLOCATE,0,65536,1048576,1048566,0,MANUAL_FREE,0,,main,,app.Camera.process(Camera.java:27),app.Camera.process(Camera.java:27);app.Main.main(Main.java:5)"),
				lines.get(1));
	}

	@Test
	void csvEndsLinesAndQuotesAsTheStandardSays() throws IOException {
		try (var recorder = new TraceRecorder(folder, "a \"quoted\", name")) {
			recorder.allocate(0, 1 << 20);
			String text = Files.readString(export("csv", recorder.end()));
			assertTrue(text.contains(",\"a \"\"quoted\"\", name\","), text);
			assertTrue(text.endsWith("\r\n"), text);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--heap host               | 15
			--heap device0            | 2
			--kind ALLOCATE,receive   | 6
			--site Detector.edges     | 2
			--site Main.main          | 14
			--from 1h                 | 0
			--to 0s                   | 0
			""")
	void onlyWhatIsWantedIsWritten(String filter, int events) throws IOException {
		Path target = folder.resolve("out.csv");
		run(("trace export --format csv --output " + target + " " + filter + " " + TraceRecorder.leaking(folder)).split(" +"));
		assertEquals(1 + events, Files.readString(target).lines().count(), () -> out.toString() + err);
	}

	@Test
	void chromeEventsComeInPairs() throws IOException {
		Map<String, Integer> phases = new HashMap<>();
		try (JsonParser json = new JsonFactory().createParser(export("chrome").toFile())) {
			while (json.nextToken() != null) {
				if (json.currentToken() == JsonToken.FIELD_NAME && json.currentName().equals("ph")) {
					phases.merge(json.nextTextValue(), 1, Integer::sum);
				}
			}
		}
		// 6 blocks of which 3 are left, one transfer, one wait, a misuse, a time-out and two ends; 2 counters for each change.
		assertEquals(Map.of("b", 6, "e", 3, "s", 1, "f", 1, "B", 1, "E", 1, "i", 4, "C", 18, "M", 4), phases);
	}

	@Test
	void perfettoPacketsDecodeByThePublicFieldNumbers() throws IOException {
		List<UnknownFieldSet> packets = messages(UnknownFieldSet.parseFrom(Files.readAllBytes(export("perfetto"))), 1);
		Map<Long, String> tracks = new HashMap<>();
		Map<Long, String> names = new HashMap<>();
		Map<Long, List<Long>> typesByTrack = new HashMap<>();
		List<String> slices = new ArrayList<>();
		List<Long> counters = new ArrayList<>();
		for (UnknownFieldSet packet : packets) {
			for (UnknownFieldSet track : messages(packet, 60)) {
				tracks.put(number(track, 1), track.hasField(2) ? text(track, 2) : "");
			}
			for (UnknownFieldSet interned : messages(packet, 12)) {
				messages(interned, 2).forEach(name -> names.put(number(name, 1), text(name, 2)));
			}
			for (UnknownFieldSet event : messages(packet, 11)) {
				assertTrue(packet.hasField(8) && packet.hasField(10), "a packet has a time and a sequence");
				long type = number(event, 9);
				typesByTrack.computeIfAbsent(number(event, 11), track -> new ArrayList<>()).add(type);
				if (type == 1) {
					slices.add(names.get(number(event, 10)));
				} else if (type == 4) {
					counters.add(number(event, 30));
				}
			}
		}
		assertEquals(1, packets.stream().filter(packet -> packet.hasField(13) && number(packet, 13) == 1).count(), "state is cleared once");
		assertTrue(tracks.values().containsAll(List.of("host live bytes", "host largest hole", "device 0 live bytes", "blocks", "events")),
				tracks::toString);
		assertTrue(tracks.keySet().containsAll(typesByTrack.keySet()), "every event has a track that is described");
		assertEquals(6, slices.stream().filter(name -> name.startsWith("app.")).count(), slices::toString);
		assertTrue(slices.contains("wait for room on host"), slices::toString);
		assertEquals(List.of(1L << 20, 15L << 20, 3L << 20, 13L << 20), counters.subList(0, 4));
	}

	@Test
	void parquetIsReadByDuckDb() throws IOException, SQLException {
		Path trace = TraceRecorder.leaking(Files.createDirectories(folder.resolve("trace")));
		Path parquet = export("parquet", trace);
		Path csv = export("csv", trace);
		try (Connection connection = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = connection.createStatement()) {
			assertEquals(List.of("ALLOCATE 5", "FREE 3", "MISUSE 1", "PROCESS_ENDED 2", "RECEIVE 1", "SEND_BEGIN 1", "SEND_END 1",
					"TIMEOUT 1", "WAIT_BEGIN 1", "WAIT_END 1"),
					column(statement, "select kind || ' ' || count(*) from '" + parquet + "' group by kind order by kind"));
			assertEquals(column(statement, "select * exclude (timestamp) from read_csv('" + csv + "') order by heap, sequence"),
					column(statement, "select * exclude (timestamp) from '" + parquet + "' order by heap, sequence"));
			assertEquals(List.of("TIMESTAMPTZ_NS"),
					column(statement, "select distinct typeof(timestamp) from '" + parquet + "'"));
		}
	}

	private static List<String> column(Statement statement, String query) throws SQLException {
		var rows = new ArrayList<String>();
		try (ResultSet result = statement.executeQuery(query)) {
			while (result.next()) {
				var cells = new ArrayList<String>();
				for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
					cells.add(String.valueOf(result.getString(column)));
				}
				rows.add(String.join(" ", cells));
			}
		}
		return rows;
	}

	@Test
	void nothingIsReplacedUnlessForced() throws IOException {
		Path target = Files.writeString(folder.resolve("mine.csv"), "mine");
		String file = TraceRecorder.clean(folder).toString();
		assertEquals(Main.COULD_NOT_RUN, run("trace", "export", "--format", "csv", "--output", target.toString(), file));
		assertTrue(err.toString().contains("mine.csv: there is one; --force replaces it"), err::toString);
		assertEquals("mine", Files.readString(target));
		assertEquals(Main.FINE, run("trace", "export", "--format", "csv", "--force", "--output", target.toString(), file));
		assertTrue(Files.readString(target).startsWith("pid,"), "it was replaced");
	}

	@Test
	void whatFailsLeavesNoHalfFile() throws IOException {
		Path damaged = TraceRecorder.leaking(folder);
		byte[] bytes = Files.readAllBytes(damaged);
		Files.write(damaged, java.util.Arrays.copyOf(bytes, 100));
		assertEquals(Main.COULD_NOT_RUN,
				run("trace", "export", "--format", "csv", "--output", folder.resolve("out.csv").toString(), damaged.toString()));
		assertEquals(List.of(damaged.getFileName().toString()), names());
		assertEquals(1, err.toString().lines().count(), err::toString);
	}

	@Test
	void aWholeExportLeavesNothingElseBehind() throws IOException {
		Path trace = TraceRecorder.clean(folder);
		Path target = export("perfetto", trace);
		assertEquals(List.of(target, trace).stream().map(file -> file.getFileName().toString()).sorted().toList(), names());
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "--format csv FILE", "--output x FILE", "--format html --output x FILE",
		"--format csv --output no-folder/x FILE",
		"--format csv --output . FILE", "--format csv --output x --kind FLY FILE", "--format csv --output x --heap npu FILE",
		"--format csv --output x --from soon FILE", "--format csv --output x no-such-file"})
	void badInputGetsOneLineAndCodeTwo(String line) throws IOException {
		String[] arguments = ("trace export " + line.replace(" x ", " " + folder.resolve("x") + " ").replace("FILE",
				TraceRecorder.clean(folder).toString())).split(" ");
		assertEquals(Main.COULD_NOT_RUN, run(arguments));
		assertEquals("", out.toString());
		assertTrue(err.toString().startsWith("heaplens: "), err::toString);
		assertEquals(1, err.toString().lines().count(), err::toString);
		assertFalse(Files.exists(folder.resolve("x")), "nothing was written");
	}

	private List<String> names() throws IOException {
		try (var files = Files.list(folder)) {
			return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
		}
	}

	private Path export(String format) throws IOException {
		return export(format, TraceRecorder.leaking(Files.createDirectories(folder.resolve("trace"))));
	}

	private Path export(String format, Path trace) {
		Path target = folder.resolve("out." + format);
		assertEquals(Main.FINE, run("trace", "export", "--format", format, "--output", target.toString(), trace.toString()), err::toString);
		assertEquals("", out.toString());
		return target;
	}

	private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
		return message.getField(field).getLengthDelimitedList().stream().map(bytes -> {
			try {
				return UnknownFieldSet.parseFrom(bytes);
			} catch (IOException e) {
				throw new java.io.UncheckedIOException(e);
			}
		}).toList();
	}

	private static long number(UnknownFieldSet message, int field) {
		return message.getField(field).getVarintList().get(0);
	}

	private static String text(UnknownFieldSet message, int field) {
		return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
	}

	private int run(String... arguments) {
		return Main.execute(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
	}
}
