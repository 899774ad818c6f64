// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#ifndef HIAIENGINE_SERIALIZE_H
#define HIAIENGINE_SERIALIZE_H

/**
 * What plain messages are written and read with: cereal, whose headers come with the vendor's kit, and are the application's own here
 * (Debian: libcereal-dev). Without them, HIAI_HAS_CEREAL is 0, and only messages of the high-speed way can be registered.
 */

#ifndef HIAI_HAS_CEREAL
#if defined(__has_include)
#if __has_include(<cereal/cereal.hpp>)
#define HIAI_HAS_CEREAL 1
#endif
#endif
#endif
#ifndef HIAI_HAS_CEREAL
#define HIAI_HAS_CEREAL 0
#endif

/** Takes memory into a shared pointer, and says in the log if there was none. */
#define HIAI_SHARED_PTR_RESET(pointer, memory, message)                                                                                    \
	do {                                                                                                                                   \
		(pointer).reset(memory);                                                                                                           \
		if ((pointer) == nullptr) {                                                                                                        \
			HIAI_ENGINE_LOG(HIAI_ERROR, "%s", message);                                                                                    \
		}                                                                                                                                  \
	} while (false)

#if HIAI_HAS_CEREAL

#include <cereal/archives/portable_binary.hpp>
#include <cereal/cereal.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/list.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/memory.hpp>
#include <cereal/types/set.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/utility.hpp>
#include <cereal/types/vector.hpp>

/** Makes a class writable and readable: `HIAI_SERIALIZE(width, height, data)` inside of it. */
#define HIAI_SERIALIZE(...)                                                                                                                \
	template <class Archive>                                                                                                               \
	void serialize(Archive& archive) {                                                                                                     \
		archive(__VA_ARGS__);                                                                                                              \
	}

#else

#define HIAI_SERIALIZE(...)

#endif

// Last, for it brings along headers that need the above.
#include "hiaiengine/log.h"

#endif
