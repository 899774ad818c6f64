// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.maven;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.heaplens.cli.Main;

/**
 * Finds blocks of HIAI_DMalloc that leak or are misused, in the sources of the project. It is the command line, run with the project's
 * sources and class path, so that both say the same.
 */
@Mojo(name = "lint", defaultPhase = LifecyclePhase.VERIFY, requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class LintMojo extends AbstractMojo {
	/** Do nothing. */
	@Parameter(property = "heaplens.skip", defaultValue = "false")
	private boolean skip;

	/** Which findings fail the build: error, warning, info (each with what is worse) or never. */
	@Parameter(property = "heaplens.failOn", defaultValue = "warning")
	private String failOn;

	/** Only findings that are not in this file count. */
	@Parameter(property = "heaplens.baseline")
	private File baseline;

	/** Make what is found now the baseline. */
	@Parameter(property = "heaplens.writeBaseline", defaultValue = "false")
	private boolean writeBaseline;

	/** text, sarif, jsonl or junit. */
	@Parameter(property = "heaplens.format", defaultValue = "text")
	private String format;

	/** Where findings are written; the log, if not given. */
	@Parameter(property = "heaplens.output")
	private File output;

	/** Settings; the nearest heaplens.toml from the sources upwards, if not given. */
	@Parameter(property = "heaplens.config")
	private File config;

	/** Severities by rule: error, warning, info or off. */
	@Parameter
	private Map<String, String> rules;

	/** Whether the sources of tests are linted too. */
	@Parameter(property = "heaplens.includeTests", defaultValue = "false")
	private boolean includeTests;

	@Parameter(defaultValue = "${project.basedir}", readonly = true, required = true)
	private File folder;

	@Parameter(defaultValue = "${project.compileSourceRoots}", readonly = true, required = true)
	private List<String> sources;

	@Parameter(defaultValue = "${project.testCompileSourceRoots}", readonly = true, required = true)
	private List<String> testSources;

	@Parameter(defaultValue = "${project.compileClasspathElements}", readonly = true, required = true)
	private List<String> classPath;

	@Parameter(defaultValue = "${project.testClasspathElements}", readonly = true, required = true)
	private List<String> testClassPath;

	@Override
	public void execute() throws MojoExecutionException, MojoFailureException {
		List<Path> roots = Stream.concat(sources.stream(), includeTests ? testSources.stream() : Stream.empty()).map(Path::of)
				.filter(root -> root.toFile().isDirectory()).toList();
		if (skip || roots.isEmpty()) {
			getLog().info(skip ? "HeapLens is skipped" : "HeapLens has no sources to look at");
			return;
		}
		var out = new StringWriter();
		var err = new StringWriter();
		int code = Main.execute(commandLine(roots).toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
		out.toString().lines().forEach(getLog()::warn);
		List<String> told = err.toString().lines().map(line -> line.replaceFirst("^heaplens: ", "")).toList();
		told.forEach(getLog()::info);
		String last = told.isEmpty() ? "no reason is known" : told.get(told.size() - 1);
		switch (code) {
			case 0 -> {
			}
			case 1 -> throw new MojoFailureException("HeapLens found what fails the build: " + last);
			default -> throw new MojoExecutionException("HeapLens could not do its work: " + last);
		}
	}

	private List<String> commandLine(List<Path> roots) {
		var line = new ArrayList<>(List.of("lint", "--fail-on", failOn, "--format", format, "--color", "never", "--base", folder.getPath(),
				"--classpath", existing(includeTests ? testClassPath : classPath)));
		option(line, "--baseline", baseline);
		option(line, "--output", output);
		option(line, "--config", config);
		if (writeBaseline) {
			line.add("--write-baseline");
		}
		if (rules != null) {
			rules.forEach((rule, severity) -> line.addAll(List.of("--rule", rule + "=" + severity)));
		}
		roots.forEach(root -> line.add(named(root).toString()));
		return line;
	}

	private static void option(List<String> line, String name, File value) {
		if (value != null) {
			line.addAll(List.of(name, value.getPath()));
		}
	}

	/** What a build has not made is not on it. */
	private static String existing(List<String> elements) {
		return String.join(File.pathSeparator, elements.stream().filter(element -> new File(element).exists()).toList());
	}

	/** As short as from the folder that Maven was called in, where that is above. */
	private static Path named(Path root) {
		Path here = Path.of("").toAbsolutePath();
		return root.startsWith(here) && !root.equals(here) ? here.relativize(root) : root;
	}
}
