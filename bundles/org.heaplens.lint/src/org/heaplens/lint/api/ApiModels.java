// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.lint.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.tomlj.TomlParseResult;

/** Where models come from. Stateless. */
public final class ApiModels {
	private static final String LINT = "lint";
	private static final String MODELS = "models";
	private static final Set<String> OURS = Set.of(LINT, ApiReader.FUNCTION, ApiReader.API);
	private static final List<String> BUILT_IN = List.of("hiai.toml", "java.toml");

	private ApiModels() {}

	private static final class Holder {
		static final ApiModel MODEL = load();

		private static ApiModel load() {
			ApiModel model = ApiModel.NONE;
			for (String name : BUILT_IN) {
				try (InputStream in = ApiModels.class.getResourceAsStream(name)) {
					if (in == null) {
						throw new IllegalStateException("the model " + name + " is missing");
					}
					model = read(new String(in.readAllBytes(), StandardCharsets.UTF_8), name, model);
				} catch (IOException e) {
					throw new UncheckedIOException(e);
				} catch (ApiModelException e) {
					throw new IllegalStateException(e.line(), e);
				}
			}
			return model;
		}
	}

	/** What is known of the HiAI API and of the platforms. */
	public static ApiModel builtIn() {
		return Holder.MODEL;
	}

	/**
	 * Adds a model file.
	 *
	 * @param name how to call the file when something is wrong with it
	 */
	public static ApiModel read(String text, String name, ApiModel below) throws ApiModelException {
		return new ApiReader(name).read(ApiReader.parse(name, text), false, below);
	}

	/**
	 * What is known in a project: what is built in, the files that {@code models} of the table {@code lint} names, and the
	 * tables {@code function} and {@code api}; of two that speak of the same, the later wins.
	 *
	 * @param settings the project's {@code heaplens.toml}
	 * @param name     how to call it when something is wrong with it
	 */
	public static ApiModel ofProject(Path settings, String name) throws ApiModelException {
		TomlParseResult parsed = ApiReader.parse(name, text(settings, name, ""));
		var table = new ApiTable(name, "heaplens.toml", parsed);
		misspelt(table);
		ApiModel model = builtIn();
		Optional<ApiTable> lint = table.inner(LINT, "{ models = [\"my-api.toml\"] }");
		if (lint.isPresent()) {
			for (String file : lint.get().texts(MODELS)) {
				String place = ApiTable.at(name, lint.get().table().inputPositionOf(List.of(MODELS)));
				Path path = settings.toAbsolutePath().resolveSibling(file);
				model = read(text(path, file, place + "lint.models names "), path.normalize().toString(), model);
			}
		}
		return new ApiReader(name).read(parsed, true, model);
	}

	/** Other tables are for others, but what is nearly one of ours would be missed by all. */
	private static void misspelt(ApiTable table) throws ApiModelException {
		for (String key : table.table().keySet()) {
			Optional<String> meant = OURS.contains(key) ? Optional.empty() : Nearest.of(key, OURS, key.length() / 3);
			if (meant.isPresent()) {
				throw table.wrong(key, "there is no table " + key + "; did you mean " + meant.get() + "?");
			}
		}
	}

	/** The files that {@link #ofProject} reads, the settings first; only these where they cannot be read. */
	public static List<Path> filesOfProject(Path settings) {
		var files = new ArrayList<Path>(List.of(settings));
		try {
			TomlParseResult parsed = ApiReader.parse("", text(settings, "", ""));
			Optional<ApiTable> lint = new ApiTable("", "", parsed).inner(LINT, "");
			for (String file : lint.isPresent() ? lint.get().texts(MODELS) : List.<String>of()) {
				files.add(settings.toAbsolutePath().resolveSibling(file).normalize());
			}
		} catch (ApiModelException e) {
			return List.of(settings); // who reads them is told what is wrong
		}
		return files;
	}

	private static String text(Path file, String name, String where) throws ApiModelException {
		try {
			return Files.readString(file);
		} catch (NoSuchFileException e) {
			throw new ApiModelException(where + name + ": there is no such file; make it, or leave out what names it");
		} catch (IOException e) {
			throw new ApiModelException(where + name + ": cannot be read: is it a file in UTF-8 that you may read?");
		}
	}
}
