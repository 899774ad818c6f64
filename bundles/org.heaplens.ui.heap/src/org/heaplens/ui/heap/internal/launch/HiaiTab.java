// SPDX-FileCopyrightText: 2026 HeapLens contributors
// SPDX-License-Identifier: EPL-2.0
package org.heaplens.ui.heap.internal.launch;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.debug.core.ILaunchConfiguration;
import org.eclipse.debug.core.ILaunchConfigurationWorkingCopy;
import org.eclipse.debug.ui.AbstractLaunchConfigurationTab;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.heaplens.ui.heap.internal.Icons;
import org.heaplens.ui.heap.internal.Messages;

/** The page on which a user sets the size of the simulated heaps. */
public final class HiaiTab extends AbstractLaunchConfigurationTab {
	private final Map<Capacity, Text> fields = new EnumMap<>(Capacity.class);
	private final Image image = Icons.HEAPLENS.createImage();

	@Override
	public void createControl(@Nullable Composite parent) {
		var page = new Composite(parent, SWT.NONE);
		GridLayoutFactory.swtDefaults().applyTo(page);
		var group = new Group(page, SWT.NONE);
		group.setText(Messages.CAPACITIES);
		GridLayoutFactory.swtDefaults().numColumns(3).applyTo(group);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(group);
		for (Capacity capacity : Capacity.values()) {
			fields.put(capacity, field(group, capacity));
		}
		setControl(page);
	}

	private Text field(Composite parent, Capacity capacity) {
		new Label(parent, SWT.NONE).setText(capacity.label() + ":");
		var text = new Text(parent, SWT.BORDER | SWT.SINGLE);
		text.setMessage(Messages.DEFAULT_CAPACITY);
		text.addModifyListener(event -> updateLaunchConfigurationDialog());
		GridDataFactory.swtDefaults().hint(120, SWT.DEFAULT).applyTo(text);
		new Label(parent, SWT.NONE).setText("MiB");
		return text;
	}

	@Override
	public void setDefaults(@Nullable ILaunchConfigurationWorkingCopy configuration) {
		// No attribute means the simulator's default.
	}

	@Override
	public void initializeFrom(@Nullable ILaunchConfiguration configuration) {
		fields.forEach((capacity, field) -> field.setText(configuration == null ? "" : value(configuration, capacity)));
	}

	@Override
	public void performApply(@Nullable ILaunchConfigurationWorkingCopy configuration) {
		if (configuration != null) {
			fields.forEach((capacity, field) -> {
				String text = field.getText().strip();
				configuration.setAttribute(capacity.attribute(), text.isEmpty() ? null : text);
			});
		}
	}

	@Override
	public boolean isValid(@Nullable ILaunchConfiguration configuration) {
		Optional<String> problem = configuration == null
				? Optional.empty()
				: fields.keySet().stream().flatMap(capacity -> capacity.problem(value(configuration, capacity)).stream()).findFirst();
		problem.ifPresentOrElse(this::setErrorMessage, () -> setErrorMessage(null));
		return problem.isEmpty();
	}

	@Override
	public String getName() {
		return "HiAI";
	}

	@Override
	public Image getImage() {
		return image;
	}

	@Override
	public void dispose() {
		image.dispose();
		super.dispose();
	}

	private static String value(ILaunchConfiguration configuration, Capacity capacity) {
		try {
			return configuration.getAttribute(capacity.attribute(), "");
		} catch (CoreException e) {
			ILog.get().error("Cannot read the launch configuration " + configuration.getName(), e);
			return "";
		}
	}
}
