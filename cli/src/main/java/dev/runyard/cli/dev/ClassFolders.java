package dev.runyard.cli.dev;

import java.nio.file.Path;
import java.util.List;

/// Classes that another tool compiles.
///
/// @param classes folders with them
/// @param dependencies class path
record ClassFolders(List<Path> classes, List<Path> dependencies) implements DevProject {
    ClassFolders {
        classes = List.copyOf(classes);
        dependencies = List.copyOf(dependencies);
    }

    @Override
    public List<Path> prepare() {
        return dependencies;
    }

    @Override
    public List<Path> watched() {
        return classes;
    }

    @Override
    public List<Path> definitions() {
        return List.of();
    }

    @Override
    public Compiled build(Path folder) {
        classes.forEach(from -> new CopyFolder(from).to(folder));
        return new Compiled.Done();
    }
}
