// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.heaplens.cli.analysis.Rule.Verdict;

/** Verdicts as the XML that build servers read: a suite for each recording, a case for each rule. */
final class JUnitReport {
	private JUnitReport() {}

	static void write(Path report, Map<Path, List<Verdict>> verdicts) {
		try (OutputStream stream = Files.newOutputStream(report)) {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(stream, "UTF-8");
			xml.writeStartDocument("UTF-8", "1.0");
			xml.writeStartElement("testsuites");
			for (Map.Entry<Path, List<Verdict>> recording : verdicts.entrySet()) {
				suite(xml, recording.getKey(), recording.getValue());
			}
			xml.writeEndElement();
			xml.writeEndDocument();
			xml.close();
		} catch (IOException e) {
			throw new CannotRun("cannot write " + report + ": " + Reasons.of(e), e);
		} catch (XMLStreamException e) {
			throw new CannotRun("cannot write " + report + ": " + e.getMessage(), e);
		}
	}

	private static void suite(XMLStreamWriter xml, Path file, List<Verdict> verdicts) throws XMLStreamException {
		xml.writeStartElement("testsuite");
		xml.writeAttribute("name", file.toString());
		xml.writeAttribute("tests", String.valueOf(verdicts.size()));
		xml.writeAttribute("failures", String.valueOf(verdicts.stream().filter(verdict -> !verdict.holds()).count()));
		xml.writeAttribute("errors", "0");
		for (Verdict verdict : verdicts) {
			xml.writeStartElement("testcase");
			xml.writeAttribute("classname", "heaplens.check");
			xml.writeAttribute("name", verdict.rule());
			if (!verdict.holds()) {
				xml.writeStartElement("failure");
				xml.writeAttribute("message", verdict.rule() + ": " + verdict.figures());
				xml.writeEndElement();
			}
			xml.writeEndElement();
		}
		xml.writeEndElement();
	}
}
