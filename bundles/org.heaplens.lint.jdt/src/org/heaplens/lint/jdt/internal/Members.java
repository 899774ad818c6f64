// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.jdt.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ArrayAccess;
import org.eclipse.jdt.core.dom.CastExpression;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.IBinding;
import org.eclipse.jdt.core.dom.IMethodBinding;
import org.eclipse.jdt.core.dom.ITypeBinding;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SuperFieldAccess;
import org.eclipse.jdt.core.dom.SuperMethodInvocation;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.eclipse.jdt.core.dom.TypeDeclaration;
import org.heaplens.lint.api.FunctionModel;
import org.heaplens.lint.flow.Variable;
import org.heaplens.lint.jdt.internal.Declarations.FieldInfo;
import org.heaplens.lint.jdt.internal.Declarations.Method;

/** Finds what names in a function refer to, by bindings or, without, by what the program declares. Confined to one thread. */
final class Members implements Models.Names {
	/** A call that more methods may answer is not followed. */
	private static final int MOST_TARGETS = 8;
	private static final Set<String> CONTAINERS = Set.of("List", "ArrayList", "LinkedList", "CopyOnWriteArrayList", "Vector",
			"Stack", "Deque", "ArrayDeque", "Queue", "BlockingQueue", "ArrayBlockingQueue", "LinkedBlockingQueue",
			"BlockingDeque", "LinkedBlockingDeque", "ConcurrentLinkedQueue", "ConcurrentLinkedDeque", "PriorityQueue",
			"PriorityBlockingQueue", "Set", "HashSet", "LinkedHashSet", "TreeSet", "Map", "HashMap", "LinkedHashMap", "TreeMap",
			"ConcurrentHashMap", "Collection", "Iterable", "Iterator", "ListIterator", "SequencedCollection");

	private final Lowering lowering;
	private final Declarations declarations;
	private final Set<String> wanted;
	private final String type;

	Members(Lowering lowering, Declarations declarations, Set<String> wanted, String type) {
		this.wanted = wanted;
		this.lowering = lowering;
		this.declarations = declarations;
		this.type = type;
	}

	Declarations declarations() {
		return declarations;
	}

	/** The name of the type of an expression, qualified if possible; empty if it is not known. */
	String type(Expression expression) {
		ITypeBinding binding = expression.resolveTypeBinding();
		if (binding != null && !binding.isRecovered()) {
			return binding.isArray() ? "[]" : binding.getErasure().getQualifiedName();
		}
		return switch (expression) {
			case ParenthesizedExpression inner -> type(inner.getExpression());
			case CastExpression cast -> resolve(Declarations.written(cast.getType()));
			case ThisExpression self -> self.getQualifier() == null ? type : "";
			case ClassInstanceCreation creation -> resolve(Declarations.written(creation.getType()));
			case SimpleName name -> lowering.scope.find(name.getIdentifier())
					.map(variable -> variableType(variable)).orElseGet(() -> fieldType(name.getIdentifier()));
			case FieldAccess access -> fieldOf(access.getExpression(), access.getName().getIdentifier())
					.map(this::type).orElse("");
			case QualifiedName name -> fieldOf(name.getQualifier(), name.getName().getIdentifier()).map(this::type).orElse("");
			case MethodInvocation call -> {
				List<String> returned = targets(call).stream()
						.map(method -> declarations.resolve(method.returns(), method.owner())).distinct().toList();
				yield returned.size() == 1 ? returned.get(0) : "";
			}
			case ArrayAccess access -> {
				String array = type(access.getArray());
				yield array.endsWith("[]") && array.length() > 2 ? array.substring(0, array.length() - 2) : "";
			}
			default -> "";
		};
	}

	/** What a name of a type means in this function. */
	String resolve(String name) {
		return declarations.resolve(name, type);
	}

	private String type(FieldInfo field) {
		return declarations.resolve(field.type(), field.field().owner());
	}

	private String variableType(Variable variable) {
		String written = Declarations.plainName(lowering.type(variable));
		return written.equals("var") ? lowering.inferred(variable) : resolve(written);
	}

	private String fieldType(String name) {
		return declarations.field(type, name).map(this::type)
				.orElseGet(() -> declarations.type(name, type).map(Declarations.TypeInfo::name).orElse(""));
	}

	/** The field of this object, or of one around it, that a simple name means; locals are found elsewhere. */
	Optional<FieldInfo> field(String name) {
		return type.isEmpty() ? Optional.empty() : declarations.field(type, name);
	}

	Optional<FieldInfo> fieldOf(Expression object, String name) {
		if (object instanceof ThisExpression) {
			return field(name);
		}
		String owner = type(object);
		return owner.isEmpty() ? Optional.empty() : declarations.field(owner, name);
	}

