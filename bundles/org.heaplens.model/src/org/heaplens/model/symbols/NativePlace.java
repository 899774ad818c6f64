// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

import java.util.Optional;

import org.heaplens.model.StackFrame;

/**
 * A place in machine code, as a writer puts it into a trace: the function stands in the frame's method if the writer knew one, else
 * the offset does; in the field for the file there is {@code native:BUILDID+0xOFFSET}.
 *
 * @param module   path of the program or library
 * @param buildId  hexadecimal digits; empty if it has none
 * @param offset   from where the module is loaded: an address as its own tables have it
 * @param function name as far as the writer knew it; empty if it did not
 */
record NativePlace(String module, String buildId, long offset, String function) {
	/** Empty if the frame is none of machine code, or its source was looked for already. */
	static Optional<NativePlace> of(StackFrame frame) {
		String text = frame.file();
		int plus = text.lastIndexOf("+0x");
		if (!text.startsWith(StackFrame.NATIVE) || plus < 0) {
			return Optional.empty();
		}
		String digits = text.substring(plus + 3);
		try {
			long offset = Long.parseUnsignedLong(digits, 16);
			String function = frame.method().equals("0x" + digits) ? "" : frame.method();
			return Optional.of(new NativePlace(frame.className(), text.substring(StackFrame.NATIVE.length(), plus), offset, function));
		} catch (NumberFormatException e) {
			// Not written by us: what the frame says is all that there is.
			return Optional.empty();
		}
	}

	/** What is said of it where nothing more is known: {@code libm.so.6+0x1234}. */
	String text() {
		return module.substring(module.lastIndexOf('/') + 1) + "+0x" + Long.toHexString(offset);
	}
}
