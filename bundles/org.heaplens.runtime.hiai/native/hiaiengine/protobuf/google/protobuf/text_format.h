// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#if defined(GOOGLE_PROTOBUF_VERSION) || defined(HEAPLENS_SYSTEM_PROTOBUF)
// A program that has messages of its own has the system's protobuf, and needs that.
#include_next <google/protobuf/text_format.h>
#elif !defined(GOOGLE_PROTOBUF_TEXT_FORMAT_H__)
#define GOOGLE_PROTOBUF_TEXT_FORMAT_H__

/** What of protobuf's text format the configurations of graphs need, which are no messages of protobuf here. */

#include <string>

#include "hiaiengine/graph_config.h"
#include "hiaiengine/profile.h"

namespace google {
namespace protobuf {

class TextFormat {
public:
	HIAI_LIB_EXPORT static bool PrintToString(const hiai::GraphConfigList& message, std::string* output);
	/** What is wrong stands on standard error. */
	HIAI_LIB_EXPORT static bool ParseFromString(const std::string& input, hiai::GraphConfigList* output);
};

} // namespace protobuf
} // namespace google

#endif
