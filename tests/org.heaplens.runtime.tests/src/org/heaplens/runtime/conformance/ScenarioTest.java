// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that is not held has to fail, and say where. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ScenarioTest {
	@TempDir
	Path traces = Path.of(""); // JUnit sets it

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			main alloc A 1000 manual -> OK @64+1024            | x:5: expected OK @64+1024, got OK @0+1024
			main alloc A 1000 manual -> GRAPH_NO_MEMORY        | x:5: expected GRAPH_NO_MEMORY, got OK @0+1024
			main alloc A 0 manual -> GRAPH_INVALID_VALUE       | x:5: expected GRAPH_INVALID_VALUE, got GRAPH_INVALID_VALUE !SIZE_ZERO
			main free null -> GRAPH_INVALID_VALUE !DOUBLE_FREE | x:5: expected GRAPH_INVALID_VALUE !DOUBLE_FREE, got GRAPH_INVALID_VALUE
			main alloc A 64 manual timeout=9 -> waits          | x:5: expected waits, got OK
			main free B -> OK                                  | x:5: the call fails: java.lang.AssertionError: x:5: there is no block B
			events host FREE                                   | x:5: expected FREE, got -
			blocks host 0+64 digest=0x0                        | x:5: the scenario is wrong: the digest of these blocks is 0xc96e5d76a52cdc25
			blocks host 0+64 digest=0xc96e5d76a52cdc25         | x:5: expected 0+64, got -
			events device7 -                                   | x:5: there is no heap device7
			nobody free A -> OK                                | x:5: there is no actor or step nobody
			main nothing -> OK                                 | x:5: the call fails: java.lang.AssertionError: x:5: there is no call nothing
			got 7.1.0 r -> frame                               | x:5: expected frame, got nothing
			set host.capacity 2M                               | x:5: settings and graphs come before the first step
			t1 done -> OK                                      | x:5: no call of t1 waits
			""")
	void aStepThatIsNotHeldSaysWhere(String step, String message) {
		var text = new ArrayList<>(
				List.of("section 0", "behaviour x", "set host.capacity 1M", "main free null -> GRAPH_INVALID_VALUE", step));
		var thrown = assertThrows(AssertionError.class, () -> Run.of(Scenario.parse("x", text), traces));
		String got = String.valueOf(thrown.getMessage());
		assertEquals(message, got.substring(0, Math.min(message.length(), got.length())));
	}

	@ParameterizedTest
	@CsvSource({"'main free null -> OK'", "'section 1'", "''"})
	void aFileWithoutItsHeadIsRefused(String line) {
		var thrown = assertThrows(AssertionError.class, () -> Scenario.parse("x", List.of(line)));
		assertEquals("x:1: needs a section, one behaviour, and steps", thrown.getMessage());
	}

	@ParameterizedTest
	@CsvSource({"main alloc B 64 manual timeout=50000 -> waits"})
	void aCallThatWaitsAtTheEndIsAFailure(String step) {
		var text = List.of("section 0", "behaviour x", "set host.capacity 1M", "main alloc A 1048576 manual -> OK @0+1048576", step);
		var thrown = assertThrows(AssertionError.class, () -> Run.of(Scenario.parse("x", text), traces));
		assertEquals("x:5: this call still waits at the end of the scenario", thrown.getMessage());
	}
}
