// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.runtime.hiai;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.runtime.NoDriverException;
import org.heaplens.runtime.settings.Setting;

/**
 * Finds and loads the two libraries: the one with the functions of the API, and the one that connects Java with it. What is wrong is told
 * by a {@link NoDriverException}.
 */
final class Loader {
	private static final String JNI = "libheaplens_jni.so";
	private static final String OWN = "libheaplens_hiai.so";

	private Loader() {}

	/** Makes {@link NativeCalls} work. */
	static void load() {
		if (!System.getProperty("os.name", "").equals("Linux")) {
			throw new NoDriverException("the driver native is for Linux; set driver=simulator");
		}
		String named = Setting.LIBRARY.ofProcess();
		if (named.isEmpty()) {
			bring(resource("lib/", OWN).orElseThrow(() -> new NoDriverException(
					"the driver native needs a library: set -D" + Setting.LIBRARY.property() + "=FILE, or " + Setting.LIBRARY.variable())),
					Loader::load);
		} else {
			load(Path.of(named).toAbsolutePath());
		}
	}

	private static void load(Path library) {
		SharedObject.problem(library).ifPresent(problem -> {
			throw new NoDriverException("cannot load the HiAI library: " + problem);
		});
		connect(library);
		byte @Nullable [] problem = NativeCalls.open(library.toString().getBytes(charset()));
		if (problem != null) {
			String why = oneLine(new String(problem, charset()));
			String prefix = library + ": ";
			throw new NoDriverException(
					"cannot use the HiAI library " + prefix + (why.startsWith(prefix) ? why.substring(prefix.length()) : why));
		}
	}

	/** Loads our part: where the setting says, beside the library, or as it comes with this class. */
	private static void connect(Path library) {
		String named = Setting.JNI.ofProcess();
		Path beside = library.resolveSibling(JNI);
		if (!named.isEmpty()) {
			link(Path.of(named).toAbsolutePath());
		} else if (Files.exists(beside)) {
			link(beside);
		} else {
			bring(resource("", JNI).orElseThrow(() -> new NoDriverException("there is no " + JNI + " for " + SharedObject.processor()
					+ " in HeapLens or beside " + library + "; set -D" + Setting.JNI.property() + "=FILE, or " + Setting.JNI.variable())),
					Loader::link);
		}
	}

	private static void link(Path file) {
		SharedObject.problem(file).ifPresent(problem -> {
			throw new NoDriverException("cannot load " + JNI + ": " + problem);
		});
		try {
			System.load(file.toString());
		} catch (UnsatisfiedLinkError e) {
			throw new NoDriverException("cannot load " + JNI + ": " + oneLine(String.valueOf(e.getMessage())));
		}
	}

	/** Something that a folder of the class path, or a jar, has for this processor. */
	private static Optional<Resource> resource(String folder, String name) {
		@Nullable
		URL url = Loader.class.getResource("/native/linux-" + SharedObject.processor() + "/" + folder + name);
		return url == null ? Optional.empty() : Optional.of(new Resource(url, name));
	}

	private record Resource(URL url, String name) {}

	@FunctionalInterface
	private interface Use {
		void of(Path file);
	}

	/** Has a library loaded: where it is if it is a file, else from a copy. */
	private static void bring(Resource resource, Use use) {
		if (resource.url().getProtocol().equals("file")) {
			try {
				use.of(Path.of(resource.url().toURI()));
			} catch (URISyntaxException e) {
				throw new IllegalStateException("a class path entry is no file: " + resource.url(), e);
			}
		} else {
			unpack(resource, use);
		}
	}

	/**
	 * Copies a library out of a jar, has it loaded, and removes the copy, which the process then has no use for. The folder is this
	 * process's alone: others cannot put something else there, and two that begin at once do not meet.
	 */
	private static void unpack(Resource resource, Use use) {
		Path folder = temporaryFolder(resource);
		Path file = folder.resolve(resource.name());
		try (InputStream in = resource.url().openStream()) {
			Files.copy(in, file);
			use.of(file);
		} catch (IOException e) {
			throw cannotUnpack(resource, e);
		} finally {
			remove(file);
			remove(folder);
		}
	}

	private static Path temporaryFolder(Resource resource) {
		try {
			return Files.createTempDirectory("heaplens");
		} catch (IOException e) {
			throw cannotUnpack(resource, e);
		}
	}

	private static NoDriverException cannotUnpack(Resource resource, IOException why) {
		return new NoDriverException("cannot unpack " + resource.name() + " into " + System.getProperty("java.io.tmpdir") + " ("
				+ reason(why) + "); set -Djava.io.tmpdir=FOLDER, or unpack it yourself and set -D"
				+ (resource.name().equals(JNI) ? Setting.JNI : Setting.LIBRARY).property() + "=FILE");
	}

	private static String reason(IOException why) {
		if (why instanceof AccessDeniedException || why instanceof NoSuchFileException) {
			return "nothing can be made there";
		}
		String said = why instanceof FileSystemException ofFile ? ofFile.getReason() : why.getMessage();
		return said == null ? why.getClass().getSimpleName() : oneLine(said);
	}

	private static void remove(Path path) {
		try {
			Files.deleteIfExists(path);
		} catch (IOException e) {
			NativeDriver.warn("cannot remove " + path + ": " + e.getMessage());
		}
	}

	/** That of file names. */
	static Charset charset() {
		String name = System.getProperty("sun.jnu.encoding", "UTF-8");
		return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
	}

	private static String oneLine(String text) {
		return text.strip().replaceAll("\\s*\\R\\s*", "; ");
	}
}
