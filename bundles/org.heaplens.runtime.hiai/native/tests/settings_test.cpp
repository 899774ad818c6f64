// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/settings.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace heaplens {
namespace {

TEST(Settings, HaveTheDefaultsOfTheDocumentation) {
	Settings settings;
	EXPECT_EQ(settings.number(Setting::HostCapacity), 1ULL << 30);
	EXPECT_EQ(settings.number(Setting::RecordingRing), 4ULL << 20);
	EXPECT_EQ(settings.number(Setting::MallocTimeOut), 500U);
	EXPECT_TRUE(settings.isOn(Setting::Poison));
	EXPECT_FALSE(settings.isOn(Setting::Strict));
	EXPECT_TRUE(settings.is(Setting::Policy, "tlsf"));
}

TEST(Settings, AreNamedAsInTheEnvironment) {
	EXPECT_EQ(Settings::variable(Setting::AutoFreeWhen), "HEAPLENS_SIMULATOR_AUTO_FREE_WHEN");
	setenv("HEAPLENS_HOST_CAPACITY", " 2g ", 1);
	EXPECT_EQ(Settings::fromEnvironment().number(Setting::HostCapacity), 2ULL << 30);
	unsetenv("HEAPLENS_HOST_CAPACITY");
}

TEST(Settings, WhatCannotBeIsSaidAndTheDefaultTaken) {
	setenv("HEAPLENS_DEVICE_COUNT", "65", 1);
	testing::internal::CaptureStderr();
	EXPECT_EQ(Settings::fromEnvironment().number(Setting::DeviceCount), 1U);
	EXPECT_EQ(testing::internal::GetCapturedStderr(),
	          "heaplens: HEAPLENS_DEVICE_COUNT is '65'; it has to be a whole number of devices from 1 to 64; taking 1\n");
	unsetenv("HEAPLENS_DEVICE_COUNT");
}

TEST(Settings, RefuseWhatIsOutOfRange) {
	Settings settings;
	EXPECT_EQ(settings.set("host.capacity", "1023K"), "has to be a number of bytes from 1M to 64G, such as 512M or 2G");
	EXPECT_EQ(settings.set("host.capacity", "99999999999999G"), "has to be a number of bytes from 1M to 64G, such as 512M or 2G");
	EXPECT_EQ(settings.set("simulator.send-once", "auto manual"), "has to be one of auto, manual, both");
	EXPECT_EQ(settings.set("simulator.strict", "yes"), "has to be true or false");
	EXPECT_EQ(settings.set("simulator.stritc", "true"), "is no setting");
	EXPECT_EQ(settings.set("simulator.strict", "true"), "");
	EXPECT_TRUE(settings.isOn(Setting::Strict));
}

} // namespace
} // namespace heaplens
