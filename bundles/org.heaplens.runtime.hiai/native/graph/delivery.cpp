// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "delivery.h"

#include <algorithm>

namespace heaplens {
namespace {

constexpr int64_t NANOS_IN_MILLI = 1000000;
/** Longer than any program runs, and no overflow when it is added to a time. */
constexpr int64_t FOR_EVER_NANOS = INT64_MAX / 4;

} // namespace

DeliveryRules::DeliveryRules(const Settings& settings)
	: tries(uint32_t(settings.number(Setting::SendTries))), freesOnEveryRoute(settings.is(Setting::AutoFreeRoute, "all")),
	  queueFull(settings.is(Setting::QueueFullStatus, "queue-full") ? Status::QueueFull : Status::SendMsgFailed) {}

Delivery::Delivery(Platform& platform, Transfer& transfer, const DeliveryRules& rules, Place from, const std::string& name,
                   const Message& message, uint32_t timeOutMillis, std::function<bool()> stopped)
	: transfer_(transfer), rules_(rules), clock_(platform.clock()), from_(from), name_(name), message_(message),
	  timeOutMillis_(timeOutMillis), stopped_(std::move(stopped)) {}

Status Delivery::to(const std::vector<std::unique_ptr<Goal>>& goals) {
	Status status = Status::SendMsgFailed;
	try {
		status = bring(goals);
		if (parcel_ != nullptr) {
			// Before anybody sees the message, an AUTO_FREE block is gone.
			parcel_->end(status);
		}
	} catch (...) {
		// What a misuse throws where it does not end the program: nobody gets the message then.
		if (parcel_ != nullptr) {
			parcel_->end(Status::SendMsgFailed);
		}
		for (Goal* goal : arrived_) {
			goal->takeBack(*this);
		}
		throw;
	}
	if (status != Status::Ok) {
		for (Goal* goal : arrived_) {
			goal->takeBack(*this);
		}
		return status;
	}
	// The block of a message that the framework frees also on its own side, if it is told to and one receiver only has it.
	KnownBlock freeable;
	if (rules_.freesOnEveryRoute && parcel_ == nullptr && arrived_.size() == 1) {
		freeable = transfer_.claimed(name_, message_);
	}
	for (Goal* goal : arrived_) {
		Status answer = goal->handOver(*this, freeable);
		status = status == Status::Ok ? answer : status;
	}
	return status;
}

Status Delivery::bring(const std::vector<std::unique_ptr<Goal>>& goals) {
	for (const auto& goal : goals) {
		Status status = goal->bring(*this);
		if (status != Status::Ok) {
			return status;
		}
		arrived_.push_back(goal.get());
	}
	return Status::Ok;
}

int64_t Delivery::nanosFor(Place place) const {
	int64_t tries = isAcross(place) && timeOutMillis_ > 0 ? rules_.tries : 1;
	return std::min(FOR_EVER_NANOS / tries, timeOutMillis_ * NANOS_IN_MILLI) * tries;
}

uint32_t Delivery::millisUntil(int64_t deadline) const {
	return uint32_t(std::min<int64_t>(INT32_MAX, std::max<int64_t>(0, deadline - clock_.now()) / NANOS_IN_MILLI));
}

Status Delivery::noPlace(bool gone) const {
	return stopped_() || gone ? Status::GraphNotExist : rules_.queueFull;
}

Parcel& Delivery::parcel() {
	if (parcel_ == nullptr) {
		parcel_ = transfer_.pack(from_, name_, message_);
	}
	return *parcel_;
}

Copy Delivery::carry(Station& to, int64_t deadline) {
	return transfer_.unpack(parcel(), to, millisUntil(deadline));
}

/** A place in the queue first: a message that was carried over and then found no place would be lost. */
Status QueueGoal::bring(Delivery& delivery) {
	int64_t deadline = delivery.deadline(engine_->place());
	if (!engine_->inbox().reserve(port_, delivery.nanosFor(engine_->place()))) {
		return delivery.noPlace(engine_->inbox().isClosed());
	}
	struct Place {
		Inbox* inbox;
		uint32_t port;
		~Place() {
			if (inbox != nullptr) {
				inbox->release(port);
			}
		}
	} place{&engine_->inbox(), port_};
	copy_ = delivery.isAcross(engine_->place()) ? delivery.carry(*engine_, deadline) : Copy{Status::Ok, delivery.message(), {}};
	if (copy_.status == Status::Ok) {
		place.inbox = nullptr;
	}
	return copy_.status;
}

Status QueueGoal::handOver(Delivery& delivery, const KnownBlock& freeable) {
	if (copy_.made) {
		engine_->received(copy_.made);
	}
	Item item{port_, copy_.message, copy_.made, freeable};
	copy_.message.reset();
	if (engine_->inbox().put(item)) {
		return Status::Ok;
	}
	// Its graph ended in this very moment.
	if (delivery.isAcross(engine_->place())) {
		EngineRuntime::drop(engine_.get(), item.message, item.made);
	}
	return Status::GraphNotExist;
}

/** What went by reference is still the sender's; a copy is nobody's. */
void QueueGoal::takeBack(Delivery& delivery) {
	engine_->inbox().release(port_);
	if (delivery.isAcross(engine_->place())) {
		EngineRuntime::drop(engine_.get(), copy_.message, copy_.made);
	}
}

OutsideGoal::OutsideGoal(Place place, std::shared_ptr<EngineRuntime> engine, Receiver receiver)
	: engine_(std::move(engine)), receiver_(std::move(receiver)), station_(place, engine_.get()) {}

Status OutsideGoal::bring(Delivery& delivery) {
	Place place = station_.place();
	copy_ = delivery.isAcross(place) ? delivery.carry(station_, delivery.deadline(place)) : Copy{Status::Ok, delivery.message(), {}};
	return copy_.status;
}

Status OutsideGoal::handOver(Delivery&, const KnownBlock&) {
	EngineRuntime::As as(engine_.get());
	Message message = std::move(copy_.message);
	return EngineRuntime::attempt([&] { return receiver_(message); }, [] { return std::string("a receiver failed on a message"); });
}

void OutsideGoal::takeBack(Delivery& delivery) {
	if (delivery.isAcross(station_.place())) {
		EngineRuntime::drop(engine_.get(), copy_.message, copy_.made);
	}
}

} // namespace heaplens
