// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "transfer.h"

#include <functional>
#include <memory>
#include <vector>

namespace heaplens {

class Delivery;

/** Where a message may go. One thread at a time; it keeps alive what it leads to. */
class Goal {
public:
	virtual ~Goal() = default;
	/** Takes a place, carries a copy over if it is elsewhere, and keeps it until the next call. */
	virtual Status bring(Delivery& delivery) = 0;
	/** All goals have it: lets the receiver see the message. @param freeable as in Item */
	virtual Status handOver(Delivery& delivery, const KnownBlock& freeable) = 0;
	/** One of the goals cannot have it: as if nothing had been. */
	virtual void takeBack(Delivery& delivery) = 0;
};

/** What all deliveries of a platform have in common. */
struct DeliveryRules {
	explicit DeliveryRules(const Settings& settings);

	/** How often a send to another place is tried. */
	const uint32_t tries;
	/** Whether the framework frees also the blocks that were sent by reference. */
	const bool freesOnEveryRoute;
	/** The answer to a send whose receiver's queue stays full. */
	const Status queueFull;
};

/**
 * One message on its way to all that is connected: to all of them, or, if one has no place or no room, to none. On its own side it goes by
 * reference, elsewhere as a copy. One thread.
 */
class Delivery {
public:
	/** @param timeOutMillis for each try; 0 not to wait at all  @param stopped whether the sender's graph has ended */
	Delivery(Platform& platform, Transfer& transfer, const DeliveryRules& rules, Place from, const std::string& name, const Message& message,
	         uint32_t timeOutMillis, std::function<bool()> stopped);

	Status to(const std::vector<std::unique_ptr<Goal>>& goals);

	const Message& message() const { return message_; }
	bool isAcross(Place place) const { return place != from_; }
	/** How long a goal at that place may take for all of its tries. */
	int64_t nanosFor(Place place) const;
	int64_t deadline(Place place) const { return clock_.now() + nanosFor(place); }
	/** What is left until then. */
	uint32_t millisUntil(int64_t deadline) const;
	/** The answer if a port has no place. @param gone whether its engine has ended */
	Status noPlace(bool gone) const;
	/** The message taken apart. */
	Parcel& parcel();
	Copy carry(Station& to, int64_t deadline);

private:
	Status bring(const std::vector<std::unique_ptr<Goal>>& goals);

	Transfer& transfer_;
	const DeliveryRules& rules_;
	Clock& clock_;
	const Place from_;
	const std::string& name_;
	const Message& message_;
	const uint32_t timeOutMillis_;
	const std::function<bool()> stopped_;
	std::unique_ptr<Parcel> parcel_;
	/** Goals that have it. */
	std::vector<Goal*> arrived_;
};

/** A port of an engine in this process. */
class QueueGoal final : public Goal {
public:
	/** @param engine kept alive by whatever shares its ownership */
	QueueGoal(std::shared_ptr<EngineRuntime> engine, uint32_t port) : engine_(std::move(engine)), port_(port) {}
	Status bring(Delivery& delivery) override;
	Status handOver(Delivery& delivery, const KnownBlock& freeable) override;
	void takeBack(Delivery& delivery) override;

private:
	const std::shared_ptr<EngineRuntime> engine_;
	const uint32_t port_;
	Copy copy_;
};

/** A receiver that the program has set. */
class OutsideGoal final : public Goal {
public:
	/** @param engine that set it; null if it was set outside of engines */
	OutsideGoal(Place place, std::shared_ptr<EngineRuntime> engine, Receiver receiver);
	Status bring(Delivery& delivery) override;
	Status handOver(Delivery& delivery, const KnownBlock& freeable) override;
	void takeBack(Delivery& delivery) override;

private:
	class Outside final : public Station {
	public:
		Outside(Place place, EngineRuntime* engine) : place_(place), engine_(engine) {}
		Place place() const override { return place_; }
		bool receivesForDvpp() const override { return false; }
		EngineRuntime* engine() override { return engine_; }

	private:
		const Place place_;
		EngineRuntime* const engine_;
	};

	const std::shared_ptr<EngineRuntime> engine_;
	const Receiver receiver_;
	Outside station_;
	Copy copy_;
};

} // namespace heaplens
