
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;

import org.heaplens.lint.Finding;
import org.junit.jupiter.api.Test;

class FindingsTest {
	private static final String SOURCE = """
			import org.heaplens.runtime.*;
			class A extends Engine {
				int f(int n) {
					HiaiBuffer buffer = HiaiMemory.dMalloc(n, 1000, MemoryAttr.MANUAL_FREE);
					if (buffer == null) {
						return -1;
					}
					if (sendData(0, "frame", buffer) != HiaiStatus.OK) {
						return -2;
					}
					HiaiMemory.dFree(buffer);
					return 0;
				}
			}
			""";

	@Test
	void thePathTellsAStory() {
		Finding finding = Snippets.unbound(SOURCE).get(0);
		assertEquals("leaked-manual-block", finding.rule());
		assertEquals(4, finding.line());
		assertEquals(List.of("4: allocated here", "8: this branch is taken when sendData(…) fails",
				"9: returns here without freeing 'buffer'"),
				finding.path().stream().map(step -> step.location().line() + ": " + step.text()).toList());
		assertEquals("MANUAL_FREE block 'buffer' is never freed on a path that returns: free it before", finding.message());
	}

	@Test
	void aSecondFreeStandsWhereItHappens() {
		Finding finding = Snippets.unbound("""
				import org.heaplens.runtime.*;
				class A {
					void f(HiaiBuffer b) {
						HiaiMemory.dFree(b);
						HiaiMemory.dFree(b);
					}
				}
				""").get(0);
		assertEquals(5, finding.line());
		assertEquals(3, finding.location().column());
		assertEquals(List.of("freed here", "freed again here"),
				finding.path().stream().map(step -> step.text()).toList());
	}

	@Test
	void aFingerprintSurvivesUnrelatedLines() {
		String moved = SOURCE.replace("class A", "// a comment\n\nclass A").replace("\tint f",
				"\tvoid other() {\n\t}\n\n\tint f").replace("if (buffer == null) {", "if (buffer == null)    {\n");
		assertEquals(Snippets.unbound(SOURCE).get(0).fingerprint(), Snippets.unbound(moved).get(0).fingerprint());
	}

	@Test
	void aFingerprintTellsFunctionsAndBlocksApart() {
		String twice = SOURCE.replace("\tint f(int n) {", """
				int f(long n) {
					HiaiBuffer buffer = HiaiMemory.dMalloc(n, 1000, MemoryAttr.MANUAL_FREE);
					if (n == 300_000) {
						buffer = HiaiMemory.dMalloc(n, 1000, MemoryAttr.MANUAL_FREE);
					}
					return 0;
				}
				int f(int n) {""");
		List<Finding> findings = Snippets.unbound(twice);
		assertEquals(3, findings.size());
		assertEquals(3, findings.stream().map(Finding::fingerprint).distinct().count());
		assertNotEquals(findings.get(0).location(), findings.get(1).location());
	}

	@Test
	void theSameInputGivesTheSameOutput() {
		for (int run = 0; run < 20; run++) {
			assertEquals(Snippets.unbound(SOURCE), Snippets.unbound(SOURCE));
		}
	}

	@Test
	void bindingsChangeNothingWhereTheyAreNotNeeded() {
		assertEquals(Snippets.unbound(SOURCE), Snippets.bound(SOURCE));
	}

	@Test
	void commentsSuppress() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // heaplens:ignore unsent-auto-block because it is a test
					// heaplens:ignore unsent-auto-block because it is a test
					HiaiBuffer c = HiaiMemory.dMalloc(n);
					// heaplens:ignore double-free, unsent-auto-block because it is a test // finds unused-ignore
					// of several lines
					HiaiBuffer d = HiaiMemory.dMalloc(n);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); /* heaplens:ignore leaked-manual-block for another rule */ // finds unsent-auto-block, unused-ignore
					// heaplens:ignore unsent-auto-block because it is for the next line // finds unused-ignore

					HiaiBuffer c = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					String s = "// heaplens:ignore unsent-auto-block"; HiaiBuffer d = HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				""");
	}

	@Test
	void annotationsSuppress() {
		check("""
				@SuppressWarnings("heaplens:unsent-auto-block")
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
				}
				@SuppressWarnings({ "unused", "heaplens:double-free" }) // finds unused-ignore
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds unsent-auto-block
					HiaiMemory.dFree(HiaiMemory.dMalloc(n));
				}
				void h(int n) {
					@SuppressWarnings("heaplens:unsent-auto-block")
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiBuffer c = HiaiMemory.dMalloc(n); // finds unsent-auto-block
				}
				@SuppressWarnings("heaplens:leaked-manual-block")
				static class Inner {
					void f(int n) {
						HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					}
				}
				""");
	}

	@Test
	void anIgnoreThatMatchesNothingIsReported() {
		check("""
				// heaplens:ignore leaked-manual-block // finds unused-ignore
				void f() {} /* heaplens:ignore lost-blok because of a slip */ // finds unused-ignore
				/** Says heaplens:ignore double-free, but asks for nothing. */
				void g() {} // so does this: heaplens:ignore double-free
				void h() {} // heaplens:ignore double-free, unused-ignore because other builds need it
				@SuppressWarnings({"heaplens:double-free", "heaplens:unused-ignore"})
				void i() {}
				""");
	}

	@Test
	void anUnknownRuleIsTold() {
		String source = "class A { void f() {} /* heaplens:ignore leaked-manual-blok */ }";
		assertEquals("There is no rule 'leaked-manual-blok' that could be ignored; did you mean 'leaked-manual-block'?",
				Snippets.unbound(source).get(0).message());
	}

	@Test
	void whatIsNotFollowedMayHoldWhatIsIgnored() {
		assertEquals(List.of(), Snippets.unbound("class A { void f() { int = ; } // heaplens:ignore double-free\n }"));
	}

	@Test
	void theFixRemovesAnIgnoreThatMatchesNothing() {
		for (String end : List.of("\n", "\r\n")) {
			String kept = "class A {" + end + "\tvoid f() {}" + end + "}" + end;
			for (String source : List.of(kept.replace("f() {}", "f() {} // heaplens:ignore double-free because of it"),
					kept.replace("\tvoid", "\t/* heaplens:ignore double-free */" + end + "\tvoid"),
					kept + "// heaplens:ignore double-free")) {
				Finding finding = Snippets.unbound(source).get(0);
				assertEquals(kept, finding.fixes().get(0).applyTo(source));
			}
		}
		assertEquals("class A { void f() {} }".replace("f()", " f()"), fixed("class A { void /* heaplens:ignore double-free */ f() {} }"));
	}

	private static String fixed(String source) {
		return Snippets.unbound(source).get(0).fixes().get(0).applyTo(source);
	}
}
