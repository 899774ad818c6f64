// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class RulesTest {
	@Test
	void everyRuleIsFoundByItsId() {
		Rules.ALL.forEach(rule -> assertEquals(Optional.of(rule), Rules.of(rule.id())));
		assertEquals(Optional.empty(), Rules.of("no-such-rule"));
	}

	@Test
	void aSlipIsUnderstood() {
		assertEquals(Optional.of("double-free"), Rules.nearest("doubl-fre"));
		assertEquals(Optional.of("leaked-manual-block"), Rules.nearest("leaked-manual-blocks"));
		assertEquals(Optional.empty(), Rules.nearest("quite something else"));
	}
}
