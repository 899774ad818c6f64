// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
extern "C" int heaplens_nowhere();

extern "C" int heaplens_nowhere() {
	return 0;
}
