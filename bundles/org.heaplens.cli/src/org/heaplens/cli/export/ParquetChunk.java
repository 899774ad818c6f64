// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The pages of one column in one row group, compressed, until the group is written. One thread at a time.
 *
 * <pre>
 * dictionary page (if there is one) | data page | data page | ...      each: header, gzip
 * </pre>
 *
 * The library says nothing of nulls, so what overrides its methods cannot either.
 */
@NonNullByDefault({})
final class ParquetChunk implements PageWriter {
	/** Longer ones help no reader to skip, and would make the footer long. */
	private static final int LONGEST_BOUND = 128;

	private final ColumnDescriptor column;
	private final ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
	private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
	private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
	private Statistics<?> statistics;
	private long values;
	private long rawBytes;

	ParquetChunk(ColumnDescriptor column) {
		this.column = column;
		this.statistics = Statistics.createStats(column.getPrimitiveType());
	}

	@Override
	public void writePage(BytesInput bytes, int valueCount, int rowCount, Statistics<?> pageStatistics, Encoding repetitions,
			Encoding definitions, Encoding content) throws IOException {
		byte[] compressed = compress(bytes);
		var header = new PageHeader(PageType.DATA_PAGE, Math.toIntExact(bytes.size()), compressed.length);
		header.setData_page_header(new DataPageHeader(valueCount, format(content), format(definitions), format(repetitions)));
		add(pages, header, bytes.size(), compressed);
		encodings.addAll(List.of(repetitions, definitions, content));
		statistics.mergeStatistics(pageStatistics);
		values += valueCount;
	}

	@Override
	public void writePage(BytesInput bytes, int valueCount, int rowCount, Statistics<?> pageStatistics, SizeStatistics sizes,
			Encoding repetitions, Encoding definitions, Encoding content) throws IOException {
		writePage(bytes, valueCount, rowCount, pageStatistics, repetitions, definitions, content);
	}

	@Override
	public void writePage(BytesInput bytes, int valueCount, Statistics<?> pageStatistics, Encoding repetitions, Encoding definitions,
			Encoding content) throws IOException {
		writePage(bytes, valueCount, valueCount, pageStatistics, repetitions, definitions, content);
	}

	@Override
	public void writePageV2(int rowCount, int nullCount, int valueCount, BytesInput repetitions, BytesInput definitions, Encoding content,
			BytesInput bytes, Statistics<?> pageStatistics) {
		throw new IllegalStateException("pages of version 2 are not written: not every reader knows them");
	}

	@Override
	public void writeDictionaryPage(DictionaryPage page) throws IOException {
		byte[] compressed = compress(page.getBytes());
		var header = new PageHeader(PageType.DICTIONARY_PAGE, page.getUncompressedSize(), compressed.length);
		header.setDictionary_page_header(new DictionaryPageHeader(page.getDictionarySize(), format(page.getEncoding())));
		add(dictionary, header, page.getUncompressedSize(), compressed);
		encodings.add(page.getEncoding());
	}

	private void add(ByteArrayOutputStream target, PageHeader header, long rawSize, byte[] compressed) throws IOException {
		var checksum = new CRC32();
		checksum.update(compressed);
		header.setCrc((int) checksum.getValue());
		int before = target.size();
		Util.writePageHeader(header, target);
		rawBytes += target.size() - before + rawSize;
		target.write(compressed);
	}

	/** Writes the pages and says where they are. */
	ColumnChunk writeTo(OutputStream stream, long position) throws IOException {
		dictionary.writeTo(stream);
		pages.writeTo(stream);
		List<org.apache.parquet.format.Encoding> used = encodings.stream().map(ParquetChunk::format).toList();
		var data = new ColumnMetaData(type(), new ArrayList<>(used),
				List.of(column.getPath()), CompressionCodec.GZIP, values, rawBytes, compressedSize(), position + dictionary.size());
		if (dictionary.size() > 0) {
			data.setDictionary_page_offset(position);
		}
		data.setStatistics(bounds());
		return new ColumnChunk(0).setMeta_data(data);
	}

	/** The two types that events have. */
	private Type type() {
		return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64 ? Type.INT64 : Type.BYTE_ARRAY;
	}

	private org.apache.parquet.format.Statistics bounds() {
		var bounds = new org.apache.parquet.format.Statistics();
		bounds.setNull_count(statistics.getNumNulls());
		if (statistics.hasNonNullValue() && statistics.getMinBytes().length <= LONGEST_BOUND
				&& statistics.getMaxBytes().length <= LONGEST_BOUND) {
			bounds.setMin_value(statistics.getMinBytes());
			bounds.setMax_value(statistics.getMaxBytes());
		}
		return bounds;
	}

	/** Bytes that {@link #writeTo} writes. */
	long compressedSize() {
		return (long) dictionary.size() + pages.size();
	}

	long rawSize() {
		return rawBytes;
	}

	@Override
	public long getMemSize() {
		return compressedSize();
	}

	@Override
	public long allocatedSize() {
		return compressedSize();
	}

	@Override
	public String memUsageString(String prefix) {
		return prefix + " " + compressedSize() + " bytes";
	}

	private static org.apache.parquet.format.Encoding format(Encoding encoding) {
		return org.apache.parquet.format.Encoding.valueOf(encoding.name());
	}

	private static byte[] compress(BytesInput bytes) throws IOException {
		var target = new ByteArrayOutputStream();
		try (var gzip = new FastGzip(target)) {
			bytes.writeAllTo(gzip);
		}
		return target.toByteArray();
	}

	/** The columns are encoded already: what a higher level gains is not worth its time. */
	private static final class FastGzip extends GZIPOutputStream {
		private static final int LEVEL = 3;

		FastGzip(OutputStream target) throws IOException {
			super(target, 1 << 14);
			def.setLevel(LEVEL);
		}
	}
}
