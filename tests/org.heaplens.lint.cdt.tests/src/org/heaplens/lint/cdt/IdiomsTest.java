// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt;

import static org.heaplens.lint.cdt.Sources.check;
import static org.heaplens.lint.cdt.Sources.checkC;

import org.junit.jupiter.api.Test;

/** What people write around blocks, and what is to be said of it. */
class IdiomsTest {
	@Test
	void anEarlyReturnLeaks() {
		check("""
				int load(FILE* file, uint32_t size) {
					uint8_t* buffer = nullptr;
					HIAI_StatusT ret = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)buffer, 1000, hiai::MEMORY_ATTR_MANUAL_FREE); // finds leaked-manual-block
					if (ret != HIAI_OK || buffer == nullptr) {
						return -1;
					}
					if (fread(buffer, 1, size, file) != size) {
						return -1;
					}
					hiai::HIAIMemory::HIAI_DFree(buffer);
					return 0;
				}
				""");
	}

	@Test
	void aBlockThatIsFreedOnEveryPathIsFine() {
		check("""
				int load(FILE* file, uint32_t size) {
					void* buffer = nullptr;
					if (HIAI_OK != hiai::HIAIMemory::HIAI_DMalloc(size, buffer, 1000, hiai::MEMORY_ATTR_MANUAL_FREE)) {
						return -1;
					}
					int result = 0;
					do {
						if (fread(buffer, 1, size, file) != size) {
							result = -1;
							break;
						}
					} while (0);
					hiai::HIAIMemory::HIAI_DFree(buffer);
					return result;
				}
				""");
	}

	@Test
	void theFormOfCReturnsThePointer() {
		checkC("""
				int load(unsigned size) {
					void* block = HIAI_DMalloc(size, 500, MANUAL_FREE); // finds leaked-manual-block
					if (block == NULL) return 1;
					if (size > 7) goto failed;
					HIAI_DFree(block);
					return 0;
				failed:
					return 2;
				}
				int mended(unsigned size) {
					int result = 0;
					void* block = HIAI_DMalloc(size, 500, MANUAL_FREE);
					if (!block) return 1;
					if (size > 7) { result = 2; goto out; }
				out:
					HIAI_DFree(block);
					return result;
				}
				""");
	}

	@Test
	void anEmptyDeleterFreesNothingWhenTheSendFails() {
		check("""
				HIAI_StatusT Engine::push(uint32_t size) {
					std::shared_ptr<Frame> frame = std::make_shared<Frame>();
					uint8_t* buffer = nullptr;
					HIAI_StatusT ret = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)buffer, 10000); // finds leak-on-send-failure
					if (ret != HIAI_OK) {
						return ret;
					}
					frame->data.reset(buffer, [](uint8_t*) {});
					ret = SendData(0, "Frame", std::static_pointer_cast<void>(frame));
					if (ret != HIAI_OK) {
						HIAI_ENGINE_LOG(ret, "send failed");
						return ret;
					}
					return HIAI_OK;
				}
				""");
	}

	@Test
	void aFreeingDeleterOwnsTheBlock() {
		check("""
				HIAI_StatusT Engine::push(uint32_t size) {
					auto frame = std::make_shared<Frame>();
					uint8_t* buffer = nullptr;
					HIAI_StatusT ret = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)buffer, 10000, hiai::MEMORY_ATTR_MANUAL_FREE);
					if (ret != HIAI_OK) {
						return ret;
					}
					frame->data = std::shared_ptr<uint8_t>(buffer, hiai::HIAIMemory::HIAI_DFree);
					frame->raw.reset((uint8_t*)HIAI_DVPP_DMalloc(size), [](uint8_t* p) { HIAI_DVPP_DFree(p); });
					return SendData(0, "Frame", std::static_pointer_cast<void>(frame));
				}
				""");
	}

	@Test
	void messagesThatComeInNeedNotBeBlocks() {
		check("""
				HIAI_IMPL_ENGINE_PROCESS("Source", Source, 1)
				{
					std::shared_ptr<Frame> frame = std::static_pointer_cast<Frame>(arg0);
					for (int port = 0; port < 2; port++) {
						if (SendData(port, "Frame", std::static_pointer_cast<void>(frame)) != HIAI_OK) {
							return HIAI_ERROR;
						}
					}
					count += frame->size;
					return HIAI_OK;
				}
				""");
	}

	@Test
	void anOutParameterOfAHelperIsFollowed() {
		check("""
				static bool load(const char* path, uint8_t** data, uint32_t size) {
					*data = (uint8_t*)HIAI_DMalloc(size, 1000, MANUAL_FREE);
					return *data != nullptr;
				}
				int use(const char* path) {
					uint8_t* data = nullptr;
					if (!load(path, &data, 300000)) { // finds leaked-manual-block
						return -1;
					}
					if (check(data)) {
						return -2;
					}
					HIAI_DFree(data);
					return 0;
				}
				""");
	}

	@Test
	void aFunctionThatDoesNothingFreesNothingAsADeleter() {
		check("""
				void keep(uint8_t* data) {
				}
				HIAI_StatusT push(std::shared_ptr<hiai::Graph> graph, uint32_t size) {
					uint8_t* data = nullptr;
					HIAI_StatusT ret = hiai::HIAIMemory::HIAI_DMalloc(size, (void*&)data); // finds leak-on-send-failure
					if (ret != HIAI_OK || data == nullptr) {
						return ret;
					}
					auto frame = std::make_shared<Frame>();
					frame->data.reset(data, keep);
					ret = graph->SendData(port, "Frame", std::static_pointer_cast<void>(frame));
					if (ret != HIAI_OK) {
						return ret;
					}
					return HIAI_OK;
				}
				""");
	}
}
