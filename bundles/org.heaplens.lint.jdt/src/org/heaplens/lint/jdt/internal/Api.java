// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.heaplens.lint.api.ApiModel;

/** What is known of the calls in one compilation unit: what models say, and what names tell where they say nothing. */
final class Api {
	/** Calls that a container or something like it uses to keep its argument. */
	private static final Set<String> KEEPING = Set.of("add", "addAll", "addFirst", "addLast", "put", "putIfAbsent",
			"putAll", "offer", "offerFirst", "offerLast", "push", "set", "enqueue", "keep", "store", "complete",
			"getAndSet", "compareAndSet", "setPlain", "lazySet");
	private static final Set<String> FACTORIES = Set.of("List", "Set", "Map", "Optional", "Arrays", "Stream",
			"Collections", "CompletableFuture", "Entry");
	/** As in {@code IOUtils.closeQuietly(block)}. */
	private static final Pattern GIVING_BACK = Pattern
			.compile("(?i).*(close|free|release|dispose|recycle|destroy|cleanup|reclaim).*");
	private static final Set<String> BORROWERS = Set.of("java.io.PrintStream", "java.lang.String", "java.util.Objects",
			"java.lang.StringBuilder", "java.lang.System", "java.util.logging.Logger");
	private static final Set<String> LOGS = Set.of("out", "err", "log", "logger", "LOG", "LOGGER");

	private final Models models;

	Api(CompilationUnit unit, ApiModel model) {
		this.models = new Models(unit, model);
	}

	Models models() {
		return models;
	}

	/** Whether the callee keeps its arguments for later, as the collections of the platform do. */
	static boolean keeps(MethodInvocation call) {
		IMethodBinding method = method(call);
		if (method != null && !method.getDeclaringClass().isRecovered()) {
			String type = method.getDeclaringClass().getErasure().getQualifiedName();
			boolean platform = type.startsWith("java.");
			return platform ? !BORROWERS.contains(type) : KEEPING.contains(method.getName());
		}
		return KEEPING.contains(call.getName().getIdentifier())
				|| call.getExpression() instanceof Name owner && FACTORIES.contains(last(owner));
	}

	/** Whether a method of which nothing is known but its name gives back what it is given, or is called on. */
	static boolean givesBack(MethodInvocation call) {
		return GIVING_BACK.matcher(call.getName().getIdentifier()).matches();
	}

	/** Whether the call only writes its arguments down for people. */
	boolean prints(MethodInvocation call) {
		return call.getExpression() instanceof Name name && LOGS.contains(last(name));
	}

	/** The binding of a call's method; null where it is not known. */
	static @Nullable IMethodBinding method(MethodInvocation call) {
		IMethodBinding method = call.resolveMethodBinding();
		return method == null || method.isRecovered() ? null : method;
	}

	/** Whether a value of that type may be a block or hold one; what is not known may. */
	static boolean mayHold(@Nullable ITypeBinding type, String name) {
		if (type != null && !type.isRecovered()) {
			return !type.isPrimitive() && !type.isEnum() && !type.getErasure().getQualifiedName().startsWith("java.");
		}
		return !name.isEmpty() && Character.isUpperCase(name.charAt(0))
				&& !Set.of("String", "Integer", "Long", "Boolean", "HiaiStatus", "ByteBuffer").contains(name);
	}

	static String last(Name name) {
		return name instanceof QualifiedName qualified
				? qualified.getName().getIdentifier()
				: ((SimpleName) name).getIdentifier();
	}

	/** Whether the call goes to this object or to a class by its name. */
	static boolean unqualified(MethodInvocation call) {
		return call.getExpression() == null || call.getExpression() instanceof ThisExpression;
	}
}
