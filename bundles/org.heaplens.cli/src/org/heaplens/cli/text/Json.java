// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.text;

import java.io.IOException;
import java.io.Writer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** JSON as the command line writes it: indented by two, one value a line. */
public final class Json {
	private Json() {}

	/** What writes one JSON value. */
	@FunctionalInterface
	public interface Content {
		void write(JsonGenerator json) throws IOException;
	}

	/** Writes a value and a line end; does not close the writer. */
	public static void write(Writer writer, Content content) throws IOException {
		var lines = new DefaultIndenter("  ", "\n");
		var printer = new DefaultPrettyPrinter(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
				.withObjectIndenter(lines).withArrayIndenter(lines);
		try (JsonGenerator json = new JsonFactory().createGenerator(writer).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
			json.setPrettyPrinter(printer);
			content.write(json);
			json.writeRaw('\n');
		}
	}
}
