// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.ImportDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.heaplens.lint.flow.Flag;

/** Recognises the calls of the HiAI API in one compilation unit, by binding or, without, by name. */
final class Api {
	/** What a call does. */
	enum Call {
		ALLOCATE, ALLOCATE_DVPP, FREE, FREE_DVPP, IS_BLOCK, SEND, OTHER
	}

	private static final String PACKAGE = "org.heaplens.runtime.";
	private static final String MEMORY = "HiaiMemory";
	static final String BUFFER = "HiaiBuffer";
	/** Of {@code sendData}: behind the port and the name of the message. */
	static final int MESSAGE_ARGUMENT = 2;
	private static final int FLAG_ARGUMENT = 2;
	/** Calls that a container or something like it uses to keep its argument. */
	private static final Set<String> KEEPING = Set.of("add", "addAll", "addFirst", "addLast", "put", "putIfAbsent",
			"putAll", "offer", "offerFirst", "offerLast", "push", "set", "enqueue", "keep", "store", "complete",
			"getAndSet", "compareAndSet", "setPlain", "lazySet");
	private static final Set<String> FACTORIES = Set.of("List", "Set", "Map", "Optional", "Arrays", "Stream",
			"Collections", "CompletableFuture", "Entry");
	private static final Set<String> OF_BUFFERS = Set.of("bytes", "address", "size", "close", "hashCode", "toString", "equals");
	/** As in {@code IOUtils.closeQuietly(block)}. */
	private static final Pattern GIVING_BACK = Pattern
			.compile("(?i).*(close|free|release|dispose|recycle|destroy|cleanup|reclaim).*");
	private static final Set<String> BORROWERS = Set.of("java.io.PrintStream", "java.lang.String", "java.util.Objects",
			"java.lang.StringBuilder", "java.lang.System", "java.util.logging.Logger");
	private static final Set<String> LOGS = Set.of("out", "err", "log", "logger", "LOG", "LOGGER");

	private final CompilationUnit unit;

	Api(CompilationUnit unit) {
		this.unit = unit;
	}

	Call classify(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		Call kind = switch (name) {
			case "dMalloc" -> Call.ALLOCATE;
			case "dvppDMalloc" -> Call.ALLOCATE_DVPP;
			case "dFree" -> Call.FREE;
			case "dvppDFree" -> Call.FREE_DVPP;
			case "isDMalloc" -> Call.IS_BLOCK;
			case "sendData" -> Call.SEND;
			default -> Call.OTHER;
		};
		if (kind == Call.SEND) {
			return call.arguments().size() > MESSAGE_ARGUMENT && sends(call) ? kind : Call.OTHER;
		}
		return kind != Call.OTHER && call.arguments().size() >= 1 && ofMemory(call) ? kind : Call.OTHER;
	}

	/** Somebody else's method of that name sends as well, as far as anybody can tell, unless its class is known. */
	private static boolean sends(MethodInvocation call) {
		IMethodBinding method = method(call);
		if (method == null) {
			return true;
		}
		for (ITypeBinding type = method.getDeclaringClass(); type != null; type = type.getSuperclass()) {
			if (type.isRecovered() || type.getErasure().getQualifiedName().startsWith(PACKAGE)) {
				return true;
			}
		}
		return false;
	}

	private boolean ofMemory(MethodInvocation call) {
		IMethodBinding method = method(call);
		if (method != null && !method.getDeclaringClass().isRecovered()) {
			return method.getDeclaringClass().getErasure().getName().equals(MEMORY); // of another package: a facade of the same shape
		}
		Expression owner = call.getExpression();
		return owner instanceof Name name
				? last(name).equals(MEMORY)
				: owner == null && staticallyImported(MEMORY, call.getName().getIdentifier());
	}

	/** Whether a method of {@code java.util.Objects} may be called without naming the class. */
	boolean objectsImported(String name) {
		return staticallyImported("Objects", name);
	}

	private boolean staticallyImported(String type, String name) {
		for (Object each : unit.imports()) {
			var declaration = (ImportDeclaration) each;
			if (declaration.isStatic()) {
				String imported = declaration.getName().getFullyQualifiedName();
				boolean all = declaration.isOnDemand() && imported.endsWith("." + type);
				if (all || imported.endsWith("." + type + "." + name)) {
					return true;
				}
			}
		}
		return false;
	}

	/** The flag argument of an allocation, if it has one. */
	static Optional<Expression> flag(MethodInvocation allocation) {
		return allocation.arguments().size() > FLAG_ARGUMENT
				? Optional.of((Expression) allocation.arguments().get(FLAG_ARGUMENT))
				: Optional.empty();
	}

	/** The flag an expression names; unknown if it names none. */
	static Flag flag(Expression expression) {
		String name = expression instanceof Name constant
				? last(constant)
				: expression instanceof FieldAccess access ? access.getName().getIdentifier() : "";
		return switch (name) {
			case "MANUAL_FREE" -> Flag.MANUAL;
			case "AUTO_FREE" -> Flag.AUTO;
			default -> Flag.UNKNOWN;
		};
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

	/** Whether the call is one of those that do not throw in practice: what the API offers, and printing. */
	boolean quiet(MethodInvocation call) {
		Expression owner = call.getExpression();
		return classify(call) != Call.OTHER || owner != null && isBuffer(owner) && OF_BUFFERS.contains(call.getName().getIdentifier())
				|| prints(call);
	}

	/** Whether a method of which nothing is known but its name gives back what it is given, or is called on. */
	static boolean givesBack(MethodInvocation call) {
		return GIVING_BACK.matcher(call.getName().getIdentifier()).matches();
	}

	/** Whether the call only writes its arguments down for people. */
	boolean prints(MethodInvocation call) {
		return call.getExpression() instanceof Name name && LOGS.contains(last(name));
	}

	/** Whether the call ends the process: nothing behind it is reached. */
	static boolean ends(MethodInvocation call) {
		return call.getName().getIdentifier().equals("exit") && call.getExpression() instanceof Name owner
				&& last(owner).equals("System");
	}

	static boolean isBufferName(String type) {
		return Declarations.simple(type).equals(BUFFER);
	}

	private static boolean isBuffer(Expression expression) {
		ITypeBinding type = expression.resolveTypeBinding();
		return type != null && type.getName().equals(BUFFER);
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
