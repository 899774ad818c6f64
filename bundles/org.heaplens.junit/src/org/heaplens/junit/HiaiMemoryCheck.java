// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.heaplens.model.MisuseReason;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaks a block or misuses one, and names the places.
 *
 * <p>
 * On a class it holds for all its tests, for those of its nested classes, and for what {@code @BeforeAll} and {@code @AfterAll} do; the
 * annotation that is nearest to a test counts, alone. A block belongs to the test on whose thread it was allocated, or on a thread that
 * the test started, such as those of its graphs. What has to be freed is what is still there after {@code @AfterEach}; after
 * {@code @AfterAll} for what belongs to the class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(MemoryCheck.class)
public @interface HiaiMemoryCheck {
	/** Blocks that each test may leave behind. */
	int allowLeaks() default 0;

	/**
	 * Regular expressions of places that may leave blocks behind: a block is ignored if one is found in a line of its call stack, such as
	 * {@code pipeline.Camera.<init>(Camera.java:41)}.
	 */
	String[] ignoreSites() default {};

	/** Misuses that are meant, for tests of misuse. */
	MisuseReason[] allowMisuse() default {};

	/**
	 * Whether a misuse that is not allowed throws a {@link org.heaplens.runtime.MisuseException} where it happens, on the threads of the
	 * test, instead of being told at the end alone.
	 */
	boolean strict() default false;
}
