package dev.runyard.cli.dev;

import java.nio.file.Path;
import java.util.List;

/// What a session executes, and how it gets from its sources to classes.
sealed interface DevProject permits BuiltProject, SourceFolders, ClassFolders {
    /// Prepares what does not change with each save; returns the dependencies.
    List<Path> prepare();

    /// Folders whose files are watched.
    List<Path> watched();

    /// Files after whose change [#prepare()] must be called again.
    List<Path> definitions();

    /// Writes all classes and resources into an empty folder.
    Compiled build(Path folder);
}
