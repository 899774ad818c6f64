// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
//
// Compiled as each standard: engines with any number of ports, and all registrations.
#include "hiaiengine/api.h"

#define SIXTEEN 16

class FewPorts : public hiai::Engine {
	HIAI_DEFINE_PROCESS(1, 3)
};

class ManyPorts : public hiai::Engine {
	HIAI_DEFINE_PROCESS(SIXTEEN, 16)
};

HIAI_IMPL_ENGINE_PROCESS("FewPorts", FewPorts, 1) {
	return SendData(2, "Message", arg0, 10);
}

HIAI_IMPL_ENGINE_PROCESS("ManyPorts", ManyPorts, SIXTEEN) {
	return hiai::Engine::SendData(0, "Message", arg0 == nullptr ? arg15 : arg1);
}

struct Message {
	int32_t number;
	HIAI_SERIALIZE(number)
};

#if HIAI_HAS_CEREAL
HIAI_REGISTER_DATA_TYPE("Message", Message);
HIAI_REGISTER_TEMPLATE_DATA_TYPE("Numbers", std::vector, uint32_t)
#endif
