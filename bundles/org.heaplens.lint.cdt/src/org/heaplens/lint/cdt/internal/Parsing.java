// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.cdt.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.cdt.core.dom.ast.IASTTranslationUnit;
import org.eclipse.cdt.core.dom.ast.gnu.c.GCCLanguage;
import org.eclipse.cdt.core.dom.ast.gnu.cpp.GPPLanguage;
import org.eclipse.cdt.core.parser.ExtendedScannerInfo;
import org.eclipse.cdt.core.parser.FileContent;
import org.eclipse.cdt.core.parser.IncludeFileContentProvider;
import org.eclipse.cdt.core.parser.NullLogService;
import org.eclipse.core.runtime.CoreException;

/** Makes syntax trees of texts, in a plain JVM too. Stateless. */
public final class Parsing {
	/** Where headers are looked for that do not stand beside the file that names them; what is there, an {@link Headers} says. */
	static final String ANYWHERE = "/heaplens-headers";
	/** What is declared before every file. */
	static final String PRELUDE = ANYWHERE + "/heaplens-prelude.h";
	static final String PRELUDE_TEXT = prelude();
	/** The macros of the API that declare functions, or stand where no expression may. */
	private static final Map<String, String> API = Map.of(
			"HIAI_IMPL_ENGINE_PROCESS(name, type, ports)",
			"HIAI_StatusT type::Process(const std::shared_ptr<void>& arg0, const std::shared_ptr<void>& arg1, "
					+ "const std::shared_ptr<void>& arg2, const std::shared_ptr<void>& arg3, const std::shared_ptr<void>& arg4)",
			"HIAI_DEFINE_PROCESS(inputs, outputs)", "HIAI_StatusT Process();", "HIAI_ENGINE_LOG(...)", "((void)0)",
			"HIAI_REGISTER_SERIALIZE_FUNC(...)", "", "HIAI_REGISTER_DATA_TYPE(...)", "",
			"HIAI_REGISTER_TEMPLATE_DATA_TYPE(...)", "");

	private Parsing() {}

	private static String prelude() {
		try (InputStream in = Parsing.class.getResourceAsStream("prelude.h")) {
			if (in == null) {
				throw new IllegalStateException("the prelude is missing");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * The tree of a text; what is not C or C++ is left out.
	 *
	 * @param file     with its folders
	 * @param cpp      whether it is C++
	 * @param macros   by their name, what users define
	 * @param included the text of headers
	 */
	public static IASTTranslationUnit parse(String file, String text, boolean cpp, Map<String, String> macros,
			IncludeFileContentProvider included) throws CoreException {
		var defined = new TreeMap<String, String>(API);
		if (cpp) {
			defined.put("__cplusplus", "201703L"); // nobody else says so where no compiler was asked
		}
		defined.putAll(macros);
		var scanner = new ExtendedScannerInfo(defined, new String[]{ANYWHERE}, null, new String[]{PRELUDE});
		FileContent content = FileContent.create(file, text.toCharArray());
		return cpp
				? GPPLanguage.getDefault().getASTTranslationUnit(content, scanner, included, null, 0, new NullLogService())
				: GCCLanguage.getDefault().getASTTranslationUnit(content, scanner, included, null, 0, new NullLogService());
	}
}
