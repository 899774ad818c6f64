// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// What other languages find in the shared library. How a recording shows their calls is tested where one of them makes it: in Java.
#include "../hiaiengine/src/binding.h"

#include "hiaiengine/c_graph.h"

#include <cstring>
#include <dlfcn.h>
#include <gtest/gtest.h>

namespace {

TEST(Binding, FunctionsAreFoundByTheirNames) {
	for (const char* name :
	     {"heaplens_set", "heaplens_size_of", "heaplens_recorded_frames", "heaplens_stack", "heaplens_called_from", "heaplens_thread"}) {
		EXPECT_NE(dlsym(RTLD_DEFAULT, name), nullptr) << name;
	}
}

TEST(Binding, ABlockHasItsSizeWhileItLives) {
	void* block = HIAI_DMalloc(1000, 0, MEMORY_ATTR_MANUAL_FREE);
	ASSERT_NE(block, nullptr);
	EXPECT_EQ(heaplens_size_of(block), 1000u);
	EXPECT_EQ(heaplens_size_of(static_cast<char*>(block) + 1), 0u);
	EXPECT_EQ(HIAI_DFree(block), HIAI_OK);
	EXPECT_EQ(heaplens_size_of(block), 0u);
	EXPECT_EQ(heaplens_size_of(nullptr), 0u);
	EXPECT_EQ(heaplens_size_of(&block), 0u);
}

TEST(Binding, SettingsComeTooLateAfterTheFirstCall) {
	EXPECT_EQ(HIAI_DFree(nullptr), HIAI_GRAPH_INVALID_VALUE);
	heaplens_size_of(nullptr);
	EXPECT_FALSE(heaplens_set("host.capacity", "1M"));
}

TEST(Binding, WhereNothingIsRecordedStacksHaveNoNumbers) {
	const char* frames = "a.Type\nmethod\nType.java\n7\n";
	EXPECT_EQ(heaplens_recorded_frames(), 0u);
	EXPECT_EQ(heaplens_stack(frames, strlen(frames)), 0u);
	heaplens_thread("somebody");
	heaplens_called_from(0);
}

} // namespace
