// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_DATA_RECV_INTERFACE_H
#define HIAIENGINE_DATA_RECV_INTERFACE_H

#include <memory>

#include "hiaiengine/status.h"

namespace hiai {

/** Gets what arrives at an output port of a graph; applications derive from it. */
class __attribute__((visibility("default"))) DataRecvInterface {
public:
	DataRecvInterface() = default;
	virtual ~DataRecvInterface() = default;

	/** Called on the thread that sends. */
	virtual HIAI_StatusT RecvData(const std::shared_ptr<void>& message) = 0;
};

} // namespace hiai

#endif
