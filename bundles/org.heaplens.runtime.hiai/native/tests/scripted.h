// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "actor.h"
#include "scenario.h"

#include "heaplens/graph/graphs.h"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace heaplens {

/** What scenarios send: a type's name, and a block or none. */
struct Told {
	std::string type;
	uint8_t* block;
	uint32_t size;
};

/** A message that an engine works on, until its actor leaves. */
struct Visit {
	explicit Visit(VirtualClock& clock) : actor(clock) {}

	uint32_t port = 0;
	Told told{};
	std::shared_ptr<Outlet> outlet;
	Actor actor;
	Status answer = Status::Ok;
};

/** The message types and engines of one play. The clock's lock guards what is not constant. */
class Script {
public:
	explicit Script(VirtualClock& clock) : clock_(clock) { registerTypes(); }

	MessageTypes& types() { return types_; }
	Status registerType(const std::string& name, bool highSpeed);
	/** What is sent for a message of that type. */
	Message message(const Told& told);
	/** What arrived. */
	Told told(const Message& message);

	/** The graph that the scenario describes under that number. */
	GraphConfig config(const Scenario& scenario, uint32_t graph);
	/** The next message that an engine, GRAPH.ENGINE, has begun to work on; null if none comes. */
	std::shared_ptr<Visit> visit(const std::string& engine);
	/** How often an engine was told that nothing came, if it was so often at least. */
	int quiets(const std::string& engine, int atLeast);
	std::shared_ptr<Outlet> outlet(const std::string& engine);
	/** Lets all engines go on, from now on at once. */
	void leaveAll();

private:
	class ScriptedEngine;

	/** What belongs to one engine of the scenario, however often its graph is made. */
	struct Mailbox {
		std::deque<std::shared_ptr<Visit>> visits;
		std::shared_ptr<Outlet> outlet;
		int quiets = 0;
		std::thread::id quietThread;
	};

	void registerTypes();
	EngineConfig engine(const Scenario::Line& part);

	VirtualClock& clock_;
	MessageTypes types_;
	std::mutex lock_;
	/** Messages that are no strings. */
	std::set<void*> alive_;
	std::map<std::string, Mailbox> mailboxes_;
	bool leaving_ = false;
};

/** The numbers of GRAPH.ENGINE.PORT or GRAPH.ENGINE. */
std::vector<uint32_t> numbers(const std::string& text);
/** The status of that name. */
Status statusOf(const std::string& name);

} // namespace heaplens
