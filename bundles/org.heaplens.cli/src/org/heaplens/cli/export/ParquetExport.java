// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.analysis.Recording;
import org.heaplens.model.HeapEvent;

/**
 * Apache Parquet: the columns of {@link Column}, for DuckDB, Spark and the like. The library encodes columns and the footer; what is
 * between them, the order of pages in a file, is here, because the library's own way to a file leads through Hadoop.
 */
public final class ParquetExport implements EventExport {
	private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
	/** Readers take a group at a time, and so does this: it is what bounds the memory. */
	private static final int ROWS_PER_GROUP = 1 << 19;
	private static final long BYTES_PER_GROUP = 64 << 20;
	/** The size of a group is asked for that often. */
	private static final int ROWS_PER_LOOK = 1 << 12;

	private final OutputStream stream;
	private final Recording recording;
	private final List<Column> columns;
	private final MessageType schema;
	private final List<RowGroup> groups = new ArrayList<>();
	private final Map<String, Binary> texts = new HashMap<>();
	private Group group;
	private long position;
	private long rows;

	/** The rows that are not written yet. */
	@NonNullByDefault({})
	private static final class Group implements PageWriteStore {
		private final Map<ColumnDescriptor, ParquetChunk> chunks = new HashMap<>();
		private final List<ColumnWriter> writers = new ArrayList<>();
		private final ColumnWriteStore store;
		private int rows;

		Group(MessageType schema) {
			ParquetProperties properties = ParquetProperties.builder().withWriterVersion(WriterVersion.PARQUET_1_0)
					.withDictionaryEncoding(true).build();
			store = properties.newColumnWriteStore(schema, this);
			for (ColumnDescriptor column : schema.getColumns()) {
				writers.add(store.getColumnWriter(column));
			}
		}

		@Override
		public PageWriter getPageWriter(ColumnDescriptor column) {
			return chunks.computeIfAbsent(column, ParquetChunk::new);
		}

		boolean isFull() {
			return rows >= ROWS_PER_GROUP || rows % ROWS_PER_LOOK == 0 && store.getBufferedSize() >= BYTES_PER_GROUP;
		}
	}

	public ParquetExport(OutputStream stream, Recording recording) throws IOException {
		this.stream = stream;
		this.recording = recording;
		this.columns = Column.all(recording);
		this.schema = new MessageType("heap_event", columns.stream().map(ParquetExport::type).toArray(PrimitiveType[]::new));
		this.group = new Group(schema);
		stream.write(MAGIC);
		position = MAGIC.length;
	}

	private static PrimitiveType type(Column column) {
		return switch (column) {
			case Column.Number number -> Types.required(INT64).named(number.name());
			case Column.Moment moment -> Types.required(INT64)
					.as(timestampType(true, org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS)).named(moment.name());
			case Column.Text text -> Types.optional(BINARY).as(stringType()).named(text.name());
		};
	}

	@Override
	public void add(HeapEvent event, boolean selected) throws IOException {
		if (!selected) {
			return;
		}
		for (int index = 0; index < columns.size(); index++) {
			ColumnWriter writer = group.writers.get(index);
			switch (columns.get(index)) {
				case Column.Number number -> writer.write(number.figure().of(event), 0, 0);
				case Column.Moment moment -> writer.write(moment.figure().of(event), 0, 0);
				case Column.Text text -> write(writer, text.words().of(event));
			}
		}
		group.store.endRecord();
		group.rows++;
		if (group.isFull()) {
			writeGroup();
		}
	}

	/** Texts repeat: names of threads, sites and stacks. There are as many as the dictionary of the trace has. */
	private void write(ColumnWriter writer, @Nullable String text) {
		if (text == null) {
			writer.writeNull(0, 0);
		} else {
			writer.write(texts.computeIfAbsent(text, Binary::fromString), 0, 1);
		}
	}

	private void writeGroup() throws IOException {
		group.store.flush();
		long begin = position;
		long raw = 0;
		var chunks = new ArrayList<ColumnChunk>();
		for (ColumnDescriptor column : schema.getColumns()) {
			ParquetChunk chunk = group.chunks.get(column);
			chunks.add(chunk.writeTo(stream, position));
			position += chunk.compressedSize();
			raw += chunk.rawSize();
		}
		groups.add(new RowGroup(chunks, raw, group.rows).setFile_offset(begin).setTotal_compressed_size(position - begin));
		rows += group.rows;
		group.store.close();
		group = new Group(schema);
	}

	@Override
	public void finish() throws IOException {
		if (group.rows > 0) {
			writeGroup();
		}
		group.store.close();
		var footer = new FileMetaData(1, elements(), rows, groups).setCreated_by("HeapLens").setKey_value_metadata(metadata());
		footer.setColumn_orders(columns.stream().map(column -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())).toList());
		var counted = new Counted(stream);
		Util.writeFileMetaData(footer, counted);
		stream.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(counted.count).array());
		stream.write(MAGIC);
		stream.flush();
	}

	private List<KeyValue> metadata() {
		return List.of(new KeyValue("heaplens.command").setValue(recording.info().command()),
				new KeyValue("heaplens.pid").setValue(String.valueOf(recording.info().pid())),
				new KeyValue("heaplens.begun").setValue(recording.info().begun().toString()),
				new KeyValue("heaplens.dropped").setValue(String.valueOf(recording.dropped())));
	}

	private List<SchemaElement> elements() {
		var elements = new ArrayList<SchemaElement>();
		elements.add(new SchemaElement(schema.getName()).setNum_children(columns.size()));
		for (Column column : columns) {
			var element = new SchemaElement(column.name());
			elements.add(switch (column) {
				case Column.Number number -> element.setType(Type.INT64).setRepetition_type(FieldRepetitionType.REQUIRED);
				case Column.Moment moment -> element.setType(Type.INT64).setRepetition_type(FieldRepetitionType.REQUIRED)
						.setLogicalType(LogicalType.TIMESTAMP(new TimestampType(true, TimeUnit.NANOS(new NanoSeconds()))));
				case Column.Text text -> element.setType(Type.BYTE_ARRAY).setRepetition_type(FieldRepetitionType.OPTIONAL)
						.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
			});
		}
		return elements;
	}

	/** Counts what passes. */
	private static final class Counted extends OutputStream {
		private final OutputStream target;
		private int count;

		Counted(OutputStream target) {
			this.target = target;
		}

		@Override
		public void write(int value) throws IOException {
			target.write(value);
			count++;
		}

		@Override
		public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
			target.write(bytes, offset, length);
			count += length;
		}
	}
}
