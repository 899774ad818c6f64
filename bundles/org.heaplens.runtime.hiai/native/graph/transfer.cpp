// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "transfer.h"

#include <cstring>
#include <stdexcept>

namespace heaplens {
namespace {

/** Numbers of transfers stay far below. */
constexpr uint64_t FIRST_CLAIM = 1ULL << 63;

/** The program's own serializer failed: to the sender that is a send that failed. */
Status broken(const std::string& name, const char* defect) {
	warn("a serializer of " + name + " failed: " + defect);
	return Status::SendMsgFailed;
}

/** Gives a block back unless its message was made. */
class Unless {
public:
	explicit Unless(const KnownBlock& block) : block_(block) {}
	~Unless() {
		if (block_) {
			block_.heap->close(block_.pointer, block_.number);
		}
	}
	Unless(const Unless&) = delete;
	Unless& operator=(const Unless&) = delete;
	void done() { block_ = {}; }

private:
	KnownBlock block_;
};

} // namespace

Parcel::~Parcel() {
	// After an exception, which a misuse is in strict mode.
	end(Status::SendMsgFailed);
}

void Parcel::end(Status status) {
	Heap* claimed = heap;
	heap = nullptr;
	if (claimed != nullptr) {
		claimed->endSend(data, transfer, status);
	}
}

Transfer::Transfer(Platform& platform, const MessageTypes& types)
	: platform_(platform), types_(types), copiesPlainPayloads_(platform.settings().is(Setting::PlainPayload, "copy")),
	  noRoom_(platform.settings().is(Setting::NoRoomStatus, "no-memory") ? Status::NoMemory : Status::NoUsefulMemory),
	  claims_(FIRST_CLAIM) {}

std::unique_ptr<Parcel> Transfer::pack(Place from, const std::string& name, const Message& message) {
	auto parcel = std::make_unique<Parcel>();
	parcel->name = name;
	parcel->codec = types_.find(name);
	if (parcel->codec == nullptr) {
		refuse(*parcel, from, Reason::UnregisteredMessage);
		return parcel;
	}
	try {
		if (parcel->codec->isHighSpeed()) {
			parcel->codec->serialize(message.get(), parcel->control, parcel->data, parcel->length);
			packData(*parcel, from);
		} else {
			parcel->codec->encode(message.get(), parcel->control);
			parcel->kind = Parcel::Kind::Plain;
		}
	} catch (const std::exception& defect) {
		parcel->kind = Parcel::Kind::Failed;
		parcel->failure = broken(name, defect.what());
	}
	return parcel;
}

void Transfer::packData(Parcel& parcel, Place from) {
	parcel.present = parcel.length;
	if (parcel.data == nullptr || parcel.length == 0) {
		// Legal: a message that says that there is nothing more, say.
		parcel.data = nullptr;
		parcel.length = 0;
		parcel.present = 0;
		parcel.kind = Parcel::Kind::Parts;
		return;
	}
	Heap* heap = platform_.heapOf(parcel.data);
	if (heap == nullptr) {
		if (!copiesPlainPayloads_) {
			refuse(parcel, from, Reason::NotFromPool);
			return;
		}
		// What is no block is copied, more slowly on a board, and stays the sender's.
		parcel.kind = Parcel::Kind::Parts;
		parcel.transfer = ++number_;
		platform_.heap(from).note(EventKind::PlainPayload, parcel.transfer, Status::Ok);
		return;
	}
	uint32_t size = heap->sizeOf(parcel.data);
	if (heap != &platform_.heap(from)) {
		// Of another side: on a board it could not be read from here.
		refuse(parcel, from, Reason::NotFromPool);
		return;
	}
	parcel.transfer = ++number_;
	parcel.failure = heap->beginSend(parcel.data, parcel.transfer);
	if (parcel.failure == Status::Ok) {
		parcel.kind = Parcel::Kind::Block;
		parcel.heap = heap;
		if (parcel.length > size) {
			// A board copies what lies behind the block; the vendor's own samples rely on it.
			heap->sentPastEnd(parcel.data, parcel.transfer);
			parcel.present = size;
		}
	}
}

void Transfer::refuse(Parcel& parcel, Place from, Reason reason) {
	parcel.kind = Parcel::Kind::Failed;
	parcel.failure = platform_.heap(from).refuse(0, Flag::None, Status::InvalidValue, reason);
}

Copy Transfer::unpack(const Parcel& parcel, Station& to, uint32_t timeOutMillis) {
	if (parcel.kind == Parcel::Kind::Failed) {
		return Copy::failed(parcel.failure);
	}
	EngineRuntime::As as(to.engine());
	Place place = to.place();
	try {
		if (parcel.length == 0) {
			return assemble(parcel, nullptr, 0);
		}
		Answer room = platform_.receive(place, parcel.length, timeOutMillis, parcel.transfer, to.receivesForDvpp());
		if (room.block == nullptr) {
			return Copy::failed(room.status == Status::NoMemory ? noRoom_ : room.status);
		}
		KnownBlock made{&platform_.heap(place), room.block, parcel.transfer};
		Unless failed(made);
		std::memcpy(room.block, parcel.data, parcel.present);
		std::memset(static_cast<uint8_t*>(room.block) + parcel.present, 0, parcel.length - parcel.present);
		Copy copy = assemble(parcel, static_cast<uint8_t*>(room.block), parcel.length);
		failed.done();
		copy.made = made;
		return copy;
	} catch (const std::exception& defect) {
		return Copy::failed(broken(parcel.name, defect.what()));
	}
}

Copy Transfer::assemble(const Parcel& parcel, uint8_t* data, uint32_t length) const {
	Message made = parcel.kind == Parcel::Kind::Plain
	                   ? parcel.codec->decode(parcel.control)
	                   : parcel.codec->deserialize(parcel.control.data(), uint32_t(parcel.control.size()), data, length);
	if (made == nullptr) {
		throw std::runtime_error("it made no message");
	}
	return {Status::Ok, made, {}};
}

KnownBlock Transfer::claimed(const std::string& name, const Message& message) {
	const Codec* codec = types_.find(name);
	if (codec == nullptr || !codec->isHighSpeed()) {
		return {};
	}
	try {
		std::string control;
		uint8_t* data = nullptr;
		uint32_t length = 0;
		codec->serialize(message.get(), control, data, length);
		Heap* heap = data == nullptr ? nullptr : platform_.heapOf(data);
		uint64_t number = ++claims_;
		return heap != nullptr && heap->claim(data, number) ? KnownBlock{heap, data, number} : KnownBlock{};
	} catch (const std::exception& defect) {
		broken(name, defect.what());
		return {};
	}
}

} // namespace heaplens
