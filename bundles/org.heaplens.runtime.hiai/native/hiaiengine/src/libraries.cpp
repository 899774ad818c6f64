// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "libraries.h"

#include "heaplens/settings.h"

#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

namespace heaplens {
namespace {

/** The file that is meant, or nothing. */
std::string fileOf(const std::string& name, const std::string& folder) {
	for (const std::string& path : {name[0] == '/' || folder.empty() ? std::string() : folder + "/" + name, name}) {
		char* real = path.empty() || ::access(path.c_str(), R_OK) != 0 ? nullptr : ::realpath(path.c_str(), nullptr);
		if (real != nullptr) {
			std::string result = real;
			std::free(real);
			return result;
		}
	}
	return "";
}

/** False if there is no such library. */
bool load(const std::string& name, const std::string& folder) {
	std::string file = fileOf(name, folder);
	bool byLoader = file.empty() && name.find('/') == std::string::npos;
	if (file.empty() && !byLoader) {
		return false;
	}
	// Local: host and device libraries may have functions of the same name.
	if (::dlopen(byLoader ? name.c_str() : file.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) {
		return true;
	}
	if (!byLoader) {
		const char* problem = ::dlerror();
		warn("so_name " + name + " cannot be loaded: " + (problem == nullptr ? "unknown" : problem));
	}
	return false;
}

} // namespace

std::string loadLibraries(const EngineConfig& engine, const std::string& folder) {
	std::string missing;
	for (const std::string& name : engine.libraries) {
		if (!name.empty() && !load(name, folder)) {
			missing += (missing.empty() ? "" : ", ") + name;
		}
	}
	return missing;
}

} // namespace heaplens
