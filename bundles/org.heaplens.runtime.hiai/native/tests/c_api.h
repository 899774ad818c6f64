/* SPDX-FileCopyrightText: 2026 HeapLens contributors */
/* SPDX-License-Identifier: EPL-2.0 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Takes two blocks and gives them back, in C. @return HIAI_OK as C has it; 0 if something else was answered */
uint32_t memoryFromC(void);

#ifdef __cplusplus
}
#endif
