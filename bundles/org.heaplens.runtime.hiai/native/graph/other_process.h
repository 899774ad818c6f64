// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include "delivery.h"

#include "heaplens/graph/graphs.h"

namespace heaplens {

/** The process that has the engines of the other side. Threads share it. */
class OtherProcess {
public:
	virtual ~OtherProcess() = default;
	/** Makes and ends the other side's part of a graph. */
	virtual Graphs::Made create(const GraphConfig& graph, const std::string& folder) = 0;
	virtual Status destroy(uint32_t graph) = 0;
	/** Takes a place there, and carries a message over. @param ticket by which the two calls below know it */
	virtual Status bring(const EnginePort& target, const Parcel& parcel, int64_t nanos, uint64_t& ticket) = 0;
	virtual Status handOver(uint64_t ticket) = 0;
	virtual void takeBack(uint64_t ticket) = 0;
};

/** A port of an engine that is there. */
class RemoteGoal final : public Goal {
public:
	RemoteGoal(OtherProcess& process, EnginePort target, Place place) : process_(process), target_(target), place_(place) {}
	Status bring(Delivery& delivery) override;
	Status handOver(Delivery& delivery, const KnownBlock& freeable) override;
	void takeBack(Delivery& delivery) override;

private:
	OtherProcess& process_;
	const EnginePort target_;
	const Place place_;
	uint64_t ticket_ = 0;
};

} // namespace heaplens
