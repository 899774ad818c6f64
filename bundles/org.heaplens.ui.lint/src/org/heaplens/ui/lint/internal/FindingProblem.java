// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.lint.internal;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.core.resources.IMarker;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.core.compiler.IProblem;
import org.heaplens.lint.Finding;
import org.heaplens.lint.Severity;
import org.heaplens.lint.Step;
import org.heaplens.lint.jdt.JavaLinter;
import org.heaplens.ui.lint.FindingMarker;

/** A finding as JDT wants its problems. Not thread-safe: JDT moves problems while a text is edited. */
final class FindingProblem extends CategorizedProblem {
	private static final String[] ATTRIBUTES = {FindingMarker.RULE, FindingMarker.FINGERPRINT, FindingMarker.PATH,
		FindingMarker.FIXES, IMarker.SOURCE_ID};

	private final Finding finding;
	private final String message;
	private int start;
	private int end;
	private int line;

	private FindingProblem(Finding finding, String message) {
		this.finding = finding;
		this.message = message;
		start = finding.location().offset();
		end = start + Math.max(finding.location().length(), 1) - 1;
		line = finding.location().line();
	}

	/** For a marker: the message is one line, the path an attribute. */
	static FindingProblem saved(Finding finding) {
		return new FindingProblem(finding, finding.message());
	}

	/** For an annotation in the editor: the message holds the path too, because the editor's hover shows just that. */
	static FindingProblem unsaved(Finding finding) {
		return new FindingProblem(finding, explain(finding));
	}

	/** The message, the numbered steps and the rule, as plain text. */
	static String explain(Finding finding) {
		return finding.message() + '\n' + steps(finding) + "\nRule: " + finding.rule();
	}

	private static String steps(Finding finding) {
		return IntStream.range(0, finding.path().size()).mapToObj(index -> step(index + 1, finding.path().get(index)))
				.collect(Collectors.joining("\n"));
	}

	private static String step(int number, Step step) {
		return "  " + number + ". line " + step.location().line() + ": " + step.text();
	}

	@Override
	public String getMarkerType() {
		return FindingMarker.TYPE;
	}

	@Override
	public int getCategoryID() {
		return CAT_POTENTIAL_PROGRAMMING_PROBLEM;
	}

	/** Tells the editor whether to show a light bulb. */
	@Override
	public int getID() {
		return fixes().isEmpty() ? IProblem.ExternalProblemNotFixable : IProblem.ExternalProblemFixable;
	}

	/** Ids of fixes that there may be: they are looked for when somebody asks. */
	private Set<String> fixes() {
		var fixes = new LinkedHashSet<String>();
		finding.fixes().forEach(fix -> fixes.add(fix.id()));
		fixes.addAll(JavaLinter.fixesOf(finding.rule()));
		return fixes;
	}

	/** What a quick fix needs to find the finding again: its fingerprint. */
	@Override
	public String[] getArguments() {
		return new String[]{finding.fingerprint()};
	}

	@Override
	public String[] getExtraMarkerAttributeNames() {
		return ATTRIBUTES.clone();
	}

	@Override
	public Object[] getExtraMarkerAttributeValues() {
		return new Object[]{finding.rule(), finding.fingerprint(), steps(finding), String.join(" ", fixes()), "HeapLens"};
	}

	@Override
	public String getMessage() {
		return message;
	}

	@Override
	public char[] getOriginatingFileName() {
		return finding.location().file().toCharArray();
	}

	@Override
	public boolean isError() {
		return finding.severity() == Severity.ERROR;
	}

	@Override
	public boolean isWarning() {
		return finding.severity() == Severity.WARNING;
	}

	@Override
	public boolean isInfo() {
		return finding.severity() == Severity.INFO;
	}

	@Override
	public int getSourceStart() {
		return start;
	}

	@Override
	public int getSourceEnd() {
		return end;
	}

	@Override
	public int getSourceLineNumber() {
		return line;
	}

	@Override
	public void setSourceStart(int sourceStart) {
		start = sourceStart;
	}

	@Override
	public void setSourceEnd(int sourceEnd) {
		end = sourceEnd;
	}

	@Override
	public void setSourceLineNumber(int lineNumber) {
		line = lineNumber;
	}
}
