// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/types.h"

namespace heaplens {

const char* name(Status status) {
	switch (status) {
	case Status::Ok:
		return "OK";
	case Status::Error:
		return "ERROR";
	case Status::GraphNotExist:
		return "GRAPH_NOT_EXIST";
	case Status::InvalidValue:
		return "GRAPH_INVALID_VALUE";
	case Status::NotFindMemory:
		return "GRAPH_NOT_FIND_MEMORY";
	case Status::MallocLarger:
		return "GRAPH_MALLOC_LARGER";
	case Status::NoMemory:
		return "GRAPH_NO_MEMORY";
	case Status::NoUsefulMemory:
		return "GRAPH_NO_USEFUL_MEMORY";
	case Status::EngineNotExist:
		return "GRAPH_ENGINE_NOT_EXIST";
	case Status::SrcPortNotExist:
		return "GRAPH_SRC_PORT_NOT_EXIST";
	case Status::DestroyTimeout:
		return "GRAPH_DESTROY_TIMEOUT";
	case Status::SendMsgFailed:
		return "GRAPH_SENDMSG_FAILED";
	case Status::MemoryPoolStopped:
		return "GRAPH_MEMORY_POOL_STOPPED";
	case Status::NullPointer:
		return "ENGINE_NULL_POINTER";
	case Status::QueueFull:
		return "QUEUE_FULL";
	case Status::PortIdError:
		return "PORT_ID_ERROR";
	case Status::ProtoFileParseFailed:
		return "GRAPH_PROTO_FILE_PARSE_FAILED";
	case Status::FunctorNull:
		return "ENGINE_FUNCTOR_NULL";
	case Status::FunctorExist:
		return "ENGINE_FUNCTOR_EXIST";
	}
	return "UNKNOWN";
}

const char* name(Reason reason) {
	static const char* const NAMES[] = {
		"NONE",         "DOUBLE_FREE",          "NOT_A_BLOCK",    "INTERIOR_POINTER", "WRONG_FAMILY",   "AUTO_FREE_DELETER",
		"SENT_TWICE",   "SENT_FROM_MIDDLE",     "USE_AFTER_FREE", "SIZE_ZERO",        "SIZE_TOO_LARGE", "BAD_FLAG",
		"DVPP_ON_HOST", "UNREGISTERED_MESSAGE", "NOT_FROM_POOL",  "NO_GRAPH",         "POOL_STOPPED",   "SENT_PAST_END"};
	auto index = static_cast<unsigned>(reason);
	return index < sizeof NAMES / sizeof *NAMES ? NAMES[index] : "UNKNOWN";
}

const char* name(EventKind kind) {
	static const char* const NAMES[] = {
		"NONE",           "ALLOCATE",      "FREE",          "AUTO_FREE",       "SEND_BEGIN",    "SEND_END",        "RECEIVE",
		"WAIT_BEGIN",     "WAIT_END",      "TIMEOUT",       "MISUSE",          "GRAPH_CREATED", "GRAPH_DESTROYED", "ENGINE_STARTED",
		"ENGINE_STOPPED", "PROCESS_ENDED", "PLAIN_PAYLOAD", "MESSAGES_DROPPED"};
	auto index = static_cast<unsigned>(kind);
	return index < sizeof NAMES / sizeof *NAMES ? NAMES[index] : "UNKNOWN";
}

const char* name(Flag flag) {
	switch (flag) {
	case Flag::None:
		return "NONE";
	case Flag::HugePage:
		return "HUGE_PAGE";
	case Flag::AutoFree:
		return "AUTO_FREE";
	case Flag::ManualFree:
		return "MANUAL_FREE";
	case Flag::Dvpp:
		return "DVPP";
	case Flag::Received:
		return "RECEIVED";
	}
	return "UNKNOWN";
}

} // namespace heaplens
