// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.heaplens.lint.flow.Span;

/**
 * Names findings so that they are found again in later versions of the file: by rule, function and text, and by their
 * order where all of those are the same. Neither lines nor the place of the file count.
 */
final class Fingerprints {
	private static final int BYTES = 8;

	private Fingerprints() {}

	static List<Diagnosis> of(String function, List<Diagnosis> diagnoses, SourceText source) {
		Map<String, Integer> repeated = new HashMap<>();
		var named = new ArrayList<Diagnosis>();
		for (Diagnosis diagnosis : diagnoses) {
			Finding finding = diagnosis.finding();
			var span = new Span(finding.location().offset(), finding.location().length());
			String identity = String.join("\n", finding.rule(), function, source.excerpt(span),
					diagnosis.moments().get(0).block().name());
			int ordinal = repeated.merge(identity, 1, Integer::sum);
			named.add(new Diagnosis(new Finding(finding.rule(), finding.severity(), finding.message(),
					finding.location(), finding.path(), finding.fixes(), digest(identity + "\n" + ordinal)),
					diagnosis.moments()));
		}
		return named;
	}

	static String digest(String identity) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, BYTES);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256", e);
		}
	}
}
