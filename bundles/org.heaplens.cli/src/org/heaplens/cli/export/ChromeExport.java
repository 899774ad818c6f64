// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.BitSet;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.EventKind;
import org.heaplens.model.HeapEvent;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** Chrome's JSON trace events, for chrome://tracing, Perfetto, Speedscope and others. Times are microseconds since the trace began. */
public final class ChromeExport extends TimelineExport {
	private final JsonGenerator json;
	private final long pid;
	private final BitSet threadsNamed = new BitSet();

	public ChromeExport(OutputStream stream, Recording recording) throws IOException {
		super(recording);
		pid = recording.info().pid();
		json = new JsonFactory().createGenerator(stream, JsonEncoding.UTF8).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
		json.writeStartObject();
		json.writeStringField("displayTimeUnit", "ns");
		json.writeObjectFieldStart("otherData");
		json.writeStringField("command", recording.info().command());
		json.writeStringField("begun", recording.info().begun().toString());
		json.writeEndObject();
		json.writeArrayFieldStart("traceEvents");
		metadata("process_name", 0, recording.info().command());
	}

	private void metadata(String what, int thread, String name) throws IOException {
		json.writeRaw('\n');
		json.writeStartObject();
		json.writeStringField("ph", "M");
		json.writeStringField("name", what);
		json.writeNumberField("pid", pid);
		json.writeNumberField("tid", thread);
		json.writeObjectFieldStart("args");
		json.writeStringField("name", name);
		json.writeEndObject();
		json.writeEndObject();
	}

	private void begin(String phase, String category, String name, HeapEvent event) throws IOException {
		if (!threadsNamed.get(event.thread())) {
			threadsNamed.set(event.thread());
			metadata("thread_name", event.thread(), event.thread() == 0 ? "unknown" : recording.thread(event.thread()));
		}
		json.writeRaw('\n');
		json.writeStartObject();
		json.writeStringField("ph", phase);
		json.writeStringField("cat", category);
		json.writeStringField("name", name);
		json.writeNumberField("pid", pid);
		json.writeNumberField("tid", event.thread());
		json.writeFieldName("ts");
		// Exact to the nanosecond, which a double is not after some months.
		json.writeNumber(event.timeNanos() / 1000 + "." + String.format("%03d", event.timeNanos() % 1000));
	}

	@Override
	void counters(Heap heap, HeapEvent event) throws IOException {
		begin("C", "heap", heap.info.name() + " live bytes", event);
		json.writeObjectFieldStart("args");
		json.writeNumberField("bytes", heap.blocks.liveBytes());
		json.writeEndObject();
		json.writeEndObject();
		begin("C", "heap", heap.info.name() + " largest hole", event);
		json.writeObjectFieldStart("args");
		json.writeNumberField("bytes", heap.blocks.largestHole());
		json.writeEndObject();
		json.writeEndObject();
	}

	@Override
	void beginBlock(Heap heap, int lane, HeapEvent event) throws IOException {
		block("b", heap, event, event);
		json.writeObjectFieldStart("args");
		json.writeNumberField("size", event.size());
		json.writeNumberField("requested", event.requested());
		json.writeNumberField("offset", event.offset());
		json.writeNumberField("sequence", event.sequence());
		json.writeStringField("engine", recording.engine(event.engine()));
		json.writeArrayFieldStart("stack");
		for (var frame : recording.stack(event.stack())) {
			json.writeString(frame.toString());
		}
		json.writeEndArray();
		json.writeEndObject();
		json.writeEndObject();
		if (event.kind() == EventKind.RECEIVE) {
			begin("f", "transfer", "transfer", event);
			json.writeStringField("bp", "e");
			json.writeNumberField("id", event.argument());
			json.writeEndObject();
		}
	}

	@Override
	void endBlock(Heap heap, int lane, HeapEvent made, HeapEvent event) throws IOException {
		block("e", heap, made, event);
		json.writeEndObject();
	}

	/** Beginning and end are matched by category and id; a heap never numbers two events alike. */
	private void block(String phase, Heap heap, HeapEvent made, HeapEvent event) throws IOException {
		begin(phase, heap.info.name() + " blocks", recording.site(made.stack()), event);
		json.writeNumberField("id", made.sequence());
	}

	@Override
	void send(Heap heap, int lane, HeapEvent event) throws IOException {
		begin("s", "transfer", "transfer", event);
		json.writeNumberField("id", event.argument());
		json.writeEndObject();
	}

	@Override
	void beginWait(Heap heap, HeapEvent event) throws IOException {
		begin("B", "wait", "wait for room on " + heap.info.name(), event);
		json.writeObjectFieldStart("args");
		json.writeNumberField("requested", event.requested());
		json.writeNumberField("timeoutMillis", event.argument());
		json.writeStringField("site", recording.site(event.stack()));
		json.writeEndObject();
		json.writeEndObject();
	}

	@Override
	void endWait(Heap heap, HeapEvent event) throws IOException {
		begin("E", "wait", "wait for room on " + heap.info.name(), event);
		json.writeEndObject();
	}

	@Override
	void mark(Heap heap, HeapEvent event, String text) throws IOException {
		begin("i", "mark", text, event);
		json.writeStringField("s", "t");
		json.writeObjectFieldStart("args");
		json.writeStringField("heap", heap.info.name());
		json.writeStringField("site", recording.site(event.stack()));
		json.writeEndObject();
		json.writeEndObject();
	}

	@Override
	public void finish() throws IOException {
		json.writeEndArray();
		json.writeEndObject();
		json.writeRaw('\n');
		json.close();
	}
}