	Optional<FieldInfo> fieldOf(SuperFieldAccess access) {
		return field(access.getName().getIdentifier());
	}

	/** The methods of the program that a call may mean; none where others may be meant as well. */
	List<Method> targets(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		int arguments = call.arguments().size();
		Expression receiver = call.getExpression();
		List<Method> found = receiver == null ? unqualified(name, arguments) : declarations.methods(owner(receiver), name, arguments);
		if (found.isEmpty() && arguments > 0 && receiver != null) {
			want(owner(receiver));
		}
		boolean clear = found.size() <= MOST_TARGETS && found.stream().noneMatch(Method::varargs)
				&& found.stream().map(Method::isStatic).distinct().count() <= 1;
		return clear ? fitting(found, call) : List.of();
	}

	/** Remembers a type whose source would tell what becomes of values. */
	private void want(String type) {
		if (!type.startsWith("java.") && declarations.type(type).isEmpty()) {
			wanted.add(Declarations.simple(type));
		}
	}

	/** A name of a type before the dot means its static methods. */
	@Override
	public String owner(Expression receiver) {
		String known = type(receiver);
		return known.isEmpty() && receiver instanceof Name name && lowering.scope.find(Api.last(name)).isEmpty()
				? resolve(name.getFullyQualifiedName())
				: known;
	}

	@Override
	public List<String> around() {
		var types = new ArrayList<String>();
		for (String around = type; !around.isEmpty(); around = declarations.type(around).map(Declarations.TypeInfo::outer).orElse("")) {
			types.add(around);
		}
		return types;
	}

	@Override
	public List<String> above(String name) {
		return declarations.type(name).map(Declarations.TypeInfo::supertypes).orElse(List.of());
	}

	/** Whether the expression is the name of a class. */
	boolean isClass(Expression expression) {
		if (!(expression instanceof Name name)) {
			return false;
		}
		IBinding binding = name.resolveBinding();
		return binding != null
				? binding instanceof ITypeBinding
				: Character.isUpperCase(Api.last(name).charAt(0)) && lowering.scope.find(Api.last(name)).isEmpty()
						&& field(Api.last(name)).isEmpty();
	}

	/** Whether the model means the class that declares the methods, or the object is known as, and not just one above. */
	boolean isMeant(FunctionModel model, MethodInvocation call, List<Method> targets) {
		return targets.stream().allMatch(target -> model.ofClass(target.owner()))
				|| call.getExpression() != null && model.ofClass(owner(call.getExpression()));
	}

	private List<Method> unqualified(String name, int arguments) {
		String around = type;
		while (!around.isEmpty()) {
			List<Method> found = declarations.methods(around, name, arguments);
			if (!found.isEmpty()) {
				return found;
			}
			around = declarations.type(around).map(Declarations.TypeInfo::outer).orElse("");
		}
		return List.of();
	}

	/** The methods that a call to the superclass means; none where that is not declared in the program. */
	List<Method> above(SuperMethodInvocation call) {
		if (call.getQualifier() != null || type.isEmpty()) {
			return List.of();
		}
		var found = new java.util.ArrayList<Method>();
		declarations.type(type).ifPresent(info -> info.supertypes().forEach(name -> found.addAll(declarations.declared(resolve(name),
				call.getName().getIdentifier(), call.arguments().size(), new java.util.HashSet<>()))));
		found.removeIf(method -> !method.hasBody() || method.varargs());
		return found.size() == 1 ? found : List.of();
	}

	/** Among overloads those whose parameters have the types of the arguments, as far as these are known. */
	private List<Method> fitting(List<Method> found, MethodInvocation call) {
		IMethodBinding bound = Api.method(call);
		if (bound != null && bound.isVarargs()) {
			return List.of();
		}
		List<Method> exact = meant(found, bound);
		if (!exact.isEmpty()) {
			return exact;
		}
		if (found.stream().map(Method::parameters).distinct().count() <= 1) {
			return found;
		}
		List<Method> fitting = found.stream().filter(method -> fits(method, call.arguments())).toList();
		return fitting.stream().map(Method::parameters).distinct().count() <= 1 ? fitting : List.of();
	}

	/** The methods with the parameters of the one that the compiler has chosen; none where that is not known. */
	private static List<Method> meant(List<Method> found, @Nullable IMethodBinding chosen) {
		if (chosen == null) {
			return List.of();
		}
		List<String> parameters = Arrays.stream(chosen.getMethodDeclaration().getParameterTypes())
				.map(each -> Declarations.simple(Declarations.plainName(each.getName()))).toList();
		return found.stream()
				.filter(each -> each.parameters().stream().map(Declarations::simple).toList().equals(parameters)).toList();
	}

