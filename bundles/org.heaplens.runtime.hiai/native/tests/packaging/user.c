/* SPDX-FileCopyrightText: 2026 HeapLens contributors */
/* SPDX-License-Identifier: EPL-2.0 */
#include <hiaiengine/c_graph.h>
#include <string.h>

/* One block, used and given back. */
int main(void) {
	const uint32_t manual = 4;
	char* block = HIAI_DMalloc(1 << 20, 500, manual);
	if (block == NULL) {
		return 1;
	}
	memset(block, 1, 1 << 20);
	HIAI_DFree(block);
	return 0;
}
