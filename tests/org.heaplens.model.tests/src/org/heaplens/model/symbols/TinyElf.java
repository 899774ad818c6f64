// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** A library with a build id and a table of functions, and no code. */
final class TinyElf {
	private TinyElf() {}

	/** @param functions address by name; each has 16 bytes */
	static Path write(Path file, String buildId, Map<String, Long> functions) throws IOException {
		byte[] id = HexFormat.of().parseHex(buildId);
		var names = new StringBuilder("\0");
		ByteBuffer symbols = buffer(24 * (functions.size() + 1));
		symbols.position(24);
		functions.forEach((name, address) -> {
			symbols.putInt(names.length()).put((byte) 0x12).put((byte) 0).putShort((short) 1).putLong(address).putLong(16);
			names.append(name).append('\0');
		});
		ByteBuffer notes = buffer(16 + id.length).putInt(4).putInt(id.length).putInt(3).put("GNU\0".getBytes(US_ASCII)).put(id);
		byte[][] contents = {{}, notes.array(), symbols.array(), names.toString().getBytes(US_ASCII)};
		int[] types = {0, 7, 2, 3};
		int size = 64;
		for (byte[] content : contents) {
			size += content.length;
		}
		ByteBuffer whole = buffer(size + 64 * contents.length);
		whole.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).putLong(40, size).putShort(58, (short) 64)
				.putShort(60, (short) contents.length);
		int position = 64;
		for (int section = 0; section < contents.length; section++) {
			int at = size + 64 * section;
			whole.putInt(at + 4, types[section]).putLong(at + 24, position).putLong(at + 32, contents[section].length)
					.putInt(at + 40, section + 1);
			whole.put(position, contents[section]);
			position += contents[section].length;
		}
		return Files.write(file, whole.array());
	}

	private static ByteBuffer buffer(int size) {
		return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
	}
}
