// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_PROFILE_H
#define HIAIENGINE_PROFILE_H

/**
 * Which part of the API there is, as the build of the application says:
 *
 *     HIAIENGINE_MATRIX_HOST_LIB     host code: what only a device has cannot be called
 *     HIAIENGINE_MATRIX_DEVICE_LIB   device code: what only a host has cannot be called
 *     HIAIENGINE_MINI_RC             both, as on an Atlas 200 DK
 *
 * Without any, both are there: one build of an application holds host and device code, and who calls decides at run time.
 */
#define HIAI_LIB_EXPORT __attribute__((visibility("default")))

#if defined(HIAIENGINE_MATRIX_HOST_LIB) && !defined(HIAIENGINE_MINI_RC)
#define HIAI_DEVICE_LIB_EXPORT HIAI_LIB_EXPORT __attribute__((error("this function is the device's: the host's library has none of that name")))
#else
#define HIAI_DEVICE_LIB_EXPORT HIAI_LIB_EXPORT
#endif

#if defined(HIAIENGINE_MATRIX_DEVICE_LIB) && !defined(HIAIENGINE_MINI_RC)
#define HIAI_HOST_LIB_EXPORT HIAI_LIB_EXPORT __attribute__((error("this function is the host's: the device's library has none of that name")))
#else
#define HIAI_HOST_LIB_EXPORT HIAI_LIB_EXPORT
#endif

/** What host and device both have. */
#define HIAI_COMMON_LIB_EXPORT HIAI_LIB_EXPORT

/** What applications write on classes and functions of their own. */
#define HIAI_LIB_VISIBILITY __attribute__((visibility("default")))
#define HIAI_LIB_HOST_VISIBILITY HIAI_LIB_VISIBILITY
#define HIAI_LIB_DEVICE_VISIBILITY HIAI_LIB_VISIBILITY
#define HIAI_NODE_LIB_VISIBILITY HIAI_LIB_VISIBILITY
#define HIAI_LIB_INTERNAL __attribute__((visibility("hidden")))

#endif
