package dev.runyard.testkit.history;

import org.jspecify.annotations.Nullable;

/// What the code of a parent got as the result of a child.
///
/// @param parent who saw it
/// @param child whose result
/// @param output what it was
public record ResultSeen(
        String parent, String child, @Nullable String output) {}
