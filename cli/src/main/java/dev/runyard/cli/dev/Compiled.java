package dev.runyard.cli.dev;

import java.util.List;

/// What became of a build.
sealed interface Compiled {
    /// The classes are there.
    record Done() implements Compiled {}

    /// They are not.
    ///
    /// @param complaints what the compiler said
    record Failed(List<String> complaints) implements Compiled {}
}
