// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.DefaultLocation;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.junit.Report.Limits;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link HiaiMemoryCheck} does. A failure here adds to one that the test has already: JUnit keeps the test's own and attaches ours as
 * suppressed. Stateless.
 */
@NonNullByDefault({DefaultLocation.RETURN_TYPE, DefaultLocation.FIELD}) // JUnit's interfaces say nothing about null
final class MemoryCheck implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, InvocationInterceptor {
	private static final Namespace STORE = Namespace.create(MemoryCheck.class);
	private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

	/** A scope, and what its thread belonged to before. */
	private record Visit(Scope scope, @Nullable Scope before) {}

	@Override
	public void beforeAll(ExtensionContext context) {
		Scope scope = ofClass(context, context.getRequiredTestClass());
		context.getStore(STORE).put(context.getUniqueId(), new Visit(scope, scope.enter()));
	}

	/** What a constructor allocates belongs to the class: the instance may serve all its tests. */
	@Override
	public <T> T interceptTestClassConstructor(Invocation<T> constructor, ReflectiveInvocationContext<Constructor<T>> invocation,
			ExtensionContext context) throws Throwable {
		Scope before = ofClass(context, invocation.getTargetClass()).enter();
		try {
			return constructor.proceed();
		} finally {
			Scope.leave(before);
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		Scope scope = open(context, context.getStore(STORE).get(context.getRequiredTestClass(), Scope.class));
		context.getStore(STORE).put(context.getUniqueId(), new Visit(scope, scope.enter()));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		end(context, context.getDisplayName());
	}

	@Override
	public void afterAll(ExtensionContext context) {
		end(context, context.getRequiredTestClass().getSimpleName() + ", outside of its tests,");
	}

	/** The scope of a class, which is opened by whatever comes first: its constructor or {@code @BeforeAll}. */
	private static Scope ofClass(ExtensionContext context, Class<?> type) {
		Store store = context.getStore(STORE);
		Scope known = store.get(type, Scope.class);
		if (known != null) {
			return known;
		}
		Class<?> enclosing = type.getEnclosingClass();
		Scope outer = enclosing == null ? null : store.get(enclosing, Scope.class);
		return store.getOrComputeIfAbsent(type, key -> open(context, outer), Scope.class);
	}

	private static Scope open(ExtensionContext context, @Nullable Scope outer) {
		context.getRoot().getStore(STORE).getOrComputeIfAbsent(Strays.class, key -> new Strays(), Strays.class);
		boolean parallel = context.getConfigurationParameter(PARALLEL).filter("true"::equalsIgnoreCase).isPresent();
		Limits limits = limits(context);
		return new Scope(outer, parallel, reason -> limits.strict() && !limits.misuses().contains(reason));
	}

	private static void end(ExtensionContext context, String who) {
		Visit visit = context.getStore(STORE).remove(context.getUniqueId(), Visit.class);
		if (visit == null) {
			// It could not begin, and has failed for that.
			return;
		}
		Scope.leave(visit.before());
		visit.scope().end();
		Optional<AssertionError> failure = Report.of(visit.scope().watch().leaks(), visit.scope().watch().misuses(), limits(context))
				.failure(who);
		if (failure.isPresent()) {
			throw failure.get();
		}
	}

	private static Limits limits(ExtensionContext context) {
		HiaiMemoryCheck check = nearest(context)
				.orElseThrow(() -> new ExtensionConfigurationException("there is no @HiaiMemoryCheck at " + context.getDisplayName()));
		if (check.allowLeaks() < 0) {
			throw new ExtensionConfigurationException("allowLeaks is " + check.allowLeaks() + "; it has to be 0 or more");
		}
		return new Limits(check.allowLeaks(), Stream.of(check.ignoreSites()).map(MemoryCheck::pattern).toList(),
				List.of(check.allowMisuse()), check.strict());
	}

	private static Pattern pattern(String text) {
		try {
			return Pattern.compile(text);
		} catch (PatternSyntaxException e) {
			throw new ExtensionConfigurationException("ignoreSites has '" + text + "', which is no regular expression", e);
		}
	}

	private static Optional<HiaiMemoryCheck> nearest(ExtensionContext context) {
		Optional<HiaiMemoryCheck> found = context.getTestMethod()
				.flatMap(method -> AnnotationSupport.findAnnotation(method, HiaiMemoryCheck.class));
		for (Class<?> type = context.getRequiredTestClass(); found.isEmpty() && type != null; type = type.getEnclosingClass()) {
			found = AnnotationSupport.findAnnotation(type, HiaiMemoryCheck.class);
		}
		return found;
	}
}
