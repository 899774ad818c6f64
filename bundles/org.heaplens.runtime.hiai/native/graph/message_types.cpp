// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/graph/message_types.h"

namespace heaplens {

MessageTypes& MessageTypes::ofProcess() {
	// Never destroyed: libraries register in static constructors, and may send until the very end.
	static MessageTypes& types = *new MessageTypes;
	return types;
}

MessageTypes::MessageTypes() {
	// The vendor's samples send it without registering it.
	addBuiltIn(
		"string", [](void* message, std::string& bytes) { bytes = *static_cast<std::string*>(message); },
		[](const std::string& bytes) { return std::make_shared<std::string>(bytes); });
}

Status MessageTypes::registerHighSpeed(const std::string& name, Codec::Serialize serialize, Codec::Deserialize deserialize) {
	if (!serialize || !deserialize) {
		return Status::FunctorNull;
	}
	Codec codec;
	codec.serialize = std::move(serialize);
	codec.deserialize = std::move(deserialize);
	return add(highSpeed_, name, std::move(codec));
}

Status MessageTypes::registerPlain(const std::string& name, Codec::Encode encode, Codec::Decode decode) {
	if (!encode || !decode) {
		return Status::FunctorNull;
	}
	Codec codec;
	codec.encode = std::move(encode);
	codec.decode = std::move(decode);
	return add(plain_, name, std::move(codec));
}

void MessageTypes::addBuiltIn(const std::string& name, Codec::Encode encode, Codec::Decode decode) {
	Codec codec;
	codec.encode = std::move(encode);
	codec.decode = std::move(decode);
	add(builtIn_, name, std::move(codec));
}

Status MessageTypes::add(Codecs& codecs, const std::string& name, Codec codec) {
	std::lock_guard<std::mutex> guard(lock_);
	return codecs.emplace(name, std::move(codec)).second ? Status::Ok : Status::FunctorExist;
}

const Codec* MessageTypes::find(const std::string& name) const {
	std::lock_guard<std::mutex> guard(lock_);
	for (const Codecs* codecs : {&highSpeed_, &plain_, &builtIn_}) {
		// References stay valid when the table grows.
		auto found = codecs->find(name);
		if (found != codecs->end()) {
			return &found->second;
		}
	}
	return nullptr;
}

} // namespace heaplens
