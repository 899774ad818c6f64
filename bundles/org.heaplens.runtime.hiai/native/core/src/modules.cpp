// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
#include "modules.h"
#include "heaplens/stack.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

namespace heaplens {
namespace {

std::string hexDigits(const uint8_t* bytes, size_t count) {
	static const char DIGITS[] = "0123456789abcdef";
	std::string result;
	for (size_t index = 0; index < count; index++) {
		result += DIGITS[bytes[index] >> 4];
		result += DIGITS[bytes[index] & 15];
	}
	return result;
}

int findModule(dl_phdr_info* info, size_t, void* data) {
	auto& module = *static_cast<Module*>(data);
	bool inside = false;
	uintptr_t end = 0;
	for (int index = 0; index < info->dlpi_phnum; index++) {
		const auto& segment = info->dlpi_phdr[index];
		if (segment.p_type == PT_LOAD) {
			inside |= module.address - info->dlpi_addr - segment.p_vaddr < segment.p_memsz;
			end = std::max(end, uintptr_t(info->dlpi_addr + segment.p_vaddr + segment.p_memsz));
		}
	}
	if (!inside) {
		return 0;
	}
	module.found = true;
	module.base = info->dlpi_addr;
	module.end = end;
	module.name = info->dlpi_name == nullptr ? "" : info->dlpi_name;
	if (module.name.find('/') != std::string::npos && module.name[0] != '/') {
		// As it was said to dlopen. The program may go to another folder, and readers are in one of their own.
		char absolute[PATH_MAX];
		module.name = ::realpath(info->dlpi_name, absolute) == nullptr ? module.name : absolute;
	}
	for (int index = 0; index < info->dlpi_phnum; index++) {
		const auto& segment = info->dlpi_phdr[index];
		if (segment.p_type != PT_NOTE) {
			continue;
		}
		const auto* at = reinterpret_cast<const uint8_t*>(info->dlpi_addr + segment.p_vaddr);
		const auto* end = at + segment.p_memsz;
		while (at + sizeof(ElfW(Nhdr)) <= end) {
			const auto* note = reinterpret_cast<const ElfW(Nhdr)*>(at);
			const uint8_t* name = at + sizeof *note;
			const uint8_t* content = name + ((note->n_namesz + 3) & ~3U);
			if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
				module.buildId = hexDigits(content, note->n_descsz);
			}
			at = content + ((note->n_descsz + 3) & ~3U);
		}
	}
	return 1;
}

std::string program() {
	char path[4096];
	ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
	return length <= 0 ? "" : std::string(path, size_t(length));
}

} // namespace

Module Module::at(uintptr_t address) {
	Module module{address, "", 0, 0, "", false};
	dl_iterate_phdr(findModule, &module);
	return module;
}

NativeFrame locate(uintptr_t address) {
	// The call itself stands before the address that it returns to.
	Module module = Module::at(address - 1);
	if (!module.found) {
		return {"?", "", address, ""};
	}
	NativeFrame frame{module.name.empty() ? program() : module.name, module.buildId, address - 1 - module.base, ""};
	Dl_info info;
	if (dladdr(reinterpret_cast<void*>(address - 1), &info) != 0 && info.dli_sname != nullptr) {
		int status = 0;
		char* readable = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
		frame.function = status == 0 ? readable : info.dli_sname;
		std::free(readable);
	}
	return frame;
}

} // namespace heaplens
