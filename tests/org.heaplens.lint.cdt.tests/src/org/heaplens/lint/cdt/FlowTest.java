// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt;

import static org.heaplens.lint.cdt.Sources.check;

import org.junit.jupiter.api.Test;

/** How control and blocks move through functions. */
class FlowTest {
	@Test
	void casesFallAndLeave() {
		check("""
				int swit(int k, uint32_t n) {
					void* p = HIAI_DMalloc(n, 500, hiai::MEMORY_ATTR_MANUAL_FREE); // finds leaked-manual-block
					if (p == nullptr) return 1;
					switch (k) {
					case 1:
						HIAI_DFree(p);
						break;
					case 2:
						return 3;
					default:
						HIAI_DFree(p);
					}
					return 0;
				}
				""");
	}

	@Test
	void anExceptionLeavesABlockBehind() {
		check("""
				int cat(uint32_t n) {
					uint8_t* p = (uint8_t*)HIAI_DVPP_DMalloc(n); // finds leaked-dvpp-block
					if (!p) return 1;
					uint8_t* q = nullptr;
					try { q = new uint8_t[n]; } catch (const std::bad_alloc& e) { return 2; }
					memcpy(q, p, n);
					HIAI_DVPP_DFree(p);
					delete[] q;
					return 0;
				}
				""");
	}

	@Test
	void blocksInAVectorAreFreedInALoop() {
		check("""
				void vec(uint32_t n) {
					std::vector<uint8_t*> v;
					for (int i = 0; i < 3; i++) {
						uint8_t* p = nullptr;
						if (hiai::HIAIMemory::HIAI_DMalloc(n, (void*&)p, 10, hiai::MEMORY_ATTR_MANUAL_FREE) != HIAI_OK) break;
						v.push_back(p);
					}
					for (auto p : v) hiai::HIAIMemory::HIAI_DFree(p);
				}
				""");
	}

	@Test
	void aSecondFreeIsFound() {
		check("""
				void dbl(uint32_t n) {
					void* p = HIAI_DMalloc(n, 500, hiai::MEMORY_ATTR_MANUAL_FREE);
					if (!p) return;
					HIAI_DFree(p);
					HIAI_DFree(p); // finds double-free
				}
				""");
	}

	@Test
	void familiesAreToldApart() {
		check("""
				void mis(uint32_t n) {
					void* p = HIAI_DVPP_DMalloc(n);
					if (!p) return;
					HIAI_DFree(p); // finds mismatched-free
					void* q = HIAI_DVPP_DMalloc(n);
					free(q); // finds mismatched-free
				}
				""");
	}
}
