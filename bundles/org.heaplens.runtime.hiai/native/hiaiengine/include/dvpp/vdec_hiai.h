// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef DVPP_VDEC_HIAI_H
#define DVPP_VDEC_HIAI_H

/** The name of an earlier release. */

#include "dvpp/Vdec.h"

#endif
