
package org.heaplens.lint.jdt;

import static org.heaplens.lint.jdt.Snippets.check;

import org.junit.jupiter.api.Test;

class SendsTest {
	@Test
	void aSentAutoBlockIsTheFrameworks() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (b == null) {
						return;
					}
					HiaiStatus status = sendData(0, "frame", b);
					if (status != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void g(Graph graph, Object port, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (graph.sendData(port, "frame", b).equals(HiaiStatus.OK)) {
						return;
					}
					HiaiMemory.dFree(b);
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					boolean sent = HiaiStatus.OK == this.sendData(0, "frame", b, 500);
					if (!sent) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void aSentManualBlockIsTheCallers() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE); // finds leaked-manual-block
					sendData(0, "frame", b);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, MANUAL_FREE);
					sendData(0, "frame", b);
					HiaiMemory.dFree(b);
				}
				""");
	}

	@Test
	void aPathBeforeTheSendLeaks() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds leak-on-send-failure, unsent-auto-block
					if (n > 10) {
						return;
					}
					sendData(0, "frame", b);
				}
				""");
	}

	@Test
	void freeingAfterASuccessfulSendIsTooMuch() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds leak-on-send-failure
					if (sendData(0, "frame", b) == HiaiStatus.OK) {
						HiaiMemory.dFree(b); // finds double-free
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "frame", b);
					HiaiMemory.dFree(b); // finds double-free
				}
				""");
	}

	@Test
	void aMessageThatHoldsTheBlockSendsIt() {
		check("""
				record Frame(HiaiBuffer data, int width) {}
				static class Image {
					HiaiBuffer data;
					int width;
					Image() {}
					Image(HiaiBuffer data) {
						this.data = data;
					}
				}
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "frame", new Frame(b, n));
					if (status != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds leak-on-send-failure, unsent-auto-block
					Frame frame = new Frame(b, n);
					if (n > 3) {
						return;
					}
					sendData(0, "frame", frame);
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds leak-on-send-failure
					Image image = new Image();
					image.data = b;
					sendData(0, "frame", image);
				}
				void i(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n); // finds leak-on-send-failure, unsent-auto-block
					Image image = new Image(b);
					if (n > 4) {
						sendData(0, "frame", image);
					}
				}
				void j(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					Frame frame = new Frame(b, n);
					if (sendData(0, "frame", frame) != HiaiStatus.OK) {
						HiaiMemory.dFree(frame.data());
					}
				}
				""");
	}

	@Test
	void anUnknownMessageSendsWhatItWasGiven() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					Unknown message = new Unknown(b, 1);
					sendData(0, "frame", message);
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					sendData(0, "frame", Unknown.of(b));
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					Unknown message = new Unknown();
					message.setData(b);
					sendData(0, "frame", message);
				}
				""");
	}

	@Test
	void anUnknownFlagIsNotJudgedAfterASend() {
		check("""
				void f(int n, MemoryAttr flag) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, flag);
					sendData(0, "frame", b);
				}
				void g(int n, MemoryAttr flag) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, flag);
					sendData(0, "frame", b);
					HiaiMemory.dFree(b);
				}
				void h(int n, MemoryAttr flag) {
					HiaiBuffer b = HiaiMemory.dMalloc(n, 0, flag); // finds unsent-auto-block
				}
				""");
	}

	@Test
	void anExceptionBeforeTheSendIsCaught() {
		check("""
				void f(InputStream in, int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					try {
						in.read();
						HiaiStatus status = sendData(0, "frame", b);
						if (status != HiaiStatus.OK) {
							HiaiMemory.dFree(b);
						}
					} catch (IOException e) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void aStatusThatSomebodyElseJudgesIsNotFollowed() {
		check("""
				abstract boolean failed(HiaiStatus status);
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "frame", b);
					if (failed(status)) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n, HiaiStatus good) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "frame", b);
					if (status != good) {
						HiaiMemory.dFree(b);
					}
				}
				void h(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (sendData(0, "frame", b).ordinal() != 0) {
						HiaiMemory.dFree(b);
					}
				}
				void i(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = sendData(0, "frame", b);
					System.out.println("sent: " + status);
					System.out.println(status);
					HiaiMemory.dFree(b); // finds double-free
				}
				""");
	}

	@Test
	void anAttemptIsRepeatedUntilItSucceeds() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					HiaiStatus status = HiaiStatus.ERROR;
					for (int attempt = 0; attempt < 3 && status != HiaiStatus.OK; attempt++) {
						status = sendData(0, "frame", b);
					}
					if (status != HiaiStatus.OK) {
						HiaiMemory.dFree(b);
					}
				}
				void g(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					boolean sent = false;
					while (!sent && n-- > 0) {
						sent = sendData(0, "frame", b) == HiaiStatus.OK;
					}
					if (!sent) {
						HiaiMemory.dFree(b);
					}
				}
				""");
	}

	@Test
	void theEndOfTheProcessIsNoExit() {
		check("""
				void f(int n) {
					HiaiBuffer b = HiaiMemory.dMalloc(n);
					if (n > 3) {
						System.exit(1);
					}
					HiaiMemory.dFree(b);
				}
				""");
	}
}
