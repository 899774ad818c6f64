// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML that build servers read as results of tests. Stateless. */
public final class JUnitXml {
	/** How a case came out. */
	public enum Outcome {
		PASSED, FAILED, SKIPPED,
		/** It could not be judged. */
		BROKEN
	}

	/**
	 * One thing that was judged.
	 *
	 * @param message why it did not pass, in one line
	 * @param details more of that; may be empty
	 */
	public record Case(String group, String name, Outcome outcome, String message, String details) {}

	/** Cases that belong together. */
	public record Suite(String name, List<Case> cases) {
		public Suite {
			cases = List.copyOf(cases);
		}

		long count(Outcome outcome) {
			return cases.stream().filter(each -> each.outcome() == outcome).count();
		}
	}

	private JUnitXml() {}

	/** Writes a whole document; does not close the stream. */
	public static void write(List<Suite> suites, OutputStream stream) throws IOException {
		try {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(stream, "UTF-8");
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeStartElement("testsuites");
			for (Suite suite : suites) {
				suite(xml, suite);
			}
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
			stream.flush();
		} catch (XMLStreamException e) {
			if (e.getNestedException() instanceof IOException failure) {
				throw failure;
			}
			throw new IOException(e.getMessage(), e);
		}
	}

	private static void suite(XMLStreamWriter xml, Suite suite) throws XMLStreamException {
		xml.writeStartElement("testsuite");
		xml.writeAttribute("name", legal(suite.name()));
		xml.writeAttribute("tests", String.valueOf(suite.cases().size()));
		xml.writeAttribute("failures", String.valueOf(suite.count(Outcome.FAILED)));
		xml.writeAttribute("errors", String.valueOf(suite.count(Outcome.BROKEN)));
		if (suite.count(Outcome.SKIPPED) > 0) {
			xml.writeAttribute("skipped", String.valueOf(suite.count(Outcome.SKIPPED)));
		}
		for (Case each : suite.cases()) {
			xml.writeStartElement("testcase");
			xml.writeAttribute("classname", legal(each.group()));
			xml.writeAttribute("name", legal(each.name()));
			switch (each.outcome()) {
				case PASSED -> {
				}
				case FAILED -> reason(xml, "failure", each);
				case SKIPPED -> reason(xml, "skipped", each);
				case BROKEN -> reason(xml, "error", each);
			}
			xml.writeEndElement();
		}
		xml.writeEndElement();
	}

	private static void reason(XMLStreamWriter xml, String element, Case each) throws XMLStreamException {
		xml.writeStartElement(element);
		xml.writeAttribute("message", legal(each.message()));
		if (!each.details().isEmpty()) {
			xml.writeCharacters(legal(each.details()));
		}
		xml.writeEndElement();
	}

	/** XML cannot hold some characters, not even escaped. */
	private static String legal(String text) {
		return text.replaceAll("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\\x{10000}-\\x{10ffff}]", "\ufffd");
	}
}
