// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

import org.heaplens.lint.TextEdit;

/** Edits a file by its bytes, so that whatever is not edited stays as it is: encoding, line ends, byte order mark. Stateless. */
final class FixFile {
	private FixFile() {}

	/**
	 * @param bytes of the file; what is no UTF-8 counts one char for each malformed sequence, as when it was linted
	 * @param edits not overlapping
	 * @throws IllegalArgumentException if the text to insert cannot be written in the file's encoding, which is not UTF-8
	 */
	static byte[] edited(byte[] bytes, List<TextEdit> edits) {
		int[] starts = new int[bytes.length + 1];
		boolean utf8 = starts(bytes, starts);
		var edited = new ByteArrayOutputStream(bytes.length + 256);
		int done = 0;
		for (TextEdit edit : edits.stream().sorted(Comparator.comparingInt(TextEdit::offset)).toList()) {
			if (!utf8 && !edit.replacement().chars().allMatch(each -> each < 0x80)) {
				throw new IllegalArgumentException("it is not in UTF-8, and the fix needs letters beyond ASCII");
			}
			int start = starts[edit.offset()];
			edited.write(bytes, done, start - done);
			edited.writeBytes(edit.replacement().getBytes(StandardCharsets.UTF_8));
			done = starts[edit.offset() + edit.length()];
		}
		edited.write(bytes, done, bytes.length - done);
		return edited.toByteArray();
	}

	/** Finds the first byte of each char, and of the end; whether all is UTF-8. */
	private static boolean starts(byte[] bytes, int[] starts) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
		ByteBuffer in = ByteBuffer.wrap(bytes);
		CharBuffer out = CharBuffer.allocate(bytes.length + 1);
		boolean utf8 = true;
		int chars = 0;
		int at = 0;
		while (true) {
			CoderResult result = decoder.decode(in, out, true);
			for (; chars < out.position(); chars++) {
				char each = out.get(chars);
				starts[chars] = at;
				at += each < 0x80 ? 1 : each < 0x800 || Character.isSurrogate(each) ? 2 : 3;
			}
			if (!result.isError()) {
				break;
			}
			utf8 = false;
			starts[chars++] = at;
			at += result.length();
			in.position(at);
			out.put('\ufffd');
			decoder.reset();
		}
		starts[chars] = at;
		return utf8;
	}
}
