// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "heaplens/inside.h"

#include <unistd.h>

namespace heaplens {

__thread volatile bool Inside::marked_ = false;

void Inside::complain() {
	static std::atomic<bool> complained{false};
	// Nothing that a handler must not call.
	static const char LINE[] =
		"heaplens: a signal handler used HiAI memory while its thread was doing so: it is refused, and not recorded\n";
	if (!complained.exchange(true)) {
		ssize_t written = ::write(STDERR_FILENO, LINE, sizeof LINE - 1);
		(void)written;
	}
}

} // namespace heaplens
