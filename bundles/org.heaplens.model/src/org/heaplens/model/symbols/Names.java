// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.model.symbols;

/** Names of functions, as short as people say them. */
final class Names {
	private static final String OPERATOR = "operator";

	private Names() {}

	/** Without its parameters, and what stands behind them: {@code demo::load(int) const} is {@code demo::load}. */
	static String withoutParameters(String name) {
		int end = name.lastIndexOf(')');
		int depth = 0;
		for (int at = end; at >= 0; at--) {
			char letter = name.charAt(at);
			depth += letter == ')' ? 1 : letter == '(' ? -1 : 0;
			if (depth == 0 && letter == '(') {
				// operator() has these brackets in its name, and (anonymous namespace) is one.
				boolean isName = at == 0 || name.startsWith(OPERATOR, Math.max(0, at - OPERATOR.length())) || name.startsWith("::", end + 1)
						|| name.substring(0, at).endsWith("::");
				return isName ? name : name.substring(0, at);
			}
		}
		return name;
	}

	/**
	 * A name as the linker has it, for people, as far as that is simple: namespaces and names, no more. Only for where the system's tools
	 * are missing, which know all of it.
	 */
	static String readable(String linkers) {
		if (!linkers.startsWith("_Z")) {
			return linkers;
		}
		boolean nested = linkers.startsWith("_ZN");
		int at = nested ? 3 : 2;
		while (nested && at < linkers.length() && "KVrRO".indexOf(linkers.charAt(at)) >= 0) {
			at++;
		}
		var result = new StringBuilder();
		while (at < linkers.length() && Character.isDigit(linkers.charAt(at))) {
			int length = 0;
			while (at < linkers.length() && Character.isDigit(linkers.charAt(at)) && length <= linkers.length()) {
				length = length * 10 + linkers.charAt(at++) - '0';
			}
			if (length > linkers.length() - at) {
				return linkers;
			}
			String part = linkers.substring(at, at + length);
			result.append(result.isEmpty() ? "" : "::").append(part.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : part);
			at += length;
			if (!nested) {
				break;
			}
		}
		boolean complete = !result.isEmpty() && (!nested || at < linkers.length() && linkers.charAt(at) == 'E')
				&& (nested || at >= linkers.length() || linkers.charAt(at) != 'I');
		return complete ? result.toString() : linkers;
	}
}
