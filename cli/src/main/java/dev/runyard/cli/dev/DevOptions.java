package dev.runyard.cli.dev;

import org.jspecify.annotations.Nullable;

/// How tasks are executed.
///
/// @param debugPort where a debugger may attach
/// @param concurrency most runs at once
record DevOptions(@Nullable Integer debugPort, int concurrency) {}
