// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "inbox.h"

#include "heaplens/platform.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace heaplens {

/** Where a message goes, and on whose behalf the program's parts are called there. */
class Station {
public:
	virtual ~Station() = default;
	virtual Place place() const = 0;
	/** Whether blocks of messages have to be fit for DVPP. */
	virtual bool receivesForDvpp() const = 0;
	/** The engine that code there belongs to; null if to none. */
	virtual class EngineRuntime* engine() = 0;
};

/** An engine with its threads and queues. Threads share it. */
class EngineRuntime final : public Station, public std::enable_shared_from_this<EngineRuntime> {
public:
	EngineRuntime(Platform& platform, uint32_t graph, const EngineConfig& config, Place place);
	~EngineRuntime() override;
	EngineRuntime(const EngineRuntime&) = delete;
	EngineRuntime& operator=(const EngineRuntime&) = delete;

	/** Makes the program's part as if on one of its threads. */
	void make();

	/** The engine whose thread is calling; null outside of engines. */
	static EngineRuntime* current();
	/** While one lives, the calling thread is an engine's, or, with null, nobody's. */
	class As {
	public:
		explicit As(EngineRuntime* engine);
		~As();
		As(const As&) = delete;
		As& operator=(const As&) = delete;

	private:
		EngineRuntime* const before_;
		std::optional<Place> place_;
		Platform::Stay stay_;
	};

	uint32_t graph() const { return graph_; }
	uint32_t id() const { return config_.id; }
	const std::string& name() const { return config_.name; }
	uint32_t threads() const { return config_.threads; }
	Place place() const override { return place_; }
	bool receivesForDvpp() const override { return config_.receivesForDvpp; }
	EngineRuntime* engine() override { return this; }
	/** Null once it is destroyed. */
	const std::shared_ptr<EngineBody>& body() const { return body_; }
	Inbox& inbox() { return inbox_; }
	/** Its number in the trace. */
	uint32_t number() const { return number_; }

	/** Calls the program's own initialisation as if on one of its threads. */
	Status init();
	/** @param ended each thread calls a copy of its own as the last it does */
	void start(const std::function<void()>& ended);
	/** Whether its threads have ended, or nobody is left but the one that is calling. */
	bool hasEnded() const;
	/** Whether the calling thread is one of this engine's. */
	bool isCalling() const;
	/** Destroys the program's part; its threads have ended. */
	void destroy();

	/** A block came with a message. */
	void received(const KnownBlock& block);
	/** Blocks that came with messages and have not been given back. */
	std::vector<KnownBlock> survivors();

	/** Lets go of a message that nobody will get. @param engine on whose threads it would have been; null if outside of engines */
	static void drop(EngineRuntime* engine, Message& message, const KnownBlock& made);
	/** Calls a part of the program whose failure is its defect, and not the end of the framework. */
	static Status attempt(const std::function<Status()>& part, const std::function<std::string()>& what);

private:
	void run(uint32_t number);
	void work();
	void process(Item& item);
	void prune();

	Platform& platform_;
	const uint32_t graph_;
	const EngineConfig config_;
	const Place place_;
	const uint32_t number_;
	Inbox inbox_;
	std::shared_ptr<EngineBody> body_;
	std::atomic<uint32_t> running_{0};
	std::mutex lock_;
	std::vector<KnownBlock> received_;
	/** It may hold as many again that have been given back, and no more. */
	size_t most_;
};

} // namespace heaplens
