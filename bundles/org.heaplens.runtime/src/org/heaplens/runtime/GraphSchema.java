// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The documented keys of {@code graph.config}, as a protobuf type that is made when it is first needed. The numbers of the fields are
 * ours: they occur only in the binary form, which nobody writes.
 */
final class GraphSchema {
	/** Types of which we know only that they are there; what they hold concerns the board. */
	static final String OPAQUE = "Opaque";

	private GraphSchema() {}

	/**
	 * The type of a whole file.
	 *
	 * @param deviceId the vendor's documents have it in quotes; numbers are read as well, in a second attempt
	 */
	static Descriptor file(Type deviceId) {
		var file = FileDescriptorProto.newBuilder().setName("graph.config").setSyntax("proto2").addEnumType(side())
				.addMessageType(DescriptorProto.newBuilder().setName(OPAQUE)).addMessageType(item()).addMessageType(config())
				.addMessageType(engine()).addMessageType(connection()).addMessageType(graph(deviceId))
				.addMessageType(message("File", repeated("graphs", "Graph")));
		try {
			return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).findMessageTypeByName("File");
		} catch (DescriptorValidationException e) {
			throw new IllegalStateException("the types of graph.config contradict each other", e);
		}
	}

	private static EnumDescriptorProto side() {
		return EnumDescriptorProto.newBuilder().setName("Side")
				.addValue(EnumValueDescriptorProto.newBuilder().setName("DEVICE").setNumber(0))
				.addValue(EnumValueDescriptorProto.newBuilder().setName("HOST").setNumber(1)).build();
	}

	private static DescriptorProto graph(Type deviceId) {
		return message("Graph", one("graph_id", Type.TYPE_UINT32), one("priority", Type.TYPE_INT32), one("device_id", deviceId),
				repeated("engines", "Engine"), repeated("connects", "Connection"));
	}

	private static DescriptorProto engine() {
		return message("Engine", one("id", Type.TYPE_UINT32), one("engine_name", Type.TYPE_STRING),
				one("side", Type.TYPE_ENUM).setTypeName("Side"), many("so_name", Type.TYPE_STRING), one("thread_num", Type.TYPE_UINT32),
				one("thread_priority", Type.TYPE_UINT32), one("queue_size", Type.TYPE_UINT32), message("ai_config", "Config"),
				repeated("ai_model", OPAQUE), message("oam_config", OPAQUE), many("internal_so_name", Type.TYPE_STRING),
				one("wait_inputdata_max_time", Type.TYPE_UINT32), one("is_repeat_timeout_flag", Type.TYPE_BOOL),
				one("holdModelFileFlag", Type.TYPE_BOOL), one("receive_memory_without_dvpp", Type.TYPE_BOOL));
	}

	private static DescriptorProto config() {
		return message("Config", repeated("items", "Item"));
	}

	private static DescriptorProto item() {
		return message("Item", one("name", Type.TYPE_STRING), one("value", Type.TYPE_STRING), repeated("sub_items", "Item"));
	}

	private static DescriptorProto connection() {
		return message("Connection", one("src_engine_id", Type.TYPE_UINT32), one("src_port_id", Type.TYPE_UINT32),
				one("target_graph_id", Type.TYPE_UINT32), one("target_engine_id", Type.TYPE_UINT32),
				one("target_port_id", Type.TYPE_UINT32));
	}

	private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
		var message = DescriptorProto.newBuilder().setName(name);
		for (int index = 0; index < fields.length; index++) {
			message.addField(fields[index].setNumber(index + 1));
		}
		return message.build();
	}

	private static FieldDescriptorProto.Builder one(String name, Type type) {
		return FieldDescriptorProto.newBuilder().setName(name).setType(type).setLabel(Label.LABEL_OPTIONAL);
	}

	private static FieldDescriptorProto.Builder many(String name, Type type) {
		return one(name, type).setLabel(Label.LABEL_REPEATED);
	}

	private static FieldDescriptorProto.Builder message(String name, String type) {
		return one(name, Type.TYPE_MESSAGE).setTypeName(type);
	}

	private static FieldDescriptorProto.Builder repeated(String name, String type) {
		return message(name, type).setLabel(Label.LABEL_REPEATED);
	}
}
