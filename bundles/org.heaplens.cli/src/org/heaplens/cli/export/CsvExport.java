// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.HeapEvent;

/** Comma-separated values as RFC 4180 has them, in UTF-8: a line of names, then a line for each event; what is absent is empty. */
public final class CsvExport implements EventExport {
	private static final String LINE_END = "\r\n";

	private final Writer writer;
	private final List<Column> columns;

	public CsvExport(OutputStream stream, Recording recording) throws IOException {
		writer = new BufferedWriter(new OutputStreamWriter(stream, UTF_8), 1 << 16);
		columns = Column.all(recording);
		writer.write(String.join(",", columns.stream().map(Column::name).toList()));
		writer.write(LINE_END);
	}

	@Override
	public void add(HeapEvent event, boolean selected) throws IOException {
		if (!selected) {
			return;
		}
		String comma = "";
		for (Column column : columns) {
			writer.write(comma);
			comma = ",";
			switch (column) {
				case Column.Number number -> writer.write(Long.toString(number.figure().of(event)));
				case Column.Moment moment -> writer.write(Instant.ofEpochSecond(0, moment.figure().of(event)).toString());
				case Column.Text text -> write(text.words().of(event));
			}
		}
		writer.write(LINE_END);
	}

	private void write(@Nullable String text) throws IOException {
		if (text == null) {
			return;
		}
		if (text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\r' || character == '\n')) {
			writer.write(text);
		} else {
			writer.write('"' + text.replace("\"", "\"\"") + '"');
		}
	}

	@Override
	public void finish() throws IOException {
		writer.flush();
	}
}
