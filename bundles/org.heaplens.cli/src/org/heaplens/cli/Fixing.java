// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.heaplens.cli.export.AtomicFile;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Fix;
import org.heaplens.lint.LintResult;
import org.heaplens.lint.TextEdit;

/**
 * Applies safe fixes until there is none left. Fixes that touch each other are applied one after the other, since each was verified alone:
 * the sources are linted again in between. One thread, used once.
 */
final class Fixing {
	/** A fix may lay bare the next finding of its method; more than this is a circle. */
	private static final int MOST_ROUNDS = 20;

	private final Supplier<LintResult> lint;
	private final PrintWriter err;
	/** Files that cannot be written. */
	private final Set<String> stuck = new HashSet<>();
	private final Set<String> asked = new HashSet<>();
	private final Set<String> changed = new HashSet<>();
	private int fixed;

	/**
	 * @param lint lints everything anew
	 * @param err  is told what is done, a line for each fix
	 */
	Fixing(Supplier<LintResult> lint, PrintWriter err) {
		this.lint = lint;
		this.err = err;
	}

	/** Fixes what can be fixed and returns what is found then. */
	LintResult run() {
		FileTime began = now();
		LintResult result = lint.get();
		for (int round = 0; round < MOST_ROUNDS; round++) {
			int before = result.findings().size();
			if (!apply(result.findings(), began)) {
				break;
			}
			began = now();
			result = lint.get();
			if (result.findings().size() >= before) {
				break;
			}
		}
		err.println("heaplens: fixed " + LintCommand.count(fixed, "finding") + " in " + LintCommand.count(changed.size(), "file"));
		return result;
	}

	private static FileTime now() {
		return FileTime.from(Instant.now());
	}

	/** One fix that goes into this round. */
	private record Chosen(Finding finding, Fix fix) {}

	/** Applies as many fixes as do not touch each other; whether there were any. */
	private boolean apply(List<Finding> findings, FileTime began) {
		Map<String, List<TextEdit>> edits = new TreeMap<>();
		var chosen = new ArrayList<Chosen>();
		for (Finding finding : findings) {
			finding.fixes().stream().filter(Fix::safe).findFirst().ifPresent(fix -> {
				boolean free = !fix.edits().isEmpty() && fix.edits().stream().allMatch(edit -> writable(edit.file())
						&& edits.getOrDefault(edit.file(), List.of()).stream().noneMatch(other -> touch(edit, other)));
				if (free) {
					fix.edits().forEach(edit -> edits.computeIfAbsent(edit.file(), file -> new ArrayList<>()).add(edit));
					chosen.add(new Chosen(finding, fix));
				}
			});
		}
		edits.forEach((file, ofFile) -> write(file, ofFile, began));
		for (Chosen each : chosen) {
			if (each.fix().edits().stream().noneMatch(edit -> stuck.contains(edit.file()))) {
				fixed++;
				err.println("heaplens: fixed " + each.finding().location().file() + ":" + each.finding().line() + ": "
						+ each.fix().title() + " [" + each.finding().rule() + "]");
			}
		}
		return !chosen.isEmpty();
	}

	/** Asked before anything of a fix is written, so that one in several files is not left half-done. */
	private boolean writable(String name) {
		if (!stuck.contains(name) && !asked.contains(name)) {
			asked.add(name);
			try {
				if (readOnly(Path.of(name).toRealPath())) {
					give(name, "it is read-only");
				}
			} catch (IOException e) {
				give(name, Reasons.of(e));
			}
		}
		return !stuck.contains(name);
	}

	/** Gives a file up. */
	private void give(String name, String reason) {
		stuck.add(name);
		err.println("heaplens: cannot fix " + name + ": " + reason);
	}

	private static boolean touch(TextEdit one, TextEdit other) {
		return one.offset() <= other.offset() + other.length() && other.offset() <= one.offset() + one.length();
	}

	private void write(String name, List<TextEdit> edits, FileTime began) {
		String reason = "";
		try {
			Path file = Path.of(name).toRealPath();
			if (Files.getLastModifiedTime(file).compareTo(began) > 0) {
				reason = "it was changed meanwhile; run again";
			} else {
				byte[] bytes = FixFile.edited(Files.readAllBytes(file), edits);
				try (AtomicFile written = AtomicFile.begin(file, true)) {
					written.stream().write(bytes);
					written.commit();
				}
				changed.add(name);
			}
		} catch (IOException e) {
			reason = Reasons.of(e);
		} catch (IllegalArgumentException e) {
			reason = String.valueOf(e.getMessage());
		}
		if (!reason.isEmpty()) {
			give(name, reason);
		}
	}

	/** Whoever runs this: a file that nobody may write is not to be replaced either. */
	private static boolean readOnly(Path file) throws IOException {
		@Nullable
		PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
		boolean nobody = view != null
				&& view.readAttributes().permissions().stream().noneMatch(permission -> permission.name().endsWith("_WRITE"));
		return nobody || !Files.isWritable(file);
	}
}
