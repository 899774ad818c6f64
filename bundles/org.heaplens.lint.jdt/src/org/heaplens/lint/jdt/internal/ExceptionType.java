// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.Type;

/**
 * A type of exceptions. Immutable.
 *
 * @param chain    simple names of the type and its superclasses, as far as known
 * @param complete whether the chain reaches {@code Throwable}
 */
record ExceptionType(List<String> chain, boolean complete) {
	/** Whether a clause catches what is thrown. */
	enum Match {
		YES, PERHAPS, NO
	}

	/** What any call may throw without saying so. */
	static final ExceptionType UNCHECKED = new ExceptionType(List.of("RuntimeException", "Exception", "Throwable"),
			true);
	/** What a call may throw of which nothing is known. */
	static final ExceptionType ANY = new ExceptionType(List.of("Exception", "Throwable"), true);
	private static final List<String> PACKAGES = List.of("java.lang.", "java.io.", "java.util.", "java.nio.file.",
			"java.util.concurrent.", "java.nio.");

	String name() {
		return chain.get(0);
	}

	boolean checked() {
		return complete && !chain.contains("RuntimeException") && !chain.contains("Error");
	}

	static ExceptionType of(Type type) {
		return of(type.resolveBinding(), simpleName(type.toString()));
	}

	static ExceptionType of(@Nullable ITypeBinding binding, String name) {
		if (binding == null || binding.isRecovered() || binding.isNullType()) {
			return known(name);
		}
		var chain = new ArrayList<String>();
		for (ITypeBinding type = binding; type != null; type = type.getSuperclass()) {
			chain.add(type.getErasure().getName());
		}
		int throwable = chain.indexOf("Throwable");
		return throwable < 0
				? new ExceptionType(List.of(chain.get(0)), false)
				: new ExceptionType(List.copyOf(chain.subList(0, throwable + 1)), true);
	}

	/** Without bindings the platform's own exceptions are known by name. */
	private static ExceptionType known(String name) {
		for (String prefix : PACKAGES) {
			try {
				Class<?> type = Class.forName(prefix + name, false, ClassLoader.getPlatformClassLoader());
				if (Throwable.class.isAssignableFrom(type)) {
					return of(type);
				}
			} catch (ClassNotFoundException | LinkageError e) {
				continue;
			}
		}
		return new ExceptionType(List.of(name), false);
	}

	private static ExceptionType of(Class<?> exception) {
		var chain = new ArrayList<String>();
		for (Class<?> type = exception; type != Object.class; type = type.getSuperclass()) {
			chain.add(type.getSimpleName());
		}
		return new ExceptionType(List.copyOf(chain), true);
	}

	private static String simpleName(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

	/** Whether a clause for this type catches exceptions of another one. */
	Match catches(ExceptionType thrown) {
		if (thrown.chain.contains(name()) || !thrown.complete && List.of("Exception", "Throwable").contains(name())) {
			return Match.YES;
		}
		boolean narrower = chain.contains(thrown.name());
		boolean error = thrown.equals(UNCHECKED) || thrown.equals(ANY) ? chain.contains("Error") : false;
		return narrower || error || !complete || !thrown.complete ? Match.PERHAPS : Match.NO;
	}
}
