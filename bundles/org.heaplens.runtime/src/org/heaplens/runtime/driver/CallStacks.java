// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.model.StackFrame;

/**
 * Numbers of the call stacks that programs call with. Threads share it; each has a cache of its own.
 *
 * <p>
 * Walking a stack costs some 100 ns a frame; names, files and lines cost five times as much, so they are only asked for when a stack is
 * new. A stack is known again by the class and the position in the byte code of each frame. That leaves open which method of the class
 * it is; but the call in the frame above says so, and where that is no plain call (a lambda, reflection, native code, or beyond the
 * frames that are kept), the name of the method is compared too. A stack in which a class is being initialised is not kept: there,
 * anything may call.
 */
public final class CallStacks {
	/** Stacks that a thread remembers; a power of two. */
	private static final int REMEMBERED = 2048;
	private static final int PLACES = 4096;
	private static final String INITIALIZER = "<clinit>";

	private final int limit;
	private final Predicate<Class<?>> ours;
	private final ToIntFunction<List<StackFrame>> numbers;
	private final StackWalker walker;
	private final ThreadLocal<Walk> walks = ThreadLocal.withInitial(Walk::new);
	private final ClassValue<Kind> kinds = new ClassValue<>() {
		@Override
		protected Kind computeValue(@Nullable Class<?> type) {
			return kind(type == null ? Object.class : type);
		}
	};

	/** What the frames of a class are. */
	private enum Kind {
		/** Kept. */
		PROGRAM,
		/** Left out: ours, and what the JDK puts between a call and what it calls. */
		PASSED_OVER
	}

	/** A call in a program. */
	private record Place(Class<?> type, String method, int position) {}

	/** A stack that was seen. */
	private record Known(Class<?>[] types, int[] positions, @Nullable String[] methods, int number) {}

	/**
	 * @param limit   the most frames of a stack that are kept; 0 for none
	 * @param ours    the classes whose frames are left out
	 * @param numbers the number of a list of frames, innermost first
	 */
	public CallStacks(int limit, Predicate<Class<?>> ours, ToIntFunction<List<StackFrame>> numbers) {
		this.limit = limit;
		this.ours = ours;
		this.numbers = numbers;
		// The frames of this class, of the API and of what made the call possible come on top.
		this.walker = StackWalker.getInstance(
				Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_HIDDEN_FRAMES), limit + 8);
	}

	/** The number of the stack of the calling thread; 0 if no frames are kept. */
	public int current() {
		return limit == 0 ? 0 : walks.get().number();
	}

	private Kind kind(Class<?> type) {
		String name = type.getName();
		boolean passedOver = type.getNestHost() == CallStacks.class || ours.test(type) || type.isHidden()
				|| name.startsWith("java.lang.invoke.")
				|| name.startsWith("jdk.internal.reflect.") || name.equals("java.lang.reflect.Method")
				|| name.equals("java.lang.reflect.Constructor");
		return passedOver ? Kind.PASSED_OVER : Kind.PROGRAM;
	}

	/** The name of the file of a frame; empty if it is not known. */
	public static String file(StackWalker.StackFrame frame) {
		@Nullable
		String file = frame.getFileName();
		return file == null ? "" : file;
	}

	/** One thread's. */
	private final class Walk implements Function<Stream<StackWalker.StackFrame>, Integer>, Predicate<StackWalker.StackFrame> {
		private final Known[] known = new Known[REMEMBERED];
		private final Map<Place, StackFrame> frames = new HashMap<>();
		private Class<?>[] types = new Class<?>[limit];
		private int[] positions = new int[limit];
		private @Nullable String[] methods = new @Nullable String[limit];
		private StackWalker.StackFrame[] raw = new StackWalker.StackFrame[limit];
		private int count;
		private int hash;
		/** Whether the frame that was seen last is kept, and what calls it is not known yet. */
		private boolean open;

		int number() {
			return walker.walk(this);
		}

		@Override
		public Integer apply(Stream<StackWalker.StackFrame> stream) {
			count = 0;
			hash = 0;
			open = false;
			stream.anyMatch(this);
			nameLast();
			int place = hash * 0x9E3779B9 >>> Integer.SIZE - Integer.numberOfTrailingZeros(REMEMBERED);
			Known found = known[place];
			if (found != null && isThat(found)) {
				return found.number();
			}
			return keep(place);
		}

		/** Takes the next frame; true if it needs no more. */
		@Override
		public boolean test(StackWalker.StackFrame frame) {
			Class<?> type = frame.getDeclaringClass();
			Kind kind = kinds.get(type);
			int position = frame.getByteCodeIndex();
			// Native code calls what it likes, and frames that are left out are not compared.
			if (kind != Kind.PROGRAM || position < 0) {
				nameLast();
			}
			if (kind != Kind.PROGRAM) {
				return false;
			}
			raw[count] = frame;
			types[count] = type;
			positions[count] = position;
			methods[count] = null;
			hash = hash * 31 + System.identityHashCode(type) + position;
			count++;
			open = true;
			return count == limit;
		}

		private void nameLast() {
			if (open) {
				String name = raw[count - 1].getMethodName();
				methods[count - 1] = name;
				hash = hash * 31 + name.hashCode();
				open = false;
			}
		}

		private boolean isThat(Known stack) {
			return stack.positions().length == count && Arrays.equals(stack.positions(), 0, count, positions, 0, count)
					&& Arrays.equals(stack.types(), 0, count, types, 0, count)
					&& Arrays.equals(stack.methods(), 0, count, methods, 0, count);
		}

		private int keep(int place) {
			var stack = new ArrayList<StackFrame>(count);
			boolean initializes = false;
			for (int frame = 0; frame < count; frame++) {
				String method = raw[frame].getMethodName();
				initializes |= method.equals(INITIALIZER);
				stack.add(frame(raw[frame], new Place(types[frame], method, positions[frame])));
			}
			int number = numbers.applyAsInt(List.copyOf(stack));
			if (!initializes) {
				known[place] = new Known(Arrays.copyOf(types, count), Arrays.copyOf(positions, count), Arrays.copyOf(methods, count),
						number);
			}
			return number;
		}

		private StackFrame frame(StackWalker.StackFrame frame, Place place) {
			StackFrame made = frames.get(place);
			if (made == null) {
				made = new StackFrame(place.type().getName(), place.method(), file(frame), frame.getLineNumber());
				if (frames.size() == PLACES) {
					frames.clear();
				}
				frames.put(place, made);
			}
			return made;
		}
	}
}
