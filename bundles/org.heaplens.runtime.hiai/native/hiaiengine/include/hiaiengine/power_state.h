// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_POWER_STATE_H
#define HIAIENGINE_POWER_STATE_H

#include <mutex>
#include <set>

#include "hiaiengine/status.h"

namespace hiai {

/** Tells when a device goes to sleep. Simulated ones never do: functions are kept, and not called. */
class PowerState {
public:
	typedef enum {
		DEVICE_POWER_STATE_S0 = 0,
		DEVICE_POWER_STATE_SUSPEND,
		DEVICE_POWER_STATE_D0,
		DEVICE_POWER_STATE_D3,
		DEVICE_POWER_STATE_ENABLE,
		DEVICE_POWER_STATE_DISABLE,
		DEVICE_POWER_STATE_MAX
	} DevicePowerStateT;
	typedef HIAI_StatusT (*PowerStateNotifyCallbackT)(uint32_t, DevicePowerStateT);

	HIAI_LIB_EXPORT static PowerState* GetInstance();
	PowerState(const PowerState&) = delete;
	PowerState& operator=(const PowerState&) = delete;

	/** HIAI_GRAPH_INVALID_VALUE for null, and for what is subscribed already, or not at all. */
	HIAI_LIB_EXPORT HIAI_StatusT SubscribePowerStateEvent(const PowerStateNotifyCallbackT& notifyCallback);
	HIAI_LIB_EXPORT HIAI_StatusT UnsubscribePowerStateEvent(const PowerStateNotifyCallbackT& notifyCallback);

private:
	PowerState() = default;

	std::mutex lock_;
	std::set<PowerStateNotifyCallbackT> subscribed_;
};

} // namespace hiai

#endif
