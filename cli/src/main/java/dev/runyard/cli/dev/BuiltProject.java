package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A project of Maven or Gradle, which builds it at the start and after a change of its definition; saved sources are
/// compiled in this process, unless the project has what only its build can do: other languages, annotation
/// processors, filtered resources.
final class BuiltProject implements DevProject {
    private static final int MAJOR_OF_JAVA_1 = 44;

    private final Path folder;
    private final BuildSystem system;
    private List<Path> dependencies = List.of();
    private boolean needsSystem;
    private int release = Runtime.version().feature();

    private BuiltProject(Path folder, BuildSystem system) {
        this.folder = folder;
        this.system = system;
    }

    static BuiltProject in(Path folder) {
        if (Files.isRegularFile(folder.resolve(Maven.DEFINITION))) {
            return new BuiltProject(folder, new Maven(folder));
        }
        if (Gradle.DEFINITIONS.stream().map(folder::resolve).anyMatch(Files::isRegularFile)) {
            return new BuiltProject(folder, new Gradle(folder));
        }
        throw new CommandFailure(folder + " has neither a pom.xml nor a build.gradle. Name the project with --project;"
                + " for other build tools give --classes and --class-path, or --sources and --class-path.");
    }

    @Override
    public List<Path> prepare() {
        dependencies = system.resolve();
        release = releaseOf(system.classes()).orElse(release);
        needsSystem = system.addsToTheCompiler()
                || Stream.of("src/main/kotlin", "src/main/groovy", "src/main/scala")
                        .anyMatch(language -> Files.isDirectory(folder.resolve(language)));
        return dependencies;
    }

    @Override
    public List<Path> watched() {
        return List.of(folder.resolve("src/main"));
    }

    @Override
    public List<Path> definitions() {
        return system.definitions();
    }

    @Override
    public Compiled build(Path target) {
        return needsSystem ? buildByTheSystem(target) : compile(target);
    }

    private Compiled buildByTheSystem(Path target) {
        try {
            system.compile();
        } catch (CommandFailure e) {
            return new Compiled.Failed(List.of(String.valueOf(e.getMessage())));
        }
        system.outputs().forEach(output -> new CopyFolder(output).to(target));
        return new Compiled.Done();
    }

    private Compiled compile(Path target) {
        Compiled compiled =
                new CompileSources(dependencies, release).compile(List.of(folder.resolve("src/main/java")), target);
        if (compiled instanceof Compiled.Done) {
            new CopyFolder(folder.resolve("src/main/resources")).to(target);
        }
        return compiled;
    }

    /// Returns a project's own program, or that of the machine.
    ///
    /// @param wrapper the program in the project's folder
    /// @param name the program on the PATH
    static String program(Path folder, String wrapper, String name) {
        Path own = folder.resolve(wrapper);
        if (Files.isExecutable(own)) {
            return own.toString();
        }
        return Programs.find(name)
                .map(Path::toString)
                .orElseThrow(() -> new CommandFailure(
                        "The project cannot be built: neither " + own + " nor `" + name + "` was found."));
    }

    /// Returns the entries of a class path.
    static Stream<Path> entries(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The version of Java that the build compiled for, by the first class file.
    private static Optional<Integer> releaseOf(Path classes) {
        if (!Files.isDirectory(classes)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(classes)) {
            Optional<Path> first =
                    files.filter(file -> file.toString().endsWith(".class")).findFirst();
            if (first.isEmpty()) {
                return Optional.empty();
            }
            try (DataInputStream in = new DataInputStream(Files.newInputStream(first.get()))) {
                in.skipNBytes(6);
                return Optional.of(in.readUnsignedShort() - MAJOR_OF_JAVA_1);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
