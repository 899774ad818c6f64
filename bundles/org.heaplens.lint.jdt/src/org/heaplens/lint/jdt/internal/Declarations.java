// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.Annotation;
import org.eclipse.jdt.core.dom.BodyDeclaration;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.EnumDeclaration;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.PrimitiveType;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.TypeDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.heaplens.lint.flow.Field;

/**
 * The types, methods and fields that the files of a program declare, found without bindings: so they are known before
 * any of the files is looked at closely. Threads may share it once all files have been added.
 */
public final class Declarations {
	/** Values of these types are neither blocks nor do they lead to any. */
	private static final Set<String> PLAIN = Set.of("String", "Integer", "Long", "Short", "Byte", "Character", "Boolean",
			"Double", "Float", "CharSequence", "StringBuilder", "HiaiStatus", "MemoryAttr", "Logger", "AtomicInteger",
			"AtomicLong", "AtomicBoolean", "Object.class", "Class");

	/**
	 * A method or a constructor.
	 *
	 * @param key        the function in the program that is its body
	 * @param owner      the type, by its qualified name
	 * @param name       {@code <init>} for constructors
	 * @param parameters their types as written, without type arguments
	 * @param returns    the type as written, without type arguments; empty for none
	 */
	record Method(String key, String owner, String name, List<String> parameters, String returns, boolean isStatic,
			boolean varargs, boolean hasBody, boolean overridable) {}

	/**
	 * A field.
	 *
	 * @param plain whether it can hold no block, nor anything that leads to one
	 */
	record FieldInfo(Field field, String type, boolean isStatic, boolean plain) {}

	/**
	 * A class, a record, an enumeration or an interface.
	 *
	 * @param supertypes as written, without type arguments
	 * @param outer      the qualified name of the type around it; empty if there is none
	 */
	record TypeInfo(String name, String outer, List<String> supertypes, Map<String, FieldInfo> fields,
			List<Method> methods, List<FieldInfo> components) {}

	private final Map<String, TypeInfo> types = new HashMap<>();
	private final Map<String, Set<TypeInfo>> bySimpleName = new HashMap<>();
	private final Map<String, Set<TypeInfo>> subtypes = new HashMap<>();

	/** Whether a file declares a type that another one declares as well. */
	public boolean repeats(CompilationUnit unit) {
		return ((List<?>) unit.types()).stream()
				.anyMatch(type -> types.containsKey(qualified((AbstractTypeDeclaration) type)));
	}

	/** Only what that file declares, whose functions are told from those of other files by its name. */
	public static Declarations apart(CompilationUnit unit, String file) {
		unit.setProperty(Functions.SUFFIX, "@" + file);
		var declarations = new Declarations();
		declarations.add(unit);
		return declarations;
	}

	/** Adds what a file declares; the simple names of its types. */
	public Set<String> add(CompilationUnit unit) {
		var names = new LinkedHashSet<String>();
		Nodes.each(unit, AbstractTypeDeclaration.class, type -> {
			add(type);
			names.add(type.getName().getIdentifier());
		});
		return names;
	}

	private void add(AbstractTypeDeclaration type) {
		String name = qualified(type);
		Map<String, FieldInfo> fields = new HashMap<>();
		var methods = new ArrayList<Method>();
		var components = new ArrayList<FieldInfo>();
		if (type instanceof RecordDeclaration whole) {
			for (Object each : whole.recordComponents()) {
				var component = (SingleVariableDeclaration) each;
				FieldInfo info = field(name, component.getName().getIdentifier(), component.getType(), false, false);
				fields.put(info.field().name(), info);
				components.add(info);
			}
		}
		for (Object each : type.bodyDeclarations()) {
			if (each instanceof FieldDeclaration declaration) {
				boolean isStatic = Modifier.isStatic(declaration.getModifiers()) || isInterface(type);
				boolean closed = Modifier.isPrivate(declaration.getModifiers()) && !isStatic
						&& ((List<?>) declaration.modifiers()).stream().noneMatch(Annotation.class::isInstance);
				for (Object fragment : declaration.fragments()) {
					var variable = (VariableDeclarationFragment) fragment;
					boolean array = variable.getExtraDimensions() > 0;
					FieldInfo info = field(name, variable.getName().getIdentifier(), declaration.getType(), isStatic, closed);
					fields.put(info.field().name(),
							array ? new FieldInfo(info.field(), info.type() + "[]", isStatic, info.plain()) : info);
				}
			} else if (each instanceof MethodDeclaration method) {
				methods.add(method(name, type, method));
			}
		}
		if (Functions.constructsImplicitly(type)) {
			List<String> given = components.stream().map(FieldInfo::type).toList();
			methods.add(new Method(Functions.constructorKey(type), name, "<init>", given, name, false, false, true, false));
		}
		var info = new TypeInfo(name, outer(type), supertypes(type), fields, methods, components);
		types.put(name, info);
		bySimpleName.computeIfAbsent(type.getName().getIdentifier(), key -> new LinkedHashSet<>()).add(info);
		info.supertypes().forEach(above -> subtypes.computeIfAbsent(simple(above), key -> new LinkedHashSet<>()).add(info));
	}

