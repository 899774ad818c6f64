// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "engine_runtime.h"

#include "heaplens/graph/message_types.h"
#include "heaplens/platform.h"

#include <atomic>
#include <memory>
#include <string>

namespace heaplens {

/** What became of a message at the other place. */
struct Copy {
	Status status = Status::SendMsgFailed;
	/** Null if it did not arrive. */
	Message message;
	/** The block that was made there for it, if any. */
	KnownBlock made;

	static Copy failed(Status status) { return {status, nullptr, {}}; }
};

/** A message taken apart for its way, which may be to several targets; it is ended after the last. One thread. */
class Parcel {
public:
	enum class Kind {
		/** It cannot be sent. */
		Failed,
		/** It goes as bytes. */
		Plain,
		/** A control part, and maybe data that is no block. */
		Parts,
		/** A control part and a block, which is claimed until the end. */
		Block,
	};

	~Parcel();
	Parcel() = default;
	Parcel(const Parcel&) = delete;
	Parcel& operator=(const Parcel&) = delete;

	Kind kind = Kind::Failed;
	Status failure = Status::SendMsgFailed;
	std::string name;
	const Codec* codec = nullptr;
	/** The control part, or all of a plain message. */
	std::string control;
	/** Null, with a length of 0, if there is none. */
	uint8_t* data = nullptr;
	uint32_t length = 0;
	/** Of them, those that are there; zeros follow. */
	uint32_t present = 0;
	uint64_t transfer = 0;
	/** Of a block. */
	Heap* heap = nullptr;

	/** Ends the way: with Ok it has arrived everywhere, else it is still the sender's. */
	void end(Status status);
};

/**
 * Carries messages from one place to another, on the sender's thread: when a send is done, its copies have arrived and an AUTO_FREE block
 * has gone back, before a receiver sees the message. Threads share it.
 */
class Transfer {
public:
	Transfer(Platform& platform, const MessageTypes& types);

	/** Makes a message ready to leave a place. */
	std::unique_ptr<Parcel> pack(Place from, const std::string& name, const Message& message);
	/** Makes room, copies, and lets the receiver put the message together. @param timeOutMillis how long to wait for room */
	Copy unpack(const Parcel& parcel, Station& to, uint32_t timeOutMillis);
	/** The live AUTO_FREE block at the start of the data that a message would bring along, under a number of its own; none if none. */
	KnownBlock claimed(const std::string& name, const Message& message);

private:
	void packData(Parcel& parcel, Place from);
	void refuse(Parcel& parcel, Place from, Reason reason);
	Copy assemble(const Parcel& parcel, uint8_t* data, uint32_t length) const;

	Platform& platform_;
	const MessageTypes& types_;
	const bool copiesPlainPayloads_;
	const Status noRoom_;
	std::atomic<uint64_t> number_{0};
	std::atomic<uint64_t> claims_;
};

} // namespace heaplens
