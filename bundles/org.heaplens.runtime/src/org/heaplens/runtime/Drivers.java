// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.settings.Setting;

/** The drivers of this program. */
final class Drivers {
	private Drivers() {}

	/**
	 * Makes the driver of that name.
	 *
	 * @param name as the process was told; if it is none, the usual one, which tells of that
	 */
	static HeapDriver chosen(String name) {
		String wanted = name.isEmpty() || Setting.DRIVER.problem(name).isPresent() ? Setting.DRIVER.usual() : name;
		Optional<ServiceLoader.Provider<HeapDriver>> found = ServiceLoader.load(HeapDriver.class, HeapDriver.class.getClassLoader())
				.stream().filter(provider -> isNamed(provider.type(), wanted)).findFirst();
		try {
			return found.isEmpty() ? new Refusal(missing(wanted)) : found.get().get();
		} catch (ServiceConfigurationError e) {
			// Each call is to say it: a failure here would be said with all that Java puts around it, and only once.
			if (e.getCause() instanceof NoDriverException why) {
				return new Refusal(String.valueOf(why.getMessage()));
			}
			throw e;
		}
	}

	private static boolean isNamed(Class<? extends HeapDriver> type, String name) {
		HeapDriver.@Nullable Named named = type.getAnnotation(HeapDriver.Named.class);
		return named != null && named.value().equals(name);
	}

	private static String missing(String name) {
		return name.equals(Setting.DRIVER.usual())
				? "no HiAI driver on the class path; add org.heaplens.runtime whole"
				: "the setting driver is " + name
						+ ", but its classes are not on the class path; add org.heaplens.runtime.hiai, or run with "
						+ "heaplens run";
	}

	/** Stands for a driver that cannot work, and says so whenever it is called. */
	private record Refusal(String why) implements HeapDriver {
		private NoDriverException refused() {
			return new NoDriverException(why);
		}

		@Override
		public Allocation allocate(int size, int timeOutMillis, MemoryAttr flag) {
			throw refused();
		}

		@Override
		public @Nullable HiaiBuffer allocateOrNull(int size, int timeOutMillis, MemoryAttr flag) {
			throw refused();
		}

		@Override
		public Allocation allocateDvpp(int size) {
			throw refused();
		}

		@Override
		public HiaiStatus free(@Nullable HiaiBuffer block) {
			throw refused();
		}

		@Override
		public HiaiStatus freeDvpp(@Nullable HiaiBuffer block) {
			throw refused();
		}

		@Override
		public HiaiStatus release(@Nullable HiaiBuffer block) {
			throw refused();
		}

		@Override
		public boolean isDMalloc(@Nullable HiaiBuffer block, int offset, int size) {
			throw refused();
		}

		@Override
		public void observe(Observer observer) {
			throw refused();
		}

		@Override
		public void forget(Observer observer) {
			throw refused();
		}

		@Override
		public RunningGraph start(GraphConfig config) {
			throw refused();
		}

		@Override
		public List<RunningGraph> start(Path file, List<GraphConfig> graphs) {
			throw refused();
		}
	}
}
