// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

import org.heaplens.cli.analysis.Recording;
import org.heaplens.cli.analysis.SmallestHeaps.Smallest;
import org.heaplens.cli.text.Json;
import org.heaplens.runtime.replay.Policy;
import org.heaplens.runtime.replay.ReplayPlan;
import org.heaplens.runtime.replay.ReplayResult;

import com.fasterxml.jackson.core.JsonGenerator;

/** {@code replay --format json}: all sizes in bytes, all times in nanoseconds, all shares from 0 to 1. */
final class ReplayJson {
	private ReplayJson() {}

	static void write(Writer writer, Recording recording, ReplayPlan plan, List<ReplayResult> results) throws IOException {
		Json.write(writer, json -> {
			json.writeStartObject();
			LeaksJson.process(json, recording);
			json.writeStringField("policy", plan.policy().id());
			json.writeArrayFieldStart("heaps");
			for (ReplayResult result : results) {
				heap(json, recording, result);
			}
			json.writeEndArray();
			json.writeEndObject();
		});
	}

	private static void heap(JsonGenerator json, Recording recording, ReplayResult result) throws IOException {
		json.writeStartObject();
		json.writeStringField("heap", result.heap().name());
		json.writeNumberField("capacity", result.capacity());
		json.writeBooleanField("fits", result.fits());
		json.writeNumberField("requests", result.requests());
		json.writeNumberField("skipped", result.skipped());
		json.writeNumberField("waits", result.waits());
		json.writeNumberField("waitNanos", result.waitNanos());
		json.writeNumberField("longestWaitNanos", result.longestWaitNanos());
		json.writeNumberField("timeouts", result.timeouts());
		json.writeNumberField("waitingAtEnd", result.waiting());
		json.writeNumberField("peakBytes", result.peakBytes());
		json.writeNumberField("worstFragmentation", result.worstShare());
		json.writeNumberField("worstFragmentationNanos", result.worstTimeNanos());
		json.writeNumberField("liveBlocks", result.liveBlocks());
		json.writeStringField("digest", ReplayText.digest(result.digest()));
		json.writeBooleanField("exact", result.isExact());
		json.writeStringField("difference", result.difference().what());
		json.writeObjectFieldStart("recorded");
		json.writeNumberField("capacity", result.heap().capacity());
		json.writeNumberField("waits", result.recorded().waits());
		json.writeNumberField("timeouts", result.recorded().timeouts());
		json.writeNumberField("peakBytes", result.recorded().peakBytes());
		json.writeEndObject();
		json.writeArrayFieldStart("sites");
		for (ReplayResult.Site site : result.sites()) {
			json.writeStartObject();
			json.writeNumberField("timeouts", site.timeouts());
			json.writeNumberField("waits", site.waits());
			json.writeNumberField("waitNanos", site.waitNanos());
			json.writeNumberField("longestWaitNanos", site.longestWaitNanos());
			LeaksJson.stack(json, recording, site.stack());
			json.writeEndObject();
		}
		json.writeEndArray();
		json.writeEndObject();
	}

	/** The least sizes; 0 where there is none. */
	static void write(Writer writer, Recording recording, Policy policy, List<Smallest> found) throws IOException {
		Json.write(writer, json -> {
			json.writeStartObject();
			LeaksJson.process(json, recording);
			json.writeStringField("policy", policy.id());
			json.writeArrayFieldStart("heaps");
			for (Smallest one : found) {
				json.writeStartObject();
				json.writeStringField("heap", one.heap().name());
				json.writeNumberField("smallest", one.bytes());
				json.writeNumberField("recorded", one.heap().capacity());
				json.writeNumberField("peakBytes", one.peakBytes());
				json.writeNumberField("waits", one.waits());
				json.writeNumberField("longestWaitNanos", one.longestWaitNanos());
				json.writeEndObject();
			}
			json.writeEndArray();
			json.writeEndObject();
		});
	}
}
