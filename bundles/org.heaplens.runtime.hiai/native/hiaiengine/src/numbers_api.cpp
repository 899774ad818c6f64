// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// What tells which graphs and devices there are, and how these are.
#include "heaplens/graph/graphs.h"
#include "hiaiengine/c_graph.h"
#include "hiaiengine/power_state.h"

#include <algorithm>

namespace {

using heaplens::Graphs;

constexpr HIAI_API_VERSION VERSION = 1;

uint32_t devices() {
	const auto& heaps = Graphs::ofProcess().platform().heaps();
	return uint32_t(std::count_if(heaps.begin(), heaps.end(), [](const auto& heap) { return heap->info().place.side == heaplens::Side::Device; }));
}

} // namespace

HIAI_StatusT HIAI_GetFirstGraphId(uint32_t* firstGraphId) {
	std::vector<uint32_t> numbers = Graphs::ofProcess().numbers();
	if (firstGraphId == nullptr || numbers.empty()) {
		return HIAI_GRAPH_GET_GraphId_ERROR;
	}
	*firstGraphId = numbers.front();
	return HIAI_OK;
}

HIAI_StatusT HIAI_GetNextGraphId(uint32_t currentGraphId, uint32_t* nextGraphId) {
	std::vector<uint32_t> numbers = Graphs::ofProcess().numbers();
	auto next = std::upper_bound(numbers.begin(), numbers.end(), currentGraphId);
	if (nextGraphId == nullptr || next == numbers.end()) {
		return HIAI_GRAPH_GET_GraphId_ERROR;
	}
	*nextGraphId = *next;
	return HIAI_OK;
}

HIAI_StatusT HIAI_GetDeviceNum(uint32_t* deviceCount) {
	if (deviceCount == nullptr) {
		return HIAI_GRAPH_GET_DEVNUM_ERROR;
	}
	*deviceCount = devices();
	return HIAI_OK;
}

HIAI_StatusT HIAI_GetFirstDeviceId(uint32_t* firstDeviceId) {
	if (firstDeviceId == nullptr) {
		return HIAI_GRAPH_GET_DEVID_ERROR;
	}
	*firstDeviceId = 0;
	return HIAI_OK;
}

HIAI_StatusT HIAI_GetNextDeviceId(uint32_t currentDeviceId, uint32_t* nextDeviceId) {
	if (nextDeviceId == nullptr || uint64_t(currentDeviceId) + 1 >= devices()) {
		return HIAI_GRAPH_GET_DEVID_ERROR;
	}
	*nextDeviceId = currentDeviceId + 1;
	return HIAI_OK;
}

HIAI_StatusT HIAI_GetPCIeInfo(const uint32_t devId, int32_t* bus, int32_t* dev, int32_t* func) {
	if (devId >= devices() || bus == nullptr || dev == nullptr || func == nullptr) {
		return HIAI_GRAPH_GET_PCIEINFO_ERROR;
	}
	*bus = 0;
	*dev = int32_t(devId);
	*func = 0;
	return HIAI_OK;
}

HIAI_API_VERSION HIAI_GetAPIVersion(void) {
	return VERSION;
}

namespace hiai {

PowerState* PowerState::GetInstance() {
	static PowerState* only = new PowerState;
	return only;
}

HIAI_StatusT PowerState::SubscribePowerStateEvent(const PowerStateNotifyCallbackT& notifyCallback) {
	std::lock_guard<std::mutex> held(lock_);
	return notifyCallback != nullptr && subscribed_.insert(notifyCallback).second ? HIAI_OK : HIAI_GRAPH_INVALID_VALUE;
}

HIAI_StatusT PowerState::UnsubscribePowerStateEvent(const PowerStateNotifyCallbackT& notifyCallback) {
	std::lock_guard<std::mutex> held(lock_);
	return subscribed_.erase(notifyCallback) > 0 ? HIAI_OK : HIAI_GRAPH_INVALID_VALUE;
}

} // namespace hiai
