// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A program or library as it is on the disk, in the format that Linux has for them: its build id, and its table of functions. 64 bits, little
 * endian. One thread.
 */
final class ElfFile {
	private static final int MAGIC = 0x464C457F;
	private static final int HEADER_SIZE = 64;
	private static final int SECTION_SIZE = 64;
	private static final int SYMBOL_SIZE = 24;
	private static final int SYMBOL_TABLE = 2;
	private static final int NOTES = 7;
	private static final int DYNAMIC_SYMBOLS = 11;
	private static final int GNU_BUILD_ID = 3;
	private static final int FUNCTION = 2;
	/** A table with more is none that a linker made. */
	private static final long LARGEST_SECTION = 1L << 30;

	private final Path file;
	private final List<Section> sections;
	private final String buildId;
	private @Nullable NavigableMap<Long, Function> functions;

	private record Section(int type, long position, long size, int link) {}

	/** @param size bytes; 0 if the table does not say */
	private record Function(String name, long size) {}

	private ElfFile(Path file, List<Section> sections, String buildId) {
		this.file = file;
		this.sections = sections;
		this.buildId = buildId;
	}

	/** @throws IOException if it cannot be read or is of another format */
	static ElfFile open(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			ByteBuffer header = read(channel, file, 0, HEADER_SIZE);
			if (header.getInt(0) != MAGIC || header.get(4) != 2 || header.get(5) != 1) {
				throw new IOException(file + " is no ELF file of 64 bits");
			}
			int count = Short.toUnsignedInt(header.getShort(60));
			if (header.getShort(58) != SECTION_SIZE) {
				throw new IOException(file + " has sections of an unknown format");
			}
			ByteBuffer table = read(channel, file, header.getLong(40), (long) count * SECTION_SIZE);
			var sections = new ArrayList<Section>();
			for (int at = 0; at < count * SECTION_SIZE; at += SECTION_SIZE) {
				sections.add(new Section(table.getInt(at + 4), table.getLong(at + 24), table.getLong(at + 32), table.getInt(at + 40)));
			}
			String buildId = "";
			for (Section section : sections) {
				if (section.type() == NOTES && buildId.isEmpty()) {
					buildId = buildId(read(channel, file, section.position(), section.size()));
				}
			}
			return new ElfFile(file, sections, buildId);
		}
	}

	Path file() {
		return file;
	}

	/** Hexadecimal digits; empty if it has none. */
	String buildId() {
		return buildId;
	}

	/** The name of the function over that place, as the linker has it; empty if the file's tables have none. */
	Optional<String> function(long offset) throws IOException {
		NavigableMap<Long, Function> known = functions;
		if (known == null) {
			known = readFunctions();
			functions = known;
		}
		Map.Entry<Long, Function> below = known.floorEntry(offset);
		return below == null || below.getValue().size() > 0 && offset - below.getKey() >= below.getValue().size()
				? Optional.empty()
				: Optional.of(below.getValue().name());
	}

	private NavigableMap<Long, Function> readFunctions() throws IOException {
		var result = new TreeMap<Long, Function>();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			for (Section section : sections) {
				boolean symbols = section.type() == SYMBOL_TABLE || section.type() == DYNAMIC_SYMBOLS;
				if (symbols && section.link() >= 0 && section.link() < sections.size()) {
					Section names = sections.get(section.link());
					addFunctions(read(channel, file, section.position(), section.size()),
							read(channel, file, names.position(), names.size()), result);
				}
			}
		}
		return result;
	}

	private static void addFunctions(ByteBuffer symbols, ByteBuffer names, Map<Long, Function> result) {
		for (int at = 0; at + SYMBOL_SIZE <= symbols.limit(); at += SYMBOL_SIZE) {
			boolean defined = symbols.getShort(at + 6) != 0;
			if (defined && (symbols.get(at + 4) & 0xF) == FUNCTION) {
				result.putIfAbsent(symbols.getLong(at + 8), new Function(text(names, symbols.getInt(at)), symbols.getLong(at + 16)));
			}
		}
	}

	private static String text(ByteBuffer names, int from) {
		int end = Math.max(0, from);
		while (end < names.limit() && names.get(end) != 0) {
			end++;
		}
		var bytes = new byte[Math.max(0, end - Math.max(0, from))];
		names.get(Math.max(0, Math.min(from, names.limit())), bytes, 0, bytes.length);
		return new String(bytes, UTF_8);
	}

	private static String buildId(ByteBuffer notes) {
		int at = 0;
		while (at + 12 <= notes.limit()) {
			long name = padded(notes.getInt(at));
			long size = Integer.toUnsignedLong(notes.getInt(at + 4));
			long content = at + 12 + name;
			if (content + size > notes.limit()) {
				return "";
			}
			if (notes.getInt(at + 8) == GNU_BUILD_ID && name == 4 && notes.getInt(at + 12) == 0x554E47) {
				var bytes = new byte[(int) size];
				notes.get((int) content, bytes);
				return HexFormat.of().formatHex(bytes);
			}
			at = (int) (content + padded((int) size));
		}
		return "";
	}

	private static long padded(int length) {
		return (Integer.toUnsignedLong(length) + 3) / 4 * 4;
	}

	private static ByteBuffer read(FileChannel channel, Path file, long position, long length) throws IOException {
		if (position < 0 || length < 0 || length > LARGEST_SECTION || position > channel.size() - length) {
			throw new IOException(file + " is cut or damaged");
		}
		ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
		while (bytes.hasRemaining()) {
			if (channel.read(bytes, position + bytes.position()) < 0) {
				throw new IOException(file + " is cut or damaged");
			}
		}
		return bytes.flip();
	}
}
