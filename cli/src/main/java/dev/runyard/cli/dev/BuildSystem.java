package dev.runyard.cli.dev;

import java.nio.file.Path;
import java.util.List;

/// What builds a project beside this process.
sealed interface BuildSystem permits Maven, Gradle {
    /// Compiles the project and returns what its classes need at run time.
    List<Path> resolve();

    /// Compiles the project.
    void compile();

    /// Returns the folder with the classes of its Java sources.
    Path classes();

    /// Returns the folders with all that it makes for the run time.
    List<Path> outputs();

    /// Returns the files that say how the project is built.
    List<Path> definitions();

    /// Tells whether the project says that its Java sources need more than a plain compiler.
    boolean addsToTheCompiler();
}
