/// `runyard dev`: executes the runs of a developer's environment from the sources, and again after each change. Entry:
/// `DevCommand`.
@NullMarked
package dev.runyard.cli.dev;

import org.jspecify.annotations.NullMarked;
