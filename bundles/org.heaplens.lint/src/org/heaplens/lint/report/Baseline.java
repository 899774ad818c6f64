// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.report;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.heaplens.lint.Finding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

/**
 * Findings that are known, so that only others are told. A file of JSON, one finding a line in the order of files and lines, so that it can
 * be looked at and merged. Immutable.
 */
public final class Baseline {
	/** Nothing is known. */
	public static final Baseline EMPTY = new Baseline(List.of());

	/**
	 * A finding that is known.
	 *
	 * @param file from the baseline's folder where it is in there, with slashes
	 * @param line 1-based, as it was then
	 */
	public record Entry(String fingerprint, String rule, String file, int line, String message) {}

	/** What a baseline makes of findings: which are known, and what of it is gone. */
	public record Comparison(Set<Finding> known, List<Entry> gone) {
		public Comparison {
			gone = List.copyOf(gone);
		}
	}

	private final List<Entry> entries;

	private Baseline(List<Entry> entries) {
		this.entries = entries.stream()
				.sorted(Comparator.comparing(Entry::file).thenComparing(Entry::line).thenComparing(Entry::rule)
						.thenComparing(Entry::fingerprint))
				.toList();
	}

	/** Of findings as they are now. */
	public static Baseline of(Collection<Finding> findings, Path folder) {
		var paths = new ReportPaths(folder);
		return new Baseline(findings.stream().map(finding -> new Entry(finding.fingerprint(), finding.rule(),
				paths.of(finding.location().file()), finding.line(), finding.message())).toList());
	}

	/** This one and other entries. */
	public Baseline and(Collection<Entry> more) {
		var all = new ArrayList<>(entries);
		all.addAll(more);
		return new Baseline(all);
	}

	public List<Entry> entries() {
		return entries;
	}

	/**
	 * Each entry stands for one finding with its fingerprint: best for one in the same file, else for one anywhere, since files are renamed.
	 *
	 * @param findings by identity: each is there once
	 * @param folder   of the baseline
	 */
	public Comparison compare(Collection<Finding> findings, Path folder) {
		var paths = new ReportPaths(folder);
		Map<String, List<Entry>> left = new HashMap<>();
		entries.forEach(entry -> left.computeIfAbsent(entry.fingerprint(), key -> new ArrayList<>()).add(entry));
		var known = new LinkedHashSet<Finding>();
		for (boolean sameFile : new boolean[]{true, false}) {
			for (Finding finding : findings) {
				List<Entry> same = left.getOrDefault(finding.fingerprint(), List.of());
				String file = paths.of(finding.location().file());
				Optional<Entry> match = known.contains(finding)
						? Optional.empty()
						: same.stream().filter(entry -> entry.rule().equals(finding.rule()) && (!sameFile || entry.file().equals(file)))
								.findFirst();
				if (match.isPresent()) {
					same.remove(match.get());
					known.add(finding);
				}
			}
		}
		return new Comparison(known,
				entries.stream().filter(entry -> left.getOrDefault(entry.fingerprint(), List.of()).remove(entry)).toList());
	}

	/** The text of the file; the same findings give the same text. */
	public String text() {
		var writer = new StringWriter();
		try (JsonGenerator json = new JsonFactory().createGenerator(writer)) {
			json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
			for (Entry entry : entries) {
				json.writeStartObject();
				json.writeStringField("fingerprint", entry.fingerprint());
				json.writeStringField("rule", entry.rule());
				json.writeStringField("file", entry.file());
				json.writeNumberField("line", entry.line());
				json.writeStringField("message", entry.message());
				json.writeEndObject();
			}
		} catch (IOException e) {
			throw new IllegalStateException("a string takes all that is written", e);
		}
		return entries.isEmpty() ? "" : writer + "\n";
	}

	/** @throws IOException if this is no baseline; the message says where and why, without the file */
	public static Baseline read(String text) throws IOException {
		var entries = new ArrayList<Entry>();
		int number = 0;
		for (String line : text.split("\\R", -1)) {
			number++;
			if (!line.isBlank()) {
				entries.add(entry(line, number));
			}
		}
		return new Baseline(entries);
	}

	private static Entry entry(String line, int number) throws IOException {
		String fingerprint = "";
		String rule = "";
		String file = "";
		String message = "";
		int at = 1;
		try (JsonParser json = new JsonFactory().createParser(new StringReader(line))) {
			if (json.nextToken() != JsonToken.START_OBJECT) {
				throw new IOException("line " + number + " is no finding of a baseline");
			}
			while (json.nextToken() == JsonToken.FIELD_NAME) {
				String field = json.currentName();
				json.nextToken();
				switch (field) {
					case "fingerprint" -> fingerprint = String.valueOf(json.getText());
					case "rule" -> rule = String.valueOf(json.getText());
					case "file" -> file = String.valueOf(json.getText());
					case "message" -> message = String.valueOf(json.getText());
					case "line" -> at = json.getValueAsInt(1);
					default -> json.skipChildren();
				}
			}
		} catch (JsonProcessingException e) {
			throw new IOException("line " + number + " is no JSON: " + e.getOriginalMessage(), e);
		}
		if (fingerprint.isEmpty() || rule.isEmpty()) {
			throw new IOException("line " + number + " has no fingerprint or no rule");
		}
		return new Entry(fingerprint, rule, file, Math.max(1, at), message);
	}
}