	private static boolean isInterface(AbstractTypeDeclaration type) {
		return type instanceof TypeDeclaration declaration && declaration.isInterface();
	}

	private static FieldInfo field(String owner, String name, Type type, boolean isStatic, boolean closed) {
		String written = written(type);
		boolean plain = type instanceof PrimitiveType || PLAIN.contains(simple(written))
				|| type.isArrayType() && ((org.eclipse.jdt.core.dom.ArrayType) type).getElementType() instanceof PrimitiveType;
		return new FieldInfo(new Field(owner, name, closed), written, isStatic, plain);
	}

	private static Method method(String owner, AbstractTypeDeclaration type, MethodDeclaration method) {
		var parameters = new ArrayList<String>();
		for (Object each : parameters(method)) {
			parameters.add(written(((SingleVariableDeclaration) each).getType()));
		}
		int modifiers = method.getModifiers();
		boolean fixed = method.isConstructor() || Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)
				|| Modifier.isFinal(modifiers) || type instanceof RecordDeclaration || type instanceof EnumDeclaration;
		return new Method(Functions.key(method), owner, method.isConstructor() ? "<init>" : method.getName().getIdentifier(),
				List.copyOf(parameters), method.getReturnType2() == null ? "" : written(method.getReturnType2()),
				Modifier.isStatic(modifiers), method.isVarargs(), method.getBody() != null, !fixed);
	}

	/** The parameters; a compact constructor has those of its record. */
	static List<?> parameters(MethodDeclaration method) {
		return method.isCompactConstructor() && method.getParent() instanceof RecordDeclaration whole
				? whole.recordComponents()
				: method.parameters();
	}

	private static List<String> supertypes(AbstractTypeDeclaration type) {
		var names = new ArrayList<String>();
		if (type instanceof TypeDeclaration declaration) {
			if (declaration.getSuperclassType() != null) {
				names.add(written(declaration.getSuperclassType()));
			}
			((List<?>) declaration.superInterfaceTypes()).forEach(each -> names.add(written((Type) each)));
		} else if (type instanceof RecordDeclaration whole) {
			((List<?>) whole.superInterfaceTypes()).forEach(each -> names.add(written((Type) each)));
		} else if (type instanceof EnumDeclaration whole) {
			((List<?>) whole.superInterfaceTypes()).forEach(each -> names.add(written((Type) each)));
		}
		return names;
	}

	/** A type as written, without annotations and type arguments. */
	static String written(Type type) {
		return plainName(type.toString());
	}

	/** A name of a type without type arguments. */
	static String plainName(String name) {
		int arguments = name.indexOf('<');
		int end = name.lastIndexOf('>');
		String text = arguments < 0 || end < arguments ? name : name.substring(0, arguments) + name.substring(end + 1);
		return text.replaceAll("@\\w+\\s*", "").strip();
	}

	static String simple(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

	/** The qualified name of a type that is declared in the tree. */
	static String qualified(ASTNode type) {
		var name = new StringBuilder();
		for (ASTNode node = type; node != null; node = node.getParent()) {
			if (node instanceof AbstractTypeDeclaration each) {
				name.insert(0, name.isEmpty() ? each.getName().getIdentifier() : each.getName().getIdentifier() + ".");
			} else if (node instanceof CompilationUnit unit && unit.getPackage() != null) {
				name.insert(0, unit.getPackage().getName().getFullyQualifiedName() + ".");
			}
		}
		return name.toString();
	}

	private static String outer(ASTNode type) {
		for (ASTNode node = type.getParent(); node != null; node = node.getParent()) {
			if (node instanceof AbstractTypeDeclaration) {
				return qualified(node);
			}
			if (node instanceof BodyDeclaration) {
				return ""; // a local class: its names are not those of others
			}
		}
		return "";
	}

	/** Simple names of the declared types that a type extends or implements. */
	public Set<String> above(String type) {
		var names = new LinkedHashSet<String>();
		above(type, names);
		return names;
	}

	private void above(String type, Set<String> names) {
		for (TypeInfo info : bySimpleName.getOrDefault(simple(type), Set.of())) {
			for (String name : info.supertypes()) {
				if (bySimpleName.containsKey(simple(name)) && names.add(simple(name))) {
					above(name, names);
				}
			}
		}
	}

	/** Simple names of the declared types that extend or implement a type. */
	public Set<String> below(String type) {
		var names = new LinkedHashSet<String>();
		below(type, names);
		return names;
	}

	private void below(String type, Set<String> names) {
		for (TypeInfo info : subtypes.getOrDefault(simple(type), Set.of())) {
			if (names.add(simple(info.name()))) {
				below(info.name(), names);
			}
		}
	}

	/** Simple names of types that declared ones extend or implement, and that are not declared themselves. */
	public Set<String> missing() {
		var names = new LinkedHashSet<>(subtypes.keySet());
		names.removeAll(bySimpleName.keySet());
		return names;
	}

	/** The type of a name, qualified or not; empty if there is none, or more than one. */
	Optional<TypeInfo> type(String name) {
		String plain = plainName(name);
		TypeInfo exact = types.get(plain);
		if (exact != null) {
			return Optional.of(exact);
		}
		Collection<TypeInfo> alike = bySimpleName.getOrDefault(simple(plain), Set.of());
		List<TypeInfo> fitting = alike.stream().filter(type -> type.name().endsWith(plain)).toList();
		return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
	}

	/** The type that a name means where it stands in the other type: what is nearer hides what is farther away. */
	Optional<TypeInfo> type(String name, String from) {
		String plain = plainName(name);
		for (String scope = from; !scope.isEmpty() && !plain.isEmpty(); scope = scope.substring(0, Math.max(0, scope.lastIndexOf('.')))) {
			TypeInfo near = types.get(scope + "." + plain);
			if (near != null) {
				return Optional.of(near);
			}
		}
		return type(plain);
	}

	/** The qualified name of the type that a name means there; the name itself if it is not declared. */
	String resolve(String name, String from) {
		return type(name, from).map(TypeInfo::name).orElse(name);
	}

	private List<String> resolvedAbove(TypeInfo type) {
		return type.supertypes().stream().map(name -> resolve(name, type.name())).toList();
	}

	/** A field of the type, of what it extends, or of what is around it. */
	Optional<FieldInfo> field(String type, String name) {
		return field(type, name, new HashSet<>());
	}

	private Optional<FieldInfo> field(String type, String name, Set<String> seen) {
		Optional<TypeInfo> info = seen.add(type) ? type(type) : Optional.empty();
		if (info.isEmpty()) {
			return Optional.empty();
		}
		FieldInfo own = info.get().fields().get(name);
		if (own != null) {
			return Optional.of(own);
		}
		for (String above : resolvedAbove(info.get())) {
			Optional<FieldInfo> inherited = field(above, name, seen);
			if (inherited.isPresent()) {
				return inherited;
			}
		}
		return info.get().outer().isEmpty() ? Optional.empty() : field(info.get().outer(), name, seen);
	}

	/** The methods that a call on an object of that type may mean: as declared there or above, and overridden below. */
	List<Method> methods(String type, String name, int arguments) {
		List<Method> declared = declared(type, name, arguments, new HashSet<>());
		var all = new LinkedHashSet<>(declared);
		if (declared.stream().anyMatch(Method::overridable)) {
			type(type).ifPresent(info -> below(info, name, arguments, all, new HashSet<>()));
		}
		return all.stream().filter(Method::hasBody).toList();
	}

	/** The methods of that name in the type, or else in what it extends. */
	List<Method> declared(String type, String name, int arguments, Set<String> seen) {
		Optional<TypeInfo> info = seen.add(type) ? type(type) : Optional.empty();
		if (info.isEmpty()) {
			return List.of();
		}
		List<Method> own = info.get().methods().stream()
				.filter(method -> method.name().equals(name) && method.parameters().size() == arguments).toList();
		if (!own.isEmpty() || name.equals("<init>")) {
			return own;
		}
		var inherited = new ArrayList<Method>();
		resolvedAbove(info.get()).forEach(above -> inherited.addAll(declared(above, name, arguments, seen)));
		return inherited;
	}

	private void below(TypeInfo type, String name, int arguments, Set<Method> all, Set<String> seen) {
		for (TypeInfo each : subtypes.getOrDefault(simple(type.name()), Set.of())) {
			if (resolvedAbove(each).contains(type.name()) && seen.add(each.name())) {
				each.methods().stream()
						.filter(method -> method.name().equals(name) && method.parameters().size() == arguments)
						.forEach(all::add);
				below(each, name, arguments, all, seen);
			}
		}
	}

	/** Whether the type, or what it extends as far as it is declared here, can be closed. */
	boolean closeable(String type) {
		return closeable(type, new HashSet<>());
	}

	private boolean closeable(String type, Set<String> seen) {
		return seen.add(type) && (Set.of("AutoCloseable", "Closeable").contains(simple(type)) || type(type)
				.filter(info -> resolvedAbove(info).stream().anyMatch(above -> closeable(above, seen))).isPresent());
	}
}
