// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace heaplens {

/** A place in a text; both count from 1. */
struct TextPlace {
	unsigned line = 1;
	unsigned column = 1;
	bool operator<(const TextPlace& other) const { return line != other.line ? line < other.line : column < other.column; }
};

/** A text that is not what it should be. */
class TextProblem : public std::runtime_error {
public:
	TextProblem(TextPlace where, const std::string& what) : std::runtime_error(what), place(where) {}
	const TextPlace place;
};

enum class FieldType { Uint32, Int32, Bool, String, Side, Message, Opaque };

struct MessageType;

/** A key that a group may have. */
struct FieldRule {
	const char* name;
	FieldType type;
	bool repeated;
	/** Of a message. */
	const MessageType* message;
};

/** A kind of group. */
struct MessageType {
	const char* name;
	const FieldRule* fields;
	size_t count;

	const FieldRule* find(const std::string& name) const;
};

/** A group with its keys, in their order. */
struct TextGroup {
	struct Field {
		/** Null of what is not known. */
		const FieldRule* rule;
		std::string name;
		TextPlace place;
		/** Of a scalar, as it is meant: no quotes, numbers in decimal. */
		std::string value;
		std::vector<TextGroup> groups;
	};

	std::vector<Field> fields;
	TextPlace place;

	const Field* find(const std::string& name) const;
};

/**
 * Reads protobuf's text format, with the messages of the Java runtime's protobuf where something is wrong.
 *
 * @param unknown gets "LINE:COLUMN: KEY is no key of GROUP ..." for what is not in the types
 */
TextGroup parseText(const std::string& text, const MessageType& type, std::vector<std::string>& unknown);

} // namespace heaplens
