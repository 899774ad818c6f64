// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heaplens {

/** Everything that a run can be told; the same keys, values and defaults as the Java runtime's `Setting`. */
enum class Setting {
	Trace,
	HostCapacity,
	DeviceCapacity,
	DeviceCount,
	RecordingMode,
	RecordingRing,
	RecordingStackFrames,
	LogLevel,
	InferenceTime,
	Policy,
	Strict,
	Rc,
	AutoFreeWhen,
	Poison,
	Guard,
	AutoFreeDeleter,
	AutoFreeRoute,
	DvppAutoOnSend,
	ReceivedFree,
	MallocTimeOut,
	EngineSendTimeOut,
	GraphSendTimeOut,
	SendTries,
	QueueSize,
	NoRoomStatus,
	QueueFullStatus,
	LazyPool,
	FirstGraphRule,
	HostBlockLimit,
	SendOnce,
	PlainPayload,
	HostAlignment,
	DeviceAlignment,
	ReceiverOtherSide,
	DestroyTimeOut,
	DeviceProcess,
	Count
};

/** What this run was told. Immutable once it is read. */
class Settings {
public:
	/** The defaults. */
	Settings();

	/** As the environment says: `a.b-c` is `HEAPLENS_A_B_C`. A value that cannot be is said once, and the default taken. */
	static Settings fromEnvironment();

	/** Sets one by its key; what is wrong with it, or nothing. */
	std::string set(const std::string& key, const std::string& value);

	const std::string& text(Setting setting) const { return values_[size_t(setting)]; }
	uint64_t number(Setting setting) const;
	bool isOn(Setting setting) const { return text(setting) == "true"; }
	bool is(Setting setting, const char* option) const { return text(setting) == option; }

	static const char* key(Setting setting);
	/** `HEAPLENS_A_B_C`. */
	static std::string variable(Setting setting);

private:
	std::string set(Setting setting, const std::string& value);

	std::vector<std::string> values_;
};

/** Tells the user of the program in one line on standard error. */
void warn(const std::string& line);

} // namespace heaplens
