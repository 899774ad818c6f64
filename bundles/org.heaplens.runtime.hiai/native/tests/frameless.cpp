// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "frameless.h"

#include <alloca.h>
#include <cstring>

namespace heaplens {

int framelessSmall(Calls& calls, int left) {
	return calls.next(left) + 1;
}

int framelessLarge(Calls& calls, int left) {
	volatile char room[3000];
	room[left] = char(left);
	int result = calls.next(left);
	return result + room[left] - left + 1;
}

int framelessBusy(Calls& calls, int left) {
	int numbers[6];
	for (int index = 0; index < 6; index++) {
		numbers[index] = left * index;
		asm volatile("" : "+r"(numbers[index]));
	}
	int result = calls.next(left);
	asm volatile("" ::"r"(numbers[0]), "r"(numbers[1]), "r"(numbers[2]), "r"(numbers[3]), "r"(numbers[4]), "r"(numbers[5]));
	return result + 1;
}

int framelessOfAnySize(Calls& calls, int left) {
	auto* room = static_cast<char*>(alloca(size_t(left) * 16 + 16));
	std::memset(room, 0, size_t(left) * 16 + 16);
	asm volatile("" ::"r"(room) : "memory");
	return calls.next(left) + room[0] + 1;
}

} // namespace heaplens
