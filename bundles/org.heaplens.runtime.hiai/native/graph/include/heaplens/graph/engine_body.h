// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "heaplens/types.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heaplens {

/** Messages are what a program makes them; the runtime only passes them on. */
using Message = std::shared_ptr<void>;

/** Hears what a program wants to have out of a graph. */
using Receiver = std::function<Status(const Message& message)>;

/** An item of `ai_config` or `ai_model`, and what lies under it. */
struct ConfigItem {
	std::string name;
	std::string value;
	std::vector<ConfigItem> under;
};

/** What an engine sees of its graph. Threads share it. */
class Outlet {
public:
	/** Stands for the time-out that the settings say. */
	static constexpr uint32_t USUAL_TIME_OUT = 0xFFFFFFFF;

	virtual ~Outlet() = default;
	/** @param timeOutMillis for each try; 0 not to wait */
	virtual Status send(uint32_t port, const std::string& name, const Message& message, uint32_t timeOutMillis) = 0;
	/** Has the messages of an output port handed to a receiver. */
	virtual Status receive(uint32_t port, Receiver receiver) = 0;
	/** Messages that may wait at each input port, and that wait. */
	virtual uint32_t queueSize() = 0;
	virtual uint32_t waiting(uint32_t port) = 0;
};

/** The program's part of an engine: its destructor is called when its threads have ended. Its threads share it. */
class EngineBody {
public:
	virtual ~EngineBody() = default;
	/** Called before anything else. The outlet may be used after the graph has ended: it answers that there is none. */
	virtual void connect(const std::shared_ptr<Outlet>& outlet) = 0;
	/** Called before any message. Anything but Ok stops the graph from being made. */
	virtual Status init(const std::vector<ConfigItem>& items, const std::vector<std::vector<ConfigItem>>& models) = 0;
	/** Called for each message. */
	virtual Status process(uint32_t port, const Message& message) = 0;
	/** Called when no message has come for a time. */
	virtual Status quiet() = 0;
};

} // namespace heaplens
