// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.google.protobuf.CodedOutputStream;

/** A protobuf message that is being written, field by field; taken as bytes it is empty again. One thread at a time. */
final class ProtoMessage {
	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final CodedOutputStream coded = CodedOutputStream.newInstance(bytes);

	ProtoMessage number(int field, long value) throws IOException {
		coded.writeUInt64(field, value);
		return this;
	}

	ProtoMessage fixed(int field, long value) throws IOException {
		coded.writeFixed64(field, value);
		return this;
	}

	ProtoMessage text(int field, String value) throws IOException {
		coded.writeString(field, value);
		return this;
	}

	ProtoMessage message(int field, ProtoMessage value) throws IOException {
		coded.writeByteArray(field, value.take());
		return this;
	}

	byte[] take() throws IOException {
		coded.flush();
		byte[] all = bytes.toByteArray();
		bytes.reset();
		return all;
	}
}
