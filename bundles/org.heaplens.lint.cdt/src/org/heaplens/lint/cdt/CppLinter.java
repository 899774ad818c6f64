// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.heaplens.lint.LintMonitor;
import org.heaplens.lint.LintProblem;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.SourceText;
import org.heaplens.lint.SourceTree;
import org.heaplens.lint.api.ApiModel;
import org.heaplens.lint.api.ApiModels;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.api.Language;
import org.heaplens.lint.cdt.internal.Analysis;
import org.heaplens.lint.cdt.internal.Headers;

/** Finds misused blocks in sources in C and C++. Needs no headers, and nobody has to say how they are compiled. Immutable. */
public final class CppLinter {
	private static final Set<String> ENDINGS = Set.of("c", "h", "cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "inl");
	/** Files with more chars are generated or data. */
	private static final int MOST_CHARS = 4_000_000;
	/** Wrappers of wrappers of wrappers: from here on it is too far from any block. */
	private static final int MOST_ROUNDS = 4;
	private final ApiModel model;
	private final Set<String> words = new HashSet<>();

	/** Knows the HiAI API. */
	public CppLinter() {
		this(ApiModels.builtIn());
	}

	/** @param model all that is known of functions without source, the HiAI API among them */
	public CppLinter(ApiModel model) {
		this.model = model;
		model.functions().stream()
				.filter(function -> function.obliges()
						&& (function.languages().contains(Language.CPP) || function.languages().contains(Language.C)))
				.map(FunctionModel::name).forEach(words::add);
	}

	/** Whether a file is one in C or C++, by its name. */
	public static boolean isSource(Path file) {
		String name = file.toString();
		return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
	}

	/**
	 * Parses and analyses files, all of them together: what one of them declares is known in the others.
	 *
	 * @param files in the order in which they are reported
	 * @param jobs  most threads to use, at least 1; the result does not depend on it
	 * @return findings name their file by its path as given, with slashes
	 */
	public LintResult lint(List<Path> files, int jobs, LintMonitor monitor) {
		var problems = new ArrayList<LintProblem>();
		var texts = new ArrayList<Analysis.File>();
		var headers = new Headers.Library();
		for (Path path : files) {
			if (monitor.cancelled()) {
				break;
			}
			try {
				String text = decode(Files.readAllBytes(path));
				if (text.length() > MOST_CHARS) {
					problems.add(new LintProblem(SourceTree.name(path), 0, "Is too large: " + text.length() + " characters"));
					continue;
				}
				texts.add(new Analysis.File(path, new SourceText(SourceTree.name(path), text), !path.toString().endsWith(".c")));
				headers.add(path, text);
			} catch (IOException e) {
				problems.add(SourceTree.unreadable(path, e));
			}
			monitor.at(texts.size() + problems.size(), files.size());
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
			Analysis analysis = analyse(texts, headers, threads, monitor);
			problems.addAll(analysis.problems());
			return new LintResult(analysis.findings(), problems, texts.size(), analysis.ignored());
		}
	}

	/** Files that name a function of the API, then those that name a function which makes blocks for its callers. */
	private Analysis analyse(List<Analysis.File> texts, Headers.Library headers, ExecutorService threads, LintMonitor monitor) {
		Set<String> known = new HashSet<>(words);
		List<Analysis.File> relevant = naming(texts, known);
		Analysis analysis = Analysis.of(relevant, headers, Map.of(), model, threads, monitor);
		for (int round = 1; round < MOST_ROUNDS && known.addAll(analysis.makers()); round++) {
			List<Analysis.File> more = naming(texts, known);
			if (more.size() == relevant.size()) {
				break;
			}
			relevant = more;
			analysis = Analysis.of(relevant, headers, Map.of(), model, threads, monitor);
		}
		return analysis;
	}

	private static List<Analysis.File> naming(List<Analysis.File> texts, Set<String> words) {
		return texts.stream().filter(file -> names(file.source().text(), words)).toList();
	}

	private static boolean names(String text, Set<String> words) {
		int start = -1;
		for (int index = 0; index <= text.length(); index++) {
			boolean part = index < text.length() && Character.isJavaIdentifierPart(text.charAt(index));
			if (part && start < 0) {
				start = index;
			} else if (!part && start >= 0) {
				if (words.contains(text.substring(start, index))) {
					return true;
				}
				start = -1;
			}
		}
		return false;
	}

	/** Sources have no word on their encoding: what is no UTF-8 is taken for Chinese, and what is neither for Latin. */
	private static String decode(byte[] bytes) {
		for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"))) {
			try {
				return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			} catch (CharacterCodingException e) {
				continue;
			}
		}
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}
}
