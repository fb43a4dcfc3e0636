package dev.runyard.cli.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Sources that are compiled in this process.
///
/// @param sources folders with Java files
/// @param resources folders with files that belong beside the classes
/// @param dependencies class path
record SourceFolders(List<Path> sources, List<Path> resources, List<Path> dependencies) implements DevProject {
    SourceFolders {
        sources = List.copyOf(sources);
        resources = List.copyOf(resources);
        dependencies = List.copyOf(dependencies);
    }

    @Override
    public List<Path> prepare() {
        return dependencies;
    }

    @Override
    public List<Path> watched() {
        return Stream.concat(sources.stream(), resources.stream()).toList();
    }

    @Override
    public List<Path> definitions() {
        return List.of();
    }

    @Override
    public Compiled build(Path folder) {
        Compiled compiled = new CompileSources(dependencies).compile(sources, folder);
        if (compiled instanceof Compiled.Done) {
            resources.forEach(from -> new CopyFolder(from).to(folder));
        }
        return compiled;
    }
}
