// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

namespace heaplens {

/** Something that is called from functions of some sort or another; the number is how many more calls there should be. */
class Calls {
public:
	virtual ~Calls() = default;
	virtual int next(int left) = 0;
};

/** Compiled without frame pointers: one that needs little of the stack, one that needs much, one that saves all registers. */
int framelessSmall(Calls& calls, int left);
int framelessLarge(Calls& calls, int left);
int framelessBusy(Calls& calls, int left);
/** With room on the stack that is known only when it runs, so that even here there is a frame pointer. */
int framelessOfAnySize(Calls& calls, int left);

} // namespace heaplens
