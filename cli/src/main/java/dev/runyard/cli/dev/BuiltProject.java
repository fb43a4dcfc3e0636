package dev.runyard.cli.dev;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.process.Programs;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A project with a pom.xml. Maven builds it at the start and after a change of the pom.xml; saved sources
/// are compiled in this process, unless the project has what only Maven can do: other languages, annotation
/// processors, filtered resources.
final class MavenProject implements DevProject {
    private static final int MAJOR_OF_JAVA_1 = 44;

    private final Path folder;
    private List<Path> dependencies = List.of();
    private boolean needsMaven;
    private int release = Runtime.version().feature();

    private MavenProject(Path folder) {
        this.folder = folder;
    }

    static MavenProject in(Path folder) {
        if (!Files.isRegularFile(folder.resolve("pom.xml"))) {
            throw new CommandFailure(folder + " has no pom.xml. Name the project with --project; for other build tools"
                    + " give --classes and --class-path, or --sources and --class-path.");
        }
        return new MavenProject(folder);
    }

    @Override
    public List<Path> prepare() {
        Path list = folder.resolve("target/runyard-dev.classpath");
        maven(
                "compile",
                "dependency:build-classpath",
                "-DincludeScope=runtime",
                "-Dmdep.outputFile=" + list.toAbsolutePath());
        dependencies = read(list)
                .lines()
                .flatMap(line -> Arrays.stream(line.split(File.pathSeparator)))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
        release = releaseOf(classes()).orElse(release);
        needsMaven = needsMaven();
        return dependencies;
    }

    @Override
    public List<Path> watched() {
        return List.of(folder.resolve("src/main"));
    }

    @Override
    public List<Path> definitions() {
        return List.of(folder.resolve("pom.xml"));
    }

    @Override
    public Compiled build(Path target) {
        if (needsMaven) {
            try {
                maven("compile");
            } catch (CommandFailure e) {
                return new Compiled.Failed(List.of(String.valueOf(e.getMessage())));
            }
            new CopyFolder(classes()).to(target);
            return new Compiled.Done();
        }
        Compiled compiled =
                new CompileSources(dependencies, release).compile(List.of(folder.resolve("src/main/java")), target);
        if (compiled instanceof Compiled.Done) {
            new CopyFolder(folder.resolve("src/main/resources")).to(target);
        }
        return compiled;
    }

    private Path classes() {
        return folder.resolve("target/classes");
    }

    private boolean needsMaven() {
        String pom = read(folder.resolve("pom.xml"));
        return Stream.of("src/main/kotlin", "src/main/groovy", "src/main/scala")
                        .anyMatch(language -> Files.isDirectory(folder.resolve(language)))
                || pom.contains("<annotationProcessor")
                || pom.contains("<filtering>true")
                || pom.contains("<compilerArg");
    }

    private void maven(String... goals) {
        List<String> command = new ArrayList<>(List.of(program(), "-B", "-q", "-f", folder.toString()));
        command.addAll(List.of(goals));
        Programs.Outcome outcome = Programs.run(command, "");
        if (outcome.exitCode() != 0) {
            throw new CommandFailure(
                    "Maven could not build " + folder + ":\n" + outcome.output().strip());
        }
    }

    private String program() {
        Path wrapper = folder.resolve("mvnw");
        if (Files.isExecutable(wrapper)) {
            return wrapper.toString();
        }
        return Programs.find("mvn")
                .map(Path::toString)
                .orElseThrow(
                        () -> new CommandFailure("There is no Maven: neither " + wrapper + " nor `mvn` was found."));
    }

    /// The version of Java that Maven compiled for, by the first class file.
    private static Optional<Integer> releaseOf(Path classes) {
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
