// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/graph/engine_body.h"

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace heaplens {

/** How messages of one name cross from one side to the other. */
struct Codec {
	/** Takes a message apart on the sender's side: a small control part, and a data part that goes as it is. */
	using Serialize = std::function<void(void* message, std::string& control, uint8_t*& data, uint32_t& length)>;
	/** Puts it together on the receiver's side, and owns the data. */
	using Deserialize = std::function<Message(const char* control, uint32_t controlLength, uint8_t* data, uint32_t length)>;
	using Encode = std::function<void(void* message, std::string& bytes)>;
	using Decode = std::function<Message(const std::string& bytes)>;

	/** The high-speed way, if there is one. */
	Serialize serialize;
	Deserialize deserialize;
	/** The plain way: the framework sees no block. */
	Encode encode;
	Decode decode;

	bool isHighSpeed() const { return bool(serialize); }
};

/**
 * What programs register, by name and way. Threads share it; what was registered stays. Many register both ways under one name: then
 * messages go the high-speed one.
 */
class MessageTypes {
public:
	MessageTypes();
	MessageTypes(const MessageTypes&) = delete;
	MessageTypes& operator=(const MessageTypes&) = delete;

	/** Those of this process. */
	static MessageTypes& ofProcess();

	/** FunctorNull if a part is missing, FunctorExist if the name is taken for that way: it keeps what it has. */
	Status registerHighSpeed(const std::string& name, Codec::Serialize serialize, Codec::Deserialize deserialize);
	Status registerPlain(const std::string& name, Codec::Encode encode, Codec::Decode decode);

	/** What is there without being registered: the plain way of a name for which nobody registers anything. */
	void addBuiltIn(const std::string& name, Codec::Encode encode, Codec::Decode decode);

	/** Null if nothing is registered; a `std::string` under the name "string" needs no registration. */
	const Codec* find(const std::string& name) const;

private:
	using Codecs = std::unordered_map<std::string, Codec>;

	Status add(Codecs& codecs, const std::string& name, Codec codec);

	mutable std::mutex lock_;
	Codecs highSpeed_;
	Codecs plain_;
	Codecs builtIn_;
};

} // namespace heaplens
