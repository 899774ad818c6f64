// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.eclipse.core.runtime.NullProgressMonitor;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FileASTRequestor;

/** Makes syntax trees of texts, in a plain JVM too. Stateless. */
public final class Parsing {
	private Parsing() {}

	/** The tree of an expression. */
	static Expression expression(String source) {
		ASTParser parser = parser(source);
		parser.setKind(ASTParser.K_EXPRESSION);
		return (Expression) parser.createAST(null);
	}

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
		parser.setEnvironment(classPath, sourceRoots, encodings(sourceRoots), true);
		parser.setUnitName(file);
		parser.setResolveBindings(true);
		parser.setBindingsRecovery(true);
		return (CompilationUnit) parser.createAST(null);
	}

	/**
	 * The trees of files, with the bindings that the class path, the running JVM and the other files give. To resolve many
	 * files together is many times as fast as one by one: they share one look at the platform.
	 *
	 * @param files       that exist; no two of them declare the same type
	 * @param classPath   folders and jars that exist
	 * @param sourceRoots folders of other sources, that exist
	 * @param cancelled   true ends it
	 * @param accept      gets each file with its tree as it is on the disk; files that cannot be read, or that are reached
	 *                    too late, are left out
	 */
	public static void parse(List<Path> files, String[] classPath, String[] sourceRoots, BooleanSupplier cancelled,
			BiConsumer<Path, CompilationUnit> accept) {
		Map<String, Path> byName = new LinkedHashMap<>();
		files.forEach(file -> byName.put(file.toAbsolutePath().toString(), file));
		ASTParser parser = parser();
		parser.setEnvironment(classPath, sourceRoots, encodings(sourceRoots), true);
		parser.setResolveBindings(true);
		parser.setBindingsRecovery(true);
		String[] names = byName.keySet().toArray(String[]::new);
		var monitor = new NullProgressMonitor() {
			@Override
			public boolean isCanceled() {
				return cancelled.getAsBoolean();
			}
		};
		try {
			parser.createASTs(names, encodings(names), new String[0], new FileASTRequestor() {
				@Override
				public void acceptAST(@Nullable String name, @Nullable CompilationUnit unit) {
					Path file = byName.get(name);
					if (file != null && unit != null) {
						accept.accept(file, unit);
					}
				}
			}, monitor);
		} catch (OperationCanceledException e) {
			return; // what was accepted so far is all there is
		}
	}

	private static String[] encodings(String[] of) {
		return Stream.of(of).map(each -> "UTF-8").toArray(String[]::new);
	}

	private static ASTParser parser(String source) {
		ASTParser parser = parser();
		parser.setSource(source.toCharArray());
		return parser;
	}

	private static ASTParser parser() {
		ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
		Map<String, String> options = JavaCore.getDefaultOptions();
		JavaCore.setComplianceOptions(JavaCore.latestSupportedJavaVersion(), options);
		parser.setCompilerOptions(options);
		parser.setKind(ASTParser.K_COMPILATION_UNIT);
		parser.setStatementsRecovery(true);
		return parser;
	}
}
