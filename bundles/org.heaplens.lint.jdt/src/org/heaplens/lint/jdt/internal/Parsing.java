// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.CompilationUnit;

/** Makes syntax trees of texts, in a plain JVM too. Stateless. */
public final class Parsing {
	private Parsing() {}

	/** The tree of a text, without bindings. */
	public static CompilationUnit parse(String source) {
		return (CompilationUnit) parser(source).createAST(null);
	}

	/**
	 * The tree of a text, with the bindings that the class path and the running JVM give.
	 *
	 * @param file        the name of the file, without its folders
	 * @param classPath   folders and jars that exist
	 * @param sourceRoots folders of other sources, that exist
	 */
	public static CompilationUnit parse(String source, String file, String[] classPath, String[] sourceRoots) {
		ASTParser parser = parser(source);
		String[] encodings = Stream.of(sourceRoots).map(root -> "UTF-8").toArray(String[]::new);
		parser.setEnvironment(classPath, sourceRoots, encodings, true);
		parser.setUnitName(file);
		parser.setResolveBindings(true);
		parser.setBindingsRecovery(true);
		return (CompilationUnit) parser.createAST(null);
	}

	private static ASTParser parser(String source) {
		ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
		Map<String, String> options = JavaCore.getDefaultOptions();
		JavaCore.setComplianceOptions(JavaCore.latestSupportedJavaVersion(), options);
		parser.setCompilerOptions(options);
		parser.setKind(ASTParser.K_COMPILATION_UNIT);
		parser.setStatementsRecovery(true);
		parser.setSource(source.toCharArray());
		return parser;
	}
}
