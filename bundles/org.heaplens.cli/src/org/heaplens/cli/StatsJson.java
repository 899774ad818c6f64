// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

import org.heaplens.cli.analysis.HeapStatistics;
import org.heaplens.cli.analysis.Quantiles;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.SiteStatistics;
import org.heaplens.cli.analysis.Timeline;
import org.heaplens.cli.analysis.TraceStatistics;
import org.heaplens.cli.text.Json;
import org.heaplens.model.MisuseReason;

import com.fasterxml.jackson.core.JsonGenerator;

/** {@code trace stats --format json}: all sizes in bytes, all times in nanoseconds, all shares from 0 to 1. */
final class StatsJson {
	private StatsJson() {}

	static void write(Writer writer, Recording recording, TraceStatistics statistics, List<SiteStatistics> sites) throws IOException {
		Json.write(writer, json -> {
			json.writeStartObject();
			LeaksJson.process(json, recording);
			json.writeNumberField("timeNanos", statistics.lastNanos());
			json.writeArrayFieldStart("heaps");
			for (HeapStatistics heap : statistics.heaps()) {
				heap(json, heap);
			}
			json.writeEndArray();
			json.writeArrayFieldStart("sites");
			for (SiteStatistics site : sites) {
				site(json, recording, statistics, site);
			}
			json.writeEndArray();
			json.writeEndObject();
		});
	}

	private static void heap(JsonGenerator json, HeapStatistics heap) throws IOException {
		json.writeStartObject();
		LeaksJson.heap(json, heap.heap());
		json.writeNumberField("events", heap.events());
		json.writeNumberField("eventsPerSecond", heap.eventsPerSecond());
		json.writeNumberField("missedEvents", heap.missed());
		json.writeNumberField("allocations", heap.allocations());
		json.writeNumberField("allocatedBytes", heap.allocatedBytes());
		json.writeNumberField("requestedBytes", heap.requestedBytes());
		json.writeNumberField("received", heap.received());
		json.writeNumberField("freesByHand", heap.freesByHand());
		json.writeNumberField("freesByFramework", heap.freesByFramework());
		json.writeNumberField("liveBlocks", heap.liveBlocks());
		json.writeNumberField("liveBytes", heap.liveBytes());
		json.writeObjectFieldStart("peak");
		json.writeNumberField("bytes", heap.peak().bytes());
		json.writeNumberField("timeNanos", heap.peak().timeNanos());
		json.writeNumberField("sequence", heap.peak().sequence());
		json.writeEndObject();
		times(json, "lifetime", heap.lifetimes());
		json.writeNumberField("waits", heap.waits());
		times(json, "waitTime", heap.waitTimes());
		json.writeNumberField("timeouts", heap.timeouts());
		json.writeNumberField("timeoutsWithRoom", heap.timeoutsWithRoom());
		json.writeObjectFieldStart("misuses");
		for (Map.Entry<MisuseReason, Long> misuse : heap.misuses().entrySet()) {
			json.writeNumberField(misuse.getKey().name(), misuse.getValue());
		}
		json.writeEndObject();
		json.writeNumberField("sent", heap.sent());
		json.writeNumberField("sendsFailed", heap.sendsFailed());
		json.writeNumberField("sentBytes", heap.sentBytes());
		times(json, "transferTime", heap.transferTimes());
		fragmentation(json, heap);
		timeline(json, heap.timeline());
		json.writeEndObject();
	}

	private static void fragmentation(JsonGenerator json, HeapStatistics heap) throws IOException {
		json.writeObjectFieldStart("fragmentation");
		json.writeNumberField("mean", heap.meanFragmentation());
		json.writeNumberField("end", heap.fragmentation());
		json.writeNumberField("worst", heap.worstFragmentation().share());
		json.writeNumberField("worstTimeNanos", heap.worstFragmentation().timeNanos());
		json.writeNumberField("worstLargestHole", heap.worstFragmentation().largestHole());
		json.writeNumberField("worstFreeBytes", heap.worstFragmentation().freeBytes());
		json.writeEndObject();
	}

	private static void timeline(JsonGenerator json, Timeline timeline) throws IOException {
		json.writeObjectFieldStart("timeline");
		json.writeNumberField("spanNanos", timeline.spanNanos());
		longs(json, "peakBytes", timeline.peakBytes());
		json.writeFieldName("fragmentation");
		json.writeArray(timeline.fragmentation(), 0, timeline.fragmentation().length);
		longs(json, "events", timeline.events());
		longs(json, "waits", timeline.waits());
		longs(json, "timeouts", timeline.timeouts());
		json.writeEndObject();
	}

	private static void longs(JsonGenerator json, String name, long[] values) throws IOException {
		json.writeFieldName(name);
		json.writeArray(values, 0, values.length);
	}

	/** {@code null} where there were none: a median of nothing is not 0. */
	private static void times(JsonGenerator json, String name, Quantiles times) throws IOException {
		if (times.count() == 0) {
			json.writeNullField(name);
			return;
		}
		json.writeObjectFieldStart(name);
		json.writeNumberField("count", times.count());
		json.writeNumberField("medianNanos", times.percentile(50));
		json.writeNumberField("p90Nanos", times.percentile(90));
		json.writeNumberField("p99Nanos", times.percentile(99));
		json.writeNumberField("longestNanos", times.longest());
		json.writeEndObject();
	}

	private static void site(JsonGenerator json, Recording recording, TraceStatistics statistics, SiteStatistics site) throws IOException {
		json.writeStartObject();
		json.writeStringField("heap", statistics.heap(site.heap()).name());
		json.writeNumberField("allocations", site.allocations());
		json.writeNumberField("bytes", site.bytes());
		json.writeNumberField("liveBlocks", site.liveBlocks());
		json.writeNumberField("liveBytes", site.liveBytes());
		json.writeNumberField("peakBytes", site.peakBytes());
		json.writeNumberField("lifetimeMedianNanos", site.lifetimeNanos(50));
		json.writeNumberField("lifetimeP99Nanos", site.lifetimeNanos(99));
		json.writeNumberField("waits", site.waits());
		json.writeNumberField("timeouts", site.timeouts());
		json.writeNumberField("misuses", site.misuses());
		LeaksJson.stack(json, recording, site.stack());
		json.writeEndObject();
	}
}
