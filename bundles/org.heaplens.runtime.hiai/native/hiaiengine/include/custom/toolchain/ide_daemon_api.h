// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef CUSTOM_TOOLCHAIN_IDE_DAEMON_API_H
#define CUSTOM_TOOLCHAIN_IDE_DAEMON_API_H

/** The name that some releases have for it. */

#include "toolchain/ide_daemon_api.h"

#endif
