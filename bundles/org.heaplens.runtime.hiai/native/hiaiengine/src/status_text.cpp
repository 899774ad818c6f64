// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "status_text.h"

#include <mutex>
#include <unordered_map>

namespace {

struct Texts {
	std::mutex lock;
	std::unordered_map<HIAI_StatusT, std::string> byCode;
};

/** Never destroyed: static constructors of applications write into it, and their static destructors log. */
Texts& texts() {
	static Texts* known = new Texts;
	return *known;
}

} // namespace

namespace hiai {

StatusText::StatusText(HIAI_StatusT code, const char* name, const char* text) {
	std::string whole = name == nullptr ? "" : name;
	if (text != nullptr && *text != '\0') {
		whole += std::string(whole.empty() ? "" : ": ") + text;
	}
	std::lock_guard<std::mutex> held(texts().lock);
	// Each file that includes the definition comes here, and says the same.
	texts().byCode.emplace(code, std::move(whole));
}

} // namespace hiai

namespace heaplens {

std::string textOf(HIAI_StatusT code) {
	std::lock_guard<std::mutex> held(texts().lock);
	auto found = texts().byCode.find(code);
	return found == texts().byCode.end() ? "" : found->second;
}

} // namespace heaplens
