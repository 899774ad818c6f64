// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#pragma once

#include <cstddef>
#include <cstdint>

/**
 * What other languages need that run on this library, such as Java by native/jni: they find these functions by their names. No application
 * calls them. Threads may call them at any time.
 */
extern "C" {

/**
 * Tells a setting, which wins over the environment.
 *
 * @param key without `heaplens.`
 * @return false if the API was called before: then it is too late
 */
__attribute__((visibility("default"))) bool heaplens_set(const char* key, const char* value);

/** Bytes that were asked for, of the live block that begins there; 0 if none does. */
__attribute__((visibility("default"))) uint32_t heaplens_size_of(const void* block);

/** How many frames of a call stack are recorded; 0 if nothing is recorded, or no stacks. The settings are known from now on. */
__attribute__((visibility("default"))) uint32_t heaplens_recorded_frames();

/**
 * A number for a call stack of another language, for this recording; 0 if nothing is recorded.
 *
 * @param text   UTF-8, innermost frame first, each of four lines: class, method, file, number of the line; each line ends with `\n`
 * @param length of the text in bytes
 */
__attribute__((visibility("default"))) uint32_t heaplens_stack(const char* text, size_t length);

/** From now on what this thread calls is recorded with that stack; with its own frames again after 0. */
__attribute__((visibility("default"))) void heaplens_called_from(uint32_t stack);

/** How this thread is called in the recording. */
__attribute__((visibility("default"))) void heaplens_thread(const char* name);
}