	private boolean fits(Method method, List<?> arguments) {
		for (int index = 0; index < arguments.size(); index++) {
			String argument = type((Expression) arguments.get(index));
			String parameter = method.parameters().get(index);
			boolean same = Declarations.simple(argument).equals(Declarations.simple(parameter));
			boolean primitive = !argument.isEmpty() && Character.isLowerCase(Declarations.simple(argument).charAt(0));
			if (!argument.isEmpty() && !same
					&& (primitive || lowering.models.isBlockType(parameter) != lowering.models.isBlockType(argument))) {
				return false;
			}
		}
		return true;
	}

	/** The component of a record that the call reads by its accessor, if that is not written. */
	Optional<FieldInfo> component(MethodInvocation call) {
		if (call.getExpression() == null || !call.arguments().isEmpty()) {
			return Optional.empty();
		}
		return declarations.type(type(call.getExpression())).flatMap(info -> info.components().stream()
				.filter(each -> each.field().name().equals(call.getName().getIdentifier()) && !each.plain()).findFirst());
	}

	/** The components of a record of the program, in their order. */
	List<FieldInfo> components(String written) {
		return declarations.type(written, type).map(Declarations.TypeInfo::components).orElse(List.of());
	}

	/** The constructor of the program that a creation means. */
	Optional<Method> constructor(String created, List<?> arguments, @Nullable IMethodBinding chosen) {
		if (!arguments.isEmpty()) {
			want(created);
		}
		List<Method> found = declarations.type(created, type).map(info -> info.methods().stream()
				.filter(method -> method.name().equals("<init>") && method.parameters().size() == arguments.size()
						&& !method.varargs())
				.toList()).orElse(List.of());
		List<Method> exact = found.size() <= 1 ? found : meant(found, chosen);
		List<Method> fitting = exact.isEmpty() ? found.stream().filter(each -> fits(each, arguments)).toList() : exact;
		return fitting.size() == 1 && fitting.get(0).hasBody() ? Optional.of(fitting.get(0)) : Optional.empty();
	}

	/** Another constructor of the type itself. */
	Optional<Method> own(List<?> arguments, @Nullable IMethodBinding chosen) {
		return constructor(type, arguments, chosen);
	}

	Optional<Method> ofSuperclass(ASTNode call, List<?> arguments, @Nullable IMethodBinding chosen) {
		for (ASTNode node = call; node != null; node = node.getParent()) {
			if (node instanceof TypeDeclaration declaration) {
				return declaration.getSuperclassType() == null
						? Optional.empty()
						: constructor(Declarations.written(declaration.getSuperclassType()), arguments, chosen);
			}
		}
		return Optional.empty();
	}

	boolean isOptional(Expression expression) {
		String name = type(expression);
		return (name.equals("java.util.Optional") || name.equals("Optional")) && declarations.type(name).isEmpty();
	}

	/** Whether an expression is a collection of the platform, an iterator over one, or an array. */
	boolean isContainer(Expression expression) {
		String name = type(expression);
		boolean platform = name.startsWith("java.util.") || !name.contains(".");
		return name.endsWith("[]") || platform && CONTAINERS.contains(Declarations.simple(name)) && declarations.type(name).isEmpty();
	}

	boolean isMap(Expression expression) {
		return isContainer(expression) && Declarations.simple(type(expression)).endsWith("Map");
	}

	/** Whether an expression is an entry of a map of the platform, which stands for its value. */
	boolean isEntry(Expression expression) {
		String name = type(expression);
		return Set.of("java.util.Map.Entry", "Map.Entry", "Entry").contains(name) && declarations.type(name).isEmpty();
	}

	/** The type of what a loop over the expression takes from it; empty if it is not known. */
	String elementType(Expression container) {
		ITypeBinding binding = container.resolveTypeBinding();
		if (binding != null && !binding.isRecovered()) {
			ITypeBinding element = binding.isArray()
					? binding.getElementType()
					: binding.getTypeArguments().length == 1 ? binding.getTypeArguments()[0] : null;
			return element == null ? "" : element.getErasure().getQualifiedName();
		}
		return "";
	}

	static boolean isContainerName(String name) {
		return CONTAINERS.contains(Declarations.simple(name));
	}

	/** Whether the functions of that type have this object for their own. */
	boolean isOwn(Method method) {
		return method.owner().equals(type) || declarations.declared(type, method.name(), method.parameters().size(),
				new java.util.HashSet<>()).contains(method);
	}
}
