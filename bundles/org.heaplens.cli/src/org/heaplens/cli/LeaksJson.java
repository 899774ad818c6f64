// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.Writer;

import org.heaplens.cli.analysis.LeakReport;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.Recording.Snapshot;
import org.heaplens.cli.text.Json;
import org.heaplens.model.BlockFlag;
import org.heaplens.model.HeapInfo;
import org.heaplens.model.HeapSnapshot;
import org.heaplens.model.StackFrame;

import com.fasterxml.jackson.core.JsonGenerator;

/** {@code trace leaks --format json}: all sizes in bytes, all times in nanoseconds. */
final class LeaksJson {
	private LeaksJson() {}

	static void write(Writer writer, Recording recording, boolean atEnd, Snapshot then, LeakReport report) throws IOException {
		Json.write(writer, json -> {
			json.writeStartObject();
			process(json, recording);
			json.writeBooleanField("atEnd", atEnd);
			json.writeNumberField("timeNanos", then.timeNanos());
			json.writeArrayFieldStart("heaps");
			for (HeapSnapshot heap : then.heaps()) {
				json.writeStartObject();
				json.writeStringField("heap", heap.heap().name());
				json.writeNumberField("sequence", heap.sequence());
				json.writeNumberField("liveBytes", heap.liveBytes());
				json.writeNumberField("liveBlocks", heap.blockCount());
				json.writeEndObject();
			}
			json.writeEndArray();
			json.writeArrayFieldStart("sites");
			for (LeakReport.Site site : report.sites()) {
				site(json, recording, site);
			}
			json.writeEndArray();
			json.writeEndObject();
		});
	}

	/** Where a recording comes from and what became of its process: the same in every JSON. */
	static void process(JsonGenerator json, Recording recording) throws IOException {
		json.writeStringField("file", recording.file().toString());
		json.writeObjectFieldStart("process");
		json.writeNumberField("pid", recording.info().pid());
		json.writeStringField("command", recording.info().command());
		json.writeStringField("begun", recording.info().begun().toString());
		json.writeStringField("state", recording.state().name());
		json.writeNumberField("droppedEvents", recording.dropped());
		json.writeNumberField("overwrittenEvents", recording.overwritten());
		json.writeEndObject();
	}

	private static void site(JsonGenerator json, Recording recording, LeakReport.Site site) throws IOException {
		json.writeStartObject();
		json.writeStringField("heap", site.heap().name());
		json.writeNumberField("bytes", site.bytes());
		json.writeNumberField("blocks", site.blocks());
		json.writeNumberField("oldestNanos", site.oldestNanos());
		json.writeNumberField("newestNanos", site.newestNanos());
		json.writeArrayFieldStart("flags");
		for (BlockFlag flag : site.flags()) {
			json.writeString(flag.name());
		}
		json.writeEndArray();
		json.writeArrayFieldStart("threads");
		for (int thread : site.threads()) {
			json.writeString(recording.thread(thread));
		}
		json.writeEndArray();
		json.writeArrayFieldStart("engines");
		for (int engine : site.engines()) {
			json.writeString(recording.engine(engine));
		}
		json.writeEndArray();
		stack(json, recording, site.stack());
		json.writeEndObject();
	}

	/** The innermost frame in one line, and all frames. */
	static void stack(JsonGenerator json, Recording recording, int stack) throws IOException {
		json.writeStringField("site", recording.site(stack));
		json.writeArrayFieldStart("stack");
		for (StackFrame frame : recording.stack(stack)) {
			json.writeStartObject();
			json.writeStringField("class", frame.className());
			json.writeStringField("method", frame.method());
			json.writeStringField("file", frame.file());
			json.writeNumberField("line", frame.line());
			json.writeEndObject();
		}
		json.writeEndArray();
	}

	/** A heap by its name, side and number. */
	static void heap(JsonGenerator json, HeapInfo heap) throws IOException {
		json.writeStringField("heap", heap.name());
		json.writeNumberField("capacity", heap.capacity());
	}
}
