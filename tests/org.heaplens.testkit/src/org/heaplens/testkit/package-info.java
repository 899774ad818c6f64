
/** What tests of several bundles lean on. */
@org.eclipse.jdt.annotation.NonNullByDefault
package org.heaplens.testkit;
