// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.classpath;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a small XML file, with what is in it. */
final class XmlElement {
	private final String name;
	private final Map<String, String> attributes = new HashMap<>();
	private final List<XmlElement> children = new ArrayList<>();
	private final StringBuilder text = new StringBuilder();

	private XmlElement(String name) {
		this.name = name;
	}

	/** The outermost element; neither document types nor what they refer to is read. */
	static XmlElement read(Path file) throws IOException {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try (InputStream stream = Files.newInputStream(file)) {
			return read(factory.createXMLStreamReader(stream));
		} catch (XMLStreamException e) {
			int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
			throw new IOException("is not well-formed in line " + line, e);
		}
	}

	private static XmlElement read(XMLStreamReader xml) throws XMLStreamException {
		Deque<XmlElement> open = new ArrayDeque<>();
		var document = new XmlElement("");
		open.push(document);
		while (xml.hasNext()) {
			switch (xml.next()) {
				case XMLStreamConstants.START_ELEMENT -> {
					var element = new XmlElement(xml.getLocalName());
					for (int index = 0; index < xml.getAttributeCount(); index++) {
						element.attributes.put(xml.getAttributeLocalName(index), xml.getAttributeValue(index));
					}
					open.element().children.add(element);
					open.push(element);
				}
				case XMLStreamConstants.END_ELEMENT -> open.pop();
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> open.element().text.append(xml.getText());
				default -> {
					// Comments and the like.
				}
			}
		}
		return document.children.get(0);
	}

	String name() {
		return name;
	}

	/** Empty if there is none. */
	String attribute(String attribute) {
		return attributes.getOrDefault(attribute, "");
	}

	/** Without white space around it. */
	String text() {
		return text.toString().strip();
	}

	List<XmlElement> children() {
		return children;
	}

	List<XmlElement> children(String wanted) {
		return children.stream().filter(child -> child.name.equals(wanted)).toList();
	}

	/** The first element at the end of a path of names. */
	Optional<XmlElement> at(String... path) {
		Optional<XmlElement> element = Optional.of(this);
		for (String step : path) {
			element = element.flatMap(each -> each.children(step).stream().findFirst());
		}
		return element;
	}

	/** The text of the element at the end of a path of names; empty if there is none. */
	String textAt(String... path) {
		return at(path).map(XmlElement::text).orElse("");
	}
}
